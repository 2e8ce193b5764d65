// The list of options that opens at a combobox: groups, the option in front, and a note when there is nothing.

import { el } from "../dom.js";
import { attach } from "./popup.js";

let numbered = 0;

/** A listbox for a combobox. An option is `{key, text, about}`; one of those that are shown is in front. */
export class Listbox {
  /** For `input`; `picked(option)` is told of a click, `isChosen(option)` says what is chosen. */
  constructor(input, label, { picked, isChosen }) {
    const id = `options-${numbered += 1}`;
    Object.assign(this, { id, input, picked, isChosen, rows: [], at: -1 });
    this.node = el("div", { className: "blocks popup", id, role: "listbox", "aria-label": label, popover: "manual" });
    this.popup = attach(this.node, input.parentElement);
    input.setAttribute("aria-controls", id);
  }

  /** Whether it is open. */
  get isOpen() { return this.popup.isOpen(); }

  /** The option in front, undefined where there is none. */
  get front() { return this.rows[this.at]?.option; }

  /** Opens with groups of options, `{label, options}`; what is chosen is in front, else the first. */
  show(groups) {
    this.rows = [];
    this.#open(groups.map((group, index) => this.#group(group, index)).flat());
    this.#point(Math.max(this.rows.findIndex(({ option }) => this.isChosen(option)), 0));
  }

  /** Opens with a sentence in place of options. */
  note(text) {
    this.rows = [];
    this.#point(-1);
    this.#open([el("div", { className: "note" }, text)]);
  }

  /** Goes on by so many options, round the end. */
  step(by) {
    if (this.rows.length) this.#point((this.at + by + this.rows.length) % this.rows.length);
  }

  /** Closes. */
  close() {
    this.popup.close();
    this.#point(-1);
    this.input.ariaExpanded = "false";
  }

  #open(content) {
    this.node.replaceChildren(...content);
    this.popup.open();
    this.input.ariaExpanded = "true";
  }

  #point(to) {
    this.rows[this.at]?.node.classList.remove("front");
    this.at = to;
    const row = this.rows[to]?.node;
    row?.classList.add("front");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  #group({ label, options }, index) {
    const rows = options.map((option) => this.#row(option));
    if (!label) return rows;
    const id = `${this.id}-group-${index}`;
    return el("div", { role: "group", "aria-labelledby": id }, el("div", { className: "group", id }, label), rows);
  }

  #row(option) {
    const looks = { className: "option", role: "option", "aria-selected": String(this.isChosen(option)) };
    const node = el("div", { id: `${this.id}-${this.rows.length}`, ...looks }, el("span", {}, option.text),
      option.about ? el("small", {}, option.about) : null);
    // the focus stays in the field, or it would close the list before the click counts
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", () => this.picked(option));
    this.rows.push({ node, option });
    return node;
  }
}
