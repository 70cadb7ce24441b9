package org.stampede.dispatch;

import org.stampede.messaging.MessageConverter;

/** Octets as they are, whatever their content type. Thread-safe. */
final class OctetsConverter implements MessageConverter {

    @Override
    public String contentType() {
        return "application/octet-stream";
    }

    @Override
    public boolean canRead(Class<?> type, String contentType) {
        return type == byte[].class;
    }

    @Override
    public Object read(byte[] body, Class<?> type, String contentType) {
        return body;
    }

    @Override
    public boolean canWrite(Class<?> type, String contentType) {
        return type == byte[].class;
    }

    @Override
    public byte[] write(Object payload, String contentType) {
        return ((byte[]) payload).clone();
    }
}
