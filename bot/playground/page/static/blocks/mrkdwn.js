// Slack's own markup, mrkdwn, as nodes.

import { el } from "../dom.js";
import { cellsOf, emphasise } from "./emphasis.js";
import { link } from "./links.js";
import { decode, emoji } from "./plain.js";
import { reference } from "./references.js";

const ATOM = new RegExp([
  /`(?<code>[^`\n]+)`/, /<(?<inner>[^<>\n]+)>/, /:(?<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/,
  /(?<url>\bhttps?:\/\/[^\s<>|`]*[^\s<>|`.,;:!?'")\]*_~])/,
].map((one) => one.source).join("|"), "g");
const FENCE = /```\n?([^]+?)\n?```\n?/;
const QUOTED = /^(?:&gt;|>) ?/;
const QUOTED_TO_END = /^(?:&gt;&gt;&gt;|>>>) ?/;
const ITEM = /^\s*(?:[•◦▪–-]|\d{1,3}[.)])\s+\S/;
const MARKS = { "*": "b", _: "i", "~": "s" };

function atom({ code, inner, emoji: name, url }, place) {
  if (code) return el("code", {}, decode(code));
  if (inner) return reference(inner, place);
  return name ? emoji(name) : link(decode(url));
}

/** The nodes of a text in which no line has a meaning of its own, such as a label. */
export function inlineMrkdwn(text, place) {
  const cells = [];
  let end = 0;
  for (const found of text.matchAll(ATOM)) {
    cells.push(...cellsOf(decode(text.slice(end, found.index))), atom(found.groups, place));
    end = found.index + found[0].length;
  }
  return emphasise([...cells, ...cellsOf(decode(text.slice(end)))], MARKS);
}

/** What a line is: a "quote", an "item" of a list, or "text". */
function kindOf(line) {
  if (QUOTED.test(line)) return "quote";
  return ITEM.test(line) ? "item" : "text";
}

function runsOf(lines) {
  const runs = [];
  for (const [index, line] of lines.entries()) {
    if (QUOTED_TO_END.test(line)) {
      return [...runs, { kind: "quote", lines: [line.replace(QUOTED_TO_END, ""), ...lines.slice(index + 1)] }];
    }
    const kind = kindOf(line);
    if (runs.at(-1)?.kind === kind) runs.at(-1).lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs;
}

function drawRun({ kind, lines }, place) {
  if (kind === "quote") {
    const inside = lines.map((line) => line.replace(QUOTED, "")).join("\n");
    return el("blockquote", { className: "text" }, inlineMrkdwn(inside, place));
  }
  if (kind === "item") return lines.map((line) => el("div", { className: "text item" }, inlineMrkdwn(line, place)));
  return el("div", { className: "text" }, inlineMrkdwn(lines.join("\n"), place));
}

/** The nodes of a text in Slack's markup: paragraphs, quotes, lists and preformatted parts, one below the other. */
export function mrkdwn(text, place) {
  return text.split(FENCE).flatMap((part, index) => {
    if (index % 2) return [el("pre", {}, decode(part))];
    const lines = part.replace(/\n$/, "");
    return lines ? runsOf(lines.split("\n")).flatMap((run) => drawRun(run, place)) : [];
  });
}
