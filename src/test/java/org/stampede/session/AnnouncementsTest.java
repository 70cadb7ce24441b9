package org.stampede.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stampede.stomp.Command.MESSAGE;
import static org.stampede.stomp.Command.RECEIPT;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.stampede.stomp.Command;
import org.stampede.stomp.Frame;
import org.stampede.stomp.Headers;

/** Sessions of several nodes: what concerns users, single sessions, and addresses of replies. */
class AnnouncementsTest {

    @RegisterExtension
    final TestServer server = TestServer.behind(NeighbourlyBroker::new);

    private final NeighbourlyBroker broker = (NeighbourlyBroker) server.broker;
    private final TestClient ann = server.open("ann").connect("1.2");
    private final TestClient bob = server.open("bob/x").connect("1.2");

    @BeforeEach
    void listen() {
        Announcements.listen(server.registry, broker);
        ann.sends("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@");
        bob.sends("SUBSCRIBE\nid:0\ndestination:/user/queue/news\n\n^@");
    }

    private void announce(String name, String body) {
        broker.receiver.accept(Frame.of(Command.SEND, Headers.of("destination", name), body));
    }

    @Test
    void whatAnotherNodeHasForAUserReachesHisSessionsHere() {
        announce(Announcements.ofUser("bob/x", "/queue/news"), "for bob");
        bob.received()
                .sent(MESSAGE, "subscription:0", "destination:/user/queue/news")
                .withBody("for bob");
        announce(Announcements.ofUser("carl", "/queue/news"), "for nobody here");
        ann.received().isExhausted();
    }

    @Test
    void whatAnotherNodeHasForASessionReachesThatOne() {
        announce(Announcements.ofSession("session-1", "/queue/news"), "for ann");
        ann.received().sent(MESSAGE, "subscription:0").withBody("for ann");
        announce(Announcements.ofSession("session-9", "/queue/news"), "for nobody here");
        announce("/session/session-1", "for no place");
        bob.received().isExhausted();
    }

    @Test
    void aMessageToAUserIsDeliveredHereAndAnnounced() {
        ann.sends("SEND\ndestination:/user/bob%2Fx/queue/news\nreceipt:1\n\nhello^@");
        ann.received().sent(RECEIPT, "receipt-id:1");
        bob.received().sent(MESSAGE).withBody("hello");
        assertThat(broker.announced).hasSize(1);
        assertThat(broker.announced.get(0).header("destination")).contains("/user/bob%2Fx/queue/news");
        assertThat(broker.announced.get(0).bodyText()).isEqualTo("hello");
    }

    @Test
    void aReplyIsAnnouncedIfItsAddressIsNotHere() {
        ann.sends("SEND\ndestination:/reply-queue/elsewhere\n\nreply^@");
        assertThat(broker.announced).hasSize(1);
        bob.sends("SUBSCRIBE\nid:t\ndestination:/topic/ask\n\n^@");
        ann.sends("SEND\ndestination:/topic/ask\nreply-to:/temp-queue/r\n\nask^@");
        String address = bob.wire().next().header("reply-to").orElseThrow();
        announce(address, "reply of another node");
        ann.received().sent(MESSAGE, "subscription:/temp-queue/r").withBody("reply of another node");
        bob.sends("SEND\ndestination:" + address + "\n\nreply of this node^@");
        ann.received().sent(MESSAGE, "subscription:/temp-queue/r").withBody("reply of this node");
        assertThat(broker.announced).hasSize(1);
    }

    @Test
    void inATransactionItIsAnnouncedAtTheCommit() {
        ann.sends("BEGIN\ntransaction:x\n\n^@SEND\ndestination:/user/carl/queue/news\ntransaction:x\n\nhello^@");
        assertThat(broker.announced).isEmpty();
        ann.sends("COMMIT\ntransaction:x\n\n^@");
        assertThat(broker.announced).hasSize(1);
    }

    @Test
    void noClientSpeaksAsAServer() {
        for (String name :
                new String[] {"/servers/ask", "/user/servers/ask", "/user/%2Fservers/ask", "/session/x/ask"}) {
            ann.sends("SEND\ndestination:" + name + "\n\n{}^@");
        }
        assertThat(broker.announced)
                .extracting(frame -> frame.header("destination").orElse(""))
                .allMatch(name -> name.startsWith("/user/"));
        assertThat(broker.announced).isNotEmpty();
    }

    @Test
    void whatServersSayToEachOtherIsNotDelivered() {
        Announcements.listen(server.registry, broker, frame -> frame.bodyText().equals("for servers"));
        announce(Announcements.ofSession("session-1", "/queue/news"), "for servers");
        announce(Announcements.ofSession("session-1", "/queue/news"), "for ann");
        ann.received().sent(MESSAGE).withBody("for ann").isExhausted();
    }

    @Test
    void whatIsForEverybodyIsNotAnnounced() {
        ann.sends("SEND\ndestination:/topic/a\n\nhello^@SEND\ndestination:/queue/a\n\nhello^@");
        assertThat(broker.announced).isEmpty();
    }

    @Test
    void whoAnnouncesMoreThanOthersTakeIsSlowedDownAndNobodyElse() {
        for (String name : List.of("/user/carl/queue/news", "/reply-queue/elsewhere")) {
            broker.announced.clear();
            broker.room = new CompletableFuture<>();
            ann.sends("SEND\ndestination:" + name + "\n\none^@").sends("SEND\ndestination:" + name + "\n\ntwo^@");
            assertThat(broker.announced).hasSize(1);
            bob.sends("SEND\ndestination:/topic/a\nreceipt:1\n\nhello^@")
                    .sends("BEGIN\ntransaction:" + name + "\nreceipt:2\n\n^@");
            bob.received().sent(RECEIPT, "receipt-id:1").sent(RECEIPT, "receipt-id:2");
            broker.room.complete(null);
            assertThat(broker.announced).extracting(Frame::bodyText).containsExactly("one", "two");
        }
    }

    @Test
    void whoCommitsTooManyAnnouncementsIsSlowedDown() {
        broker.room = new CompletableFuture<>();
        ann.sends("BEGIN\ntransaction:x\n\n^@SEND\ndestination:/user/carl/queue/news\ntransaction:x\n\none^@"
                        + "COMMIT\ntransaction:x\n\n^@")
                .sends("SEND\ndestination:/user/carl/queue/news\n\ntwo^@");
        assertThat(broker.announced).hasSize(1);
        broker.room.complete(null);
        assertThat(broker.announced).hasSize(2);
    }
}
