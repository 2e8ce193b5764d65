// The overflow menu: a button with three dots, and what it opens.

import { el } from "../dom.js";
import { isSafe } from "./links.js";
import { plain } from "./plain.js";
import { attach } from "./popup.js";
import { mark, press } from "./slot.js";
import { word } from "./words.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function item(slot, option, close) {
  const pick = async () => {
    close();
    const told = await press(slot, option.value);
    if (told && option.url && isSafe(option.url)) window.open(option.url, "_blank", "noopener");
  };
  return el("button", { type: "button", role: "menuitem", tabIndex: -1, title: option.url, onclick: pick },
    el("span", {}, plain(option.text)), option.description ? el("small", {}, plain(option.description)) : null);
}

/** An overflow menu, worked by arrow keys, Enter and Escape. */
export function overflow(slot) {
  const label = word(slot.place, "more");
  const opener = el("button", { type: "button", className: "icon-button", "aria-label": label, "aria-haspopup": "menu",
    "aria-expanded": "false", title: label }, "⋯");
  const menu = el("div", { className: "blocks popup menu", role: "menu", "aria-label": label, popover: "manual" });
  const popup = attach(menu, opener);
  const close = () => { popup.close(); opener.focus(); };
  const items = slot.element.options.map((option) => item(slot, option, close));
  menu.append(...items);
  const open = (first) => { popup.open(); items.at(first).focus(); };
  opener.addEventListener("click", () => (popup.isOpen() ? close() : open(0)));
  menu.addEventListener("toggle", ({ newState }) => { opener.ariaExpanded = String(newState === "open"); });
  menu.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (!menu.contains(to) && to !== opener) popup.close();
  });
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    const to = { Home: 0, End: -1 }[event.key] ?? (STEPS[event.key] && (at + STEPS[event.key]) % items.length);
    if (to !== undefined) items.at(to).focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  opener.addEventListener("keydown", (event) => {
    if (!STEPS[event.key]) return;
    event.preventDefault();
    open(event.key === "ArrowUp" ? -1 : 0);
  });
  return el("span", { className: "overflow" }, mark(opener, slot), menu);
}
