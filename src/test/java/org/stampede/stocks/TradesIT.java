package org.stampede.stocks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stampede.client.ClientSession;
import org.stampede.client.StompClient;
import org.stampede.testing.StompSocket;
import org.stampede.testing.server.ServerProcess;

/** Who signs in to the sample, and what becomes of trades: they are in the database of the server, and a restart loses none. */
class TradesIT {

    private static final ServerProcess SERVER = new ServerProcess("trades", "-Xmx512m", "-Dstampede.login.delay=100");

    private final List<StompClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.deploy(Path.of(System.getProperty("stampede.war")), "/");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    @AfterEach
    void closeClients() {
        clients.forEach(StompClient::close);
    }

    /** Killed, not stopped: what was confirmed must have been written by then. */
    @Test
    void tradesAndPositionsOutliveTheServer() throws Exception {
        ClientSession before = trader();
        Position bought = tradeAndSeePosition(before, "BUY", "AXP", 44);
        Position sold = tradeAndSeePosition(before, "SELL", "AXP", 4);
        assertThat(sold.shares()).isEqualTo(bought.shares() - 4);
        BigDecimal worth = sold.cost();
        List<Trade> tape = List.copyOf(tape(before, sold.lastTrade()));

        SERVER.kill();
        SERVER.startAgain();

        ClientSession after = trader();
        assertThat(position(after, "AXP")).isEqualTo(new Position("AXP", sold.shares(), worth, sold.lastTrade()));
        assertThat(tape(after, sold.lastTrade())).isEqualTo(tape);
        assertThat(tradeAndSeePosition(after, "BUY", "AXP", 1).lastTrade()).isEqualTo(sold.lastTrade() + 1);
    }

    @Test
    void tradesAtTheSameTimeAreAllInThePosition() throws Exception {
        int sessions = 4;
        int each = 10;
        List<CompletionStage<Void>> confirmations = new ArrayList<>();
        List<ClientSession> traders = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            traders.add(trader());
        }
        for (int i = 0; i < each; i++) {
            for (ClientSession trader : traders) {
                confirmations.add(trader.send("/queue/trade", order("BUY", "KO", 3)));
            }
        }
        for (CompletionStage<Void> confirmation : confirmations) {
            done(confirmation);
        }
        assertThat(position(traders.get(0), "KO").shares()).isEqualTo(3L * sessions * each);
    }

    @Test
    void aGuestMayWatchAndNotTrade() {
        try (var guest = signedIn("guest", FirstDay.GUESTS_PASSCODE)) {
            guest.text("SUBSCRIBE\nid:v\ndestination:/user/queue/visitor\n\n^@");
            assertThat(guest.next().bodyText()).isEqualTo("{\"name\":\"guest\",\"mayTrade\":false}");
            guest.text("SUBSCRIBE\nid:q\ndestination:/topic/price.stock.MMM\n\n^@");
            assertThat(guest.next().bodyText()).contains("\"ticker\":\"MMM\"");
            guest.text("UNSUBSCRIBE\nid:q\n\n^@");
            assertDenied(guest);
        }
    }

    @Test
    void whoHasNotSignedInMayNotTrade() {
        try (var visitor = StompSocket.connect(SERVER.endpoint("/"))) {
            visitor.text("SUBSCRIBE\nid:v\ndestination:/user/queue/visitor\n\n^@");
            assertThat(visitor.next().bodyText()).isEqualTo("{\"name\":\"\",\"mayTrade\":false}");
            assertDenied(visitor);
        }
    }

    private static void assertDenied(StompSocket socket) {
        socket.text("SEND\ndestination:/queue/trade\n\n" + "{\"action\":\"BUY\",\"ticker\":\"MMM\",\"shares\":1}^@");
        var frame = socket.next();
        while (frame.header("subscription").isPresent()) {
            frame = socket.next();
        }
        assertThat(frame.header("message")).contains("Access denied");
        assertThat(socket.closeCode()).isEqualTo(1008);
    }

    @Test
    void aWrongNameAndAWrongPasscodeAreAnsweredAlike() {
        List<String> answers = new ArrayList<>();
        for (String[] pair :
                new String[][] {{"trader", "wrong"}, {"nobody", FirstDay.TRADERS_PASSCODE}, {"trader", ""}}) {
            try (var socket = StompSocket.logIn(SERVER.endpoint("/"), pair[0], pair[1])) {
                var answer = socket.next();
                answers.add(answer.header("message").orElse("") + " " + answer.bodyText());
                assertThat(socket.closeCode()).isEqualTo(1008);
            }
        }
        assertThat(answers).allMatch(answer -> answer.equals(answers.get(0)));
        assertThat(answers.get(0)).contains("Login failed");
        assertThatThrownBy(() -> done(client("trader", "wrong").connect())).hasMessageContaining("Login failed");
    }

    private static StompSocket signedIn(String login, String passcode) {
        var socket = StompSocket.logIn(SERVER.endpoint("/"), login, passcode);
        assertThat(socket.next().header("user-name")).contains(login);
        return socket;
    }

    private ClientSession trader() throws Exception {
        return done(client("trader", FirstDay.TRADERS_PASSCODE).connect());
    }

    private StompClient client(String login, String passcode) {
        var client = StompClient.builder(SERVER.endpoint("/"))
                .credentials(login, passcode)
                .build();
        clients.add(client);
        return client;
    }

    private static Position tradeAndSeePosition(ClientSession trader, String action, String ticker, int shares)
            throws Exception {
        done(trader.send("/queue/trade", order(action, ticker, shares)));
        return position(trader, ticker);
    }

    private static Map<String, Object> order(String action, String ticker, int shares) {
        return Map.of("action", action, "ticker", ticker, "shares", shares);
    }

    private static Position position(ClientSession trader, String ticker) throws Exception {
        BlockingQueue<Position> positions = new LinkedBlockingQueue<>();
        var subscription = trader.subscribe("/user/queue/positions", Position.class, positions::add);
        done(subscription.ready());
        try {
            for (; ; ) {
                Position position = positions.poll(20, SECONDS);
                assertThat(position).as("the position in " + ticker).isNotNull();
                if (position.ticker().equals(ticker)) {
                    return position;
                }
            }
        } finally {
            done(subscription.unsubscribe());
        }
    }

    /** The trades that a newcomer sees, up to the one of this number. */
    private static List<Trade> tape(ClientSession session, long last) throws Exception {
        BlockingQueue<Trade> trades = new LinkedBlockingQueue<>();
        var subscription = session.subscribe("/topic/trades", Trade.class, trades::add);
        List<Trade> tape = new ArrayList<>();
        while (tape.isEmpty() || tape.get(tape.size() - 1).id() < last) {
            Trade trade = trades.poll(20, SECONDS);
            assertThat(trade).as("the trades up to " + last).isNotNull();
            tape.add(trade);
        }
        done(subscription.unsubscribe());
        return tape;
    }

    private static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, SECONDS);
    }
}
