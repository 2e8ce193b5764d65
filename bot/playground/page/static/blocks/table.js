// The plain table block.

import { el } from "../dom.js";
import { cell } from "./table_cells.js";

/** A table with the columns aligned and wrapped as its settings say; the first row is its head. */
export function table(block, place) {
  const settings = block.column_settings ?? [];
  const looks = (index) => {
    const { align = "left", is_wrapped: wrapped = false } = settings[index] ?? {};
    return `${align} ${wrapped ? "" : "unwrapped"}`;
  };
  const row = (cells, tag) => el("tr", {}, cells.map((one, index) =>
    cell(one, tag, { className: looks(index), ...(tag === "th" ? { scope: "col" } : {}) }, place)));
  const [head, ...body] = block.rows;
  return el("div", { className: "scroll", tabIndex: 0, role: "group" }, el("table", {},
    el("thead", {}, row(head, "th")), el("tbody", {}, body.map((one) => row(one, "td")))));
}
