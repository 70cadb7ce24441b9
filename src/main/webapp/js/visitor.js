// Who looks at the page: the form to sign in and out, and what may be done. Passcodes are kept nowhere but in the client.
import { byId, write } from "./dom.js";

export class Visitor {
  #form = byId("sign-in");
  #fields = this.#form.elements;
  #submit = byId("sign-in-submit");
  #outcome = byId("sign-in-outcome");
  #connection;

  constructor(connection) {
    this.#connection = connection;
    this.#form.addEventListener("submit", (event) => this.#signIn(event));
    byId("sign-out").addEventListener("click", () => connection.signOut());
    connection.addEventListener("refusal", ({ detail }) => this.#refuse(detail));
    connection.addEventListener("phase", () => this.#refresh());
  }

  /** Shows what this visitor may do. */
  enter({ name, mayTrade }) {
    const returned = name !== "" && this.#form.contains(document.activeElement);
    byId("visitor").hidden = name === "";
    write(byId("visitor-name"), name);
    this.#form.hidden = mayTrade;
    byId("ticket").hidden = !mayTrade;
    write(byId("ticket-title"), mayTrade ? "Trade" : "Sign in to trade");
    if (name !== "") {
      this.#form.reset();
      write(this.#outcome, mayTrade ? "" : `You are signed in as ${name}, and may watch. Traders may trade.`);
      this.#outcome.dataset.kind = "";
    }
    if (returned) {
      (mayTrade ? byId("ticker") : byId("sign-out")).focus();
    }
  }

  #signIn(event) {
    event.preventDefault();
    write(this.#outcome, "");
    this.#connection.signIn(this.#fields.name.value.trim(), this.#fields.passcode.value);
  }

  /** Which part was wrong is known to nobody here. */
  #refuse(message) {
    this.#outcome.dataset.kind = "bad";
    write(this.#outcome, message === "Login failed" ? "The name or the passcode is wrong." : `${message}. Try again later.`);
    this.#fields.passcode.value = "";
    this.#fields.passcode.focus();
  }

  #refresh() {
    this.#submit.disabled = !this.#connection.live;
    write(this.#submit, this.#connection.signingIn ? "Signing in" : "Sign in");
  }
}
