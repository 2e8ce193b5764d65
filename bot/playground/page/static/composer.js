// Where one writes: a message, a reply, or a slash command with its hint; and the shortcuts that apps offer anywhere.

import { Completion, commandIn } from "./completion.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { act } from "./server.js";
import { at, channel, language, placeName, seen } from "./state.js";
import { w } from "./words.js";

const drafts = new Map();

/** A composer for the open channel, or for the thread begun at `thread`; its `node` is to be put on the page. */
export class Composer {
  constructor({ thread = null } = {}) {
    this.thread = thread;
    this.shown = null;
    this.field = el("textarea", { rows: 1, autocomplete: "off", spellcheck: true, enterKeyHint: "send" });
    this.completion = new Completion(this.field);
    this.hint = el("p", { className: "hint" });
    this.sender = el("button", { type: "submit", className: "send" }, icon("send"));
    this.more = el("button", { type: "button", className: "plain", "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: () => openMenu(this.more, w("run_shortcut"), globalShortcuts()) }, icon("plus"));
    const bar = el("div", { className: "bar" }, thread ? null : this.more, this.hint, this.sender);
    this.node = el("form", { className: "composer", noValidate: true }, this.completion.node,
      el("div", { className: "box" }, this.field, bar));
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.node.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.draw();
  }

  /** Brings the words and the draft up to date with where one is. */
  draw() {
    const open = channel();
    const writes = Boolean(open?.member && !open.archived);
    const wanted = `${this.place()}/${language()}`;
    this.node.hidden = !writes;
    if (!writes || this.shown === wanted) return;
    this.shown = wanted;
    const label = this.thread ? w("reply") : w("message_to", { name: placeName(open) });
    this.field.placeholder = label;
    this.field.setAttribute("aria-label", label);
    this.sender.setAttribute("aria-label", w("send"));
    this.more.setAttribute("aria-label", w("run_shortcut"));
    this.more.title = w("run_shortcut");
    this.put(drafts.get(this.place()) ?? "");
  }

  focus() { this.field.focus(); }

  place() { return [at.person, at.channel, this.thread].join("/"); }

  put(text) {
    this.field.value = text;
    this.completion.close();
    this.changed();
  }

  changed() {
    const text = this.field.value;
    drafts.set(this.place(), text);
    const command = commandIn(text);
    this.hint.textContent = command ? `${command.name} ${command.hint}`.trim() : w("keys");
    this.sender.disabled = !text.trim();
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  key(event) {
    if (event.isComposing || this.completion.key(event) || event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.node.requestSubmit();
  }

  /** Sends what is written; it comes back where it could not be sent. */
  async send() {
    const text = this.field.value;
    const place = this.place();
    if (!text.trim()) return;
    this.put("");
    const { toast } = await sent(text, this.thread);
    if (!toast || drafts.get(place)) return;
    drafts.set(place, text);
    if (place === this.place()) this.put(text);
  }
}

function sent(text, thread) {
  const [name, rest] = text.match(/^(\/\S*)?\s*([^]*)$/).slice(1);
  if (name) return act("command", { channel: at.channel, name, text: rest });
  return act("say", { channel: at.channel, text, ...(thread ? { thread_ts: thread } : {}) });
}

function globalShortcuts() {
  const found = seen.cast.shortcuts.filter((one) => one.type === "global");
  return found.map((one) => ({ label: one.name, note: one.description || seen.cast.app.name, icon: icon("bolt"),
    pick: () => act("global_shortcut", { callback_id: one.callback_id }) }));
}
