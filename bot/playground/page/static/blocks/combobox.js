// A field in which typing narrows a list of options: the mechanics of every select menu.

import { el } from "../dom.js";
import { Listbox } from "./listbox.js";
import { sourceOf } from "./menu_source.js";
import { plainString } from "./plain.js";
import { word } from "./words.js";

const PAUSE = 200; // milliseconds without a key before the app is asked
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * A combobox for a select element. `picked(option)` is told of a choice, `left()` when the field is left, `isChosen`
 * says what is chosen, `key(event)` sees the keys that the list does not need. Gives its nodes.
 */
export function combobox(slot, { picked, left, isChosen, key }) {
  const { element, place } = slot;
  const hint = element.placeholder ? plainString(element.placeholder) : word(place, "choose");
  const input = el("input", { type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: hint,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" });
  const box = el("span", { className: "combobox" }, input);
  const heard = el("span", { className: "unseen", role: "status" });
  const list = new Listbox(input, hint, { isChosen, picked: (option) => { search.stop(); picked(option); } });
  const search = searchInto(list, heard, slot);
  const open = () => { if (!list.isOpen && !input.disabled) search.start(""); };

  input.addEventListener("click", open);
  input.addEventListener("input", () => search.start(input.value));
  input.addEventListener("blur", () => { search.stop(); left(); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (STEPS[event.key]) {
      if (list.isOpen) list.step(STEPS[event.key]);
      else open();
    } else if (event.key === "Enter") {
      const { front } = list;
      if (front) { search.stop(); picked(front); } else open();
    } else if (event.key === "Escape" && list.isOpen) {
      search.stop();
      left();
    } else {
      key?.(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  box.append(el("span", { className: "chevron", "aria-hidden": "true" }), list.node, heard);
  return { input, box };
}

/** Fills a list with what is found: `start(typed)` opens it, `stop()` closes it; only the last search counts. */
function searchInto(list, heard, slot) {
  const source = sourceOf(slot);
  let asked = 0;
  let pause;
  const search = async (typed) => {
    const turn = asked += 1;
    const { groups, note = word(slot.place, "nothing") } = await source.find(typed);
    if (turn !== asked) return;
    const count = groups.reduce((sum, { options }) => sum + options.length, 0);
    if (count) list.show(groups);
    else list.note(note);
    heard.textContent = count ? word(slot.place, "results", { count }) : note;
  };
  return {
    start: (typed) => {
      clearTimeout(pause);
      if (!source.isSlow) { search(typed); return; }
      list.note(word(slot.place, "loading"));
      pause = setTimeout(search, typed ? PAUSE : 0, typed);
    },
    stop: () => {
      clearTimeout(pause);
      asked += 1;
      list.close();
    },
  };
}
