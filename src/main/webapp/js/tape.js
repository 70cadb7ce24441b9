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
    this.#body.querySelectorAll(".trader").forEach((cell) => this.#sign(cell));
  }

  /** Adds a trade in its place, unless it is there: a new subscription brings the latest ones once more. */
  add(trade) {
    const next = [...this.#body.children].find(({ dataset }) => Number(dataset.id) <= trade.id);
    if (next && Number(next.dataset.id) === trade.id) {
      return;
    }
    byId("trades-empty").hidden = true;
    this.#body.insertBefore(this.#row(trade), next ?? null);
    this.#body.children[LENGTH]?.remove();
  }

  #row({ id, action, ticker, shares, price: each, total, trader, time: instant }) {
    const cell = (text, kind = "") => element("td", { class: kind, text });
    const side = action === "BUY" ? "Buy" : "Sell";
    return element("tr", {
      class: "fresh",
      "data-id": id,
      children: [
        cell(time(Date.parse(instant)), "time"),
        this.#sign(element("td", { class: "trader", "data-trader": trader })),
        element("td", { children: [element("span", { class: `side ${side.toLowerCase()}`, text: side })] }),
        cell(ticker, "ticker"),
        cell(count(shares), "num"),
        cell(price(each), "num"),
        cell(price(total), "num total"),
      ],
    });
  }

  #sign(cell) {
    const mine = cell.dataset.trader === this.#me;
    cell.classList.toggle("you", mine);
    cell.textContent = mine ? "You" : cell.dataset.trader;
    return cell;
  }
}
