package org.stampede.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stampede.testing.server.ServerProcess;

/** The client that nearly every page uses, in a real browser, against the server. Each test is a small page script. */
@ExtendWith(OnStage.class)
class StompjsIT {

    /** Connects a client of its own, beside that of the page. */
    private static final String PROLOGUE = """
            const { Client } = await import(new URL("js/vendor.js", document.baseURI));
            const url = new URL("stomp", document.baseURI);
            url.protocol = "ws:";
            const connect = (settings = {}) => new Promise((resolve, reject) => {
              const client = new Client({
                brokerURL: url.href,
                reconnectDelay: 0,
                ...settings,
                onConnect: (connected) => resolve({ client, connected: connected.headers }),
                onStompError: (error) => reject(error.headers.message + ": " + error.body),
              });
              client.activate();
            });
            const answered = (client, act) => new Promise((resolve) => {
              const receipt = "r-" + Math.random();
              client.watchForReceipt(receipt, resolve);
              act({ receipt });
            });
            const collector = () => {
              const waiting = [];
              const messages = [];
              const tell = () => waiting.forEach((check) => check());
              return {
                messages,
                take: (message) => { messages.push(message); tell(); },
                reach: (count) => new Promise((resolve) => {
                  const check = () => messages.length >= count && resolve(messages);
                  waiting.push(check);
                  check();
                }),
              };
            };
            """;

    private final ServerProcess server;
    private final Browser browser;
    private final String queue = "/queue/" + UUID.randomUUID();

    StompjsIT(ServerProcess server, Browser browser) {
        this.server = server;
        this.browser = browser;
    }

    @BeforeEach
    void openPage() {
        browser.open(server.page(OnStage.OPEN));
        browser.awaitText("#connection-state", "Live");
    }

    @Test
    void stomp12IsSpokenAndTheSessionHasAName() {
        Object connected = script("""
                const { client, connected } = await connect();
                const spoken = [client.connectedVersion, connected.version, connected.session.length > 0];
                await client.deactivate();
                return spoken.join();
                """);
        assertThat(connected).isEqualTo("1.2,1.2,true");
    }

    @Test
    void theReceiptOfASubscriptionComesBeforeItsFirstMessage() {
        Object events = script("""
                const { client } = await connect();
                const events = collector();
                client.watchForReceipt("subscribed", () => events.take("receipt"));
                client.subscribe("/topic/price.stock.MMM", ({ headers }) => events.take(headers.destination),
                    { receipt: "subscribed" });
                const seen = [...await events.reach(3)].slice(0, 3);
                await client.deactivate();
                return seen;
                """);
        assertThat(events).isEqualTo(List.of("receipt", "/topic/price.stock.MMM", "/topic/price.stock.MMM"));
    }

    @Test
    void whatIsAcknowledgedIsGoneAndWhatIsNotGoesToTheNextConsumer() {
        Object received = script("""
                const first = await connect();
                const held = collector();
                first.client.subscribe(QUEUE, held.take, { ack: "client-individual" });
                first.client.publish({ destination: QUEUE, body: "a" });
                first.client.publish({ destination: QUEUE, body: "b" });
                const [a, b] = await held.reach(2);
                await answered(first.client, (headers) => b.ack(headers));
                await first.client.deactivate();

                const second = await connect();
                const rest = collector();
                second.client.subscribe(QUEUE, rest.take, { ack: "client-individual" });
                second.client.publish({ destination: QUEUE, body: "c" });
                const messages = await rest.reach(2);
                for (const message of messages) {
                  await answered(second.client, (headers) => message.ack(headers));
                }
                await second.client.deactivate();
                return [a.body, b.body, "then", ...messages.map((message) => message.body)];
                """);
        assertThat(received).isEqualTo(List.of("a", "b", "then", "a", "c"));
    }

    @Test
    void aTransactionShowsAllOfItWhenCommittedAndNothingWhenAborted() {
        Object bodies = script("""
                const { client } = await connect();
                const received = collector();
                client.subscribe(QUEUE, received.take);
                const aborted = client.begin();
                client.publish({ destination: QUEUE, body: "aborted", headers: { transaction: aborted.id } });
                aborted.abort();
                const committed = client.begin();
                client.publish({ destination: QUEUE, body: "one", headers: { transaction: committed.id } });
                client.publish({ destination: QUEUE, body: "before" });
                client.publish({ destination: QUEUE, body: "two", headers: { transaction: committed.id } });
                await received.reach(1);
                committed.commit();
                client.publish({ destination: QUEUE, body: "after" });
                const messages = await received.reach(4);
                await client.deactivate();
                return messages.map(({ body }) => body);
                """);
        assertThat(bodies).isEqualTo(List.of("before", "one", "two", "after"));
    }

    @Test
    void aBinaryBodyComesBackOctetForOctet() {
        Object octets = script("""
                const { client } = await connect();
                const received = collector();
                client.subscribe(QUEUE, received.take);
                const binaryBody = Uint8Array.from({ length: 1024 }, (_, i) => i);
                client.publish({ destination: QUEUE, binaryBody, headers: { "content-type": "application/octet-stream" } });
                const [message] = await received.reach(1);
                await client.deactivate();
                return [message.headers["content-type"], message.binaryBody.length,
                    message.binaryBody.every((octet, i) => octet === i % 256)].join();
                """);
        assertThat(octets).isEqualTo("application/octet-stream,1024,true");
    }

    /** Not with a backslash before r, n or c: stompjs 7.2.1 unescapes in the wrong order. */
    @Test
    void textOutsideOfAsciiSurvivesInBodyAndHeaders() {
        Object text = script("""
                const { client } = await connect();
                const received = collector();
                client.subscribe(QUEUE, received.take);
                client.publish({ destination: QUEUE, body: "price \u20ac 5 \ud83d\udcc8\\0 nul", headers: { note: "a:b\\\\ c\\nd" } });
                const [message] = await received.reach(1);
                await client.deactivate();
                return [message.body === "price \u20ac 5 \ud83d\udcc8\\0 nul", message.headers.note === "a:b\\\\ c\\nd"].join();
                """);
        assertThat(text).isEqualTo("true,true");
    }

    @Test
    void aLargeMessageSentInPiecesArrivesWhole() {
        Object length = script("""
                const { client } = await connect({ splitLargeFrames: true });
                const received = collector();
                client.subscribe(QUEUE, received.take);
                client.publish({ destination: QUEUE, body: "x".repeat(200_000) });
                const [message] = await received.reach(1);
                await client.deactivate();
                return message.body.length;
                """);
        assertThat(length).isEqualTo(200_000L);
    }

    @Test
    void heartBeatsAreNegotiatedAndReallyArrive() {
        Object beats = script("""
                const beats = collector();
                const { client, connected } = await connect({
                  heartbeatIncoming: 1000,
                  heartbeatOutgoing: 1000,
                  onHeartbeatReceived: () => beats.take("beat"),
                });
                const eols = collector();
                client.webSocket.addEventListener("message", ({ data }) => data === "\\n" && eols.take(data));
                await Promise.all([beats.reach(3), eols.reach(3)]);
                const live = client.connected;
                await client.deactivate();
                return { live, offered: connected["heart-beat"] };
                """);
        assertThat(beats).isEqualTo(Map.of("live", true, "offered", "1000,1000"));
    }

    @Test
    void disconnectHasItsReceiptAndTheConnectionIsClosedCleanly() {
        Object end = script("""
                const closed = {};
                const { client } = await connect({
                  onDisconnect: ({ command }) => { closed.frame = command; },
                  onWebSocketClose: ({ code, wasClean }) => Object.assign(closed, { code, wasClean }),
                });
                await client.deactivate();
                return closed;
                """);
        assertThat(end).isEqualTo(Map.of("frame", "RECEIPT", "code", 1000L, "wasClean", true));
    }

    @Test
    void anUnknownTransactionIsAnErrorThatSaysSo() {
        Object error = script("""
                const { client } = await connect();
                return new Promise((resolve) => {
                  client.onStompError = ({ headers }) => resolve(headers["receipt-id"] + " " + headers.message);
                  client.publish({ destination: QUEUE, body: "x", headers: { transaction: "tx-9", receipt: "r-9" } });
                });
                """);
        assertThat(error).asString().startsWith("r-9 ").containsIgnoringCase("transaction");
    }

    private Object script(String body) {
        return browser.await(PROLOGUE + "const QUEUE = \"" + queue + "\";\n" + body);
    }
}
