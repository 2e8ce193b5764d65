// Where one writes: a message, a reply, or a slash command with its hint; and the shortcuts that apps offer anywhere.

import { Completion, commandIn } from "./completion.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { act } from "./server.js";
import { at, channel, language, placeName, seen } from "./state.js";
import { w } from "./words.js";

const drafts = new Map();

/** A composer for the open channel, or for the thread begun at `thread`. */
export function makeComposer({ thread = null } = {}) {
  const field = el("textarea", { rows: 1, autocomplete: "off", spellcheck: true, enterKeyHint: "send" });
  const completion = new Completion(field);
  const hint = el("p", { className: "hint" });
  const send = el("button", { type: "submit", className: "send" }, icon("send"));
  const more = el("button", { type: "button", className: "plain", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("plus"));
  more.onclick = () => openMenu(more, w("run_shortcut"), globalShortcuts());
  const node = el("form", { className: "composer", noValidate: true }, completion.node,
    el("div", { className: "box" }, field, el("div", { className: "bar" }, thread ? null : more, hint, send)));
  let here = null;

  const key = () => [at.person, at.channel, thread].join("/");
  const changed = () => {
    drafts.set(key(), field.value);
    const command = commandIn(field.value);
    hint.textContent = command ? `${command.name} ${command.hint}`.trim() : w("keys");
    send.disabled = !field.value.trim();
    grow(field);
  };
  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || completion.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    node.requestSubmit();
  });
  node.onsubmit = async (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    const where = key();
    field.value = "";
    completion.close();
    changed();
    const outcome = await send_(text, thread);
    if (outcome.toast && !drafts.get(where)) {
      drafts.set(where, text);
      if (where === key()) { field.value = text; changed(); }
    }
  };

  /** Brings the words and the draft up to date with where one is. */
  function draw() {
    const open = channel();
    const writes = Boolean(open?.member && !open.archived);
    node.hidden = !writes;
    if (!writes || here === `${key()}/${language()}`) return;
    here = `${key()}/${language()}`;
    const label = thread ? w("reply") : w("message_to", { name: placeName(open) });
    field.placeholder = label;
    field.setAttribute("aria-label", label);
    send.setAttribute("aria-label", w("send"));
    more.setAttribute("aria-label", w("run_shortcut"));
    more.title = w("run_shortcut");
    field.value = drafts.get(key()) ?? "";
    completion.close();
    changed();
  }

  draw();
  return { node, draw, focus: () => field.focus() };
}

function send_(text, thread) {
  const [name, rest] = text.match(/^(\/\S*)?\s*([^]*)$/).slice(1);
  if (name) return act("command", { channel: at.channel, name, text: rest });
  return act("say", { channel: at.channel, text, ...(thread ? { thread_ts: thread } : {}) });
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function globalShortcuts() {
  const found = seen.cast.shortcuts.filter((one) => one.type === "global");
  return found.map((one) => ({ label: one.name, note: one.description || seen.cast.app.name, icon: icon("bolt"),
    pick: () => act("global_shortcut", { callback_id: one.callback_id }) }));
}
