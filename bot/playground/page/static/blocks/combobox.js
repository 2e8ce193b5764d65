// A field in which typing narrows a list of options: the mechanics of every select menu.

import { el } from "../dom.js";
import { listbox } from "./listbox.js";
import { sourceOf } from "./menu_source.js";
import { plainString } from "./plain.js";
import { word } from "./words.js";

const PAUSE = 200; // milliseconds without a key before the app is asked
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * A combobox for a select element. `picked(option)` is told of a choice, `left()` when the field is left, `isChosen`
 * says what is chosen, `key(event)` sees the keys that the list does not need. Gives the nodes and `close()`.
 */
export function combobox(slot, { picked, left, isChosen, key }) {
  const { element, place } = slot;
  const hint = element.placeholder ? plainString(element.placeholder) : word(place, "choose");
  const input = el("input", { type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: hint,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" });
  const box = el("span", { className: "combobox" }, input);
  const heard = el("span", { className: "unseen", role: "status" });
  const source = sourceOf(slot);
  const list = listbox(input, hint, { isChosen, picked: (option) => { list.close(); picked(option); } });
  let asked = 0;
  let pause;

  const search = async (typed) => {
    const turn = asked += 1;
    const { groups, note } = await source.find(typed);
    if (turn !== asked) return;
    const count = groups.reduce((sum, { options }) => sum + options.length, 0);
    if (count) list.show(groups);
    else list.note(note ?? word(place, "nothing"));
    heard.textContent = count ? word(place, "results", { count }) : note ?? word(place, "nothing");
  };
  const searchSoon = (typed) => {
    clearTimeout(pause);
    if (!source.isSlow) { search(typed); return; }
    list.note(word(place, "loading"));
    pause = setTimeout(search, typed ? PAUSE : 0, typed);
  };
  const close = () => {
    clearTimeout(pause);
    asked += 1;
    list.close();
  };
  const open = () => { if (!list.isOpen() && !input.disabled && !input.readOnly) searchSoon(""); };

  input.addEventListener("click", open);
  input.addEventListener("input", () => searchSoon(input.value));
  input.addEventListener("blur", () => { close(); left(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const isOpen = list.isOpen();
    if (STEPS[event.key]) {
      if (isOpen) list.step(STEPS[event.key]);
      else open();
    } else if (event.key === "Enter") {
      const front = isOpen && list.front();
      if (front) { close(); picked(front); } else open();
    } else if (event.key === "Escape" && isOpen) {
      close();
      left();
    } else {
      key?.(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  box.append(el("span", { className: "chevron", "aria-hidden": "true" }), list.node, heard);
  return { input, box, close };
}
