// The chart of one stock, drawn by uPlot: a canvas that knows neither style sheet nor theme, hence the colours are read
// from the style sheet and given to it.
import { price, time } from "./format.js";
import { uPlot } from "./vendor.js";

const LEAST_SECONDS = 60;
const STEPS = [1, 2, 5].flatMap((step) => [step / 100, step / 10, step, step * 10]).sort((a, b) => a - b);
const HALF_A_LABEL = 18;
const FONT = "11px Inter, sans-serif";

export class Chart {
  #box;
  #readout;
  #plot;
  #colours = {};
  #close = 0;

  constructor(box, readout) {
    this.#box = box;
    this.#readout = readout;
    this.#readColours();
    this.#plot = new uPlot(this.#options(), [[], []], box);
    new ResizeObserver(() => this.#plot.setSize(this.#size())).observe(box);
    document.documentElement.addEventListener("themechange", () => {
      this.#readColours();
      this.#plot.redraw(false, true);
    });
  }

  draw({ times, prices }, close) {
    this.#close = close;
    this.#plot.setData([times, prices]);
  }

  #options() {
    const colour = (name) => () => this.#colours[name];
    const axis = { font: FONT, stroke: colour("ink"), ticks: { show: false }, grid: { stroke: colour("grid"), width: 1 } };
    return {
      ...this.#size(),
      padding: [10, 0, 0, 12],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: { x: { range: (plot) => timeRange(plot.data[0]) }, y: { range: (plot, from, to) => priceRange(from, to) } },
      axes: [
        { ...axis, size: 28, space: 76, grid: { show: false }, values: (plot, seconds) => seconds.map((second) => timeLabel(plot, second)) },
        { ...axis, side: 1, size: 58, space: 34, incrs: STEPS, values: (plot, values) => values.map(price) },
      ],
      series: [{}, { stroke: colour("line"), width: 1.6, fill: (plot) => this.#fill(plot), points: { show: false } }],
      hooks: { draw: [(plot) => this.#drawClose(plot)], setCursor: [(plot) => this.#read(plot)] },
    };
  }

  #size() {
    return { width: this.#box.clientWidth, height: this.#box.clientHeight };
  }

  #readColours() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["line", "grid", "ink", "fill", "close"]) {
      this.#colours[name] = style.getPropertyValue(`--chart-${name}`);
    }
  }

  #fill({ ctx, bbox }) {
    const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height);
    gradient.addColorStop(0, this.#colours.fill);
    gradient.addColorStop(1, "transparent");
    return gradient;
  }

  /** A dashed line at the previous close, if it is in sight. */
  #drawClose(plot) {
    const { ctx, bbox } = plot;
    const y = Math.round(plot.valToPos(this.#close, "y", true)) + 0.5;
    if (!(y > bbox.top && y < bbox.top + bbox.height)) {
      return;
    }
    ctx.save();
    ctx.strokeStyle = this.#colours.close;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }

  #read({ cursor: { idx }, data: [times, prices] }) {
    const hit = idx !== null && idx !== undefined && prices[idx] !== null && prices[idx] !== undefined;
    this.#readout.textContent = hit ? `${time(times[idx] * 1000)}   ${price(prices[idx])}` : "";
  }
}

function timeRange(times) {
  const from = times[0] ?? Date.now() / 1000;
  return [from, Math.max(times.at(-1) ?? from, from + LEAST_SECONDS)];
}

function priceRange(low, high) {
  if (low === null) {
    return [0, 1];
  }
  const margin = Math.max((high - low) * 0.12, low * 0.0004);
  return [low - margin, high + margin];
}

/** The label of a second on the time axis; none where the edge of the canvas would cut it. */
function timeLabel(plot, second) {
  return plot.valToPos(second, "x") < HALF_A_LABEL ? "" : axisTime(second);
}

function axisTime(second) {
  const text = time(second * 1000);
  return second % 60 === 0 ? text.slice(0, 5) : text;
}
