// Buttons: plain ones, links, icons, and the pair that asks for feedback.

import { el } from "../dom.js";
import { isSafe } from "./links.js";
import { plain } from "./plain.js";
import { sign } from "./signs.js";
import { mark, press } from "./slot.js";

/** Runs `work` once at a time: while it runs the button is busy and does nothing. */
function whenPressed(button, work) {
  button.addEventListener("click", async () => {
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    await work();
    button.ariaBusy = "false";
  });
  return button;
}

/** A button; one with a URL opens it beside telling the app. */
export function button(slot) {
  const { element } = slot;
  const looks = { className: `button ${element.style ?? ""}`, "aria-label": element.accessibility_label };
  const node = el("button", { type: "button", title: element.url, ...looks }, plain(element.text),
    element.url ? el("span", { className: "away", "aria-hidden": "true" }, "↗") : null);
  return mark(whenPressed(node, async () => {
    const told = await press(slot, element.value);
    if (told && element.url && isSafe(element.url)) window.open(element.url, "_blank", "noopener");
  }), slot);
}

/** A small button with an icon, below a message. */
export function iconButton(slot) {
  const { element } = slot;
  const label = element.accessibility_label ?? element.text.text;
  const looks = { className: "icon-button", "aria-label": label, title: element.text.text };
  const node = el("button", { type: "button", ...looks }, sign("bin"));
  return mark(whenPressed(node, () => press(slot, element.value)), slot);
}

/** Two buttons, one for praise and one for blame. */
export function feedbackButtons(slot) {
  const pair = ["positive_button", "negative_button"].map((name, index) => {
    const one = slot.element[name];
    if (!one) return null;
    const label = one.accessibility_label ?? one.text.text;
    const looks = { className: "icon-button", "aria-label": label, title: one.text.text };
    const node = el("button", { type: "button", ...looks }, sign(["up", "down"][index]));
    return mark(whenPressed(node, () => press(slot, one.value)), slot);
  });
  return el("span", { className: "feedback" }, pair);
}
