package org.stampede.dispatch;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.stampede.messaging.Message;
import org.stampede.messaging.Messenger;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;

/** A SEND frame as its handler sees it. Immutable. */
record ReceivedMessage(Frame frame, Peer peer, Map<String, String> variables, Messenger messenger) implements Message {

    @Override
    public String destination() {
        return frame.header("destination").orElseThrow();
    }

    @Override
    public String variable(String name) {
        return SubscriptionView.variable(variables, name);
    }

    @Override
    public Optional<String> header(String name) {
        return frame.header(name);
    }

    @Override
    public Map<String, String> headers() {
        return frame.headerMap();
    }

    @Override
    public byte[] body() {
        return frame.bodyBytes();
    }

    @Override
    public String text() {
        return frame.bodyText();
    }

    @Override
    public Optional<Principal> user() {
        return peer.user();
    }

    @Override
    public String sessionId() {
        return peer.sessionId();
    }

    @Override
    public void reply(String destination, Object payload, Map<String, String> headers) {
        messenger.sendToSession(peer.sessionId(), destination, payload, headers);
    }
}
