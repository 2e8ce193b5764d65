// Select menus with one choice.

import { el } from "../dom.js";
import { combobox } from "./combobox.js";
import { chosenIn } from "./menu_source.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";

/** A select menu of any source. An optional field can be emptied again. */
export function select(slot) {
  const { block, place } = slot;
  let [chosen] = chosenIn(slot);
  const mayBeEmpty = slot.inForm && block.optional;
  const show = () => {
    input.value = chosen?.text ?? "";
    clear.hidden = !(chosen && mayBeEmpty && !place.readonly);
  };
  const take = async (option) => {
    const before = chosen;
    chosen = option;
    show();
    if (await choose(slot, option?.key ?? null)) return;
    chosen = before;
    show();
  };
  const left = () => {
    if (mayBeEmpty && chosen && !input.value.trim()) take(undefined);
    else show();
  };
  const picked = (option) => { if (option.key === chosen?.key) show(); else take(option); };
  const { input, box } = combobox(slot, { picked, left, isChosen: ({ key }) => key === chosen?.key });
  const label = word(place, "clear");
  const looks = { "aria-label": label, title: label, disabled: Boolean(place.readonly) };
  const clear = el("button", { type: "button", className: "clear", ...looks }, "✕");
  clear.addEventListener("click", () => { take(undefined); input.focus(); });
  // what is chosen gives way to what is typed, and comes back when nothing is chosen instead
  input.addEventListener("focus", () => input.select());
  box.append(clear);
  show();
  return { node: box, control: mark(input, slot) };
}
