// Text objects: plain_text and mrkdwn.

import { el } from "../dom.js";
import { inlineMrkdwn, mrkdwn } from "./mrkdwn.js";
import { plain } from "./plain.js";

/** The nodes of a text object, one below the other. */
export function textOf(object, place) {
  return object.type === "mrkdwn" ? mrkdwn(object.text, place) : [el("div", { className: "text" }, plain(object))];
}

/** The nodes of a text object within a line, such as a label. */
export function inlineText(object, place) {
  return object.type === "mrkdwn" ? inlineMrkdwn(object.text, place) : plain(object);
}
