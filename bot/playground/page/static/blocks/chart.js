// The data_visualization block: a chart with its title, its legend, and its figures as a table.

import { el, svg } from "../dom.js";
import { drawBars } from "./chart_bar.js";
import { drawLines } from "./chart_line.js";
import { drawPie } from "./chart_pie.js";
import { unknown } from "./unknown.js";
import { languageOf, word } from "./words.js";

const DRAWN = { line: drawLines, area: drawLines, bar: drawBars, pie: drawPie };
const FIRST_WIDTH = 560;
const LEAST_WIDTH = 240;

const swatch = (index) => el("span", { className: `swatch series-${index + 1}`, "aria-hidden": "true" });

function legend(of, percent) {
  if (of.type !== "pie" && of.series.length === 1) return null;
  const names = of.type === "pie" ? of.segments.map(({ label }) => label) : of.series.map(({ name }) => name);
  const total = (of.segments ?? []).reduce((sum, { value }) => sum + value, 0);
  return el("ul", { className: "legend", "aria-hidden": "true" }, names.map((name, index) =>
    el("li", {}, swatch(index), name, total ? el("small", {}, percent(of.segments[index].value / total)) : null)));
}

function rowsOf(of, number, percent) {
  if (of.type === "pie") {
    const total = of.segments.reduce((sum, { value }) => sum + value, 0);
    return of.segments.map(({ label, value }) => [label, number(value), percent(value / total)]);
  }
  return of.axis_config.categories.map((label) =>
    [label, ...of.series.map(({ data }) => number(data.find((point) => point.label === label).value))]);
}

function figures(of, title, place, number, percent) {
  const names = of.type === "pie" ? [word(place, "value"), word(place, "share")] : of.series.map(({ name }) => name);
  const corner = of.axis_config?.x_label ?? word(place, "label");
  const row = ([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first),
    rest.map((text) => el("td", { className: "number" }, text)));
  return el("details", { className: "figures" }, el("summary", {}, word(place, "asTable")),
    el("div", { className: "scroll" }, el("table", {}, el("caption", { className: "unseen" }, title),
      el("thead", {}, el("tr", {}, [corner, ...names].map((name, index) =>
        el("th", { scope: "col", className: index ? "number" : "" }, name)))),
      el("tbody", {}, rowsOf(of, number, percent).map(row)))));
}

/** A chart; it is drawn again when the room for it changes. */
export function chart(block, place) {
  const { chart: of, title } = block;
  const draw = DRAWN[of.type];
  if (!draw) return unknown("unknownBlock", block, place);
  const locale = languageOf(place);
  const { format: number } = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const { format: percent } = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const picture = svg("svg", { role: "img", "aria-label": `${title}, ${word(place, `chart_${of.type}`)}` });
  const redraw = (width) => {
    const { nodes, height } = draw(of, width, number, percent);
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    picture.setAttribute("height", height);
    picture.replaceChildren(...nodes);
  };
  redraw(FIRST_WIDTH);
  const room = el("div", { className: "room" }, picture);
  new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width) redraw(Math.max(Math.floor(contentRect.width), LEAST_WIDTH));
  }).observe(room);
  return el("figure", { className: `chart ${of.type}` }, el("figcaption", {}, title),
    el("div", { className: "plot" }, room, legend(of, percent)), figures(of, title, place, number, percent));
}
