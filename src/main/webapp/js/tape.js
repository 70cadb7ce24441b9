// The stream of trades, the latest on top.
import { byId, element } from "./dom.js";
import { count, price, time } from "./format.js";

const LENGTH = 50;

export class Tape {
  #body = byId("trades");
  #me = "";

  /** Says who this visitor is to the others. */
  introduce(trader) {
    this.#me = trader;
  }

  add(trade) {
    byId("trades-empty").hidden = true;
    this.#body.prepend(this.#row(trade));
    this.#body.children[LENGTH]?.remove();
  }

  #row({ action, ticker, shares, price: each, total, trader, time: instant }) {
    const cell = (text, kind = "") => element("td", { class: kind, text });
    const side = action === "BUY" ? "Buy" : "Sell";
    return element("tr", {
      class: "fresh",
      children: [
        cell(time(Date.parse(instant)), "time"),
        trader === this.#me ? cell("You", "you") : cell(trader),
        element("td", { children: [element("span", { class: `side ${side.toLowerCase()}`, text: side })] }),
        cell(ticker, "ticker"),
        cell(count(shares), "num"),
        cell(price(each), "num"),
        cell(price(total), "num total"),
      ],
    });
  }
}
