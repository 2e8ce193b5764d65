// The modal in front: focus stays in it, Escape closes it, mistakes are shown at their fields.

import { drawBlocks, plain } from "./blocks/index.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { changes } from "./keyed.js";
import { avatar } from "./person_mark.js";
import { placeOf } from "./place.js";
import { act } from "./server.js";
import { at, seen } from "./state.js";
import { w } from "./words.js";

const FIELDS = "input, select, textarea, [contenteditable=true]";
const differs = changes();
let shown = null;
let unsent = [];
let pending = 0;

/** Draws the modal in front where it changed, or closes what was open. */
export function drawModal() {
  const dialog = document.getElementById("modal");
  const view = seen.modal;
  if (!differs(at.person, view?.id, view?.hash, JSON.stringify(view?.errors), seen.modals)) return;
  if (!view) {
    shown = null;
    unsent = [];
    dialog.close();
    dialog.replaceChildren();
    return;
  }
  const isOther = shown !== view.id;
  if (!isOther && isKeeping()) {
    differs(null); // what was typed and chosen is kept first; it is drawn with what comes back
    return;
  }
  const list = isOther ? null : dialog.querySelector(":popover-open");
  if (list) {
    differs(null); // a list that somebody has open must not go away under their hand
    list.addEventListener("toggle", drawModal, { once: true });
    return;
  }
  const { selectionStart, selectionEnd } = document.activeElement;
  const focused = isOther ? -1 : controls(dialog).indexOf(document.activeElement);
  const scrolled = isOther ? 0 : dialog.querySelector(".modal-body").scrollTop;
  shown = view.id;
  dialog.replaceChildren(form(view, dialog));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".modal-body").scrollTop = scrolled;
  const wrong = Object.keys(view.errors ?? {}).length ? dialog.querySelector("[aria-invalid=true]") : null;
  const first = dialog.querySelector(`.modal-body :is(${FIELDS}, button)`) ?? dialog.querySelector("footer button");
  const same = controls(dialog)[focused];
  (wrong ?? same ?? first)?.focus();
  if (same?.selectionStart != null && same === document.activeElement) {
    same.setSelectionRange(selectionStart, selectionEnd);
  }
}

/** Keeps what was typed and not yet kept; true while anything is on its way. */
function isKeeping() {
  unsent.forEach((send) => send());
  return pending > 0;
}

const controls = (dialog) => [...dialog.querySelectorAll(`${FIELDS}, button`)];

function form(view, dialog) {
  const place = placeOf(view, { view: view.id });
  const done = place.act;
  place.act = async (...what) => {
    pending += 1;
    try {
      return await done(...what);
    } finally {
      pending -= 1;
      drawModal();
    }
  };
  unsent = place.unsent;
  const close = (everything) => act("close", everything ? { everything } : {});
  const submit = async (event) => {
    event.preventDefault();
    if (dialog.inert || !view.submit) return;
    place.unsent.forEach((send) => send());
    dialog.inert = true;
    dialog.setAttribute("aria-busy", "true");
    try {
      await act("submit");
    } finally {
      dialog.inert = false;
      dialog.removeAttribute("aria-busy");
    }
    dialog.querySelector("[aria-invalid=true]")?.focus();
  };
  dialog.oncancel = (event) => { event.preventDefault(); close(false); };
  return el("form", { onsubmit: submit, noValidate: true },
    el("header", {}, avatar(seen.people[seen.cast.app.user], "small"),
      el("h2", { id: "modal-title" }, plain(view.title.text)),
      seen.modals > 1 ? el("small", {}, w("stands_on", { count: seen.modals })) : null,
      el("button", { type: "button", className: "plain", "aria-label": w(seen.modals > 1 ? "close_all" : "close"),
        onclick: () => close(true) }, icon("close"))),
    el("div", { className: "modal-body" }, drawBlocks(view.blocks, place)),
    el("footer", {},
      el("button", { type: "button", onclick: () => close(false) }, view.close ? plain(view.close.text) : w("cancel")),
      view.submit ? el("button", { type: "submit", className: "primary" }, plain(view.submit.text)) : null));
}
