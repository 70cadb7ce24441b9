// The chosen stock: its name, its price and the facts of the day, above its chart.
import { byId, write } from "./dom.js";
import { count, direction, price, signed } from "./format.js";
import { Chart } from "./chart.js";
import { Painter } from "./painter.js";

export class Instrument {
  #quotes;
  #chart;
  #ticker = "";
  #painter = new Painter(() => this.#paint());

  constructor(quotes) {
    this.#quotes = quotes;
    this.#chart = new Chart(byId("chart"), byId("chart-readout"));
    quotes.addEventListener("quote", ({ detail }) => detail.ticker === this.#ticker && this.#painter.mark(this.#ticker));
  }

  show(ticker) {
    this.#ticker = ticker;
    const { quote } = this.#quotes.get(ticker);
    write(byId("instrument-ticker"), ticker);
    write(byId("instrument-company"), quote.name);
    byId("chart").setAttribute("aria-label", `Chart of the price of ${quote.name} since this page was opened`);
    this.#painter.mark(ticker);
  }

  /** On a phone the board is below the chart: whoever chooses a stock there is brought back. */
  comeIntoView() {
    const panel = byId("chart").closest(".panel");
    if (panel.getBoundingClientRect().bottom < innerHeight / 4) {
      panel.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    }
  }

  #paint() {
    const stock = this.#quotes.get(this.#ticker);
    const { quote } = stock;
    const close = quote.price - quote.change;
    write(byId("instrument-price"), price(quote.price));
    write(byId("instrument-delta"), `${signed(quote.change)} (${signed(quote.changePercent)}%)`);
    byId("instrument-delta").dataset.direction = direction(quote.change);
    write(byId("instrument-close"), price(close));
    write(byId("instrument-high"), price(quote.high));
    write(byId("instrument-low"), price(quote.low));
    write(byId("instrument-volume"), count(quote.volume));
    this.#chart.draw(stock, close);
  }
}
