package org.stampede.broker.relay;

import java.time.Duration;
import java.util.List;
import org.stampede.client.ReconnectPolicy;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.stomp.HeartBeat;
import org.stampede.tcp.TcpAddress;
import org.stampede.transport.OutboxLimits;

/**
 * Where the broker is, and how it is dealt with. Immutable.
 *
 * @param profile     which broker it is
 * @param addresses   of its nodes; the next one is tried when one fails
 * @param virtualHost the {@code host} of CONNECT
 * @param system      who the application is to the broker
 * @param client      who clients are to the broker
 * @param ownLogin    whether clients are rather who they say at CONNECT
 * @param heartBeat   what is offered and asked for on each connection
 * @param outbox      how much may wait to be sent on a connection
 * @param receiptTime how long the broker may take to confirm
 * @param connectTime how long it may take to answer CONNECT
 * @param reconnect   when a lost connection is tried again
 * @param held        SENDs that a connection may hold while the broker is away
 * @param topics      topics, and patterns of them, that this node may be subscribed to
 */
public record RelaySettings(
        BrokerProfile profile,
        List<TcpAddress> addresses,
        String virtualHost,
        Login system,
        Login client,
        boolean ownLogin,
        HeartBeat heartBeat,
        OutboxLimits outbox,
        Duration receiptTime,
        Duration connectTime,
        ReconnectPolicy reconnect,
        int held,
        int topics) {

    public static final String HELD = "stampede.relay.held-sends";
    public static final String TOPICS = "stampede.relay.topics";

    /** Copies the list, and checks that there is an address. */
    public RelaySettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("A relay needs the address of a broker.");
        }
    }

    /**
     * A user of the broker. Immutable.
     *
     * @param login    empty for none
     * @param passcode empty for none
     */
    public record Login(String login, String passcode) {

        private Headers headers() {
            return login.isEmpty() ? Headers.NONE : Headers.of("login", login, "passcode", passcode);
        }

        /** The name only. */
        @Override
        public String toString() {
            return login;
        }
    }

    /** The CONNECT by which a user logs in (STOMP 1.2, section CONNECT). */
    Frame connect(Login login) {
        return Frame.of(
                Command.CONNECT,
                Headers.of("accept-version", "1.2", "host", virtualHost, "heart-beat", heartBeat.value())
                        .plusAll(login.headers()));
    }

    /** Who the client of a CONNECT is to the broker. */
    Login login(Frame ofClient) {
        return ownLogin
                ? new Login(
                        ofClient.header("login").orElse(""),
                        ofClient.header("passcode").orElse(""))
                : client;
    }

    Dialect dialect() {
        return profile.dialect();
    }
}
