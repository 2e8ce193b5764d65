// Interactive elements by their type, and the label, hint and error around them in a form.

import { el } from "../dom.js";
import { button } from "./buttons.js";
import { choices } from "./choices.js";
import { picker } from "./dates.js";
import { multiSelect } from "./multi_select.js";
import { plain, plainString } from "./plain.js";
import { select } from "./select.js";
import { slackWords } from "./slack_words.js";
import { slotOf } from "./slot.js";
import { typed } from "./typed.js";
import { unknown } from "./unknown.js";
import { word } from "./words.js";

const FILLED = {
  plain_text_input: typed, number_input: typed, datepicker: picker, timepicker: picker,
  checkboxes: choices, radio_buttons: choices,
  static_select: select, external_select: select, users_select: select, conversations_select: select,
  multi_static_select: multiSelect, multi_external_select: multiSelect, multi_users_select: multiSelect,
};

const NAMES = { datepicker: "day", timepicker: "time" };

let numbered = 0;

/** The node of an interactive element outside a form. */
export function control(element, block, place) {
  const slot = slotOf(element, block, place);
  if (element.type === "button") return button(slot);
  if (!FILLED[element.type]) return unknown("unknownElement", element, place);
  const { node, control: focused, isGroup } = FILLED[element.type](slot);
  const label = element.placeholder ? plainString(element.placeholder) : word(place, NAMES[element.type] ?? "choose");
  if (isGroup) node.setAttribute("role", element.type === "radio_buttons" ? "radiogroup" : "group");
  (isGroup ? node : focused).setAttribute("aria-label", label);
  return node;
}

/** The node of an input block. */
export function inputBlock(block, place) {
  const { element } = block;
  if (!FILLED[element.type]) {
    return el("div", { className: "field" }, el("span", { className: "label" }, labelOf(block, place)),
      unknown("unknownElement", element, place));
  }
  const drawn = FILLED[element.type](slotOf(element, block, place));
  return drawn.isGroup ? fieldset(block, place, drawn) : field(block, place, drawn);
}

const labelOf = (block, place) => [plain(block.label),
  block.optional ? el("span", { className: "optional" }, " ", word(place, "optional")) : null];

/** The hint and the error of an input block, with the ids by which a control names them. */
function below(block, place) {
  const id = `field-${numbered += 1}`;
  const error = place.errors?.[block.block_id];
  const nodes = [
    error ? el("p", { className: "error", id: `${id}-error` }, slackWords(error, place)) : null,
    block.hint ? el("p", { className: "hint", id: `${id}-hint` }, plain(block.hint)) : null,
  ].filter(Boolean);
  return { id, error, nodes, ids: nodes.map((node) => node.id).join(" ") };
}

function describe(node, focused, { error, ids }, block) {
  if (ids) node.setAttribute("aria-describedby", ids);
  if (error) focused.setAttribute("aria-invalid", "true");
  if (!block.optional && node.nodeName !== "FIELDSET") focused.setAttribute("aria-required", "true");
}

function field(block, place, { node, control: focused }) {
  const about = below(block, place);
  focused.id = about.id;
  describe(focused, focused, about, block);
  const label = el("label", { className: "label", htmlFor: about.id }, labelOf(block, place));
  return el("div", { className: `field${about.error ? " wrong" : ""}` }, label, node, about.nodes);
}

function fieldset(block, place, { node, control: focused }) {
  const about = below(block, place);
  const whole = el("fieldset", { className: `field${about.error ? " wrong" : ""}` },
    el("legend", { className: "label" }, labelOf(block, place)), node, about.nodes);
  describe(whole, focused, about, block);
  return whole;
}
