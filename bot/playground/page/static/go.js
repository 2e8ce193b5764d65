// Going somewhere: another conversation, a thread, another person. The address says where one is.

import { at, channel, seen } from "./state.js";

let afterwards = async () => {};

/** What to do after each step. */
export function afterSteps(tell) { afterwards = tell; }

/** Opens a conversation or a tab of the app. */
export function go(where) {
  Object.assign(at, { channel: null, tab: null, thread: null, pane: null, start: null }, where);
  history.pushState(null, "", address());
  return afterwards();
}

/** Opens the thread that the message at `ts` began, or closes it. */
export function openThread(ts) {
  at.thread = ts;
  at.pane = null;
  return afterwards();
}

/** Opens what stands beside the conversation: "members", "pins", or nothing; the same again closes it. */
export function openPane(pane) {
  at.pane = at.pane === pane ? null : pane;
  at.thread = null;
  return afterwards();
}

/** Becomes someone else, in the same conversation when that person sees it. */
export function become(person) {
  sessionStorage.setItem("person", person);
  Object.assign(at, { person, thread: null, pane: null, start: null });
  history.replaceState(null, "", address());
  return afterwards();
}

/** The address of where one is, or would be as someone else. */
export function address(person = at.person) {
  return `#${[person, at.tab ?? at.channel].filter(Boolean).join("/")}`;
}

/** Reads the address, as at the start and when going back; only people of the cast can be played. */
export function readAddress() {
  const [person, place] = location.hash.slice(1).split("/");
  const known = (id) => seen.cast.people.some((one) => one.id === id);
  const remembered = sessionStorage.getItem("person");
  const found = [person, remembered, at.person].find(known) ?? seen.cast.people[0]?.id ?? null;
  const tab = ["home", "about"].includes(place) ? place : null;
  Object.assign(at, { person: found, tab, channel: tab ? null : place || null, thread: null, pane: null, start: null });
  if (found) sessionStorage.setItem("person", found);
}

/** Where a person begins: the first channel that they are in. */
export function beginSomewhere() {
  if (at.tab || (at.channel && channel())) return false;
  const wide = matchMedia("(min-width: 700px)").matches;
  const mine = seen.channels.filter((one) => one.member);
  const first = mine.find((one) => one.kind === "public") ?? mine[0];
  Object.assign(at, { channel: wide && first ? first.id : null, thread: null, pane: null, start: null });
  history.replaceState(null, "", address());
  return Boolean(at.channel);
}
