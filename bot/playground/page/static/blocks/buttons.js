// Buttons, plain ones and links.

import { el } from "../dom.js";
import { isSafe } from "./links.js";
import { plain } from "./plain.js";
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
