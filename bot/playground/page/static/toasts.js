// Short notes in the corner: what went wrong, and what arrived elsewhere. They go away by themselves.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { w } from "./words.js";

const STAYS = 7000;
const MOST = 4;

/**
 * Shows a note. `kind` is "bad", "news", "jump" or "good"; with `title` it has a first line, with `open` it can be
 * clicked; `about` names what it is about, for `dismiss`.
 */
export function toast(text, { kind = "good", title = "", open = null, about = "" } = {}) {
  const place = document.getElementById("toasts");
  const words = [title ? el("b", {}, title) : null, el("span", {}, text)];
  const node = el("div", { className: `toast ${kind}`, "data-about": about });
  const leave = () => node.remove();
  const follow = () => { leave(); open(); };
  node.append(
    open ? el("button", { type: "button", className: "toast-text", onclick: follow }, words)
      : el("div", { className: "toast-text" }, words),
    el("button", { type: "button", className: "plain", "aria-label": w("close"), onclick: leave }, icon("close")));
  place.append(node);
  while (place.children.length > MOST) place.firstChild.remove();
  let timer = setTimeout(leave, STAYS);
  node.onmouseenter = node.onfocusin = () => clearTimeout(timer);
  node.onmouseleave = node.onfocusout = () => { clearTimeout(timer); timer = setTimeout(leave, STAYS); };
}

/** Takes away the news about something, or all news. */
export function dismiss(about = null) {
  for (const node of document.querySelectorAll(".toast.news")) {
    if (!about || node.dataset.about === about) node.remove();
  }
}

/** Says something to whoever listens instead of looking. */
export function announce(text) {
  document.getElementById("announced").textContent = text;
}
