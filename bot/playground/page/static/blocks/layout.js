// The ordinary layout blocks.

import { el } from "../dom.js";
import { control, inputBlock } from "./controls.js";
import { image, imageBlock } from "./image.js";
import { link } from "./links.js";
import { plain, plainString } from "./plain.js";
import { richText } from "./rich_text.js";
import { sign } from "./signs.js";
import { inlineText, textOf } from "./text.js";
import { word } from "./words.js";

function accessory(block, place) {
  const one = block.accessory;
  if (!one) return null;
  return el("div", { className: "accessory" }, one.type === "image" ? image(one, place) : control(one, block, place));
}

function section(block, place) {
  const fields = (block.fields ?? []).map((one) => el("div", {}, textOf(one, place)));
  return el("div", { className: "section" },
    el("div", { className: "words" }, block.text ? textOf(block.text, place) : null,
      fields.length ? el("div", { className: "fields" }, fields) : null),
    accessory(block, place));
}

function context(block, place) {
  return el("div", { className: "context" }, block.elements.map((one) => (one.type === "image" ? image(one, place)
    : el("span", { className: "text" }, inlineText(one, place)))));
}

const actions = (block, place) =>
  el("div", { className: "actions" }, block.elements.map((one) => control(one, block, place)));

function file(block, place) {
  const { file: held = {} } = block;
  const name = held.title ?? held.name ?? block.external_id ?? block.file_id ?? "";
  const shown = held.permalink ? link(held.permalink, name) : name;
  return el("div", { className: "remote-file" }, sign("file"), " ", word(place, "file"), ": ", shown);
}

/** How each of these blocks is drawn, by its type. */
export const LAYOUT = {
  actions,
  context,
  divider: () => el("hr"),
  file,
  header: (block) => el("h3", { className: "header", title: plainString(block.text) }, plain(block.text)),
  image: imageBlock,
  input: inputBlock,
  rich_text: (block, place) => el("div", { className: "rich-text" }, richText(block, place)),
  section,
};
