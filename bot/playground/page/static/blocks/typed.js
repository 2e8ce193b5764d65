// Fields into which people type: text and numbers.

import { el } from "../dom.js";
import { plainString } from "./plain.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";

const LONGEST = 3000; // Slack's own, where the element does not say
const FEW_LEFT = 20;
const COUNTED = 300; // up to this length the counter always stands there, for longer texts from the last fifth on

function fieldFor({ element }) {
  const looks = {
    placeholder: element.placeholder ? plainString(element.placeholder) : "",
    maxLength: element.max_length ?? LONGEST, minLength: element.min_length,
  };
  if (element.multiline) return el("textarea", { rows: 4, ...looks });
  const isNumber = element.type === "number_input";
  const inputMode = isNumber ? (element.is_decimal_allowed ? "decimal" : "numeric") : undefined;
  return el("input", { type: "text", autocomplete: "off", inputMode, ...looks });
}

/** Shows how much has been typed of what may be, and says so aloud when little is left. */
function counter(field, { element, place }) {
  const shown = el("span", { "aria-hidden": "true" });
  const heard = el("span", { className: "unseen", role: "status" });
  const count = () => {
    const left = field.maxLength - field.value.length;
    const isShown = element.max_length <= COUNTED || left < field.maxLength / 5;
    shown.textContent = isShown ? `${field.value.length}/${field.maxLength}` : "";
    heard.textContent = left <= FEW_LEFT ? word(place, "remaining", { count: left }) : "";
  };
  field.addEventListener("input", count);
  count();
  return el("p", { className: "counter" }, shown, heard);
}

/** When the app is to hear of what is typed before the form is sent. */
function triggers({ element, block }) {
  if (!block.dispatch_action) return [];
  return element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
}

/** A text or number field. What is typed is kept when the field is left or the form is sent. */
export function typed(slot) {
  const field = fieldFor(slot);
  const on = triggers(slot);
  field.value = slot.value.value ?? "";
  let kept = field.value;
  const keep = () => {
    if (field.value === kept) return undefined;
    kept = field.value;
    return choose(slot, kept || null, { dispatch: false });
  };
  const tell = () => {
    kept = field.value;
    return choose(slot, kept || null);
  };
  field.addEventListener("change", keep);
  if (on.includes("on_character_entered")) field.addEventListener("input", tell);
  if (on.includes("on_enter_pressed")) {
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      tell();
    });
  }
  slot.place.unsent?.push(keep);
  return { node: el("span", { className: "typed" }, field, counter(field, slot)), control: mark(field, slot) };
}
