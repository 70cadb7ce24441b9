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

    /** Why a type cannot be that of a payload; empty if it can. */
    static Optional<String> faultOf(Type type) {
        if (!(type instanceof Class<?> plain) || plain.getTypeParameters().length > 0) {
            return Optional.of("a payload of the generic type " + type.getTypeName()
                    + " cannot be an event; use a class, a record or an array.");
        }
        if (plain.isPrimitive()) {
            return Optional.of("an event cannot be of the primitive type " + plain + "; use its class.");
        }
        if (plain == Message.class || JsonValue.class.isAssignableFrom(plain)) {
            return Optional.empty();
        }
        Class<?> element = plain;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return faultOf(element, element == plain);
    }

    private static Optional<String> faultOf(Class<?> type, boolean alone) {
        if (type == Object.class && alone) {
            return Optional.of("the payload must be of a type of its own; every event is an Object.");
        }
        if (type.isPrimitive() || type.isEnum() || isMapped(type)) {
            return Optional.empty();
        }
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return Optional.of("no payload can be made of the type " + type.getName()
                    + "; use a class, a record, an array, String, byte[], JsonValue or Message.");
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
