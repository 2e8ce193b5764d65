// The app's own tabs: Home as it published it, and About with what it offers.

import { drawBlocks } from "./blocks/index.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { changes, exchange } from "./keyed.js";
import { placeOf } from "./place.js";
import { at, language, seen } from "./state.js";
import { w } from "./words.js";

const differs = changes();

/** Draws the tab that is open, or none. */
export function drawAppTab() {
  const tab = document.getElementById("app-tab");
  tab.hidden = !at.tab;
  if (!at.tab) { differs(null); return; }
  const { home } = seen;
  if (!differs(at.tab, at.person, language(), home?.id, home?.hash, JSON.stringify(home?.errors), seen.naming)) return;
  const drawn = el("div", { className: "tab-body" }, at.tab === "home" ? homeNodes(home) : aboutNodes());
  if (tab.firstChild) exchange(tab.firstChild, drawn);
  else tab.append(drawn);
}

function homeNodes(home) {
  if (!home) return el("p", { className: "quiet" }, w("no_home"));
  const drawn = drawBlocks(home.blocks, placeOf(home, { view: home.id }));
  // In a conversation the days are headings above those of messages; here nothing is between them and the page's.
  [drawn].flat().forEach((node) => node.matches?.("h3") && node.setAttribute("aria-level", "2"));
  return drawn;
}

function aboutNodes() {
  const { commands, shortcuts } = seen.cast;
  const typed = (one) => el("dt", {}, el("code", {}, `${one.name} ${one.hint}`.trim()));
  const picked = (one) => el("dt", {}, icon(one.type === "global" ? "plus" : "dots"), one.name);
  const listed = (list, head) => el("dl", {}, list.map((one) => [head(one), el("dd", {}, one.description)]));
  return [
    el("h2", {}, w("commands")),
    listed(commands, typed),
    el("h2", {}, w("shortcuts")),
    listed(shortcuts, picked),
  ];
}
