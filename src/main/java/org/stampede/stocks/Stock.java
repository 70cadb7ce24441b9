package org.stampede.stocks;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * The stocks listed on the exchange. The names are those of real companies; the prices are not theirs. Immutable.
 */
public enum Stock {
    AAPL("Apple", "228.03"),
    AMGN("Amgen", "301.55"),
    AMZN("Amazon", "214.10"),
    AXP("American Express", "289.34"),
    BA("Boeing", "181.76"),
    CAT("Caterpillar", "351.08"),
    CRM("Salesforce", "272.90"),
    CSCO("Cisco", "61.47"),
    CVX("Chevron", "154.22"),
    DIS("Walt Disney", "112.68"),
    GS("Goldman Sachs", "598.12"),
    HD("Home Depot", "389.65"),
    HON("Honeywell", "217.31"),
    IBM("IBM", "239.07"),
    JNJ("Johnson & Johnson", "156.84"),
    JPM("JPMorgan Chase", "244.76"),
    KO("Coca-Cola", "64.19"),
    MCD("McDonald\u2019s", "291.43"),
    MMM("3M", "129.13"),
    MRK("Merck", "98.72"),
    MSFT("Microsoft", "424.56"),
    NKE("Nike", "76.35"),
    NVDA("Nvidia", "137.49"),
    PG("Procter & Gamble", "171.08"),
    SHW("Sherwin-Williams", "368.91"),
    TRV("Travelers", "252.40"),
    UNH("UnitedHealth", "521.27"),
    V("Visa", "311.85"),
    VZ("Verizon", "42.16"),
    WMT("Walmart", "90.44");

    private final String company;
    private final BigDecimal previousClose;

    Stock(String company, String previousClose) {
        this.company = company;
        this.previousClose = new BigDecimal(previousClose);
    }

    /**
     * Looks a stock up.
     *
     * @param ticker its symbol, in capitals
     * @return the stock, empty if none is listed under that symbol
     */
    public static Optional<Stock> withTicker(String ticker) {
        return Arrays.stream(values())
                .filter(stock -> stock.name().equals(ticker))
                .findFirst();
    }

    /**
     * What the symbol stands for.
     *
     * @return the name of the company
     */
    public String company() {
        return company;
    }

    /**
     * What changes are measured against.
     *
     * @return the price at the end of the day before
     */
    public BigDecimal previousClose() {
        return previousClose;
    }
}
