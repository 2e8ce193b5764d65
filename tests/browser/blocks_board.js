// A bare page on which a test draws blocks and sees what they would do.

import { dateText } from "/page/static/blocks/date_tokens.js";
import { drawAttachments, drawBlocks, mrkdwn, plain, slackWords } from "/page/static/blocks/index.js";

const drawn = document.getElementById("drawn");

const CHANNELS = { CCARE: "client-care", CHIDE: "review-1", CTALK: "talk", DBRAM: "Bram", DAPP: "Echo" };

/** Where the blocks stand: what they do lands in `acts`, and `ask` is answered by `answers(body)`. */
const place = (more = {}) => ({
  names: { users: { UANNA: "Anna", UBRAM: "Bram" }, channels: CHANNELS },
  conversations: [
    { id: "CCARE", kind: "public", shared: true }, { id: "CHIDE", kind: "private", shared: false },
    { id: "CTALK", kind: "public", shared: false }, { id: "DBRAM", kind: "im", shared: false },
    { id: "DAPP", kind: "im", shared: false, with_app: true },
  ],
  values: {}, errors: {}, offered: {}, locale: "en", zone: "Europe/Amsterdam", now: "2026-01-31T10:00:00Z",
  readonly: false, unsent: (window.unsent = []),
  act: async (name, body) => { window.acts.push([name, body]); return {}; },
  ask: async (name, body) => { window.asked.push([name, body]); return window.answers(body); },
  ...more,
});

function start(make) {
  Object.assign(window, { acts: [], asked: [], answers: () => ({ options: [] }) });
  drawn.replaceChildren(...make());
  return outline(drawn);
}

/** What stands in a node, as text: "b{bold}" for a `b` with "bold" in it, a link with its address, a mention its kind. */
function outline(node) {
  const inside = [...node.childNodes].map((child) => (child.nodeType === Node.TEXT_NODE ? child.data
    : `${named(child)}{${outline(child)}}`));
  return inside.join("");
}

function named(node) {
  if (node.nodeName === "A") return `a[${node.getAttribute("href")}]`;
  if (node.classList.contains("mention")) return `@${node.classList[1]}`;
  return node.classList.contains("item") ? "item" : node.localName;
}

Object.assign(window, {
  drawBlocks: (blocks, more) => start(() => drawBlocks(blocks, place(more))),
  drawAttachments: (list, more) => start(() => drawAttachments(list, place(more))),
  drawMrkdwn: (text, more) => start(() => mrkdwn(text, place(more))),
  drawPlain: (text) => start(() => plain(text)),
  dateText: (seconds, pattern, more) => dateText(seconds, pattern, place(more)),
  slackWords,
});
document.body.dataset.ready = "yes";
