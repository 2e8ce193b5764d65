// Pickers of a date, a time, or both; moments are on the reader's wall.

import { el } from "../dom.js";
import { dayInWords } from "./date_tokens.js";
import { plainString } from "./plain.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";
import { momentOf, wallTime } from "./zones.js";

const PICKERS = {
  datepicker: { type: "date", hint: "day", read: ({ value }) => value.selected_date, write: (text) => text },
  timepicker: { type: "time", hint: "time", read: ({ value }) => value.selected_time, write: (text) => text },
  datetimepicker: {
    type: "datetime-local", hint: "moment",
    read: ({ value: { selected_date_time: at }, place }) => at && wallTime(at, place.zone),
    write: (text, { place }) => momentOf(text, place.zone),
  },
};

/** Whether a date has been typed to its end: until then the year is 0002 or 0020. */
const isWhole = (text) => !/^0/.test(text) || text.length === 5;

function inWords(text, { place }) {
  return /^\d{4}-/.test(text) && isWhole(text) ? dayInWords(text.slice(0, 10), place) : "";
}

/** A date, time or date and time picker; beside it stands what was picked, in words. */
export function picker(slot) {
  const { element, place } = slot;
  const { type, hint, read, write } = PICKERS[element.type];
  const title = element.placeholder ? plainString(element.placeholder) : word(place, hint);
  const field = el("input", { type, title });
  const words = el("small", { className: "picked" });
  field.value = read(slot) ?? "";
  let kept = field.value;
  const zone = element.timezone ? word(place, "zone", { zone: element.timezone }) : null;
  const show = () => { words.textContent = zone ?? inWords(field.value, slot); };
  const keep = async () => {
    if (field.value === kept || (field.value && !isWhole(field.value))) return;
    const before = kept;
    kept = field.value;
    if (await choose(slot, kept ? write(kept, slot) : null)) return;
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
