package org.stampede.transport;

/** Why the server closes a connection, with its WebSocket close code (RFC 6455, section 7.4.1). Immutable. */
public enum CloseReason {
    /** The client said DISCONNECT. */
    NORMAL(1000),
    /** The server, or the application, ends. */
    GOING_AWAY(1001),
    /** The client broke the rules of STOMP. */
    PROTOCOL_ERROR(1002),
    /** The client may not do what it tried, or does not read what it is sent. */
    POLICY(1008),
    /** The client exceeded a limit on size. */
    TOO_BIG(1009),
    /** The server failed. */
    SERVER_ERROR(1011),
    /** The server has no room for another connection. */
    TRY_AGAIN_LATER(1013);

    private final int code;

    CloseReason(int code) {
        this.code = code;
    }

    /** The WebSocket close code. */
    public int code() {
        return code;
    }
}
