// The older secondary attachments of a message: a coloured bar, and beside it texts, fields or blocks.

import { el } from "../dom.js";
import { image } from "./image.js";
import { link } from "./links.js";
import { mrkdwn } from "./mrkdwn.js";
import { plain } from "./plain.js";

const NAMED = { good: "var(--good)", warning: "var(--warn)", danger: "var(--danger)" };

function picture(url, name, place) {
  return url ? el("div", { className: name }, image({ image_url: url, alt_text: url }, place)) : null;
}

function field(one, place) {
  return el("div", {}, el("b", {}, plain(one.title ?? "")), mrkdwn(one.value ?? "", place));
}

function attachment(one, place, draw) {
  const fields = (one.fields ?? []).map((each) => field(each, place));
  const text = one.text ?? (one.blocks ? "" : one.fallback ?? "");
  const node = el("div", { className: "attached" },
    one.pretext ? el("div", { className: "pretext" }, mrkdwn(one.pretext, place)) : null,
    el("div", { className: "bar" },
      one.author_name ? el("small", {}, plain(one.author_name)) : null,
      one.title ? el("b", {}, one.title_link ? link(one.title_link, plain(one.title)) : plain(one.title)) : null,
      text ? mrkdwn(text, place) : null,
      draw(one.blocks ?? [], place),
      fields.length ? el("div", { className: "fields" }, fields) : null,
      picture(one.image_url, "image", place), picture(one.thumb_url, "thumb", place),
      one.footer ? el("small", {}, plain(one.footer)) : null));
  const color = NAMED[one.color] ?? one.color?.match(/^#?([0-9a-f]{6})$/i)?.[1].replace(/^/, "#");
  if (color) node.lastChild.style.borderColor = color;
  return node;
}

/** The nodes of a message's attachments; `draw` draws a list of blocks. */
export const attachments = (list, place, draw) => list.map((one) => attachment(one, place, draw));
