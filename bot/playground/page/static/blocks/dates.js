// Pickers of a date or a time.

import { el } from "../dom.js";
import { dayInWords } from "./date_tokens.js";
import { plainString } from "./plain.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";

const PICKERS = {
  datepicker: { type: "date", hint: "day", held: "selected_date" },
  timepicker: { type: "time", hint: "time", held: "selected_time" },
};

/** Whether a date has been typed to its end: until then the year is 0002 or 0020. */
const isWhole = (text) => !/^0/.test(text) || text.length === 5;

function inWords(text, { place }) {
  return /^\d{4}-/.test(text) && isWhole(text) ? dayInWords(text.slice(0, 10), place) : "";
}

/** A date or time picker; beside it stands what was picked, in words. */
export function picker(slot) {
  const { element, place } = slot;
  const { type, hint, held } = PICKERS[element.type];
  const title = element.placeholder ? plainString(element.placeholder) : word(place, hint);
  const field = el("input", { type, title });
  const words = el("small", { className: "picked" });
  field.value = slot.value[held] ?? "";
  let kept = field.value;
  const zone = element.timezone ? word(place, "zone", { zone: element.timezone }) : null;
  const show = () => { words.textContent = zone ?? inWords(field.value, slot); };
  const keep = async () => {
    if (field.value === kept || (field.value && !isWhole(field.value))) return;
    const before = kept;
    kept = field.value;
    if (await choose(slot, kept || null)) return;
    kept = before;
    field.value = before;
    show();
  };
  field.addEventListener("input", show);
  field.addEventListener("change", keep);
  place.unsent?.push(keep);
  show();
  return { node: el("span", { className: "picker" }, field, words), control: mark(field, slot) };
}
