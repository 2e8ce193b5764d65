// What the composer offers while one types: commands after a slash, people after an @, channels after a #.

import { avatar } from "./person_mark.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { at, seen } from "./state.js";
import { w } from "./words.js";

const MOST = 8;
let numbered = 0;

/** Offers completions for what is typed in `field`, in a list that `completion.node` holds; see `key`. */
export class Completion {
  constructor(field) {
    this.field = field;
    this.offered = [];
    this.here = 0;
    this.id = `completion-${++numbered}`;
    this.node = el("ul", { id: this.id, className: "completion", role: "listbox", hidden: true,
      "aria-label": w("suggestions") });
    const says = { "aria-autocomplete": "list", "aria-controls": this.id, "aria-haspopup": "listbox" };
    for (const [name, value] of Object.entries(says)) field.setAttribute(name, value);
    field.addEventListener("input", () => this.update());
    field.addEventListener("blur", () => this.close());
  }

  /** Looks at what is typed and shows what fits. */
  update() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.offered = commands(before) ?? names(before) ?? [];
    this.here = 0;
    this.draw();
  }

  /** Takes a key; true when it was meant for the list. */
  key(event) {
    if (this.node.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.here = (this.here + step + this.offered.length) % this.offered.length;
      this.draw();
    } else if (event.key === "Enter" || event.key === "Tab") {
      if (event.key === "Enter" && this.offered[this.here].whole) { this.close(); return false; }
      this.pick(this.offered[this.here]);
    } else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  pick({ from, text }) {
    const to = this.field.selectionStart;
    this.field.setRangeText(`${text} `, from, to, "end");
    this.close();
    this.field.focus();
    this.field.dispatchEvent(new Event("input"));
  }

  close() {
    this.offered = [];
    this.draw();
  }

  draw() {
    this.node.hidden = !this.offered.length;
    this.node.replaceChildren(...this.offered.map((one, index) => {
      const node = el("li", { id: `${this.id}-${index}`, role: "option", "aria-selected": String(index === this.here),
        onmousedown: (event) => { event.preventDefault(); this.pick(one); } }, one.sign,
      el("span", {}, el("b", {}, one.label), " ", one.hint ? el("code", {}, one.hint) : null,
        one.about ? el("small", {}, one.about) : null));
      return node;
    }));
    if (this.node.hidden) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `${this.id}-${this.here}`);
    this.node.children[this.here]?.scrollIntoView({ block: "nearest" });
  }
}

/** The command that a text begins with, undefined when it begins with none. */
export const commandIn = (text) => seen.cast.commands.find(({ name }) => `${text} `.startsWith(`${name} `));

function commands(before) {
  if (!/^\/\S*$/.test(before)) return null;
  return seen.cast.commands.filter((one) => one.name.startsWith(before.toLowerCase())).map((one) => ({
    from: 0, text: one.name, label: one.name, hint: one.hint, about: one.description, sign: icon("bolt"),
    whole: one.name === before,
  }));
}

function names(before) {
  const match = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (!match) return null;
  const [, sign, typed] = match;
  const from = before.length - typed.length - 1;
  const wanted = typed.toLowerCase();
  const fits = (...texts) => texts.join(" ").toLowerCase().split(/\s+/).some((word) => word.startsWith(wanted));
  if (sign === "#") {
    return seen.channels.filter((one) => ["public", "private"].includes(one.kind) && fits(one.name)).slice(0, MOST)
      .map(({ name, kind }) => ({ from, text: `#${name}`, label: name, sign: icon(kind === "public" ? "hash" : "lock") }));
  }
  return Object.values(seen.people).filter((one) => one.id !== at.person && fits(one.handle, one.name)).slice(0, MOST)
    .map((one) => ({ from, text: `@${one.handle}`, label: one.name, about: `@${one.handle}`, sign: avatar(one, "small"),
      whole: typed === one.handle }));
}
