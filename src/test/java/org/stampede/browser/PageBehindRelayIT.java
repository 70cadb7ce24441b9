package org.stampede.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stampede.broker.relay.ArtemisBroker;
import org.stampede.testing.server.ServerProcess;

/** The page as visitors of two servers have it, whose broker is far away. */
class PageBehindRelayIT {

    @TempDir
    Path directory;

    private static ServerProcess server(String name, ArtemisBroker broker) {
        return new ServerProcess(
                name,
                "-Xmx512m",
                "-Dstampede.broker=relay",
                "-Dstampede.relay.profile=artemis",
                "-Dstampede.relay.addresses=" + broker.address());
    }

    private static void start(ServerProcess server) {
        server.start();
        server.deploy(Path.of(System.getProperty("stampede.war")), "/");
    }

    private static Board open(Browser browser, ServerProcess server) {
        browser.open(server.page("/"));
        browser.awaitText("#connection-state", "Live");
        browser.awaitText("#instrument-ticker", "MMM");
        return new Board(browser);
    }

    @Test
    void aTradeOfOneIsSeenByTheOther() throws Exception {
        try (var broker = new ArtemisBroker(directory)) {
            broker.start();
            try (var one = server("page-one", broker);
                    var two = server("page-two", broker);
                    var trader = new Browser();
                    var watcher = new Browser()) {
                start(one);
                start(two);
                Board board = open(trader, one);
                Board watched = open(watcher, two);
                board.signIn("trader", "bulls-and-bears");
                trader.awaitText("#visitor-name", "trader");
                board.awaitMovingPrices();
                watched.awaitMovingPrices();

                board.order("MMM", "44");
                trader.awaitText("#outcome", "Bought 44 MMM at ");
                trader.awaitText("#trades tr:first-child", "YouBuyMMM44");
                watcher.awaitText("#trades tr:first-child", "traderBuyMMM44");
                for (Browser browser : List.of(trader, watcher)) {
                    assertThat(browser.complaints()).isEmpty();
                }
            }
        }
    }
}
