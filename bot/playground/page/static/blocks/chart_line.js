// Line and area charts.

import { svg } from "../dom.js";
import { axes } from "./chart_axes.js";

const DOT = 3;

function line(one, index, { x, y }, { area, number, order }) {
  const values = order.map((label) => one.data.find((point) => point.label === label).value);
  const points = values.map((value, at) => [x(at), y(value)]);
  const path = points.map((point) => point.join(",")).join(" ");
  const [first, last] = [points[0][0], points.at(-1)[0]];
  const dots = points.map(([cx, cy], at) =>
    svg("circle", { cx, cy, r: DOT }, svg("title", {}, `${one.name}, ${order[at]}: ${number(values[at])}`)));
  return svg("g", { class: `series-${index + 1}` },
    area ? svg("polygon", { points: `${first},${y(0)} ${path} ${last},${y(0)}` }) : null,
    svg("polyline", { points: path }), dots);
}

/** The nodes of a line or area chart of this width, and its height. */
export function drawLines(of, width, number) {
  const frame = axes(of, width, number);
  const how = { area: of.type === "area", number, order: of.axis_config.categories };
  const lines = of.series.map((one, index) => line(one, index, frame, how));
  return { height: frame.height, nodes: [...frame.nodes, ...lines] };
}
