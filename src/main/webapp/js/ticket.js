// The trade ticket. The server judges an order, not this page: its violations are shown beside their fields.
import { byId, write } from "./dom.js";
import { count, price } from "./format.js";

const FIELDS = ["action", "ticker", "shares"];
const LABELS = { action: "Action", ticker: "Ticker", shares: "Shares" };

export class Ticket {
  #form = byId("ticket");
  #fields = this.#form.elements;
  #outcome = byId("outcome");
  #submit = byId("submit");
  #connection;
  #quotes;
  #pending = "";

  constructor(connection, quotes) {
    this.#connection = connection;
    this.#quotes = quotes;
    this.#form.addEventListener("submit", (event) => this.#send(event));
    this.#form.addEventListener("input", ({ target }) => this.#changed(target));
    quotes.addEventListener("listing", ({ detail }) => byId("tickers").append(new Option(detail.name, detail.ticker)));
    quotes.addEventListener("quote", ({ detail }) => detail.ticker === this.#ticker && this.#estimate());
    connection.addEventListener("phase", ({ detail }) => this.#phase(detail.phase));
  }

  choose(ticker) {
    this.#fields.ticker.value = ticker;
    this.#changed(this.#fields.ticker);
  }

  confirm(trade) {
    const verb = trade.action === "BUY" ? "Bought" : "Sold";
    this.#settle("good", `${verb} ${count(trade.shares)} ${trade.ticker} at ${price(trade.price)}, ${price(trade.total)} in all.`);
  }

  /** Shows a problem (RFC 9457) of an order: each violation at its field, what has no field below. */
  refuse(problem) {
    const receipt = problem["receipt-id"];
    if (this.#pending && receipt && receipt !== this.#pending) {
      return;
    }
    const placed = (problem.violations ?? []).filter(({ path, message }) => this.#blame(path, message));
    const rest = (problem.violations ?? []).filter((violation) => !placed.includes(violation));
    const text = rest.map(({ path, message }) => `${path} ${message}`);
    this.#settle("bad", placed.length ? ["The order was refused.", ...text].join(" ") : explain(problem, text));
    this.#form.querySelector("[aria-invalid=true]")?.focus();
  }

  get #ticker() {
    return this.#fields.ticker.value.trim().toUpperCase();
  }

  #send(event) {
    event.preventDefault();
    FIELDS.forEach((field) => this.#forgive(field));
    write(this.#outcome, "");
    this.#pending = this.#connection.send("/queue/trade", {
      action: new FormData(this.#form).get("action"),
      ticker: this.#ticker,
      shares: number(this.#fields.shares.value),
    });
    this.#refresh();
  }

  #blame(path, message) {
    const field = path.split(".").at(-1);
    if (!FIELDS.includes(field)) {
      return false;
    }
    const note = byId(`${field}-error`);
    note.textContent = `${LABELS[field]} ${message}.`;
    note.hidden = false;
    this.#controls(field).forEach((control) => control.setAttribute("aria-invalid", "true"));
    return true;
  }

  #forgive(field) {
    byId(`${field}-error`).hidden = true;
    this.#controls(field).forEach((control) => control.removeAttribute("aria-invalid"));
  }

  #controls(field) {
    return [...this.#fields].filter(({ name }) => name === field);
  }

  #changed({ name }) {
    this.#forgive(name);
    this.#refresh();
    this.#estimate();
  }

  #settle(kind, text) {
    this.#pending = "";
    this.#outcome.dataset.kind = kind;
    write(this.#outcome, text);
    this.#refresh();
  }

  #phase(phase) {
    if (phase === "waiting" && this.#pending) {
      this.#settle("bad", "The connection was lost before an answer came. Look at the trades before you try again.");
    }
    this.#refresh();
  }

  #refresh() {
    const action = new FormData(this.#form).get("action");
    this.#form.dataset.action = action;
    write(this.#submit, this.#pending ? "Sending" : [action === "BUY" ? "Buy" : "Sell", this.#ticker].join(" "));
    this.#submit.disabled = !this.#connection.live || this.#pending !== "";
  }

  #estimate() {
    const stock = this.#quotes.get(this.#ticker);
    const shares = number(this.#fields.shares.value);
    write(byId("estimate"), stock && shares > 0 ? price(stock.quote.price * shares) : "–");
  }
}

function explain({ title, detail }, violations) {
  return [title, detail, ...violations].filter(Boolean).join(" ");
}

/** A number where the text is one; otherwise the text as it is, for the server to judge. */
function number(text) {
  const trimmed = text.trim();
  if (trimmed === "") {
    return null;
  }
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}
