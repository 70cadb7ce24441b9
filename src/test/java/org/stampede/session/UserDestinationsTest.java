package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.ERROR;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;
import org.stampede.testing.StompItem;
import org.stampede.transport.CloseReason;

/** Destinations under {@code /user}: no part of STOMP, but expected by its users. */
class UserDestinationsTest {

    @RegisterExtension
    final TestServer server = TestServer.direct();

    private final TestClient annAtHome = server.open("ann").connect("1.2");
    private final TestClient annAtWork = server.open("ann").connect("1.1");
    private final TestClient bob = server.open("bob").connect("1.2");
    private final TestClient nobody = server.connect("1.2");
    private final List<TestClient> all = List.of(annAtHome, annAtWork, bob, nobody);

    private void subscribeAll(String destination) {
        all.forEach(client -> client.sends("SUBSCRIBE\nid:0\ndestination:" + destination + "\n\n^@"));
    }

    @Test
    @StompItem({69, 71})
    void messageToAUserReachesAllHerSessionsAndNobodyElse() {
        subscribeAll("/user/queue/news");
        bob.sends("SEND\ndestination:/user/ann/queue/news\nx:y\nreceipt:1\n\nhello^@")
                .received()
                .sent(RECEIPT);

        for (TestClient ann : List.of(annAtHome, annAtWork)) {
            ann.received()
                    .sent(MESSAGE, "destination:/user/queue/news", "subscription:0", "x:y")
                    .withBody("hello");
        }
    }

    @Test
    void messageToOneSessionReachesItOnly() {
        subscribeAll("/user/queue/news");
        var session = server.registry.find("session-2").orElseThrow();
        server.publish(session.privateDestination("/queue/news"), "hello");
        server.publish(session.privateDestination("/user/queue/news"), "again");

        annAtWork.received().sent(MESSAGE, "destination:/user/queue/news").sent(MESSAGE);
    }

    @Test
    void otherPlacesOfTheUserDoNotGetIt() {
        subscribeAll("/user/queue/other");
        bob.sends("SEND\ndestination:/user/ann/queue/news\n\nhello^@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "**", "#", ">", "*/**", "/user/**", "/*/**"})
    @StompItem(52)
    void wildcardsDoNotReachPrivatePlacesOfOthers(String pattern) {
        annAtHome.sends("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@");
        bob.sends("SUBSCRIBE\nid:0\ndestination:" + pattern + "\n\n^@");
        nobody.sends("SEND\ndestination:/user/ann/queue/news\n\nhello^@");

        annAtHome.received().sent(MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/user/**", "/user/queue/*", "/user/*/news", "/user/#"})
    void wildcardsReachOnesOwnPrivatePlaces(String pattern) {
        subscribeAll(pattern);
        bob.sends("SEND\ndestination:/user/ann/queue/news\n\nhello^@");

        annAtHome.received().sent(MESSAGE, "destination:/user/queue/news");
        annAtWork.received().sent(MESSAGE, "destination:/user/queue/news");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEND", "SUBSCRIBE\nid:7"})
    @StompItem(49)
    void privateNameCannotBeUsed(String head) {
        String name = server.registry.find("session-1").orElseThrow().privateDestination("/queue/news");
        bob.sends(head + "\ndestination:" + name + "\n\n^@")
                .received()
                .sent(ERROR, "message:Malformed destination")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void secretIsNeverTold() {
        subscribeAll("/user/queue/news");
        bob.sends("SEND\ndestination:/user/ann/queue/news\n\nhello^@");
        annAtHome.received().sent(MESSAGE);
        annAtWork.received().sent(MESSAGE);
        annAtHome
                .sends("SUBSCRIBE\nid:1\ndestination:/user/a/**/b\n\n^@")
                .received()
                .sent(ERROR);

        server.registry
                .all()
                .forEach(session ->
                        all.forEach(client -> assertThat(client.wire().text()).doesNotContain(session.secret())));
    }

    @Test
    void secretsDiffer() {
        assertThat(server.registry.all()).extracting(ConnectedSession::secret).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"/user/", "/user/ann", "/user/ann/", "/user//queue/x", "/user/%zz/queue/x"})
    @StompItem(45)
    void sendNamesAUserAndAPlace(String destination) {
        bob.sends("SEND\ndestination:" + destination + "\nreceipt:1\n\nhello^@")
                .received()
                .sent(ERROR, "message:Malformed destination", "receipt-id:1")
                .closed(CloseReason.PROTOCOL_ERROR);
    }

    @Test
    void messageToAUserWhoIsNotThereIsGone() {
        bob.sends("SEND\ndestination:/user/carl/queue/news\nreceipt:1\n\nhello^@")
                .received()
                .sent(RECEIPT);
    }

    @Test
    void messageToAUserGoesToThoseConnectedAtCommit() {
        bob.sends("BEGIN\ntransaction:t\n\n^@SEND\ndestination:/user/carl/queue/news\ntransaction:t\n\nhello^@");
        var carl = server.open("carl").connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@");
        bob.sends("COMMIT\ntransaction:t\n\n^@");

        carl.received().sent(MESSAGE).withBody("hello");
    }

    @Test
    void namesMayHoldAnything() {
        var odd = server.open("a/b c%").connect("1.2").sends("SUBSCRIBE\nid:0\ndestination:/user/queue/x\n\n^@");
        bob.sends("SEND\ndestination:/user/a%2Fb c%25/queue/x\n\nhello^@");

        odd.received().sent(MESSAGE);
    }

    @Test
    void snapshotOfAUserDestinationIsVisibleAsSuch() {
        server.handlers.onSubscribed = subscriber -> subscriber.deliver(
                Frame.of(Command.SEND, Headers.of("destination", subscriber.brokered()), "snapshot"));

        annAtHome
                .sends("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@")
                .received()
                .sent(MESSAGE, "destination:/user/queue/news")
                .withBody("snapshot");
    }

    @Test
    @StompItem(51)
    void unsubscribeEndsIt() {
        var old = server.open("old").connect("1.0");
        old.sends("SUBSCRIBE\ndestination:/user/queue/news\n\n^@");
        bob.sends("SEND\ndestination:/user/old/queue/news\n\n1^@");
        old.received().sent(MESSAGE, "destination:/user/queue/news").without("subscription");
        old.sends("UNSUBSCRIBE\ndestination:/user/queue/news\n\n^@");

        bob.sends("SEND\ndestination:/user/old/queue/news\n\n2^@");
    }

    @Test
    void registryKnowsWhoIsThere() {
        assertThat(ids(server.registry.ofUser("ann"))).containsExactlyInAnyOrder("session-1", "session-2");
        annAtHome.vanishes();
        assertThat(ids(server.registry.ofUser("ann"))).containsExactly("session-2");
        assertThat(server.registry.find("session-1")).isEmpty();
        annAtWork.sends("DISCONNECT\n\n^@");
        assertThat(server.registry.ofUser("ann")).isEmpty();
        assertThat(ids(new ArrayList<>(server.registry.all()))).containsExactlyInAnyOrder("session-3", "session-4");
        assertThat(server.registry.ofUser("nobody")).isEmpty();
    }

    private static List<String> ids(List<ConnectedSession> sessions) {
        return sessions.stream().map(session -> session.peer().sessionId()).toList();
    }
}
