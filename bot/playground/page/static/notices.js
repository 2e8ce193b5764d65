// What arrived where the person is not looking: a note in the corner, and a count in the window's title.

import { go } from "./go.js";
import { at, channel, nameOf, placeName, readable, seen } from "./state.js";
import { dismiss, toast } from "./toasts.js";
import { w } from "./words.js";
import { control } from "./server.js";

let person = null;
let known = new Map();
let marked = "";

/** Tells of what is new, and marks as read what is before the person's eyes. */
export function drawNotices() {
  if (person === at.person) seen.channels.filter(isNews).forEach(tell);
  else dismiss();
  if (at.channel) dismiss(at.channel);
  person = at.person;
  known = new Map(seen.channels.map((one) => [one.id, one.latest?.ts ?? known.get(one.id) ?? ""]));
  drawTitle();
  markRead();
}

const isLookedAt = (one) => one.id === at.channel && !document.hidden;
const isUnknown = ({ id, latest }) => latest && latest.ts > (known.get(id) ?? "");
const isNews = (one) => isUnknown(one) && one.latest.user !== at.person && !isLookedAt(one);

function tell(one) {
  const author = nameOf(one.latest.user);
  const title = one.kind === "im" ? author : `${author} ${w("in_place", { name: placeName(one) })}`;
  toast(readable(one.latest.text), { kind: "news", title, about: one.id, open: () => go({ channel: one.id }) });
}

function drawTitle() {
  const count = seen.channels.reduce((sum, one) => sum + (isLookedAt(one) ? 0 : one.unread), 0);
  const open = channel();
  const place = open ? placeName(open) : seen.cast.app.name;
  const title = `${count ? `(${count}) ` : ""}${place} · ${seen.people[at.person]?.name ?? ""} · Playground`;
  if (document.title !== title) document.title = title;
}

function markRead() {
  const open = channel();
  if (!open?.member || !open.unread || !isLookedAt(open)) return;
  const key = `${at.person}/${open.id}/${seen.revision}`;
  if (marked === key) return;
  marked = key;
  control("people/mark_read", { user: at.person, channel: open.id });
}
