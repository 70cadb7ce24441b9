package org.stampede.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.stampede.broker.AwayException;
import org.stampede.security.Peer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/** An application that remembers what it was asked. It handles what is below {@code /app/}. */
final class RecordingHandlers implements MessageHandlers {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Frame, CompletionStage<Boolean>>> byDestination = new HashMap<>();
    /** What the application does when it is told of a subscription. */
    Consumer<Subscriber> onSubscribed = subscriber -> {};
    /** What the application does when it is told of a life-cycle, by the name of the method. */
    final Map<String, Runnable> onCall = new HashMap<>();

    /** Handles a destination in this way. */
    void on(String destination, Function<Frame, CompletionStage<Boolean>> handler) {
        byDestination.put(destination, handler);
    }

    /** What was called, in order, and forgets it. */
    List<String> takeCalls() {
        var taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    private void called(String method, String about) {
        calls.add(method + " " + about);
        onCall.getOrDefault(method, () -> {}).run();
    }

    @Override
    public boolean handles(String destination) {
        return destination.startsWith("/app/");
    }

    @Override
    public CompletionStage<Boolean> handle(Frame send, Peer peer) {
        String destination = send.header("destination").orElseThrow();
        calls.add("handle " + peer.sessionId() + " " + destination + " " + send.bodyText());
        return byDestination
                .getOrDefault(destination, frame -> CompletableFuture.completedFuture(true))
                .apply(send);
    }

    @Override
    public void undelivered(Frame frame, Peer peer, AwayException cause) {
        called("undelivered", frame.command() + " " + frame.header("receipt").orElse(""));
    }

    @Override
    public void revoked(Subscriber subscriber) {
        called("revoked", subscriber.destination());
    }

    @Override
    public void connected(Peer peer) {
        called("connected", peer.sessionId());
    }

    @Override
    public void disconnected(Peer peer) {
        called("disconnected", peer.sessionId());
    }

    @Override
    public void subscribed(Subscriber subscriber, Headers headers) {
        called("subscribed", subscriber.peer().sessionId() + " " + subscriber.destination());
        onSubscribed.accept(subscriber);
    }

    @Override
    public void unsubscribed(Subscriber subscriber) {
        called("unsubscribed", subscriber.peer().sessionId() + " " + subscriber.destination());
    }
}
