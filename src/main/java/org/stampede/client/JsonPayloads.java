package org.stampede.client;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;

/** The only class that needs JSON Binding, so that the others do without. Thread-safe. */
final class JsonPayloads implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JsonPayloads.class.getName());

    private final Jsonb jsonb = create();

    private static Jsonb create() {
        try {
            return JsonbBuilder.create();
        } catch (JsonbException e) {
            throw new IllegalStateException(
                    "Payloads that are neither text nor octets need an implementation of Jakarta JSON Binding.", e);
        }
    }

    String write(Object payload) {
        return jsonb.toJson(payload);
    }

    Object read(String json, Type type) {
        try {
            Object payload = jsonb.fromJson(json, type);
            if (payload == null) {
                throw new IllegalArgumentException("The payload is null, and no " + type.getTypeName() + ".");
            }
            return payload;
        } catch (JsonbException e) {
            throw new IllegalArgumentException("The payload is no " + type.getTypeName() + " in JSON.", e);
        }
    }

    @Override
    public void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            // Declared by AutoCloseable; there is nothing that a caller could do.
            LOG.log(Level.DEBUG, "JSON Binding did not close.", e);
        }
    }
}
