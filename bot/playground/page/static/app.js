// The page: who you are, where you are, what you see there, and what you do. It asks the workspace again every second.

import { drawBlocks, el, paragraphs } from "./blocks.js";

const POLL = 1000;
const $ = (id) => document.getElementById(id);
const at = { person: null, channel: null, tab: null, thread: null };
const drawn = {};
let cast;
let latest;
let line = Promise.resolve();

async function get(path) {
  const response = await fetch(path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

/** Pulls a lever of the control interface; what went wrong is shown, and is the `toast` of what comes back. */
async function control(action, body) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(`/control/${action}`, { method: "POST", headers, body: JSON.stringify(body) });
  const { error, result } = await response.json().catch(() => ({ error: response.statusText }));
  const outcome = error ? { toast: error, options: [] } : result ?? {};
  if (outcome.toast) toast(outcome.toast);
  return outcome;
}

/** Does one thing after the other as the person, so that what is typed arrives before what is submitted. */
function act(name, body) {
  line = line.then(() => control(`people/${name}`, { user: at.person, ...body }))
    .catch(() => { toast("The workspace does not answer."); return { toast: "" }; });
  return line.then(async (outcome) => { await look(); return outcome; });
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(drawn.toast);
  drawn.toast = setTimeout(() => { $("toast").hidden = true; }, 6000);
}

/** What blocks need to know of where they stand. */
function place(target, thing) {
  const channels = Object.fromEntries(latest.channels.map((one) => [one.id, one.name]));
  return {
    names: { users: latest.names, channels },
    values: thing.values ?? {},
    errors: thing.errors ?? {},
    act: (name, body) => act(name, { target, ...body }),
    ask: (name, body) => control(`people/${name}`, { user: at.person, target, ...body }),
  };
}

/** True when `what` differs from what was drawn under `key` last time. */
function changed(key, what) {
  const text = JSON.stringify(what);
  if (drawn[key] === text) return false;
  drawn[key] = text;
  return true;
}

async function look() {
  const { person, channel } = at;
  const query = channel ? `?channel=${encodeURIComponent(channel)}` : "";
  let seen;
  try {
    seen = await get(`/page/${person}/seen${query}`);
  } catch (problem) {
    if (channel && at.channel === channel) at.channel = null;
    toast(problem.message);
    return;
  }
  if (person !== at.person || channel !== at.channel) return;
  latest = seen;
  draw();
}

function draw() {
  $("now").dateTime = latest.now;
  $("now").textContent = new Date(latest.now).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
  if (changed("places", [latest.channels, at])) drawPlaces();
  if (changed("content", [latest.messages, latest.home, latest.names, at])) drawContent();
  const { modal } = latest;
  if (changed("modal", modal && [modal.id, modal.hash, modal.errors])) drawModal(modal);
}

function go(where) {
  Object.assign(at, { channel: null, tab: null, thread: null }, where);
  return look();
}

function placeButton(label, where, note = "") {
  const here = at.channel === (where.channel ?? null) && at.tab === (where.tab ?? null);
  const node = el("button", { type: "button", onclick: () => go(where) }, label, note ? el("small", {}, note) : null);
  if (here) node.setAttribute("aria-current", "page");
  return el("li", {}, node);
}

function drawPlaces() {
  const withApp = latest.channels.find((one) => one.with_app && one.member);
  const home = placeButton(`${cast.app.name}: Home`, { tab: "home" });
  home.firstChild.onclick = async () => { await go({ tab: "home" }); await act("open_home", {}); };
  const talk = placeButton(`${cast.app.name}: Messages`, { channel: withApp?.id ?? "none" });
  talk.firstChild.onclick = async () => {
    await act("read", {}); // which begins the conversation where there is none yet
    await go({ channel: latest.channels.find((one) => one.with_app && one.member).id });
  };
  const others = latest.channels.filter((one) => one !== withApp).map((one) => {
    const sign = { public: "#", private: "🔒 " }[one.kind] ?? "@";
    const states = { "not joined": !one.member, shared: one.shared, archived: one.archived };
    const notes = Object.keys(states).filter((name) => states[name]);
    return placeButton(`${sign}${one.name}`, { channel: one.id }, notes.join(", "));
  });
  $("places").replaceChildren(home, talk, ...others);
}

function drawContent() {
  const channel = latest.channels.find((one) => one.id === at.channel);
  const content = $("content");
  const atEnd = content.scrollHeight - content.scrollTop - content.clientHeight < 80;
  $("composer").hidden = !channel?.member || channel.archived;
  $("place").textContent = at.tab === "home" ? cast.app.name : channel ? channel.name : "Choose a conversation";
  $("about").textContent = channel?.topic ?? "";
  if (at.tab === "home") {
    const { home } = latest;
    content.replaceChildren(...(home ? drawBlocks(home.blocks, place({ view: home.id }, home))
      : ["The app has not published a Home tab."]));
    return;
  }
  const join = channel && !channel.member
    ? [el("button", { type: "button", onclick: () => act("join", { channel: channel.id }) }, "Join channel")] : [];
  content.replaceChildren(...inThreads(latest.messages).map(drawMessage), ...join);
  if (atEnd || changed("opened", at.channel)) content.scrollTop = content.scrollHeight;
  $("thread").hidden = !at.thread;
  $("thread").firstElementChild.textContent = at.thread ? "Replying in a thread." : "";
}

/** The messages in order, each reply below its parent. */
function inThreads(messages) {
  const there = new Set(messages.map((one) => one.ts));
  const top = messages.filter((one) => !isReply(one) || !there.has(one.thread_ts));
  return top.flatMap((one) => [one, ...messages.filter((other) => isReply(other) && other.thread_ts === one.ts)]);
}

const isReply = (message) => Boolean(message.thread_ts && message.thread_ts !== message.ts);

function drawMessage(message) {
  const target = { channel: message.channel, ts: message.ts };
  const where = place(target, message);
  const moment = new Date(Number(message.ts) * 1000).toLocaleString([], { dateStyle: "short", timeStyle: "short" });
  const states = { "Only visible to you": message.private, edited: message.edited, pinned: message.pinned_to };
  const notes = Object.keys(states).filter((name) => states[name]);
  const attached = (message.attachments ?? []).flatMap((one) => [
    ...[one.pretext, one.title, one.text].filter(Boolean).flatMap((text) => paragraphs(text, where.names)),
    ...drawBlocks(one.blocks ?? [], where)]);
  const files = (message.files ?? []).map((file) =>
    el("a", { href: `/page/${at.person}/files/${file.id}`, download: file.name }, `📎 ${file.title || file.name}`));
  const kinds = { reply: isReply(message), private: message.private, system: message.subtype };
  const className = ["message", ...Object.keys(kinds).filter((name) => kinds[name])].join(" ");
  return el("article", { className },
    el("p", { className: "by" }, el("b", {}, latest.names[message.user] ?? message.user), " ", el("time", {}, moment),
      el("small", {}, notes.join(", "))),
    ...(message.blocks?.length ? drawBlocks(message.blocks, where) : paragraphs(message.text, where.names)),
    ...(attached.length ? [el("div", { className: "attached" }, attached)] : []), ...files,
    message.private || message.subtype ? null : el("p", { className: "tools" }, tools(message, target)));
}

function shortcutButtons(type, target) {
  return cast.shortcuts.filter((one) => one.type === type).map(({ callback_id, name }) =>
    el("button", { type: "button", onclick: () => act(`${type}_shortcut`, { ...target, callback_id }) }, `⚡ ${name}`));
}

function tools(message, target) {
  const shortcuts = shortcutButtons("message", target);
  const reply = () => { at.thread = message.thread_ts ?? message.ts; draw(); $("text").focus(); };
  return [el("button", { type: "button", onclick: reply }, "Reply in thread"), ...shortcuts];
}

function drawModal(view) {
  const dialog = $("modal");
  if (!view) {
    dialog.close();
    return;
  }
  const where = { ...place({ view: view.id }, view), unsent: [] };
  const close = () => act("close", {});
  const submit = async (event) => {
    event.preventDefault();
    where.unsent.forEach((send) => send());
    dialog.inert = true;
    await act("submit", {});
    dialog.inert = false;
    dialog.querySelector("[aria-invalid]")?.focus();
  };
  const form = el("form", { onsubmit: submit, noValidate: true },
    el("h2", { id: "modal-title" }, view.title.text), ...drawBlocks(view.blocks, where),
    el("div", { className: "actions end" },
      el("button", { type: "button", onclick: close }, view.close?.text ?? "Cancel"),
      view.submit ? el("button", { type: "submit", className: "primary" }, view.submit.text) : null));
  const focused = document.activeElement?.dataset.block;
  dialog.replaceChildren(form);
  dialog.oncancel = (event) => { event.preventDefault(); close(); };
  if (!dialog.open) dialog.showModal();
  if (focused) dialog.querySelector(`[data-block="${CSS.escape(focused)}"]`)?.focus();
}

function begin() {
  $("person").replaceChildren(...cast.people.map((one) =>
    el("option", { value: one.id }, one.note ? `${one.name} (${one.note})` : one.name)));
  const remembered = sessionStorage.getItem("person");
  at.person = cast.people.some((one) => one.id === remembered) ? remembered : cast.people[0]?.id;
  $("person").value = at.person;
  $("person").onchange = () => {
    sessionStorage.setItem("person", $("person").value);
    at.person = $("person").value;
    go({});
  };
  $("shortcuts").replaceChildren(...shortcutButtons("global", {}));
  $("commands").textContent = cast.commands.map((one) => `${one.name} ${one.hint}`.trim()).join(" · ");
  for (const button of document.querySelectorAll("[data-seconds]")) {
    const seconds = Number(button.dataset.seconds);
    button.onclick = () => control("clock/advance", { seconds }).then(look);
  }
  $("thread").querySelector("button").onclick = () => { at.thread = null; draw(); };
  $("composer").onsubmit = async (event) => {
    event.preventDefault();
    const text = $("text").value;
    if (!text.trim()) return;
    const [name, rest] = text.match(/^(\/\S*)?\s*([^]*)$/).slice(1);
    const outcome = await (name ? act("command", { channel: at.channel, name, text: rest })
      : act("say", { channel: at.channel, text, ...(at.thread ? { thread_ts: at.thread } : {}) }));
    if (outcome.toast === null || outcome.toast === undefined) $("text").value = "";
  };
  $("text").onkeydown = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    $("composer").requestSubmit();
  };
}

async function poll() {
  if (!document.hidden && at.person) await look();
  setTimeout(poll, POLL);
}

cast = await get("/page/cast");
begin();
if (at.person) await poll();
else $("place").textContent = "Nobody is in this workspace yet.";
