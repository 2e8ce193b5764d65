// The axes of line, area and bar charts, and where values and categories stand between them.

import { svg } from "../dom.js";
import { ticks } from "./chart_scale.js";

const HEIGHT = 240;
const CHARACTER = 6.6; // about the width of one, at the size of a label
const GAP = 12;
const LINE = 13; // from one line of a label to the next

function widest(labels) {
  return Math.max(...labels.map((label) => label.length)) * CHARACTER;
}

/** A label in lines of at most `room` characters, parted at spaces and behind hyphens; a longer word is a line. */
function inLines(label, room) {
  const lines = [""];
  for (const part of label.split(/(?<=[\s-])/)) {
    const joined = lines.at(-1) + part;
    if (!lines.at(-1) || joined.trimEnd().length <= room) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines.map((one) => one.trim());
}

/**
 * How the labels below are written, so that every one of them stands: beside each other, in several lines, or upright
 * where a word is wider than its category; null where even that has no room. `height` is what they take.
 */
function written(labels, band) {
  const beside = labels.map((label) => inLines(label, Math.floor((band - GAP / 2) / CHARACTER)));
  if (widest(beside.flat()) <= band - GAP / 2) {
    return { lines: beside, upright: false, height: (Math.max(...beside.map((one) => one.length)) - 1) * LINE };
  }
  const most = Math.floor(band / LINE);
  if (!most) return null;
  const longest = Math.max(...labels.map((label) => label.length));
  for (let room = 1; ; room += 1) {
    const lines = labels.map((label) => inLines(label, room));
    if (room >= longest || lines.every((one) => one.length <= most)) {
      return { lines, upright: true, height: widest(lines.flat()) - LINE };
    }
  }
}

/**
 * The frame of a chart: `left`, `right`, `top`, `bottom` of the plot, `x(index)` the middle of a category, `y(value)`,
 * `band` the width of a category, and `nodes`: lines, labels and titles.
 */
export function axes({ series, axis_config: axis }, width, number, { everyLabel = false } = {}) {
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
  const below = everyLabel ? written(axis.categories, band) : null;
  const x = (index) => left + (index + 0.5) * band;
  const y = (value) => bottom - ((value - low) / (high - low)) * (bottom - top);
  const grid = marks.map((mark, index) => svg("g", {},
    svg("line", { class: mark === 0 ? "zero" : "grid", x1: left, x2: right, y1: y(mark), y2: y(mark) }),
    svg("text", { x: left - 6, y: y(mark), "text-anchor": "end", "dominant-baseline": "middle" }, labels[index])));
  const nodes = [...grid, ...(below ? everyCategory(below, x, bottom) : categories(axis, x, band, bottom)),
    ...titles(axis, frame, below?.height ?? 0)];
  return { ...frame, height: HEIGHT + (below?.height ?? 0), band, x, y, nodes };
}

/** The labels of the categories; where there is no room for all, every second, third … stands. */
function categories({ categories: all }, x, band, bottom) {
  const every = Math.max(1, Math.ceil((widest(all) + GAP / 2) / band));
  return all.map((label, index) => (index % every ? null
    : svg("text", { x: x(index), y: bottom + 16, "text-anchor": "middle" }, label))).filter(Boolean);
}

/** The labels of all categories, each in its lines. */
function everyCategory({ lines, upright }, x, bottom) {
  return lines.flatMap((one, index) => one.map((text, line) => {
    if (!upright) return svg("text", { x: x(index), y: bottom + 16 + line * LINE, "text-anchor": "middle" }, text);
    const [at, top] = [x(index) + (line - (one.length - 1) / 2) * LINE, bottom + 8];
    return svg("text", { x: at, y: top, transform: `rotate(-90 ${at} ${top})`, "text-anchor": "end",
      "dominant-baseline": "middle" }, text);
  }));
}

function titles({ x_label: across, y_label: up }, { left, right, top, bottom }, lower) {
  const middle = (top + bottom) / 2;
  const title = { class: "axis", "text-anchor": "middle" };
  return [
    across ? svg("text", { ...title, x: (left + right) / 2, y: bottom + 36 + lower }, across) : null,
    up ? svg("text", { ...title, x: 12, y: middle, transform: `rotate(-90 12 ${middle})` }, up) : null,
  ].filter(Boolean);
}
