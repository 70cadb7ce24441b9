package org.stampede.dispatch;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;
import java.util.Comparator;
import java.util.List;

/** The order in which beans are asked that the application has several of. Stateless. */
final class Priorities {

    /** As for observers without {@code @Priority}. */
    private static final int USUAL = Interceptor.Priority.APPLICATION + 500;

    private Priorities() {}

    /** The beans by the {@code @Priority} of their classes; and by the names of these, so that the order is the same each time. */
    static <T> List<T> ordered(Instance<T> beans) {
        return beans.handlesStream()
                .sorted(Comparator.<Instance.Handle<T>>comparingInt(
                                handle -> of(handle.getBean().getBeanClass()))
                        .thenComparing(handle -> handle.getBean().getBeanClass().getName()))
                .<T>map(Instance.Handle::get)
                .toList();
    }

    private static int of(Class<?> type) {
        var priority = type.getAnnotation(Priority.class);
        return priority == null ? USUAL : priority.value();
    }
}
