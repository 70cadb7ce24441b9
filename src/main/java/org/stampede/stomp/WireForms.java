package org.stampede.stomp;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What a frame looks like on the wire, as far as anybody has asked: by version, as text and as octets. Nothing is made twice but by
 * threads that ask at the same moment. Thread-safe.
 */
final class WireForms {

    private static final int VERSIONS = StompVersion.values().length;

    private final AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(VERSIONS);
    private final AtomicReferenceArray<byte[]> octets = new AtomicReferenceArray<>(VERSIONS);
    /** 0 as long as nobody has asked. */
    private volatile byte text;

    boolean isText(BooleanSupplier look) {
        byte known = text;
        if (known == 0) {
            known = (byte) (look.getAsBoolean() ? 1 : -1);
            text = known;
        }
        return known > 0;
    }

    String text(StompVersion version, Supplier<String> write) {
        return remembered(texts, version, write);
    }

    /** Nobody may change these octets. */
    byte[] octets(StompVersion version, Supplier<byte[]> write) {
        return remembered(octets, version, write);
    }

    private static <T> T remembered(AtomicReferenceArray<T> forms, StompVersion version, Supplier<T> write) {
        T known = forms.get(version.ordinal());
        if (known != null) {
            return known;
        }
        T written = write.get();
        forms.set(version.ordinal(), written);
        return written;
    }
}
