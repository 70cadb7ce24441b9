package org.stampede.client;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * The type of a payload where a {@code Class} cannot say it: {@code new PayloadType<List<Quote>>() {}}. Immutable.
 *
 * @param <T> the type
 */
public abstract class PayloadType<T> {

    private final Type type;

    /**
     * Takes the type from the subclass that the braces make.
     *
     * @throws IllegalArgumentException if it does not say which type
     */
    protected PayloadType() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType self)
                || self.getRawType() != PayloadType.class) {
            throw new IllegalArgumentException("Say which type: new PayloadType<List<Quote>>() {}.");
        }
        this.type = self.getActualTypeArguments()[0];
    }

    private PayloadType(Class<T> type) {
        this.type = type;
    }

    static <T> PayloadType<T> of(Class<T> type) {
        return new PayloadType<>(type) {};
    }

    Type type() {
        return type;
    }

    /** As in the source, for instance {@code java.util.List<Quote>}. */
    @Override
    public String toString() {
        return type.getTypeName();
    }
}
