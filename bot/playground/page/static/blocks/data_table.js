// The data_table block: a table that the reader sorts and leafs through.

import { el } from "../dom.js";
import { plain } from "./plain.js";
import { cell, sortValue } from "./table_cells.js";
import { languageOf, word } from "./words.js";

const PAGE = 5; // Slack's own, where the block does not say
const NEXT_ORDER = { none: "ascending", ascending: "descending", descending: "none" };
const ARROWS = { none: "↕", ascending: "↑", descending: "↓" };

function sorted(rows, { column, order }, place) {
  if (order === "none") return rows;
  const { compare } = new Intl.Collator(languageOf(place), { numeric: true });
  const by = (row) => sortValue(row[column]);
  const inOrder = (one, other) => (typeof one === "number" && typeof other === "number" ? one - other
    : compare(String(one), String(other)));
  const sign = order === "ascending" ? 1 : -1;
  return rows.toSorted((one, other) => sign * inOrder(by(one), by(other)));
}

/** A data table; a heading sorts by its column, upwards, downwards, and as it was. */
export function dataTable(block, place) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const rowHeader = block.row_header_column_index ?? 0;
  const state = { column: 0, order: "none", first: 0 };
  const body = el("tbody");
  const bar = pager(rows.length, size, place, (first) => { state.first = first; show(); });

  const headings = head.map((one, column) => {
    const arrow = el("span", { className: "arrow", "aria-hidden": "true" });
    const sort = el("button", { type: "button" }, plain(one.text), arrow);
    const node = el("th", { scope: "col", className: numeric(rows, column) ? "number" : "" }, sort);
    sort.addEventListener("click", () => {
      const order = state.column === column ? NEXT_ORDER[state.order] : "ascending";
      Object.assign(state, { column, order, first: 0 });
      show();
    });
    return { node, arrow };
  });
  const row = (cells) => el("tr", {}, cells.map((one, column) =>
    (column === rowHeader ? cell(one, "th", { scope: "row" }, place) : cell(one, "td", {}, place))));
  const show = () => {
    for (const [column, { node, arrow }] of headings.entries()) {
      const order = column === state.column ? state.order : "none";
      node.ariaSort = order;
      arrow.textContent = ARROWS[order];
    }
    body.replaceChildren(...sorted(rows, state, place).slice(state.first, state.first + size).map(row));
    bar?.show(state.first);
  };
  show();
  return el("div", { className: "data-table" },
    el("div", { className: "scroll", tabIndex: 0, role: "group", "aria-label": block.caption },
      el("table", {}, el("caption", {}, plain(block.caption)),
        el("thead", {}, el("tr", {}, headings.map(({ node }) => node))), body)),
    bar?.node);
}

const numeric = (rows, column) => rows.every((row) => row[column].type === "raw_number");

/** The buttons to the pages before and after; null when everything stands on one. */
function pager(total, size, place, go) {
  if (total <= size) return null;
  const shown = el("span", { role: "status" });
  let at = 0;
  const turn = (key, sign, step) => {
    const label = word(place, key);
    return el("button", { type: "button", className: "icon-button", "aria-label": label, title: label,
      onclick: () => go(at + step) }, sign);
  };
  const [before, after] = [turn("previous", "‹", -size), turn("next", "›", size)];
  const show = (first) => {
    at = first;
    before.disabled = first === 0;
    after.disabled = first + size >= total;
    shown.textContent = word(place, "page", { from: first + 1, to: Math.min(first + size, total), total });
  };
  return { node: el("div", { className: "pager" }, before, shown, after), show };
}
