// Plain text: entities are read, emoji codes become emoji, and nothing else has a meaning.

import { el } from "../dom.js";
import { emojiOf } from "./emoji.js";

/** Matches an emoji code; its first group is the name. */
export const EMOJI_CODE = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g;

const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** A text as people read it: Slack's three entities become the characters they stand for, each once. */
export const decode = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** The node of an emoji code, or the code as text when it is not known. */
export function emoji(name) {
  const found = emojiOf(name);
  if (!found) return document.createTextNode(`:${name}:`);
  const looks = { className: "emoji", role: "img", title: `:${name}:` };
  return el("span", { ...looks, "aria-label": name.replaceAll("_", " ") }, found);
}

/** The nodes of a plain text, or of a plain_text object. */
export function plain(text) {
  const { text: raw, emoji: codes = true } = typeof text === "string" ? { text } : text;
  const parts = codes ? decode(raw).split(EMOJI_CODE) : [decode(raw)];
  return parts.map((part, index) => (index % 2 ? emoji(part) : document.createTextNode(part)))
    .filter((node) => node.nodeType !== Node.TEXT_NODE || node.data);
}

/** The same as one string, for places that hold no nodes. */
export const plainString = (text) => plain(text).map((node) => node.textContent).join("");
