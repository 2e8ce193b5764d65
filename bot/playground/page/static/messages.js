// The open conversation: its messages by day, together where one person goes on talking, from the newest back.

import { el } from "./dom.js";
import { changes, keep } from "./keyed.js";
import { look } from "./live.js";
import { messageNode } from "./message.js";
import { get } from "./server.js";
import { at, channel, language, nameOf, now, placeName, readable, seen } from "./state.js";
import { dayKey, dayOf, momentOf } from "./times.js";
import { announce } from "./toasts.js";
import { w } from "./words.js";

const TOGETHER = 300;
const NEAR_END = 80;
const NEAR_START = 200;
const NEAR_COUNT = 80;
const REFERENCE = /<[@#!]|"(user|channel)_id"/;

const opened = changes();
const refers = new WeakMap();
let newFrom = null;
let newest = "";
let loading = false;

/** Lets the arrow keys walk the messages, and brings earlier ones when the reader comes near the first. */
export function beginMessages() {
  const list = document.getElementById("messages");
  list.addEventListener("scroll", () => { if (list.scrollTop < NEAR_START) loadOlder(); }, { passive: true });
  for (const place of [list, document.getElementById("side")]) place.addEventListener("keydown", walk);
}

/** Draws the messages that are new or look different. */
export function drawMessages() {
  const list = document.getElementById("messages");
  list.hidden = !seen.open;
  if (!seen.open) { opened(null); return; }
  const isNew = opened(at.channel, at.person);
  if (isNew) begin();
  const atEnd = isNew || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END;
  const first = list.querySelector(".message");
  const before = first?.getBoundingClientRect().top;
  keep(list, items(channel()));
  markFar(list);
  if (atEnd) list.scrollTop = list.scrollHeight;
  else if (first?.isConnected) list.scrollTop += first.getBoundingClientRect().top - before;
  if (!isNew) sayNew();
  newest = seen.open.order.at(-1) ?? "";
}

/** Marks what stands far above the end: it need not be laid out before it comes into view. */
function markFar({ children }) {
  const edge = children.length - NEAR_COUNT;
  const isMarked = (index) => children[index].matches(".message.far");
  for (let index = 0; index < edge && !isMarked(index); index += 1) children[index].classList.add("far");
  for (let index = edge - 1; index >= 0 && !isMarked(index); index -= 1) children[index].classList.add("far");
}

function begin() {
  const { unread } = channel();
  newFrom = unread ? seen.open.last_read : null;
}

function sayNew() {
  for (const ts of seen.open.order.filter((one) => one > newest)) {
    const message = seen.messages.get(ts);
    if (!message || message.user === at.person) continue;
    announce(w("says", { name: nameOf(message.user), text: readable(message.text) }));
  }
}

function items(place) {
  const shown = seen.open.order.map((ts) => seen.messages.get(ts)).filter(Boolean);
  const top = seen.open.older
    ? { key: "older", print: [language()], draw: olderButton }
    : { key: "beginning", print: [place.name, language()], draw: () => beginning(place) };
  const all = [top];
  let before = null;
  let isOld = true;
  for (const message of shown) {
    const day = dayKey(momentOf(message.ts));
    const isNewDay = !before || day !== dayKey(momentOf(before.ts));
    if (isNewDay) all.push(divider(day, message));
    const isFirstNew = isOld && isNewTo(message);
    if (isFirstNew) all.push({ key: "new", print: [language()], draw: newRule });
    isOld = isOld && !isFirstNew;
    const grouped = !isNewDay && !isFirstNew && goesOn(before, message);
    all.push(messageItem(message, grouped));
    before = message;
  }
  return all;
}

/** What `keep` needs for a message, which is also drawn again when a name in it changed or its "today" is over. */
export function messageItem(message, grouped, how = {}) {
  if (!refers.has(message)) refers.set(message, REFERENCE.test(JSON.stringify([message.text, message.blocks])));
  const names = refers.get(message) ? seen.naming : "";
  const print = [message, grouped, nameOf(message.user), names, message.reply_count ? dayKey(now()) : ""];
  return { key: message.ts, print, draw: () => messageNode(message, { grouped, ...how }) };
}

function divider(day, message) {
  const text = dayOf(momentOf(message.ts));
  return { key: day, print: [text], draw: () => el("h2", { className: "rule" }, el("span", {}, text)) };
}

const isNewTo = ({ ts, user, system }) => newFrom !== null && ts > newFrom && user !== at.person && !system;

const newRule = () => el("p", { className: "rule new" }, el("span", {}, w("new_messages")));

const olderButton = () => el("button", { type: "button", className: "older", onclick: loadOlder }, w("older"));

function beginning(place) {
  return el("p", { className: "beginning" }, w("beginning", { name: placeName(place) }), " ", place.purpose);
}

function goesOn(before, message) {
  const plain = (one) => !one.private && !one.system && !one.pinned_to && one.subtype !== "thread_broadcast";
  return Boolean(before) && before.user === message.user && plain(before) && plain(message)
    && Number(message.ts) - Number(before.ts) < TOGETHER;
}

async function loadOlder() {
  if (loading || !seen.open?.older) return;
  loading = true;
  const { person, channel: open } = at;
  try {
    const query = new URLSearchParams({ channel: open, ts: seen.open.start });
    const { start, messages } = await get(`/page/${encodeURIComponent(person)}/before?${query}`);
    if (person !== at.person || open !== at.channel) return;
    for (const one of messages) seen.messages.set(one.ts, one);
    at.start = start;
    await look();
  } finally {
    loading = false;
  }
}

function walk(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const focused = document.activeElement;
  if (!step || !(focused === event.currentTarget || focused.classList.contains("message"))) return;
  const all = [...event.currentTarget.querySelectorAll(".message")];
  const here = all.indexOf(focused);
  const to = here < 0 ? all.at(-1) : all[here + step];
  if (!to) return;
  event.preventDefault();
  to.focus();
}
