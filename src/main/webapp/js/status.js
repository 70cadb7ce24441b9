// The state of the connection, for eyes and ears: the word is announced when it changes, the countdown is only seen.
import { byId, write } from "./dom.js";

const WORDS = { connecting: "Connecting", live: "Live", waiting: "Connection lost", closed: "Closed" };

export class Status {
  #connection;
  #reconnectAt = 0;

  constructor(connection) {
    this.#connection = connection;
    connection.addEventListener("phase", ({ detail }) => this.#enter(detail));
    setInterval(() => this.#tick(), 1000);
  }

  #enter({ phase, delay }) {
    const lost = byId("connection").dataset.phase === "waiting" && phase === "connecting";
    this.#reconnectAt = phase === "waiting" ? Date.now() + delay : 0;
    byId("floor").classList.toggle("stale", phase !== "live");
    byId("connection").dataset.phase = phase;
    // A failed attempt is no news: "Connection lost" stands until there is a new one.
    write(byId("connection-state"), lost ? WORDS.waiting : WORDS[phase]);
    this.#countDown();
  }

  #tick() {
    const { received, server, live } = this.#connection;
    this.#connection.received = 0;
    write(byId("traffic"), live ? `${server}, ${received} messages a second` : "");
    this.#countDown();
  }

  #countDown() {
    const seconds = Math.ceil((this.#reconnectAt - Date.now()) / 1000);
    const lost = byId("connection-state").textContent === WORDS.waiting;
    write(byId("connection-detail"), seconds > 0 ? `reconnecting in ${seconds} s` : lost ? "reconnecting" : "");
  }
}
