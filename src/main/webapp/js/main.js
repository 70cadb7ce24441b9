// The page: a connection, what is known of the market, and the panels that show it.
import { Board } from "./board.js";
import { Connection } from "./connection.js";
import { Instrument } from "./instrument.js";
import { Positions } from "./positions.js";
import { Quotes } from "./quotes.js";
import { Status } from "./status.js";
import { Tape } from "./tape.js";
import { Ticket } from "./ticket.js";
import { Visitor } from "./visitor.js";

const FIRST_CHOICE = "MMM";

export const connection = new Connection();
const quotes = new Quotes();
const board = new Board(quotes);
const instrument = new Instrument(quotes);
const ticket = new Ticket(connection, quotes);
const tape = new Tape();
const positions = new Positions(quotes);
const visitor = new Visitor(connection);
new Status(connection);

let chosen = "";

function choose(ticker) {
  chosen = ticker;
  board.choose(ticker);
  instrument.show(ticker);
  ticket.choose(ticker);
}

board.addEventListener("choice", ({ detail }) => {
  choose(detail);
  instrument.comeIntoView();
});
quotes.addEventListener("quote", ({ detail }) => !chosen && detail.ticker === FIRST_CHOICE && choose(FIRST_CHOICE));
connection.addEventListener("phase", ({ detail }) => detail.phase === "waiting" && quotes.interrupt());

connection.subscribe("/user/queue/visitor", (whoever) => {
  visitor.enter(whoever);
  tape.introduce(whoever.name);
  positions.clear(whoever.mayTrade);
});
connection.subscribe("/user/queue/positions", (position) => positions.update(position));
connection.subscribe("/user/queue/trades", (trade) => ticket.confirm(trade));
connection.subscribe("/user/queue/errors", (problem) => ticket.refuse(problem));
connection.subscribe("/topic/trades", (trade) => tape.add(trade));
connection.subscribe("/topic/price.stock.*", (quote) => quotes.update(quote));
connection.open();
