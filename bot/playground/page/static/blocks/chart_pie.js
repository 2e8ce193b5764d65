// Pie charts: the shares of a whole.

import { svg } from "../dom.js";

const HEIGHT = 200;
const RADIUS = 88;
const FULL = 2 * Math.PI;

function slice(from, to, middle) {
  const at = (share) => `${middle + RADIUS * Math.sin(share * FULL)},${HEIGHT / 2 - RADIUS * Math.cos(share * FULL)}`;
  return `M${middle},${HEIGHT / 2} L${at(from)} A${RADIUS},${RADIUS} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)} Z`;
}

/** The nodes of a pie chart of this width, and its height. */
export function drawPie({ segments }, width, number, percent) {
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const middle = Math.min(width / 2, RADIUS + 20);
  let done = 0;
  const nodes = segments.map(({ label, value }, index) => {
    const share = value / total;
    const shape = share === 1 ? svg("circle", { cx: middle, cy: HEIGHT / 2, r: RADIUS })
      : svg("path", { d: slice(done, done + share, middle) });
    shape.append(svg("title", {}, `${label}: ${number(value)} (${percent(share)})`));
    done += share;
    return svg("g", { class: `series-${index + 1} slice` }, shape);
  });
  return { height: HEIGHT, nodes };
}
