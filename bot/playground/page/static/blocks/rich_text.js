// The rich_text block: sections, lists, quotes and preformatted text, with what stands in their lines.

import { el } from "../dom.js";
import { link } from "./links.js";
import { emoji } from "./plain.js";
import { channelMention, dateReference, mention, userMention } from "./references.js";
import { unknown } from "./unknown.js";

const STYLES = {
  bold: "b", italic: "i", strike: "s", code: "code", underline: "u", highlight: "mark", client_highlight: "mark",
};

function emojiNode(part) {
  return part.unicode ? el("span", { className: "emoji", role: "img", "aria-label": part.name },
    String.fromCodePoint(...part.unicode.split("-").map((code) => parseInt(code, 16)))) : emoji(part.name);
}

function color({ value }) {
  const swatch = el("span", { className: "swatch" });
  swatch.style.background = value;
  return el("span", {}, el("code", {}, value), swatch);
}

const INLINE = {
  text: (part) => document.createTextNode(part.text),
  link: (part) => link(part.url, part.text ?? []),
  emoji: emojiNode,
  user: (part, place) => userMention(part.user_id, place),
  channel: (part, place) => channelMention(part.channel_id, place),
  usergroup: (part) => mention("usergroup", `@${part.usergroup_id}`),
  team: (part) => mention("team", `@${part.team_id}`),
  broadcast: (part) => mention("broadcast", `@${part.range}`),
  color,
  date: (part, place) => dateReference(part.timestamp, part.format, part.url, part.fallback, place),
};

function inline(part, place) {
  const draw = INLINE[part.type];
  if (!draw) return unknown("unknownElement", part, place);
  return Object.keys(part.style ?? {}).filter((name) => part.style[name] && STYLES[name])
    .reduce((node, name) => el(STYLES[name], {}, node), draw(part, place));
}

const inlines = (part, place) => (part.elements ?? []).map((one) => inline(one, place));

function list(part, place) {
  const node = el(part.style === "ordered" ? "ol" : "ul", { className: `indent-${Math.min(part.indent ?? 0, 8)}` },
    part.elements.map((item) => el("li", {}, inlines(item, place))));
  if (part.offset && part.style === "ordered") node.start = part.offset + 1;
  return node;
}

const PARTS = {
  rich_text_section: (part, place) => el("div", { className: "text" }, inlines(part, place)),
  rich_text_list: list,
  rich_text_quote: (part, place) => el("blockquote", { className: "text" }, inlines(part, place)),
  rich_text_preformatted: (part, place) => el("pre", {}, inlines(part, place)),
};

/** The nodes of a rich_text object, one part below the other. */
export function richText(object, place) {
  return object.elements.map((part) => {
    const draw = PARTS[part.type];
    if (!draw) return unknown("unknownElement", part, place);
    const node = draw(part, place);
    if (part.border) node.classList.add("bordered");
    return node;
  });
}
