// The quote board: a row for each stock, in the order of the tickers. One of the tickers can be reached by the Tab key,
// the arrow keys move between them (the roving tabindex pattern).
import { byId, element, write } from "./dom.js";
import { compact, direction, price, signed } from "./format.js";
import { Painter } from "./painter.js";
import { sparkline } from "./sparkline.js";

const FLASH_MILLIS = 800;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Board extends EventTarget {
  #body = byId("quotes");
  #breadth = byId("breadth");
  #rows = new Map();
  #quotes;
  #painter = new Painter((stock) => this.#paint(stock));
  #counts = new Painter(() => this.#count());

  constructor(quotes) {
    super();
    this.#quotes = quotes;
    quotes.addEventListener("listing", ({ detail }) => this.#list(detail));
    quotes.addEventListener("quote", ({ detail }) => this.#painter.mark(detail));
    this.#body.addEventListener("click", ({ target }) => this.#clicked(target));
    this.#body.addEventListener("keydown", (event) => this.#moveFocus(event));
  }

  /** Marks the row of the stock as the chosen one. */
  choose(ticker) {
    for (const [other, { row, pick }] of this.#rows) {
      const chosen = other === ticker;
      row.classList.toggle("chosen", chosen);
      pick.setAttribute("aria-pressed", String(chosen));
      pick.tabIndex = chosen ? 0 : -1;
    }
  }

  #list({ ticker, name }) {
    const cells = Object.fromEntries(["price", "change", "percent", "volume"]
      .map((column) => [column, element("td", { class: `num ${column}` })]));
    const pick = element("button", { type: "button", class: "pick", "aria-pressed": "false", tabindex: "-1", text: ticker });
    const spark = sparkline();
    const row = element("tr", {
      "data-ticker": ticker,
      children: [
        element("th", { scope: "row", children: [pick, element("span", { class: "company-small", text: name })] }),
        element("td", { class: "company", text: name }),
        element("td", { class: "trend", children: [spark.svg] }),
        cells.price, cells.change, cells.percent, cells.volume,
      ],
    });
    this.#rows.set(ticker, { row, pick, spark, cells });
    const next = [...this.#body.children].find((other) => other.dataset.ticker > ticker);
    this.#body.insertBefore(row, next ?? null);
    byId("quotes-empty").hidden = true;
  }

  #paint(stock) {
    const { row, spark, cells } = this.#rows.get(stock.ticker);
    const { quote } = stock;
    row.dataset.direction = direction(quote.change);
    if (cells.price.textContent !== "" && cells.price.textContent !== price(quote.price)) {
      flash(cells.price, direction(quote.price - stock.before));
    }
    write(cells.price, price(quote.price));
    write(cells.change, signed(quote.change));
    write(cells.percent, `${signed(quote.changePercent)}%`);
    write(cells.volume, compact(quote.volume));
    spark.draw(stock);
    this.#counts.mark("all");
  }

  #count() {
    const changes = this.#quotes.all().map(({ quote }) => direction(quote.change));
    const number = (way) => changes.filter((change) => change === way).length;
    write(this.#breadth, `${number("up")} up, ${number("down")} down`);
  }

  #clicked(target) {
    const row = target.closest("tr");
    if (row) {
      this.dispatchEvent(new CustomEvent("choice", { detail: row.dataset.ticker }));
    }
  }

  #moveFocus(event) {
    const picks = [...this.#body.querySelectorAll(".pick")];
    const here = picks.indexOf(event.target);
    const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: picks.length - 1 }[event.key];
    if (here < 0 || there === undefined) {
      return;
    }
    event.preventDefault();
    picks[Math.min(Math.max(there, 0), picks.length - 1)].focus();
  }
}

function flash(cell, way) {
  if (calm.matches || way === "flat") {
    return;
  }
  cell.getAnimations().forEach((animation) => animation.cancel());
  cell.animate(
    [{ color: `var(--${way})` }, { color: `var(--${way})`, offset: 0.5 }, { color: "var(--ink)" }],
    { duration: FLASH_MILLIS, easing: "linear" },
  );
}
