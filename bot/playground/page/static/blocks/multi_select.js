// Select menus with several choices, which stand before the field as chips.

import { el } from "../dom.js";
import { combobox } from "./combobox.js";
import { chosenIn } from "./menu_source.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";

/** A select menu of any source in which several options can be chosen, no more than the element allows. */
export function multiSelect(slot) {
  const { element, place } = slot;
  let chosen = chosenIn(slot);
  const chips = el("span", { className: "chips" });
  const full = el("p", { className: "hint", role: "status" });

  const show = () => {
    chips.replaceChildren(...chosen.map((option) => chip(option, place, () => {
      take(chosen.filter((one) => one !== option));
      input.focus();
    })));
    input.value = "";
    full.textContent = "";
  };
  const take = async (options) => {
    const before = chosen;
    chosen = options;
    show();
    if (await choose(slot, options.map(({ key }) => key))) return;
    chosen = before;
    show();
  };
  const isChosen = ({ key }) => chosen.some((one) => one.key === key);
  const picked = (option) => {
    if (isChosen(option)) take(chosen.filter((one) => one.key !== option.key));
    else if (chosen.length < (element.max_selected_items ?? Infinity)) take([...chosen, option]);
    else {
      show();
      full.textContent = word(place, "most", { count: element.max_selected_items });
    }
  };
  const key = ({ key: pressed }) => {
    if (pressed === "Backspace" && !input.value && chosen.length) take(chosen.slice(0, -1));
  };
  const { input, box } = combobox(slot, { picked, isChosen, key, left: () => { input.value = ""; } });
  box.classList.add("several");
  box.prepend(chips);
  show();
  return { node: el("span", { className: "multi" }, box, full), control: mark(input, slot) };
}

/** What is chosen, with a button that takes it away again. */
function chip({ text }, place, onclick) {
  const label = word(place, "remove", { name: text });
  const looks = { "aria-label": label, title: label, disabled: Boolean(place.readonly) };
  return el("span", { className: "chip" }, text, el("button", { type: "button", onclick, ...looks }, "✕"));
}
