package org.stampede.testing;

import java.lang.reflect.Proxy;

/** Objects of interfaces with many methods, of which a test needs a few. Stateless. */
public final class Fakes {

    /** What is done for a call. */
    @FunctionalInterface
    public interface Answer {

        /** Returns the result of a method; of one that returns nothing it is ignored. */
        Object to(String method, Object[] arguments);
    }

    private Fakes() {}

    /** An object whose methods all ask for the answer. */
    public static <T> T of(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object result = answer.to(method.getName(), arguments);
                    return method.getReturnType() == void.class ? null : result;
                }));
    }
}
