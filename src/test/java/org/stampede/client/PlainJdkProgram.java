package org.stampede.client;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.stampede.stomp.AckMode;

/**
 * A program as somebody without Jakarta EE would write it. {@link StompClientIT} has it compiled and run by a JDK that knows nothing
 * but the library jar; what it prints is what the test looks at.
 */
final class PlainJdkProgram {

    private PlainJdkProgram() {}

    public static void main(String[] arguments) throws Exception {
        try (StompClient client = StompClient.builder(URI.create(arguments[0])).build()) {
            ClientSession session = done(client.connect());
            var heard = new LinkedBlockingQueue<String>();
            done(session.subscribe("/queue/plain", AckMode.CLIENT, Map.of(), message -> {
                        message.ack();
                        heard.add(message.text());
                    })
                    .ready());
            done(session.send("/queue/plain", "text"));
            done(session.begin()
                    .send("/queue/plain", new byte[] {'o', 'c', 't', 'e', 't', 's'})
                    .commit());
            System.out.println(List.of(heard.take(), heard.take()));
            try {
                done(session.request("/queue/trade", "no order", String.class));
            } catch (CompletionException e) {
                System.out.println(((ProblemException) e.getCause()).problem().detail());
            }
            try {
                session.send("/queue/plain", List.of());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
            done(session.disconnect());
            System.out.println(session.state());
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
