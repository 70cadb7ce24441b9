package org.stampede.dispatch;

import jakarta.enterprise.inject.Instance;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.Authenticator;
import org.stampede.security.Credentials;
import org.stampede.security.Identity;
import org.stampede.security.Peer;
import org.stampede.session.Login;
import org.stampede.session.PolicyException;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Quoted;

/**
 * Asks the authenticators of the application who somebody is, one after the other, and slows down those who guess: each failure is
 * answered late, and too many from one address are not looked at. Thread-safe.
 */
public final class ApplicationLogin implements Login {

    private static final Logger LOG = System.getLogger(ApplicationLogin.class.getName());

    private final List<Authenticator> authenticators;
    private final RequestScope requests;
    private final FailedLogins failures;
    private final Executor application;
    private final Executor later;

    private ApplicationLogin(
            List<Authenticator> authenticators,
            RequestScope requests,
            FailedLogins failures,
            Executor application,
            Executor later) {
        this.authenticators = authenticators;
        this.requests = requests;
        this.failures = failures;
        this.application = application;
        this.later = later;
    }

    /**
     * The login of an application.
     *
     * @param beans    its authenticators
     * @param application runs what it is given as a thread of the application, whatever thread completed a stage
     * @param later    runs what it is given after the delay that the limits ask for
     * @param nanoTime the clock, such as {@code System::nanoTime}
     */
    public static Login of(
            Instance<Authenticator> beans,
            RequestScope requests,
            LoginLimits limits,
            Executor application,
            Executor later,
            LongSupplier nanoTime) {
        List<Authenticator> ordered = Priorities.ordered(beans);
        return ordered.isEmpty()
                ? NONE
                : new ApplicationLogin(ordered, requests, new FailedLogins(limits, nanoTime), application, later);
    }

    @Override
    public CompletionStage<Optional<Identity>> login(Frame connect, Peer peer) {
        if (failures.tooMany(peer.address())) {
            throw new PolicyException(
                    "Too many failed logins", "Too many logins from this address have failed; try again later.");
        }
        var answer = new CompletableFuture<Optional<Identity>>();
        ask(new Credentials(peer, connect::header), peer, 0).whenComplete((identity, failure) -> {
            if (failure == null) {
                answer.complete(identity);
            } else {
                failed(peer, failure, answer);
            }
        });
        return answer;
    }

    private CompletionStage<Optional<Identity>> ask(Credentials credentials, Peer peer, int next) {
        if (next == authenticators.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return authenticate(authenticators.get(next), credentials, peer)
                .thenComposeAsync(
                        identity -> identity.isPresent()
                                ? CompletableFuture.completedFuture(identity)
                                : ask(credentials, peer, next + 1),
                        application);
    }

    private CompletionStage<Optional<Identity>> authenticate(
            Authenticator authenticator, Credentials credentials, Peer peer) {
        try {
            return requests.call(peer.sessionId(), () -> authenticator.authenticate(credentials));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void failed(Peer peer, Throwable failure, CompletableFuture<?> answer) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof AccessDeniedException)) {
            answer.completeExceptionally(cause);
            return;
        }
        failures.add(peer.address());
        LOG.log(
                Level.INFO,
                () -> "A login failed, of session " + peer.sessionId() + " from address " + Quoted.of(peer.address())
                        + ".");
        try {
            later.execute(() -> answer.completeExceptionally(PolicyException.loginFailed()));
        } catch (RuntimeException e) {
            // Nothing can be done later, as when the server ends; still the client must be answered.
            answer.completeExceptionally(PolicyException.loginFailed());
        }
    }
}
