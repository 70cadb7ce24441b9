package org.stampede.benchmark;

import java.nio.charset.StandardCharsets;

/** The frames that the codecs are measured with, as clients in browsers and our own broker write them. */
public enum Specimen {
    CONNECT("CONNECT\naccept-version:1.2,1.1,1.0\nheart-beat:10000,10000\nhost:example.org\n\n\0"),
    SUBSCRIBE("SUBSCRIBE\nid:sub-0\ndestination:/topic/stocks.quotes\nack:auto\n\n\0"),
    SEND("SEND\ndestination:/app/trades\ncontent-type:application/json\ncontent-length:64\n\n" + json(64) + "\0"),
    MESSAGE("MESSAGE\ndestination:/topic/stocks.quotes\nmessage-id:m8k2j1-42\nsubscription:sub-0\n"
            + "content-type:application/json\ncontent-length:1024\n\n" + json(1024) + "\0"),
    /** Like CONNECT, with values that the codec does not know by heart. */
    CONNECT_OTHER("CONNECT\naccept-version:1.2,1.1\nheart-beat:15000,15000\nhost:example.org\n\n\0"),
    /** Like SEND, with such a value. */
    SEND_OTHER("SEND\ndestination:/app/trades\ncontent-type:application/cbor\ncontent-length:64\n\n" + json(64) + "\0");

    private final String wire;

    Specimen(String wire) {
        this.wire = wire;
    }

    /** The frame as it is on the wire, as text. */
    public String text() {
        return wire;
    }

    /** The frame as it is on the wire, as octets. */
    public byte[] octets() {
        return wire.getBytes(StandardCharsets.UTF_8);
    }

    /** JSON of so many octets. */
    private static String json(int octets) {
        String head = "{\"symbol\":\"STMP\",\"price\":101.25,\"note\":\"";
        return head + "x".repeat(octets - head.length() - 2) + "\"}";
    }
}
