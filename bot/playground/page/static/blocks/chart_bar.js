// Bar charts, the series side by side.

import { svg } from "../dom.js";
import { axes } from "./chart_axes.js";

const FILLED = 0.72; // of a category's width
const WIDEST = 56;

/** The nodes of a bar chart of this width, and its height. */
export function drawBars(of, width, number) {
  const frame = axes(of, width, number, { everyLabel: true });
  const { x, y, band } = frame;
  const wide = Math.min((band * FILLED) / of.series.length, WIDEST);
  const bars = of.series.map((one, index) => svg("g", { class: `series-${index + 1}` },
    of.axis_config.categories.map((label, at) => {
      const { value } = one.data.find((point) => point.label === label);
      const [top, bottom] = [y(Math.max(value, 0)), y(Math.min(value, 0))];
      const left = x(at) + (index - of.series.length / 2) * wide;
      return svg("rect", { x: left, y: top, width: Math.max(wide - 1, 1), height: Math.max(bottom - top, 0.5), rx: 2 },
        svg("title", {}, `${one.name}, ${label}: ${number(value)}`));
    })));
  return { height: frame.height, nodes: [...frame.nodes, ...bars] };
}
