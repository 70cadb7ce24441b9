package org.stampede.container;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import java.security.Principal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.stampede.messaging.Connected;
import org.stampede.messaging.Destination;
import org.stampede.messaging.DestinationEvent;
import org.stampede.messaging.DestinationVariable;
import org.stampede.messaging.Disconnected;
import org.stampede.messaging.FirstSubscribed;
import org.stampede.messaging.FrameInterceptor;
import org.stampede.messaging.FrameRefusedException;
import org.stampede.messaging.FrameView;
import org.stampede.messaging.HandlerFailure;
import org.stampede.messaging.Header;
import org.stampede.messaging.LastUnsubscribed;
import org.stampede.messaging.Message;
import org.stampede.messaging.Online;
import org.stampede.messaging.PresenceEvent;
import org.stampede.messaging.SendTo;
import org.stampede.messaging.Sender;
import org.stampede.messaging.SessionEvent;
import org.stampede.messaging.StompSessionScoped;
import org.stampede.messaging.Subscribed;
import org.stampede.messaging.SubscriptionEvent;
import org.stampede.messaging.Unsubscribed;

/** Handlers of the tests in a container: one of each kind. Thread-safe. */
@ApplicationScoped
public class EchoDesk {

    /** A payload. Immutable. */
    public record Note(@NotNull String text, @Max(5) int stars) {}

    /** A bean that lives as long as a handler's call. Confined to it. */
    @RequestScoped
    public static class Tally {

        private int calls;

        int next() {
            return ++calls;
        }
    }

    /** What a header may say. */
    public enum Unit {
        KILO
    }

    /** A bean without scope of its own. Stateless. */
    @Dependent
    public static class Town {

        /** Sends what it returns, whoever calls. */
        @SendTo("/topic/town")
        public String cry(String news) {
            return "hear " + news;
        }
    }

    @Inject
    Tally tally;

    @Resource
    UserTransaction transaction;

    @Resource
    ManagedExecutorService executor;

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    /** What observers saw, oldest first. */
    public Queue<String> seen() {
        return seen;
    }

    void forget(@Observes @Destination("/app/forgetful") String anything)
            throws NotSupportedException, SystemException {
        seen.add("transaction " + transaction.getStatus());
        transaction.begin();
    }

    void note(@Observes @Destination("/app/note.{room}") Note note, Message message) {
        String echo = message.variable("room") + " " + note.text() + " " + tally.next();
        message.reply("/queue/echo", echo);
    }

    @SendTo("/topic/total.{room}")
    int total(
            @Observes @Destination("/app/total.{room}.{day}") String text,
            @DestinationVariable("day") LocalDate day,
            @Header("factor") int factor,
            @Header("unit") Optional<Unit> unit,
            @Sender Optional<Principal> sender) {
        seen.add("total " + day + " " + unit + " " + sender);
        return Integer.parseInt(text) * factor;
    }

    CompletionStage<Note> later(@Observes @Destination("/app/later") String text) {
        return CompletableFuture.supplyAsync(() -> new Note(text, 1), executor);
    }

    void fail(@Observes @Destination("/app/fail") String text) {
        throw new IllegalStateException("secret " + text);
    }

    private final Semaphore work = new Semaphore(0);

    /** Lets so many messages to {@code /app/slow} be worked on. */
    public void work(int messages) {
        work.release(messages);
    }

    void slow(@Observes @Destination("/app/slow") String text) {
        work.acquireUninterruptibly();
    }

    void failed(@Observes HandlerFailure failure) {
        seen.add("failure " + failure.problem().status());
    }

    void connected(@Observes @Connected SessionEvent session) {
        seen.add("connected " + session.sessionId());
    }

    void disconnected(@Observes @Disconnected SessionEvent session) {
        seen.add("disconnected " + session.sessionId());
    }

    void subscribed(@Observes @Subscribed("/topic/room.{room}") SubscriptionEvent subscription) {
        seen.add("subscribed " + subscription.variable("room"));
        subscription.send("welcome");
    }

    void unsubscribed(@Observes @Unsubscribed("/topic/room.{room}") SubscriptionEvent subscription) {
        seen.add("unsubscribed " + subscription.variable("room"));
    }

    /** A bean that lives as long as a session. Confined to it. */
    @StompSessionScoped
    public static class Basket {

        private int items;

        int next() {
            return ++items;
        }

        @PreDestroy
        void end() {
            ENDED.add("basket of " + items);
        }
    }

    /** What baskets said at their end: by then there may be no application to inject. */
    private static final Queue<String> ENDED = new ConcurrentLinkedQueue<>();

    /** Refuses and changes what the tests mark. Stateless. */
    @ApplicationScoped
    public static class Gate implements FrameInterceptor {

        @Override
        public FrameView inbound(FrameView frame) {
            if (frame.header("mark").isPresent()) {
                throw new FrameRefusedException(
                        "Marked: " + frame.header("mark").get());
            }
            return frame;
        }

        @Override
        public FrameView outbound(FrameView frame) {
            return frame.text().startsWith("marked") ? frame.withHeader("seen-by", "gate") : frame;
        }
    }

    @Inject
    Basket basket;

    /** What baskets noted at the end of their sessions. */
    public Queue<String> ended() {
        return ENDED;
    }

    void take(@Observes @Destination("/app/basket") String text, Message message) {
        message.reply("/queue/echo", "marked " + basket.next());
    }

    void started(@Observes @FirstSubscribed("/topic/feed.{name}") DestinationEvent feed) {
        seen.add("start " + feed.variable("name"));
    }

    void stopped(@Observes @LastUnsubscribed("/topic/feed.{name}") DestinationEvent feed) {
        seen.add("stop " + feed.variable("name"));
    }

    void online(@Observes @Online PresenceEvent presence) {
        seen.add("online " + presence.user());
    }
}
