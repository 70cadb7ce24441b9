package org.stampede.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.reflect.RecordComponent;

/** A line of the results as it is being made. Not thread-safe. */
final class Line {

    private static final double THOUSANDTHS = 1e3;

    private final JsonObjectBuilder json = Json.createObjectBuilder();

    private Line() {}

    static Line of(String run) {
        return new Line().add("run", run);
    }

    Line add(String name, Object value) {
        if (value instanceof Double number) {
            json.add(name, Math.round(number * THOUSANDTHS) / THOUSANDTHS);
        } else if (value instanceof Number number) {
            json.add(name, number.longValue());
        } else if (value instanceof Boolean truth) {
            json.add(name, truth);
        } else {
            json.add(name, String.valueOf(value));
        }
        return this;
    }

    /** All components of a record. */
    Line add(Record measured) {
        for (RecordComponent component : measured.getClass().getRecordComponents()) {
            try {
                add(component.getName(), component.getAccessor().invoke(measured));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    JsonObject json() {
        return json.build();
    }
}
