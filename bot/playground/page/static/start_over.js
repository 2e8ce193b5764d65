// Starting over: with the story in either language, or with nothing.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { control } from "./server.js";
import { toast } from "./toasts.js";
import { begun } from "./tour.js";
import { w } from "./words.js";

/** Makes the button offer the ways to start over. */
export function beginStartOver() {
  const button = document.getElementById("more");
  const again = (label, story) => ({ label: w(label), icon: icon("flag"), pick: () => confirmAndStart(story) });
  button.onclick = () => openMenu(button, w("more"), [
    again("again_nl", "nl"), again("again_en", "en"), again("again_empty", "empty"),
  ]);
}

function confirmAndStart(story) {
  const close = () => { dialog.close(); dialog.remove(); };
  const start = async () => {
    close();
    toast(w("starting_over"));
    const outcome = await control("world/restart", { story });
    if (outcome.toast) return;
    begun();
    sessionStorage.removeItem("person");
    location.replace(location.pathname);
  };
  const dialog = el("dialog", { className: "ask", oncancel: close, "aria-label": w("start_over") },
    el("p", {}, w("sure")),
    el("footer", {}, el("button", { type: "button", onclick: close }, w("cancel")),
      el("button", { type: "button", className: "danger", onclick: start }, w("start_over"))));
  document.body.append(dialog);
  dialog.showModal();
}
