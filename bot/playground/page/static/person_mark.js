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
  const colour = kind === "app" ? "of-app" : `hue-${hue}`;
  return el("span", { className: `avatar ${colour} ${size}`, "aria-hidden": "true" }, shown);
}

/** What to know of this person in a few small words: kind and role, where they are no matter of course, and language. */
export function marks(person, { language = false } = {}) {
  const told = person.kind === "member" ? [] : [person.kind];
  const kind = told.map((one) => el("span", { className: `tag ${one}` }, w(`kind_${one}`)));
  const role = person.roles.slice(0, 1).map((one) => el("span", { className: "tag" }, w(`role_${one}`)));
  const spoken = w(person.locale.startsWith("nl") ? "speaks_nl" : "speaks_en");
  return [...kind, ...role, ...(language ? [el("span", { className: "tag" }, spoken)] : [])];
}

/** The name of a person with those words, and below it what they are there. */
export function introduced(person, options) {
  return el("span", { className: "introduced" }, el("b", {}, person.name), " ",
    el("span", { className: "tags" }, marks(person, options)),
    person.title ? el("small", {}, person.title) : null);
}
