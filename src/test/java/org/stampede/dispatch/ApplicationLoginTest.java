package org.stampede.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.CONNECTED;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;
import static org.stampede.testing.WireAssert.assertThat;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stampede.security.AccessDeniedException;
import org.stampede.security.AccessRules;
import org.stampede.security.Authenticator;
import org.stampede.security.Credentials;
import org.stampede.security.Identity;
import org.stampede.security.IdentityStoreAuthenticator;
import org.stampede.testing.RecordingWire;
import org.stampede.transport.CloseReason;

/** Who CONNECT says that he is, as the authenticators of the application see it. */
class ApplicationLoginTest {

    /** Knows tokens. */
    @ApplicationScoped
    @Priority(1)
    static class Tokens implements Authenticator {
        @Override
        public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
            return CompletableFuture.completedFuture(credentials.bearerToken().map(token -> {
                if (token.equals("bug")) {
                    throw new IllegalStateException("the secret " + token);
                }
                if (token.equals("poor")) {
                    return Identity.of("ann");
                }
                if (!token.equals("good")) {
                    throw new AccessDeniedException("The token " + token + " is not good.");
                }
                return Identity.of("ann", "trader");
            }));
        }
    }

    /** Fails by its stage. */
    @ApplicationScoped
    @Priority(2)
    static class Tickets implements Authenticator {
        @Override
        public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
            return credentials.header("ticket").isPresent()
                    ? CompletableFuture.failedFuture(new AccessDeniedException("No tickets today."))
                    : CompletableFuture.completedFuture(Optional.empty());
        }
    }

    /** What a server offers for identity stores. */
    @ApplicationScoped
    static class Stores implements IdentityStoreHandler {
        @Override
        public CredentialValidationResult validate(Credential credential) {
            var password = (UsernamePasswordCredential) credential;
            if (!password.getCaller().equals("bob")) {
                return CredentialValidationResult.NOT_VALIDATED_RESULT;
            }
            return password.compareTo("bob", "12.34")
                    ? new CredentialValidationResult("bob", Set.of("clerk"))
                    : CredentialValidationResult.INVALID_RESULT;
        }

        @Produces
        @Singleton
        Authenticator passwords() {
            return new IdentityStoreAuthenticator(this);
        }
    }

    private TestApplication app;

    @BeforeEach
    void deploy() {
        app = TestApplication.guarded(Tokens.class, Tickets.class, Stores.class);
    }

    @AfterEach
    void close() throws Exception {
        app.close();
    }

    private RecordingWire connect(String headers) {
        return connect("10.0.0.1", headers);
    }

    private RecordingWire connect(String address, String headers) {
        var client = app.open(address);
        client.say("CONNECT\naccept-version:1.2\nhost:x\n" + headers + "\n^@");
        return client.wire;
    }

    private void fails(RecordingWire wire) {
        assertThat(wire).isExhausted().isOpen();
        assertThat(app.later.runAll()).isEqualTo(1);
        assertThat(wire)
                .sent(ERROR, "message:Login failed")
                .withBody("The client could not be logged in.\n")
                .isExhausted()
                .closed(CloseReason.POLICY);
    }

    @Test
    void aTokenTellsWhoItIs() {
        assertThat(connect("Authorization:Bearer good\n"))
                .sent(CONNECTED, "user-name:ann")
                .isOpen();
        assertThat(connect("passcode:good\n")).sent(CONNECTED, "user-name:ann").isOpen();
    }

    @Test
    void aPasswordIsCheckedByTheIdentityStores() {
        assertThat(connect("login:bob\npasscode:12.34\n"))
                .sent(CONNECTED, "user-name:bob")
                .isOpen();
    }

    /** The stage of one may be completed by a thread that knows nothing of the application; then the next one would not, either. */
    @Test
    void eachIsAskedByAThreadOfTheApplication() {
        int before = app.asApplication.get();
        assertThat(connect("login:bob\npasscode:12.34\n")).sent(CONNECTED, "user-name:bob");
        assertThat(app.asApplication.get() - before).as("after each of three").isEqualTo(3);
    }

    @Test
    void whoSaysNothingIsNobody() {
        assertThat(connect("")).sent(CONNECTED).without("user-name").isOpen();
    }

    @Test
    void allThatIsWrongIsToldAlikeAndLate() {
        fails(connect("10.0.0.1", "login:bob\npasscode:wrong\n"));
        fails(connect("10.0.0.2", "login:nobody\npasscode:12.34\n"));
        fails(connect("10.0.0.3", "login:bob\n"));
        fails(connect("10.0.0.4", "Authorization:Bearer bad\n"));
        fails(connect("10.0.0.5", "ticket:1\n"));
    }

    @Test
    void whoFailsTooOftenMustWait() {
        fails(connect("passcode:bad\n"));
        fails(connect("passcode:bad\n"));
        assertThat(connect("passcode:good\n"))
                .sent(ERROR, "message:Too many failed logins")
                .isExhausted()
                .closed(CloseReason.POLICY);
        assertThat(connect("10.0.0.2", "passcode:good\n")).sent(CONNECTED);
        app.clock.advance(Duration.ofSeconds(59));
        assertThat(connect("passcode:good\n")).sent(ERROR);
        app.clock.advance(Duration.ofSeconds(1));
        assertThat(connect("passcode:good\n")).sent(CONNECTED);
    }

    @Test
    void theLogTellsOfAFailureWithoutSecrets() {
        try (var log = new RecordedLog(ApplicationLogin.class)) {
            fails(connect("login:bob\npasscode:secret\n"));
            assertThat(log.records()).hasSize(1);
            assertThat(log.records().get(0).getMessage()).contains("10.0.0.1").doesNotContain("secret", "bob");
        }
    }

    @Test
    void whoFailsIsAnsweredEvenIfNothingCanBeDoneLater() {
        app.later.shutDown();
        assertThat(connect("passcode:bad\n"))
                .sent(ERROR, "message:Login failed")
                .closed(CloseReason.POLICY);
    }

    @Test
    void aBugIsNoFailedLogin() {
        assertThat(connect("passcode:bug\n"))
                .sent(ERROR, "message:Internal error")
                .closed(CloseReason.SERVER_ERROR);
        assertThat(connect("passcode:bug\n")).sent(ERROR, "message:Internal error");
        assertThat(connect("passcode:bug\n")).sent(ERROR, "message:Internal error");
    }

    @Test
    void aNewLoginThatCostsASubscriptionIsToldAtTheErrors() throws Exception {
        try (var guarded = TestApplication.guarded(Tokens.class, Rules.class)) {
            var client = guarded.open("").say("CONNECT\naccept-version:1.2\nhost:x\npasscode:good\n\n^@");
            client.say("SUBSCRIBE\nid:0\ndestination:/user/queue/errors\n\n^@");
            client.say("SUBSCRIBE\nid:1\ndestination:/topic/traders\n\n^@");
            client.say("SEND\ndestination:/stampede/login\npasscode:poor\nreceipt:n\n\n^@");
            assertThat(client.wire)
                    .sent(CONNECTED)
                    .sent(MESSAGE, "subscription:0", "content-type:application/problem+json")
                    .withBodyContaining("\"type\":\"urn:stampede:problem:subscription-ended\"")
                    .withBodyContaining("\"destination\":\"/topic/traders\"")
                    .sent(RECEIPT, "receipt-id:n")
                    .isExhausted()
                    .isOpen();
        }
    }

    @ApplicationScoped
    static class Rules {
        @Produces
        @Singleton
        AccessRules rules() {
            return AccessRules.builder()
                    .subscribe("/topic/traders")
                    .roles("trader")
                    .subscribe("/user/**")
                    .permitAll()
                    .build();
        }
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() {
        var failures = new FailedLogins(TestApplication.LOGINS, app.clock);
        failures.add("2001:db8::1");
        failures.add("2001:db8:0:0:ffff::2");
        assertThat(failures.tooMany("2001:db8::3")).isTrue();
        assertThat(failures.tooMany("2001:db8:0:1::1")).isFalse();
        failures.add("::ffff:10.0.0.1");
        failures.add("zz:80");
        assertThat(failures.tooMany("zz:80")).isFalse();
        failures.add("zz:80");
        assertThat(failures.tooMany("zz:80")).isTrue();
    }

    @Test
    void theAddressesThatFailedLongAgoAreForgottenFirst() {
        var failures = new FailedLogins(TestApplication.LOGINS, app.clock);
        failures.add("a");
        failures.add("a");
        for (int i = 0; i < FailedLogins.MOST_ADDRESSES - 1; i++) {
            failures.add("10." + i);
        }
        assertThat(failures.tooMany("a")).isTrue();
        failures.add("one more");
        assertThat(failures.tooMany("a")).isFalse();
    }
}
