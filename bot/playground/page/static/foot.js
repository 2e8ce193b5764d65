// Below the conversation: the composer, or why one cannot write here.

import { Composer } from "./composer.js";
import { el } from "./dom.js";
import { changes } from "./keyed.js";
import { go } from "./go.js";
import { act } from "./server.js";
import { at, channel, language, placeName, seen } from "./state.js";
import { w } from "./words.js";

const differs = changes();
let composer = null;

/** Puts a text into the message box, to be sent from there; where one cannot write, in the first channel of one's own. */
export async function propose(text) {
  const open = seen.open ? channel() : null;
  if (!open?.member || open.archived) {
    const mine = seen.channels.filter((one) => one.member && !one.archived);
    const first = mine.find((one) => one.kind === "public") ?? mine[0];
    if (!first) return;
    await go({ channel: first.id });
    drawFoot();
  }
  composer.put(text);
  composer.focus();
}

/** Draws what stands below the conversation. */
export function drawFoot() {
  const foot = document.getElementById("foot");
  const open = seen.open ? channel() : null;
  foot.hidden = !open;
  if (!open) return;
  if (!composer) {
    composer = new Composer();
    foot.append(composer.node, el("div", { className: "bar-note" }));
  }
  const isNew = differs(at.channel, at.person, open.member, open.archived, language());
  composer.draw();
  if (!isNew) return;
  const note = foot.lastChild;
  const name = placeName(open);
  const join = () => act("join", { channel: open.id });
  note.hidden = open.member && !open.archived;
  note.replaceChildren(open.archived ? w("is_archived", { name }) : w("not_joined", { name }),
    open.archived ? "" : el("button", { type: "button", className: "primary", onclick: join }, w("join")));
  const isWide = matchMedia("(min-width: 700px)").matches;
  if (isWide && [document.body, null].includes(document.activeElement)) composer.focus();
}
