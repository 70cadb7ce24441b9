package org.stampede.dispatch;

import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The properties of a class to which Jakarta JSON Binding is sure to give a value of the declared type by its default rules. Those
 * which annotations map in another way are left out. Stateless.
 */
final class BoundProperties {

    private static final List<Class<?>> HARMLESS =
            List.of(JsonbProperty.class, JsonbNillable.class, JsonbPropertyOrder.class);

    /** Kept with each class, since reflection costs more than reading a message. */
    private static final ClassValue<Boolean> CUSTOMISED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return hasAnnotations(type);
        }
    };

    private BoundProperties() {}

    /** Name in JSON to declared type. */
    static Map<String, Type> of(Class<?> bean) {
        var properties = new LinkedHashMap<String, Type>();
        for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
            if (isCustomised(type)) {
                return Map.of();
            }
            for (Field field : type.getDeclaredFields()) {
                if (isBound(field)) {
                    properties.putIfAbsent(nameOf(field), field.getGenericType());
                }
            }
        }
        return Map.copyOf(properties);
    }

    /** Whether annotations say how a class is read from JSON. */
    static boolean isCustomised(Class<?> type) {
        return CUSTOMISED.get(type);
    }

    private static boolean hasAnnotations(Class<?> type) {
        var makers = Stream.<Executable>concat(
                Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()));
        return isAnnotated(type)
                || (type.getPackage() != null && isAnnotated(type.getPackage()))
                || makers.anyMatch(maker -> maker.isAnnotationPresent(JsonbCreator.class));
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(annotation -> annotation.annotationType())
                .anyMatch(type -> type.isAnnotationPresent(JsonbAnnotation.class) && !HARMLESS.contains(type));
    }

    private static boolean isBound(Field field) {
        int modifiers = field.getModifiers();
        if (Modifier.isStatic(modifiers) || Modifier.isTransient(modifiers) || isAnnotated(field)) {
            return false;
        }
        return field.getDeclaringClass().isRecord() || Modifier.isPublic(modifiers) || hasPlainSetter(field);
    }

    private static boolean hasPlainSetter(Field field) {
        String capital = field.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.getName().substring(1);
        var accessors = Arrays.stream(field.getDeclaringClass().getDeclaredMethods())
                .filter(method -> List.of("get" + capital, "is" + capital, "set" + capital)
                        .contains(method.getName()))
                .toList();
        return accessors.stream().anyMatch(method -> sets(method, field))
                && accessors.stream()
                        .noneMatch(method -> isAnnotated(method) || method.isAnnotationPresent(JsonbProperty.class));
    }

    private static boolean sets(Method method, Field field) {
        return Modifier.isPublic(method.getModifiers())
                && method.getParameterCount() == 1
                && method.getGenericParameterTypes()[0].equals(field.getGenericType());
    }

    private static String nameOf(Field field) {
        var property = field.getAnnotation(JsonbProperty.class);
        return property == null || property.value().isEmpty() ? field.getName() : property.value();
    }
}
