package org.stampede.dispatch;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.stampede.stomp.Quoted;

/** Makes values of the text of headers and destinations. Stateless. */
final class TextForm {

    private static final Map<Class<?>, Function<String, Object>> SCALARS = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(Byte.class, text -> new BigDecimal(text).byteValueExact()),
            Map.entry(Short.class, text -> new BigDecimal(text).shortValueExact()),
            Map.entry(Integer.class, text -> new BigDecimal(text).intValueExact()),
            Map.entry(Long.class, text -> new BigDecimal(text).longValueExact()),
            Map.entry(Float.class, Float::valueOf),
            Map.entry(Double.class, Double::valueOf),
            Map.entry(Boolean.class, Boolean::valueOf),
            Map.entry(Character.class, text -> text.charAt(0)),
            Map.entry(BigDecimal.class, BigDecimal::new),
            Map.entry(BigInteger.class, BigInteger::new),
            Map.entry(UUID.class, UUID::fromString));

    private record Time(String example, Function<String, Object> parse) {}

    private static final Map<Class<?>, Time> TIMES = Map.ofEntries(
            Map.entry(Instant.class, new Time("2025-11-30T16:00:00Z", Instant::parse)),
            Map.entry(LocalDate.class, new Time("2025-11-30", LocalDate::parse)),
            Map.entry(LocalTime.class, new Time("16:00", LocalTime::parse)),
            Map.entry(LocalDateTime.class, new Time("2025-11-30T16:00", LocalDateTime::parse)),
            Map.entry(OffsetTime.class, new Time("16:00+01:00", OffsetTime::parse)),
            Map.entry(OffsetDateTime.class, new Time("2025-11-30T16:00+01:00", OffsetDateTime::parse)),
            Map.entry(ZonedDateTime.class, new Time("2025-11-30T16:00+01:00[Europe/Rome]", ZonedDateTime::parse)),
            Map.entry(Year.class, new Time("2025", Year::parse)),
            Map.entry(YearMonth.class, new Time("2025-11", YearMonth::parse)),
            Map.entry(MonthDay.class, new Time("--11-30", MonthDay::parse)),
            Map.entry(Duration.class, new Time("PT1H30M", Duration::parse)),
            Map.entry(Period.class, new Time("P1M", Period::parse)),
            Map.entry(ZoneId.class, new Time("Europe/Rome", ZoneId::of)),
            Map.entry(ZoneOffset.class, new Time("+01:00", ZoneOffset::of)));

    private TextForm() {}

    /** Whether there is a form of this type, which is no primitive one. */
    static boolean isOne(Class<?> type) {
        return SCALARS.containsKey(type) || TIMES.containsKey(type) || type.isEnum();
    }

    /** Why a text cannot become a value of a type that {@link #isOne}, for the reader of a sentence; empty if it can. */
    static Optional<String> faultOf(String text, Class<?> type) {
        Time time = TIMES.get(type);
        var fault = time == null ? JsonScalar.faultOf(text, type) : faultOf(text, type, time);
        return fault.map(must -> Quoted.of(text) + " " + must);
    }

    private static Optional<String> faultOf(String text, Class<?> type, Time time) {
        try {
            var unused = time.parse().apply(text);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of("must be of the type " + type.getSimpleName() + ", such as " + time.example());
        }
    }

    /** The value of a text that has no fault. */
    static Object read(String text, Class<?> type) {
        Time time = TIMES.get(type);
        if (time != null) {
            return time.parse().apply(text);
        }
        var scalar = SCALARS.get(type);
        return scalar == null ? constant(text, type) : scalar.apply(text);
    }

    private static Object constant(String name, Class<?> type) {
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(type.getName() + " has no such constant.");
    }
}
