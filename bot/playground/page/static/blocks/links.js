// Links, and only those that are safe to follow: a page, or a letter.

import { el } from "../dom.js";

const SAFE = /^(https?:\/\/|mailto:)/i;

/** Whether a link may be followed at all; `javascript:` and its like may not. */
export const isSafe = (url) => SAFE.test(url);

/** The node of a link; where it would lead somewhere unsafe, only its words. */
export function link(url, ...label) {
  const words = label.flat().length ? label : [url.replace(/^mailto:/i, "")];
  if (!isSafe(url)) return el("span", { className: "unsafe", title: url }, words);
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, words);
}
