package org.stampede.dispatch;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.json.bind.Jsonb;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.stampede.messaging.MessageConverter;

/** The converters of the application by priority, then the built-in ones. Immutable. */
final class Converters {

    private final List<MessageConverter> all;

    private Converters(List<MessageConverter> all) {
        this.all = List.copyOf(all);
    }

    /** @param beans the converters of the application; kept, so they live as long as the application */
    static Converters of(Instance<MessageConverter> beans, Jsonb jsonb) {
        Stream<MessageConverter> applications = StreamSupport.stream(
                        beans.handles().spliterator(), false)
                .sorted(Comparator.comparingInt(
                                (Instance.Handle<MessageConverter> handle) -> priority(handle.getBean()))
                        .thenComparing(handle -> handle.getBean().getBeanClass().getName()))
                .map(Instance.Handle::get);
        return new Converters(Stream.concat(
                        applications, Stream.of(new OctetsConverter(), new TextConverter(), new JsonConverter(jsonb)))
                .toList());
    }

    private static int priority(Bean<?> bean) {
        Priority priority = bean.getBeanClass().getAnnotation(Priority.class);
        return priority == null ? ObserverMethod.DEFAULT_PRIORITY : priority.value();
    }

    /** Whether one reads payloads of this type: as the content type that it writes, or without any. */
    boolean mayRead(Class<?> type) {
        return all.stream().anyMatch(each -> each.canRead(type, each.contentType()) || each.canRead(type, ""));
    }

    /** The one to read with. */
    Optional<MessageConverter> reading(Class<?> type, String contentType) {
        return all.stream().filter(each -> each.canRead(type, contentType)).findFirst();
    }

    /** The one to write with. */
    Optional<MessageConverter> writing(Class<?> type, String contentType) {
        return all.stream().filter(each -> each.canWrite(type, contentType)).findFirst();
    }
}
