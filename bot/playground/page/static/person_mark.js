// The square with initials that stands for a person, and the small words that say what kind of person it is.

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { w } from "./words.js";

const HUES = 8;

/** The square that stands beside what this person wrote. */
export function avatar(person, size = "") {
  const { id = "", name = "", kind } = person ?? {};
  const hue = [...id].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % HUES;
  const initials = (name.match(/(?<!\p{L})\p{L}/gu) ?? []).slice(0, 2).join("").toUpperCase();
  const shown = kind === "app" ? icon("flag") : initials;
  return el("span", { className: `avatar ${kind === "app" ? "of-app" : `hue-${hue}`} ${size}`, "aria-hidden": "true" }, shown);
}

/** What to know of this person in a few small words: kind, roles, title, language. */
export function marks(person, { language = false } = {}) {
  const roles = person.roles.map((role) => w(`role_${role}`));
  const kind = person.kind === "member" ? [] : [w(`kind_${person.kind}`)];
  const spoken = language ? [w(person.locale.startsWith("nl") ? "speaks_nl" : "speaks_en")] : [];
  return [...kind, ...roles, ...(person.title ? [person.title] : []), ...spoken]
    .map((text) => el("span", { className: `tag ${person.kind}` }, text));
}
