// The axes of line, area and bar charts, and where values and categories stand between them.

import { svg } from "../dom.js";
import { ticks } from "./chart_scale.js";

const HEIGHT = 240;
const CHARACTER = 6.6; // about the width of one, at the size of a label
const GAP = 12;

function widest(labels) {
  return Math.max(...labels.map((label) => label.length)) * CHARACTER;
}

/**
 * The frame of a chart: `left`, `right`, `top`, `bottom` of the plot, `x(index)` the middle of a category, `y(value)`,
 * `band` the width of a category, and `nodes`: lines, labels and titles.
 */
export function axes({ series, axis_config: axis }, width, number) {
  const values = series.flatMap(({ data }) => data.map(({ value }) => value));
  const marks = ticks(values, 5);
  const labels = marks.map(number);
  const frame = {
    left: widest(labels) + GAP + (axis.y_label ? 18 : 0), right: width - GAP, top: GAP,
    bottom: HEIGHT - (axis.x_label ? 44 : 26),
  };
  const { left, right, top, bottom } = frame;
  const [low, high] = [marks[0], marks.at(-1)];
  const band = (right - left) / axis.categories.length;
  const x = (index) => left + (index + 0.5) * band;
  const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const grid = marks.map((mark, index) => svg("g", {},
    svg("line", { class: mark === 0 ? "zero" : "grid", x1: left, x2: right, y1: y(mark), y2: y(mark) }),
    svg("text", { x: left - 6, y: y(mark), "text-anchor": "end", "dominant-baseline": "middle" }, labels[index])));
  const nodes = [...grid, ...categories(axis, x, band, bottom), ...titles(axis, frame)];
  return { ...frame, height: HEIGHT, band, x, y, nodes };
}

/** The labels of the categories; where there is no room for all, every second, third … stands. */
function categories({ categories: all }, x, band, bottom) {
  const every = Math.max(1, Math.ceil((widest(all) + GAP / 2) / band));
  return all.map((label, index) => (index % every ? null
    : svg("text", { x: x(index), y: bottom + 16, "text-anchor": "middle" }, label))).filter(Boolean);
}

function titles({ x_label: across, y_label: up }, { left, right, top, bottom }) {
  const middle = (top + bottom) / 2;
  const title = { class: "axis", "text-anchor": "middle" };
  return [
    across ? svg("text", { ...title, x: (left + right) / 2, y: bottom + 36 }, across) : null,
    up ? svg("text", { ...title, x: 12, y: middle, transform: `rotate(-90 12 ${middle})` }, up) : null,
  ].filter(Boolean);
}
