package org.stampede.stomp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands of STOMP (1.2, section Augmented BNF): who sends them, and what their frames may hold. Immutable.
 */
public enum Command {
    CONNECT(Sender.CLIENT),
    STOMP(Sender.CLIENT),
    SEND(Sender.CLIENT),
    SUBSCRIBE(Sender.CLIENT),
    UNSUBSCRIBE(Sender.CLIENT),
    ACK(Sender.CLIENT),
    NACK(Sender.CLIENT),
    BEGIN(Sender.CLIENT),
    COMMIT(Sender.CLIENT),
    ABORT(Sender.CLIENT),
    DISCONNECT(Sender.CLIENT),
    CONNECTED(Sender.SERVER),
    MESSAGE(Sender.SERVER),
    RECEIPT(Sender.SERVER),
    ERROR(Sender.SERVER);

    /** The two ends of a connection. */
    public enum Sender {
        CLIENT,
        SERVER
    }

    private static final Map<String, Command> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Command::name, Function.identity()));

    private final Sender sender;

    Command(Sender sender) {
        this.sender = sender;
    }

    /** Finds a command by its case-sensitive name; empty if there is none. */
    public static Optional<Command> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Which end may send it. */
    public Sender sender() {
        return sender;
    }

    /** Whether a frame of it may carry a body (STOMP 1.2, section Body). */
    public boolean mayHaveBody() {
        return this == SEND || this == MESSAGE || this == ERROR;
    }

    /** Whether it opens a connection: {@code CONNECT}, or its synonym {@code STOMP}. */
    public boolean opensConnection() {
        return this == CONNECT || this == STOMP;
    }

    /**
     * Whether its headers are escaped, if the version has escapes at all. Those of CONNECT and CONNECTED are not, for the
     * sake of STOMP 1.0 (STOMP 1.2, section Value Encoding).
     */
    public boolean escapesHeaders() {
        return !opensConnection() && this != CONNECTED;
    }
}
