package org.stampede.dispatch;

import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Which JSON strings, numbers and truth values can become a value of a simple type of Java. A number or truth value in quotes
 * counts as one, as it does for Jakarta JSON Binding. Stateless.
 */
final class JsonScalar {

    /** A longer number, or one with a larger exponent, takes too long to compute with. */
    private static final int LONGEST_NUMBER = 1_000;

    private static final int MOST_CONSTANTS_NAMED = 20;

    /**
     * What is asked of a type.
     *
     * @param expected in words, behind "must be"
     * @param fits     tells of a scalar, as text without quotes
     */
    private record Rule(String expected, Predicate<String> fits) {}

    private static final Map<Class<?>, Rule> RULES = rules();

    private JsonScalar() {}

    private static Map<Class<?>, Rule> rules() {
        var rules = new HashMap<Class<?>, Rule>();
        putAll(rules, whole(Byte.MAX_VALUE), byte.class, Byte.class);
        putAll(rules, whole(Short.MAX_VALUE), short.class, Short.class);
        putAll(rules, whole(Integer.MAX_VALUE), int.class, Integer.class);
        putAll(rules, whole(Long.MAX_VALUE), long.class, Long.class);
        putAll(rules, new Rule("a whole number", JsonScalar::isBigInteger), BigInteger.class);
        putAll(rules, new Rule("a number", JsonScalar::isDecimal), BigDecimal.class, Number.class);
        putAll(rules, new Rule("a number", JsonScalar::isFloating), double.class, Double.class);
        putAll(rules, new Rule("a number", JsonScalar::isFloating), float.class, Float.class);
        var truth = new Rule("true or false", text -> text.equals("true") || text.equals("false"));
        putAll(rules, truth, boolean.class, Boolean.class);
        putAll(rules, new Rule("one character", text -> text.length() == 1), char.class, Character.class);
        putAll(rules, new Rule("a string", text -> true), String.class, CharSequence.class);
        putAll(rules, new Rule("a UUID", JsonScalar::isUuid), UUID.class);
        return Map.copyOf(rules);
    }

    private static void putAll(Map<Class<?>, Rule> rules, Rule rule, Class<?>... types) {
        Arrays.stream(types).forEach(type -> rules.put(type, rule));
    }

    /** Whether a type is one of those that this class knows. */
    static boolean isOne(Class<?> type) {
        return RULES.containsKey(type) || (type.isEnum() && !BoundProperties.isCustomised(type));
    }

    /** Why a value, which is not null, cannot become one of a type that {@link #isOne}; empty if it can. */
    static Optional<String> faultOf(JsonValue value, Class<?> type) {
        return value instanceof JsonStructure ? Optional.of(expectation(rule(type))) : faultOf(text(value), type);
    }

    /** Why a text cannot become a value of one of these types; empty if it can. */
    static Optional<String> faultOf(String text, Class<?> type) {
        Rule rule = rule(type);
        return rule.fits().test(text) ? Optional.empty() : Optional.of(expectation(rule));
    }

    private static Rule rule(Class<?> type) {
        var known = RULES.get(type);
        return known == null ? constantOf(type) : known;
    }

    private static String expectation(Rule rule) {
        return "must be " + rule.expected();
    }

    private static String text(JsonValue scalar) {
        return scalar instanceof JsonString string ? string.getString() : scalar.toString();
    }

    private static Rule constantOf(Class<?> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
        boolean named = names.size() <= MOST_CONSTANTS_NAMED;
        return new Rule(named ? "one of " + String.join(", ", names) : "one of the known names", names::contains);
    }

    private static Rule whole(long largest) {
        return new Rule(
                "a whole number from " + (-largest - 1) + " to " + largest,
                text -> number(text).filter(n -> isWhole(n, largest)).isPresent());
    }

    private static boolean isWhole(BigDecimal number, long largest) {
        try {
            long exact = number.longValueExact();
            return exact <= largest && exact >= -largest - 1;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static boolean isBigInteger(String text) {
        return text.length() <= LONGEST_NUMBER && text.matches("-?[0-9]+");
    }

    private static boolean isDecimal(String text) {
        return number(text).isPresent();
    }

    private static boolean isFloating(String text) {
        return isDecimal(text) || List.of("NaN", "Infinity", "-Infinity").contains(text);
    }

    private static Optional<BigDecimal> number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            var number = new BigDecimal(text);
            return Math.abs((long) number.scale()) <= LONGEST_NUMBER ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().length() == text.length();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
