// The conversations on the left: channels, direct messages, the app; bold with a count where something is unread.

import { el } from "./dom.js";
import { go } from "./go.js";
import { icon } from "./icons.js";
import { changes } from "./keyed.js";
import { walkable } from "./menu.js";
import { avatar } from "./person_mark.js";
import { act } from "./server.js";
import { at, language, seen } from "./state.js";
import { w } from "./words.js";

const differs = changes();

/** Lets the arrow keys walk the list, and with Alt go from one conversation to the next. */
export function beginSidebar() {
  const list = document.getElementById("sidebar");
  walkable(list);
  addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || document.querySelector("dialog[open]")) return;
    const items = [...list.querySelectorAll("section .item")];
    const here = items.findIndex((item) => item.getAttribute("aria-current"));
    event.preventDefault();
    items.at((here + step) % items.length).click();
  });
}

/** Draws the list where it changed. */
export function drawSidebar() {
  const place = document.getElementById("sidebar");
  const shown = seen.channels.map(({ id, kind, name, with: other, member, archived, shared, unread }) =>
    [id, kind, name, other, member, archived, shared, unread]);
  if (!differs(JSON.stringify([shown, at.person, at.channel, at.tab, language()]))) return;
  const here = document.activeElement?.closest("#sidebar")?.contains(document.activeElement)
    ? document.activeElement.dataset.key : null;
  place.setAttribute("aria-label", w("conversations"));
  place.replaceChildren(...sections());
  if (here) place.querySelector(`[data-key="${CSS.escape(here)}"]`)?.focus();
}

function sections() {
  const open = seen.channels.filter((one) => one.member || one.id === at.channel);
  const channels = open.filter(isChannel).toSorted(byName);
  const directs = open.filter((one) => !isChannel(one) && !one.with_app).toSorted(byName);
  const others = seen.channels.filter((one) => isChannel(one) && !open.includes(one)).toSorted(byName);
  const toJoin = () => el("details", {}, el("summary", {}, w("other_channels")), el("ul", {}, others.map(channelItem)));
  return [
    section("channels", channels.map(channelItem)),
    section("directs", directs.map(directItem)),
    section("apps", appItems()),
    others.length ? toJoin() : null,
  ].filter(Boolean);
}

const isChannel = (one) => one.kind === "public" || one.kind === "private";
const byName = (one, other) => one.name.localeCompare(other.name);

function section(name, items) {
  return items.length ? el("section", {}, el("h2", {}, w(name)), el("ul", {}, items)) : null;
}

function channelItem(one) {
  const sign = icon(one.kind === "public" ? "hash" : "lock");
  const notes = [one.shared && w("shared"), one.archived && w("archived")].filter(Boolean);
  return item({ key: one.id, sign, label: one.name, notes, count: one.unread, quiet: !one.member || one.archived,
    spoken: one.kind === "private" ? [w("private_channel")] : [], isHere: at.channel === one.id,
    open: () => go({ channel: one.id }) });
}

function directItem(one) {
  return item({ key: one.id, sign: avatar(seen.people[one.with], "small"), label: one.name, count: one.unread,
    isHere: at.channel === one.id, open: () => go({ channel: one.id }) });
}

function appItems() {
  const { app } = seen.cast;
  const talk = seen.channels.find((one) => one.with_app && one.member);
  const openTalk = async () => {
    if (!talk) await act("read"); // which begins the conversation with the app
    await go({ channel: (talk ?? seen.channels.find((one) => one.with_app && one.member)).id });
  };
  const openHome = async () => { await go({ tab: "home" }); await act("open_home"); };
  const isHere = at.tab !== null || (talk ? at.channel === talk.id : false);
  const sign = avatar({ ...seen.people[app.user], id: app.user, kind: "app" }, "small");
  const open = talk?.unread || !app.home ? openTalk : openHome;
  return [item({ key: "app", sign, label: app.name, count: talk?.unread ?? 0, isHere, open })];
}

function item({ key, sign, label, notes = [], spoken = [], count = 0, quiet = false, isHere, open }) {
  const tags = notes.map((note) => el("small", {}, note));
  const number = count > 99 ? "99+" : String(count);
  const badge = count ? el("span", { className: "badge", "aria-hidden": "true" }, number) : null;
  const className = `item${count ? " unread" : ""}${quiet ? " quiet" : ""}`;
  const node = el("button", { type: "button", className, "data-key": key, onclick: open },
    sign, el("span", { className: "label" }, label, tags), badge ? [" ", badge] : null);
  const said = [label, count ? w("unread", { count }) : "", ...spoken, ...notes].filter(Boolean).join(", ");
  node.setAttribute("aria-label", said);
  if (isHere) node.setAttribute("aria-current", "page");
  return el("li", {}, node);
}
