// What stands beside the conversation: a thread, the members, or the pins.

import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { go, openPane, openThread } from "./go.js";
import { icon } from "./icons.js";
import { changes, keep } from "./keyed.js";
import { messageNode } from "./message.js";
import { messageItem } from "./messages.js";
import { avatar, introduced } from "./person_mark.js";
import { at, channel, language, placeName, seen } from "./state.js";
import { counted, w } from "./words.js";

const differs = changes();
const listDiffers = changes();
let thread = null;

/** Draws the pane that is open, or none. */
export function drawSide() {
  const side = document.getElementById("side");
  const open = seen.open && (at.thread || at.pane);
  side.hidden = !open;
  if (!open) { thread = null; differs(null); listDiffers(null); return; }
  if (at.thread) drawThread(side);
  else drawPane(side);
}

function drawThread(side) {
  listDiffers(null);
  if (differs("thread", at.person, at.channel, at.thread, language())) {
    const composer = new Composer({ thread: at.thread });
    thread = { list: el("div", { className: "replies-list" }), composer };
    const body = el("div", { className: "pane-body", tabIndex: 0, role: "log", "aria-label": w("thread") },
      thread.list, composer.node);
    side.replaceChildren(paneHead(w("thread"), placeName(channel()), () => openThread(null)), body);
    if (!composer.node.hidden) composer.focus();
  }
  const order = seen.thread?.ts === at.thread ? seen.thread.order : [at.thread];
  const shown = order.map((ts) => seen.replies.get(ts) ?? seen.messages.get(ts)).filter(Boolean);
  const count = shown.length - 1;
  const rule = { key: "count", print: [count, language()], draw: () => el("p", { className: "rule count" },
    el("span", {}, counted("reply_one", "replies", count))) };
  const items = shown.map((message) => messageItem(message, false, { inThread: true }));
  const [root, ...replies] = items;
  const grew = listDiffers(order.length);
  keep(thread.list, root ? [root, ...(count ? [rule] : []), ...replies] : []);
  if (grew) thread.composer.node.scrollIntoView({ block: "nearest" });
  thread.composer.draw();
}

function drawPane(side) {
  const open = channel();
  const pins = seen.open.pins;
  if (!differs("pane", at.pane, at.person, language(), JSON.stringify([open.members, pins, seen.naming]))) return;
  const had = side.contains(document.activeElement);
  const list = at.pane === "pins" ? pinList(pins) : memberList(open);
  const head = paneHead(w(at.pane), placeName(open), () => openPane(at.pane));
  side.replaceChildren(head, el("div", { className: "pane-body" }, list));
  if (had || side.dataset.pane !== at.pane) side.querySelector("button").focus();
  side.dataset.pane = at.pane;
}

function paneHead(title, about, close) {
  return el("header", { className: "pane-head" }, el("h2", {}, title, " ", el("small", {}, about)),
    el("button", { type: "button", className: "plain", "aria-label": w("close"), onclick: close }, icon("close")));
}

function memberList(open) {
  const people = open.members.map((id) => seen.people[id]).filter(Boolean);
  return el("ul", { className: "members" }, people.map((one) => el("li", {}, avatar(one),
    introduced(one), one.id === at.person ? el("small", {}, `(${w("you")})`) : null)));
}

function pinList(pins) {
  if (!pins.length) return el("p", { className: "quiet" }, w("no_pins"));
  return pins.map((message) => el("div", { className: "pin" }, messageNode(message, { still: true, inThread: true }),
    el("button", { type: "button", className: "link", onclick: () => showInChannel(message) }, w("show_in_channel"))));
}

async function showInChannel(message) {
  if (message.thread_ts && message.thread_ts !== message.ts) { await openThread(message.thread_ts); return; }
  if (message.ts < at.start) { at.start = message.ts; await go({ channel: at.channel, start: message.ts }); }
  const node = document.querySelector(`#messages [data-ts="${CSS.escape(message.ts)}"]`);
  node?.scrollIntoView({ block: "center" });
  node?.focus({ preventScroll: true });
}
