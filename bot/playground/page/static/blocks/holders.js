// Blocks that hold others: cards, carousels, containers, plans with their tasks.

import { el } from "../dom.js";
import { control } from "./controls.js";
import { image } from "./image.js";
import { link } from "./links.js";
import { plain } from "./plain.js";
import { richText } from "./rich_text.js";
import { textOf } from "./text.js";
import { word } from "./words.js";

const STATUS = { pending: "○", in_progress: "◐", complete: "●", error: "✕" };

function card(block, place) {
  const texts = ["title", "subtitle", "body", "subtext"].filter((name) => block[name])
    .map((name) => el("div", { className: name }, textOf(block[name], place)));
  const [icon, hero] = [block.icon, block.hero_image].map((one) => (one ? image(one, place) : null));
  const actions = (block.actions ?? []).map((one) => control(one, block, place));
  return el("div", { className: "card" },
    hero ? el("div", { className: "hero" }, hero) : null,
    el("div", { className: "face" }, icon, el("div", {}, texts)),
    actions.length ? el("div", { className: "actions" }, actions) : null);
}

function carousel(block, place) {
  const cards = block.elements.map((one) => card(one, place));
  return el("div", { className: "carousel", tabIndex: 0, role: "group" }, cards);
}

function head(block, place) {
  return [
    block.icon ? image(block.icon, place) : null,
    el("div", {}, el("b", {}, block.title ? plain(block.title) : richText(block.rich_text_title, place)),
      block.subtitle ? el("div", { className: "subtitle" }, textOf(block.subtitle, place)) : null),
  ];
}

function container(block, place, draw) {
  const inside = el("div", { className: "inside" }, draw(block.child_blocks, place));
  const width = block.width ?? "standard";
  if (!block.is_collapsible) {
    const divider = block.has_header_divider ? el("hr") : null;
    const face = el("div", { className: "face" }, head(block, place));
    return el("div", { className: `card container ${width}` }, face, divider, inside);
  }
  return el("details", { className: `card container ${width}`, open: !block.default_collapsed },
    el("summary", { className: "face", title: word(place, "collapse") }, head(block, place)), inside);
}

function task(block, place) {
  const status = word(place, `status_${block.status}`);
  const looks = { className: "status", role: "img", "aria-label": status, title: status };
  const sign = el("span", looks, STATUS[block.status]);
  const sources = (block.sources ?? []).map((one) => el("li", {}, link(one.url, one.text)));
  return el("div", { className: `card task ${block.status}` },
    el("div", { className: "face" }, sign, el("b", {}, block.title)),
    block.details ? richText(block.details, place) : null,
    block.output ? richText(block.output, place) : null,
    sources.length ? el("ul", {}, sources) : null);
}

function plan(block, place) {
  return el("div", { className: "card plan" }, el("b", {}, block.title),
    (block.tasks ?? []).map((one) => task(one, place)));
}

/** How each of these blocks is drawn, by its type; the third argument draws a list of blocks. */
export const HOLDERS = { card, carousel, container, plan, task_card: task };
