// The list of options that opens at a combobox: groups, the option in front, and a note when there is nothing.

import { el } from "../dom.js";
import { attach } from "./popup.js";

let numbered = 0;

/** A listbox for the combobox `input`; `picked(option)` is told of a click, `isChosen(option)` says what is chosen. */
export function listbox(input, label, { picked, isChosen }) {
  const id = `options-${numbered += 1}`;
  const node = el("div", { className: "blocks popup", id, role: "listbox", "aria-label": label, popover: "manual" });
  const popup = attach(node, input.parentElement);
  let rows = [];
  let front = -1;

  const point = (to) => {
    rows[front]?.node.classList.remove("front");
    front = to;
    const row = rows[front]?.node;
    row?.classList.add("front");
    row?.scrollIntoView({ block: "nearest" });
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const row = (option) => {
    const looks = { className: "option", role: "option", "aria-selected": String(isChosen(option)) };
    const one = el("div", { id: `${id}-${rows.length}`, ...looks }, el("span", {}, option.text),
      option.about ? el("small", {}, option.about) : null);
    // the focus stays in the field, or it would close the list before the click counts
    one.addEventListener("mousedown", (event) => event.preventDefault());
    one.addEventListener("click", () => picked(option));
    rows.push({ node: one, option });
    return one;
  };
  const group = ({ label: heading, options }, index) => {
    if (!heading) return options.map(row);
    const headingId = `${id}-group-${index}`;
    return el("div", { role: "group", "aria-labelledby": headingId },
      el("div", { className: "group", id: headingId }, heading), options.map(row));
  };
  const open = (content) => {
    node.replaceChildren(...content);
    popup.open();
    input.ariaExpanded = "true";
  };
  input.setAttribute("aria-controls", id);
  return {
    node,
    isOpen: popup.isOpen,
    front: () => rows[front]?.option,
    show: (groups) => {
      rows = [];
      front = -1;
      open(groups.map(group).flat());
      point(Math.max(rows.findIndex(({ option }) => isChosen(option)), 0));
    },
    note: (text) => {
      rows = [];
      point(-1);
      open([el("div", { className: "note" }, text)]);
    },
    step: (by) => { if (rows.length) point((front + by + rows.length) % rows.length); },
    close: () => {
      popup.close();
      point(-1);
      input.ariaExpanded = "false";
    },
  };
}
