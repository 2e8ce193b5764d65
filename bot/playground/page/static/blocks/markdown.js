// The markdown block: headings, lists, tasks, quotes, tables, code and emphasis of ordinary Markdown.

import { el } from "../dom.js";
import { cellsOf, emphasise } from "./emphasis.js";
import { link } from "./links.js";
import { decode, emoji } from "./plain.js";

const ATOM = new RegExp([
  /``?(?<code>[^`\n]+)``?/,
  /!\[(?<alt>[^\]\n]*)\]\((?<source>[^()\s]+)\)/, /\[(?<label>[^\]\n]+)\]\((?<url>[^()\s]+)\)/,
  /(?<bare>\bhttps?:\/\/[^\s<>|`]*[^\s<>|`.,;:!?'")\]*_~])/,
  /:(?<emoji>[a-z0-9_+'-]+):/, /\\(?<literal>[!-/:-@[-`{-~])/,
  /\*\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*\*/, /~~(?<strike>[^\s~](?:[^~\n]*[^\s~])?)~~/,
].map((one) => one.source).join("|"), "g");
const ITEM = /^(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const FENCE = /^```/;
const ROW = /^\s*\|.*\|\s*$/;
const QUOTE = /^(?:&gt;|>)\s?/;
const MARKS = { "*": "i", _: "i" };

function atom(found) {
  if (found.code) return el("code", {}, decode(found.code));
  if (found.source) return link(found.source, found.alt || found.source);
  if (found.url) return link(found.url, inline(found.label));
  if (found.bare) return link(found.bare);
  if (found.emoji) return emoji(found.emoji);
  if (found.bold) return el("b", {}, inline(found.bold));
  if (found.strike) return el("s", {}, inline(found.strike));
  return document.createTextNode(found.literal);
}

function inline(text) {
  const cells = [];
  let end = 0;
  for (const found of text.matchAll(ATOM)) {
    cells.push(...cellsOf(decode(text.slice(end, found.index))), atom(found.groups));
    end = found.index + found[0].length;
  }
  return emphasise([...cells, ...cellsOf(decode(text.slice(end)))], MARKS);
}

const rowOf = (line, tag) =>
  el("tr", {}, line.trim().slice(1, -1).split("|").map((one) => el(tag, {}, inline(one.trim()))));

function table([head, , ...body]) {
  return el("div", { className: "scroll" }, el("table", {},
    el("thead", {}, rowOf(head, "th")), el("tbody", {}, body.map((line) => rowOf(line, "td")))));
}

function list(lines) {
  const items = lines.map((line) => line.match(ITEM));
  const first = items[0];
  const node = el(/\d/.test(first[2]) ? "ol" : "ul");
  for (const [, spaces, , text] of items) {
    const [, box, rest] = text.match(/^(?:\[([ xX])\]\s+)?(.*)$/);
    const item = el("li", {}, box ? `${box === " " ? "☐" : "☑"} ` : null, inline(rest));
    item.classList.add(`indent-${Math.min(Math.floor((spaces.length - first[1].length) / 2), 8)}`);
    node.append(item);
  }
  if (/\d/.test(first[2])) node.start = Number.parseInt(first[2], 10);
  return node;
}

/** The lines from `at` on that are of one kind. */
function run(lines, at, kind) {
  let end = at;
  while (end < lines.length && kind.test(lines[end])) end += 1;
  return lines.slice(at, end);
}

function fenced(lines, at) {
  const inside = lines.slice(at + 1);
  const end = inside.findIndex((line) => FENCE.test(line));
  return end < 0 ? inside : inside.slice(0, end);
}

function isParagraph(line) {
  return line.trim() && ![HEADING, RULE, FENCE, ROW, QUOTE, ITEM].some((kind) => kind.test(line));
}

function paragraph(lines, at) {
  const end = lines.findIndex((line, index) => index > at && !isParagraph(line));
  return lines.slice(at, end < 0 ? lines.length : end);
}

/** The part that begins at a line, and how many lines it takes. */
function partAt(lines, at) {
  const line = lines[at];
  const heading = line.match(HEADING);
  if (!line.trim()) return [null, 1];
  if (heading) return [el("h4", { className: `level-${heading[1].length}` }, inline(heading[2])), 1];
  if (FENCE.test(line)) {
    const code = fenced(lines, at);
    return [el("pre", {}, decode(code.join("\n"))), code.length + 2];
  }
  if (RULE.test(line)) return [el("hr"), 1];
  if (QUOTE.test(line)) {
    const quoted = run(lines, at, QUOTE);
    return [el("blockquote", {}, markdown(quoted.map((one) => one.replace(QUOTE, "")).join("\n"))), quoted.length];
  }
  if (ROW.test(line) && /^[\s|:-]+$/.test(lines[at + 1] ?? "")) {
    const rows = run(lines, at, ROW);
    return [table(rows), rows.length];
  }
  if (ITEM.test(line)) {
    const items = run(lines, at, ITEM);
    return [list(items), items.length];
  }
  const text = paragraph(lines, at);
  return [el("p", { className: "text" }, inline(text.join("\n"))), text.length];
}

/** The nodes of a Markdown text, one part below the other. */
export function markdown(text) {
  const lines = text.split("\n");
  const nodes = [];
  for (let at = 0; at < lines.length;) {
    const [node, taken] = partAt(lines, at);
    if (node) nodes.push(node);
    at += taken;
  }
  return nodes;
}
