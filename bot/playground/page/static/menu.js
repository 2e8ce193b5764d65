// A menu that drops from a button: arrow keys walk it, Escape closes it, focus returns to the button.

import { el } from "./dom.js";

/**
 * Opens a menu at `button`. Each item has a `label`, perhaps a `note` below it and an `icon`, and `pick`.
 */
export function openMenu(button, label, items) {
  const close = () => menu.hidePopover();
  const menu = el("div", { className: "menu", role: "menu", popover: "auto", "aria-label": label },
    items.map((item) => el("button", {
      type: "button", role: "menuitem", onclick: () => { close(); item.pick(); },
    }, item.icon, el("span", {}, item.label, item.note ? el("small", {}, item.note) : null))));
  walkable(menu);
  button.setAttribute("aria-expanded", "true");
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    button.setAttribute("aria-expanded", "false");
    const inside = menu.contains(document.activeElement);
    menu.remove();
    if (inside || document.activeElement === document.body) button.focus();
  });
  (button.closest("dialog, #stage, #main") ?? document.body).append(menu);
  menu.showPopover();
  standBy(menu, button);
  menu.querySelector("button")?.focus();
}

/** Puts an open popover beside its button, within the window. */
export function standBy(popover, button) {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const below = bottom + height + 8 < innerHeight;
  popover.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  popover.style.top = `${below ? bottom + 4 : Math.max(8, top - height - 4)}px`;
}

/** Lets the arrow keys, Home and End walk the buttons in `list`. */
export function walkable(list) {
  list.addEventListener("keydown", (event) => {
    const buttons = [...list.querySelectorAll("button:not([disabled]), a[href]")];
    const here = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || !buttons.length) return;
    event.preventDefault();
    buttons[(to + buttons.length) % buttons.length].focus();
  });
}
