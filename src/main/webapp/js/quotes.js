// What the page knows of the market: the latest quote of each stock, and its prices since the page was loaded.
const HISTORY_SECONDS = 3600;

export class Quotes extends EventTarget {
  #stocks = new Map();

  /** When the first quote came, in seconds. */
  since = undefined;

  /** Takes a quote in; one price a second is kept, the last one. */
  update(quote) {
    const second = Math.floor(Date.parse(quote.time) / 1000);
    const stock = this.#stocks.get(quote.ticker) ?? this.#list(quote);
    stock.before = stock.quote?.price ?? quote.price;
    stock.quote = quote;
    this.since ??= second;
    this.#record(stock, Math.max(second, stock.times.at(-1) ?? second), quote.price);
    this.dispatchEvent(new CustomEvent("quote", { detail: stock }));
  }

  /** Nothing is known of the time from now on: the lines break off here. */
  interrupt() {
    for (const stock of this.#stocks.values()) {
      if (stock.prices.at(-1) !== null) {
        this.#record(stock, stock.times.at(-1) + 1, null);
      }
    }
  }

  get(ticker) {
    return this.#stocks.get(ticker);
  }

  all() {
    return [...this.#stocks.values()];
  }

  #list(quote) {
    const stock = { ticker: quote.ticker, quote: undefined, before: undefined, times: [], prices: [] };
    this.#stocks.set(quote.ticker, stock);
    this.dispatchEvent(new CustomEvent("listing", { detail: quote }));
    return stock;
  }

  #record({ times, prices }, second, price) {
    if (second === times.at(-1) && price !== null) {
      prices[prices.length - 1] = price;
      return;
    }
    times.push(second);
    prices.push(price);
    if (times.length > HISTORY_SECONDS) {
      times.shift();
      prices.shift();
    }
  }
}
