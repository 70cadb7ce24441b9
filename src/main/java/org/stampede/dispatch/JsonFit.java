package org.stampede.dispatch;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.stampede.messaging.Problem.Violation;

/**
 * Compares JSON with the type that it is to be bound to, and says in words for its sender where the two do not fit. Jakarta JSON
 * Binding by itself tells of the first fault only, in terms of Java, and makes a number that is too large another number. What
 * is mapped in ways of its own is left to it.
 *
 * <p>Thread-safe.
 */
final class JsonFit {

    private final Map<Class<?>, Map<String, Type>> properties = new ConcurrentHashMap<>();

    /** What does not fit, up to one more than a problem lists. */
    List<Violation> violations(JsonValue value, Type type) {
        var found = new ArrayList<Violation>();
        compare(value, type, "", found);
        return found;
    }

    private void compare(JsonValue value, Type type, String path, List<Violation> found) {
        if (found.size() > Problems.MOST_VIOLATIONS) {
            return;
        }
        if (type instanceof Class<?> plain) {
            compare(value, plain, path, found);
        } else if (type instanceof GenericArrayType array) {
            compareElements(value, array.getGenericComponentType(), path, found);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            compare(value, raw, generic.getActualTypeArguments(), path, found);
        }
    }

    private void compare(JsonValue value, Class<?> raw, Type[] arguments, String path, List<Violation> found) {
        if (Collection.class.isAssignableFrom(raw) && arguments.length == 1) {
            compareElements(value, arguments[0], path, found);
        } else if (Map.class.isAssignableFrom(raw) && arguments.length == 2 && value instanceof JsonObject object) {
            object.forEach((key, entry) -> compare(entry, arguments[1], path + "[" + shortened(key) + "]", found));
        } else if (raw == Optional.class) {
            compare(value, arguments[0], path, found);
        } else {
            compare(value, raw, path, found);
        }
    }

    private static String shortened(String key) {
        return key.length() <= 40 ? key : key.substring(0, 40) + "...";
    }

    private void compare(JsonValue value, Class<?> type, String path, List<Violation> found) {
        if (value.getValueType() == ValueType.NULL) {
            if (type.isPrimitive()) {
                found.add(new Violation(path, "must not be null"));
            }
        } else if (JsonValue.class.isAssignableFrom(type)) {
            if (!type.isInstance(value)) {
                found.add(new Violation(path, "must be " + kind(type)));
            }
        } else if (type.isArray()) {
            compareElements(value, type.getComponentType(), path, found);
        } else if (Collection.class.isAssignableFrom(type)) {
            compareElements(value, Object.class, path, found);
        } else if (JsonScalar.isOne(type)) {
            JsonScalar.faultOf(value, type).ifPresent(fault -> found.add(new Violation(path, fault)));
        } else if (isBean(type)) {
            compareProperties(value, type, path, found);
        }
    }

    private static String kind(Class<?> type) {
        Map<Class<?>, String> kinds = Map.of(
                JsonObject.class, "an object",
                JsonArray.class, "an array",
                JsonStructure.class, "an object or an array",
                JsonString.class, "a string",
                JsonNumber.class, "a number");
        return kinds.getOrDefault(type, "another kind of value");
    }

    private void compareElements(JsonValue value, Type type, String path, List<Violation> found) {
        if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                compare(array.get(i), type, path + "[" + i + "]", found);
            }
        } else if (value.getValueType() != ValueType.NULL) {
            found.add(new Violation(path, "must be an array"));
        }
    }

    private static boolean isBean(Class<?> type) {
        return !type.isInterface() && !type.getName().startsWith("java.") && !BoundProperties.isCustomised(type);
    }

    private void compareProperties(JsonValue value, Class<?> type, String path, List<Violation> found) {
        if (!(value instanceof JsonObject object)) {
            found.add(new Violation(path, "must be an object"));
            return;
        }
        properties.computeIfAbsent(type, BoundProperties::of).forEach((name, property) -> {
            JsonValue part = object.get(name);
            if (part != null) {
                compare(part, property, path.isEmpty() ? name : path + "." + name, found);
            }
        });
    }
}
