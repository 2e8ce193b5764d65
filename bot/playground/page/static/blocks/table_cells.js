// The cells of tables: text, numbers and formatted text.

import { el } from "../dom.js";
import { decode, plain } from "./plain.js";
import { richText } from "./rich_text.js";

/** A cell as a `th` or `td`, with the attributes given. */
export function cell(content, tag, attributes, place) {
  const inside = content.type === "rich_text" ? richText(content, place) : plain(content.text);
  const className = [attributes.className, content.type === "raw_number" ? "number" : ""].filter(Boolean).join(" ");
  return el(tag, { ...attributes, className }, inside);
}

function words(part) {
  return part.text ?? part.fallback ?? (part.elements ?? []).map(words).join("");
}

/** What a cell is sorted by: a number by its value, everything else by its text. */
export function sortValue(content) {
  if (content.type === "raw_number") return content.value;
  return content.type === "rich_text" ? words(content) : decode(content.text);
}
