// What stands between < and > in Slack's markup: people, channels, groups, dates and links.

import { el } from "../dom.js";
import { dateText } from "./date_tokens.js";
import { link } from "./links.js";
import { decode } from "./plain.js";

/** The node of a mention of some kind. */
export const mention = (kind, shown) => el("span", { className: `mention ${kind}` }, shown);

const named = (known, id, label) => known[id] ?? label ?? id;

/** A person, as "@name". */
export const userMention = (id, place, label) =>
  mention("user", `@${named(place.names.users, id, label)}`);

/** A channel, as "#name". */
export const channelMention = (id, place, label) =>
  mention("channel", `#${named(place.names.channels, id, label)}`);

/** A moment in the reader's zone and language, its fallback where the format names no known token. */
export function dateReference(seconds, pattern, url, fallback, place) {
  const shown = el("time", {}, dateText(seconds, pattern, place) ?? fallback ?? "");
  return url ? link(url, shown) : shown;
}

function special(inner, label, place) {
  const [what, ...rest] = inner.split("^");
  if (what === "date") return dateReference(rest[0], decode(rest[1] ?? ""), rest.slice(2).join("^"), label, place);
  if (what === "subteam") return mention("usergroup", label ?? `@${rest[0]}`);
  return mention("broadcast", `@${what}`);
}

/** The node of one reference; `inner` is what stood between the brackets. */
export function reference(inner, place) {
  const bar = inner.indexOf("|");
  const what = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? undefined : decode(inner.slice(bar + 1)) || undefined;
  if (what.startsWith("@")) return userMention(what.slice(1), place, label?.replace(/^@/, ""));
  if (what.startsWith("#")) return channelMention(what.slice(1), place, label?.replace(/^#/, ""));
  if (what.startsWith("!")) return special(what.slice(1), label, place);
  return link(decode(what), label ?? []);
}
