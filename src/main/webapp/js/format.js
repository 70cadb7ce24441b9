// Numbers and times as the page writes them.
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export const MINUS = "\u2212";

export const price = (value) => cents.format(value);

export const count = (value) => whole.format(value);

export const compact = (value) => (value < 1000 ? whole.format(value) : short.format(value));

/** With a sign, and a true minus, so that columns of gains and losses line up. */
export const signed = (value) => (value < 0 ? MINUS : value > 0 ? "+" : "") + cents.format(Math.abs(value));

export const time = (instant) => clock.format(instant);

/** Which way a change goes, for style sheets: up, down or flat. */
export const direction = (change) => (change > 0 ? "up" : change < 0 ? "down" : "flat");
