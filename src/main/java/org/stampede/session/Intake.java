package org.stampede.session;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.stampede.stomp.Frame;
import org.stampede.stomp.FrameBatch;
import org.stampede.stomp.StompException;
import org.stampede.transport.Inbox;

/**
 * Hands over what came from the peer, frame by frame. It can be held up behind any frame, since many may have come at once: then the
 * rest of them waits, and the Inbox with it, so that the peer is slowed down. Confined to its session's Inbox.
 */
final class Intake {

    private final Inbox inbox;
    private final Consumer<Frame> receiver;
    private final Consumer<StompException> faults;
    /** What was taken out of the Inbox and is held up. */
    private final ArrayDeque<Frame> rest = new ArrayDeque<>(0);
    /** What comes after that. */
    private Optional<StompException> fault = Optional.empty();
    /** How many stages are to complete before it goes on. */
    private int holds;

    private boolean ended;
    /** Completed when nothing is held up, so that the Inbox may bring more. */
    private CompletableFuture<Void> free = CompletableFuture.completedFuture(null);

    /**
     * @param receiver given each frame
     * @param faults   given what was wrong behind the last one
     */
    Intake(Inbox inbox, Consumer<Frame> receiver, Consumer<StompException> faults) {
        this.inbox = inbox;
        this.receiver = receiver;
        this.faults = faults;
    }

    void take(FrameBatch batch) {
        batch.frames().forEach(this::take);
        fault = fault.or(batch::fault);
        tellFault();
    }

    void take(Frame frame) {
        if (isFree()) {
            receiver.accept(frame);
        } else {
            rest.add(frame);
        }
    }

    /** Hands nothing over until a stage completes, whatever it completes with. May be called more than once. */
    void hold(CompletionStage<?> until) {
        if (until.toCompletableFuture().isDone()) {
            return;
        }
        holds++;
        if (free.isDone()) {
            free = new CompletableFuture<>();
            inbox.hold(free);
        }
        until.whenComplete((done, failure) -> inbox.execute(this::goOn));
    }

    private void goOn() {
        holds--;
        while (holds == 0 && !rest.isEmpty()) {
            receiver.accept(rest.remove());
        }
        tellFault();
        if (isFree()) {
            free.complete(null);
        }
    }

    private boolean isFree() {
        return ended || (holds == 0 && rest.isEmpty());
    }

    private void tellFault() {
        if (fault.isPresent() && isFree()) {
            faults.accept(fault.get());
        }
    }

    /** Hands over what is held up, since nothing more will come. */
    void end() {
        ended = true;
        while (!rest.isEmpty()) {
            receiver.accept(rest.remove());
        }
        tellFault();
    }
}
