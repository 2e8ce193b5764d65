// Select menus with several choices, which stand before the field as chips.

import { el } from "../dom.js";
import { combobox } from "./combobox.js";
import { chosenIn } from "./menu_source.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";

/** A select menu of any source in which several options can be chosen, no more than the element allows. */
export function multiSelect(slot) {
  const { element, place } = slot;
  const most = element.max_selected_items ?? Infinity;
  let chosen = chosenIn(slot);
  const chips = el("span", { className: "chips" });
  const full = el("p", { className: "hint", role: "status" });

  const chip = (option) => {
    const label = word(place, "remove", { name: option.text });
    const looks = { "aria-label": label, title: label, disabled: Boolean(place.readonly) };
    const remove = el("button", { type: "button", ...looks }, "✕");
    remove.addEventListener("click", () => { take(chosen.filter((one) => one !== option)); input.focus(); });
    return el("span", { className: "chip" }, option.text, remove);
  };
  const show = () => {
    chips.replaceChildren(...chosen.map(chip));
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
    else if (chosen.length < most) take([...chosen, option]);
    else {
      show();
      full.textContent = word(place, "most", { count: most });
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
