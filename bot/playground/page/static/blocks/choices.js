// Checkboxes and radio buttons.

import { el } from "../dom.js";
import { choose, mark } from "./slot.js";
import { inlineText } from "./text.js";

let numbered = 0;

/** A group of checkboxes or radio buttons. */
export function choices(slot) {
  const { element, place, value } = slot;
  const isOne = element.type === "radio_buttons";
  const name = `choice-${numbered += 1}`;
  const held = isOne ? [value.selected_option] : value.selected_options ?? [];
  let chosen = new Set(held.filter(Boolean).map((option) => option.value));
  const type = isOne ? "radio" : "checkbox";
  const boxes = element.options.map((option) =>
    mark(el("input", { type, name, value: option.value, checked: chosen.has(option.value) }), slot));
  const labels = element.options.map((option, index) => el("label", { className: "choice" }, boxes[index],
    el("span", {}, inlineText(option.text, place),
      option.description ? el("small", {}, inlineText(option.description, place)) : null)));
  const node = el("div", { className: "choices" }, labels);
  node.addEventListener("change", async () => {
    const picked = boxes.filter((box) => box.checked).map((box) => box.value);
    const before = chosen;
    chosen = new Set(picked);
    if (await choose(slot, isOne ? picked[0] : picked)) return;
    chosen = before;
    for (const box of boxes) box.checked = chosen.has(box.value);
  });
  return { node, control: boxes[0], isGroup: true };
}
