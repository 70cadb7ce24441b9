// The course of the last minute and a half in a few pixels.
import { element } from "./dom.js";
import { direction } from "./format.js";

const WIDTH = 84;
const HEIGHT = 20;
const LEAST_SECONDS = 20;
const MOST_SECONDS = 90;
const LEAST_SWING = 0.0008;

export function sparkline() {
  const line = element("polyline", { "vector-effect": "non-scaling-stroke" });
  const svg = element("svg", {
    class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", children: [line],
  });
  const draw = (stock) => {
    const recent = recentOf(stock);
    line.setAttribute("points", points(recent));
    svg.dataset.direction = direction(recent.length ? recent[0][1] - recent.at(-1)[1] : 0);
  };
  return { svg, draw };
}

/** The prices since the last interruption, the latest first. */
function recentOf({ times, prices }) {
  const recent = [];
  const now = times.at(-1);
  for (let i = times.length - 1; i >= 0 && times[i] > now - MOST_SECONDS && prices[i] !== null; i--) {
    recent.push([times[i], prices[i]]);
  }
  return recent;
}

function points(recent) {
  const now = recent[0]?.[0] ?? 0;
  const low = Math.min(...recent.map(([, price]) => price));
  const high = Math.max(...recent.map(([, price]) => price));
  const first = recent.at(-1)?.[0] ?? now;
  const span = Math.max(now - first, LEAST_SECONDS);
  const swing = Math.max(high - low, high * LEAST_SWING);
  const x = (time) => 1 + ((time - first) / span) * (WIDTH - 2);
  const y = (price) => HEIGHT / 2 - ((price - (low + high) / 2) / swing) * (HEIGHT - 4);
  return recent.map(([time, price]) => `${x(time).toFixed(1)},${y(price).toFixed(1)}`).join(" ");
}
