package org.stampede.dispatch;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.stampede.messaging.Message;

/** Tells, at deployment, whether messages can be turned into a type. Stateless. */
final class PayloadType {

    private PayloadType() {}

    /** Kept with each class, since it is asked of every message. */
    private static final ClassValue<Optional<String>> FAULTS_OF_JSON = new ClassValue<>() {
        @Override
        protected Optional<String> computeValue(Class<?> type) {
            return faultOfMaking(type);
        }
    };

    /** Why a type cannot be that of an event, whoever makes it; empty if it can. */
    static Optional<String> faultOf(Type type) {
        if (!(type instanceof Class<?> plain) || plain.getTypeParameters().length > 0) {
            return Optional.of("a payload of the generic type " + type.getTypeName()
                    + " cannot be an event; use a class, a record or an array.");
        }
        if (plain.isPrimitive()) {
            return Optional.of("an event cannot be of the primitive type " + plain + "; use its class.");
        }
        return plain == Object.class
                ? Optional.of("the payload must be of a type of its own; every event is an Object.")
                : Optional.empty();
    }

    /** Why the built-in converters cannot make a payload of a type that is fit for events; empty if they can. */
    static Optional<String> faultOfJson(Class<?> type) {
        return FAULTS_OF_JSON.get(type);
    }

    private static Optional<String> faultOfMaking(Class<?> whole) {
        if (whole == Message.class || JsonValue.class.isAssignableFrom(whole)) {
            return Optional.empty();
        }
        Class<?> type = whole;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (type.isPrimitive() || type.isEnum() || isMapped(type)) {
            return Optional.empty();
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return Optional.of("no payload can be made of the type " + type.getName()
                    + " without a MessageConverter that reads it; use a class, a record, an array, String, byte[], JsonValue or"
                    + " Message.");
        }
        return type.getName().startsWith("java.") ? Optional.empty() : faultOfBean(type);
    }

    /** Whether an annotation tells JSON Binding how to make one. */
    private static boolean isMapped(Class<?> type) {
        return Stream.of(JsonbTypeDeserializer.class, JsonbTypeAdapter.class, JsonbTypeInfo.class)
                .anyMatch(type::isAnnotationPresent);
    }

    /** JSON Binding finds out about these with the first message only. */
    private static Optional<String> faultOfBean(Class<?> type) {
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            if (!Modifier.isPublic(outer.getModifiers())) {
                return Optional.of("JSON Binding cannot use the type " + type.getName() + ", since " + outer.getName()
                        + " is not public.");
            }
        }
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        return !inner && (type.isRecord() || hasMaker(type))
                ? Optional.empty()
                : Optional.of("JSON Binding cannot make a " + type.getName()
                        + "; it needs a public constructor without parameters, or one with @JsonbCreator.");
    }

    private static boolean hasMaker(Class<?> type) {
        boolean plain = Arrays.stream(type.getDeclaredConstructors())
                .anyMatch(c -> c.getParameterCount() == 0 && !Modifier.isPrivate(c.getModifiers()));
        return plain
                || Stream.of(type.getDeclaredConstructors(), type.getDeclaredMethods())
                        .flatMap(Arrays::stream)
                        .anyMatch(maker -> maker.isAnnotationPresent(JsonbCreator.class));
    }
}
