// Who is played: a switch between the people of the workspace, each also in a window of their own.

import { el } from "./dom.js";
import { address, become } from "./go.js";
import { icon } from "./icons.js";
import { changes } from "./keyed.js";
import { standBy, walkable } from "./menu.js";
import { avatar, introduced, marks } from "./person_mark.js";
import { at, language, me, seen } from "./state.js";
import { w } from "./words.js";

const differs = changes();

/** Makes the button open the list of people. */
export function beginSwitch() {
  const list = document.getElementById("people");
  walkable(list);
  list.addEventListener("toggle", ({ newState }) => {
    const isOpen = newState === "open";
    document.getElementById("switch").setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    standBy(list, document.getElementById("switch"));
    list.querySelector("[aria-current]")?.focus();
  });
}

/** Draws who is played and who could be. */
export function drawSwitch() {
  if (!differs(at.person, language(), JSON.stringify(seen.cast.people))) return;
  const one = me();
  const button = document.getElementById("switch");
  button.replaceChildren(el("span", { className: "unseen" }, w("you_are_now")), avatar(one, "small"), el("b", {}, one.name),
    el("span", { className: "tags" }, marks(one, { language: true })), icon("chevron"));
  const choices = el("ul", {}, seen.cast.people.map(choice));
  document.getElementById("people").replaceChildren(el("h2", { id: "people-title" }, w("be_someone")), choices);
}

function choice(one) {
  const pick = () => { document.getElementById("people").hidePopover(); become(one.id); };
  const node = el("button", { type: "button", onclick: pick }, avatar(one),
    introduced(one, { language: true }));
  if (one.id === at.person) node.setAttribute("aria-current", "true");
  const label = w("in_window", { name: one.name });
  const beside = { href: address(one.id), target: "_blank", title: label, "aria-label": label };
  return el("li", {}, node, el("a", beside, icon("window")));
}
