package org.stampede.stocks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StocksJsonTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.250Z");

    private final Jsonb jsonb = JsonbBuilder.create();

    @AfterEach
    void close() throws Exception {
        jsonb.close();
    }

    @Test
    void aQuoteIsAFlatObjectOfNumbersAndText() {
        Quote quote =
                Quote.opening(Stock.MMM, new BigDecimal("128.90"), NOON).next(new BigDecimal("129.45"), 300, NOON);
        assertThat(jsonb.toJson(quote)).isEqualTo("""
                {"ticker":"MMM","name":"3M","price":129.45,"change":0.32,"changePercent":0.25,\
                "high":129.45,"low":128.90,"volume":300,"time":"2026-03-02T12:00:00.250Z"}""");
    }

    @Test
    void aTradeIsAFlatObjectOfNumbersAndText() {
        BigDecimal price = new BigDecimal("129.45");
        Trade trade = new Trade(7, Action.BUY, "MMM", 44, price, new BigDecimal("5695.80"), "ada", NOON);
        assertThat(jsonb.toJson(trade)).isEqualTo("""
                {"id":7,"action":"BUY","ticker":"MMM","shares":44,"price":129.45,"total":5695.80,\
                "trader":"ada","time":"2026-03-02T12:00:00.250Z"}""");
    }

    @Test
    void aPositionIsAFlatObjectOfNumbersAndText() {
        assertThat(jsonb.toJson(new Position("MMM", -4, new BigDecimal("-520.10"), 7)))
                .isEqualTo("{\"ticker\":\"MMM\",\"shares\":-4,\"cost\":-520.10,\"lastTrade\":7}");
    }

    @Test
    void quotesAndTradesSurviveTheWay() {
        Quote quote = Quote.opening(Stock.KO, new BigDecimal("63.00"), NOON);
        assertThat(jsonb.fromJson(jsonb.toJson(quote), Quote.class)).isEqualTo(quote);
        Trade trade = new Trade(1, Action.SELL, "KO", 2, new BigDecimal("63.10"), new BigDecimal("126.20"), "x", NOON);
        assertThat(jsonb.fromJson(jsonb.toJson(trade), Trade.class)).isEqualTo(trade);
    }
}
