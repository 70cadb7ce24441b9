// What the trader has, a row for each stock, valued at the latest quotes.
import { byId, element, write } from "./dom.js";
import { count, direction, price, signed } from "./format.js";
import { Painter } from "./painter.js";

export class Positions {
  #body = byId("positions");
  #rows = new Map();
  #quotes;
  #painter = new Painter((ticker) => this.#paint(ticker));

  constructor(quotes) {
    this.#quotes = quotes;
    quotes.addEventListener("quote", ({ detail }) => this.#rows.has(detail.ticker) && this.#painter.mark(detail.ticker));
  }

  /** Somebody else looks at the page. */
  clear(trader) {
    this.#rows.clear();
    this.#body.replaceChildren();
    byId("positions-empty").hidden = false;
    write(byId("positions-empty"), trader ? "No positions yet. A trade opens one." : "Traders who have signed in see theirs.");
    write(byId("positions-gain"), "");
  }

  /** Takes a position in, unless a later one is known. */
  update(position) {
    const known = this.#rows.get(position.ticker) ?? this.#list(position.ticker);
    if (position.lastTrade >= (known.position?.lastTrade ?? 0)) {
      known.position = position;
      this.#painter.mark(position.ticker);
    }
  }

  #list(ticker) {
    const cells = Object.fromEntries(["shares", "value", "gain"].map((column) => [column, element("td", { class: `num ${column}` })]));
    const row = element("tr", {
      "data-ticker": ticker,
      children: [element("th", { scope: "row", class: "ticker", text: ticker }), cells.shares, cells.value, cells.gain],
    });
    const listed = { row, cells, position: undefined, gain: 0 };
    this.#rows.set(ticker, listed);
    const next = [...this.#body.children].find((other) => other.dataset.ticker > ticker);
    this.#body.insertBefore(row, next ?? null);
    byId("positions-empty").hidden = true;
    return listed;
  }

  #paint(ticker) {
    const listed = this.#rows.get(ticker);
    const quote = this.#quotes.get(ticker)?.quote;
    if (!listed || !quote) {
      return;
    }
    const { row, cells, position } = listed;
    const value = position.shares * quote.price;
    listed.gain = value - position.cost;
    row.dataset.direction = direction(listed.gain);
    write(cells.shares, count(position.shares));
    write(cells.value, price(value));
    write(cells.gain, signed(listed.gain));
    this.#sum();
  }

  #sum() {
    const sum = [...this.#rows.values()].reduce((gain, listed) => gain + listed.gain, 0);
    const total = byId("positions-gain");
    total.dataset.direction = direction(sum);
    write(total, signed(sum));
  }
}
