// The STOMP connection of the page: one client that reconnects by itself. stompjs never subscribes anew, so everything is
// subscribed in onConnect, each time.
import { Client } from "./vendor.js";

// Not the same for all pages, lest they all come back in the same moment after a restart of the server.
const RECONNECT_MILLIS = 2000 + Math.round(Math.random() * 1000);

export class Connection extends EventTarget {
  #subscriptions = new Map();
  #receipts = 0;
  #renewing = false;

  /** What the last second brought, and what the server said of itself. */
  received = 0;
  server = "";

  constructor() {
    super();
    const url = new URL("stomp", document.baseURI);
    url.protocol = url.protocol.replace("http", "ws");
    this.client = new Client({
      brokerURL: url.href,
      reconnectDelay: RECONNECT_MILLIS,
      connectionTimeout: 10_000,
      beforeConnect: () => this.#enter("connecting"),
      onConnect: (frame) => this.#connected(frame),
      onWebSocketClose: () => this.#closed(),
      onStompError: (frame) => this.#ended(frame.headers.message),
    });
  }

  get live() {
    return this.client.connected;
  }

  /** Declares a subscription; to be called before open. The listener gets the body, read as JSON. */
  subscribe(destination, listener) {
    this.#subscriptions.set(destination, listener);
  }

  open() {
    this.client.activate();
  }

  /** Whether a name and a passcode are being judged. */
  get signingIn() {
    return !this.live && this.client.connectHeaders.login !== undefined;
  }

  /** Connects anew as somebody; a "refusal" tells if the server does not believe it. */
  signIn(login, passcode) {
    this.#reconnect({ login, passcode });
  }

  /** Connects anew as nobody. */
  signOut() {
    this.#reconnect({});
  }

  /** Sends a JSON message and returns the id of its receipt, by which a problem refers to it. */
  send(destination, value) {
    const receipt = `order-${++this.#receipts}`;
    this.client.publish({
      destination,
      headers: { "content-type": "application/json", receipt },
      body: JSON.stringify(value),
    });
    return receipt;
  }

  #connected(frame) {
    this.server = `STOMP ${frame.headers.version}`;
    for (const [destination, listener] of this.#subscriptions) {
      this.client.subscribe(destination, (message) => {
        this.received++;
        listener(JSON.parse(message.body));
      });
    }
    this.#enter("live");
  }

  async #reconnect(connectHeaders) {
    this.client.connectHeaders = connectHeaders;
    this.#renewing = true;
    await this.client.deactivate();
    this.#renewing = false;
    this.client.activate();
  }

  #ended(message) {
    if (this.signingIn) {
      this.signOut();
      this.dispatchEvent(new CustomEvent("refusal", { detail: message }));
    } else {
      console.warn(`The server ended the session: ${message}`);
    }
  }

  #closed() {
    this.#enter(this.client.active ? "waiting" : this.#renewing ? "connecting" : "closed");
  }

  #enter(phase) {
    this.dispatchEvent(new CustomEvent("phase", { detail: { phase, delay: RECONNECT_MILLIS } }));
  }
}
