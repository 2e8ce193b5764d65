// The dialog that asks before something is done.

import { el } from "../dom.js";
import { plain } from "./plain.js";
import { textOf } from "./text.js";

let numbered = 0;

/** Asks what a confirm object asks, and promises the answer. Escape and a click beside it say no. */
export function confirmed(confirm, place) {
  const id = `confirm-${numbered += 1}`;
  const button = (text, value, className) => el("button", { type: "submit", value, className }, plain(text));
  const dialog = el("dialog", { className: "blocks confirm", role: "alertdialog",
    "aria-labelledby": `${id}-title`, "aria-describedby": `${id}-text` },
  el("form", { method: "dialog" },
    el("h2", { id: `${id}-title` }, plain(confirm.title)),
    el("div", { id: `${id}-text` }, textOf(confirm.text, place)),
    el("div", { className: "answers" },
      button(confirm.deny, "deny", "button"),
      button(confirm.confirm, "confirm", `button ${confirm.style ?? "primary"}`))));
  return ask(dialog);
}

function ask(dialog) {
  const { promise, resolve } = Promise.withResolvers();
  // the form closes by itself; the keys and clicks of this dialog are none of the page below it
  for (const kind of ["keydown", "click", "submit"]) dialog.addEventListener(kind, (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close("deny"); });
  dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "confirm"); });
  document.body.append(dialog);
  dialog.returnValue = "deny";
  dialog.showModal();
  return promise;
}
