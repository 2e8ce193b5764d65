// One message: who said it, what it says, what hangs on it, and what can be done with it.

import { drawAttachments, drawBlocks, mrkdwn } from "./blocks/index.js";
import { el } from "./dom.js";
import { openThread } from "./go.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { avatar } from "./person_mark.js";
import { placeOf } from "./place.js";
import { act } from "./server.js";
import { at, nameOf, seen } from "./state.js";
import { fully, momentOf, shortly, timeOf, whenOf } from "./times.js";
import { toast } from "./toasts.js";
import { counted, w } from "./words.js";

const NOTICES = { channel_join: "has_joined", channel_leave: "has_left", channel_archive: "has_archived",
  channel_unarchive: "has_unarchived", channel_topic: "has_set_topic", channel_purpose: "has_set_purpose",
  channel_name: "has_renamed", tombstone: "was_deleted" };

/**
 * The node of a message. One that is `grouped` follows another by the same person and shows no name; `inThread` stands
 * in the pane beside the conversation, where no further thread begins; one that is `still` cannot be acted on.
 */
export function messageNode(message, { grouped = false, inThread = false, still = false } = {}) {
  const moment = momentOf(message.ts);
  const author = seen.people[message.user] ?? { id: message.user, name: nameOf(message.user) };
  const states = { grouped, private: message.private, system: message.system, pinned: message.pinned_to };
  const className = ["message", ...Object.keys(states).filter((name) => states[name])].join(" ");
  const label = w("message_by", { name: author.name, when: shortly(moment) });
  return el("article", { className, tabIndex: -1, "data-ts": message.ts, "aria-label": label },
    marksOf(message),
    grouped ? el("time", { className: "aside", title: fully(moment) }, timeOf(moment)) : avatar(author),
    el("div", { className: "said" },
      grouped ? null : byline(message, author, moment),
      content(message),
      (message.files ?? []).map(fileLink),
      inThread ? null : repliesOf(message)),
    still || message.private || message.system ? null : tools(message, inThread));
}

function marksOf(message) {
  const parts = [];
  if (message.private) parts.push([icon("eye"), w("only_you")]);
  if (message.pinned_to) parts.push([icon("pin"), w("pinned_by", { name: nameOf(message.pinned_info?.pinned_by) })]);
  if (message.subtype === "thread_broadcast") parts.push([icon("reply"), w("replied_to")]);
  return parts.map((part) => el("p", { className: "mark-line" }, part));
}

function byline(message, author, moment) {
  return el("p", { className: "by" }, el("b", {}, author.name),
    author.kind === "app" ? el("span", { className: "tag app" }, w("app")) : null,
    el("time", { dateTime: moment.toISOString(), title: fully(moment) }, timeOf(moment)));
}

function content(message) {
  const place = placeOf(message, { channel: message.channel, ts: message.ts });
  const said = () => message.blocks?.length ? drawBlocks(message.blocks, place) : mrkdwn(message.text, place);
  const nodes = message.system ? noticeOf(message, place) : said();
  const edited = message.edited ? el("small", { className: "edited" }, w("edited")) : null;
  return el("div", { className: "content" }, nodes, drawAttachments(message.attachments ?? [], place), edited);
}

/** A line of Slack's own, in the reader's language: what follows the colon or the "to" is what somebody chose. */
function noticeOf({ subtype, text }, place) {
  const [before, after] = w(NOTICES[subtype]).split("{text}");
  const chosen = after === undefined ? "" : text.replace(/^<@\w+> (set the channel \w+:|renamed the channel to) /, "");
  return [before, ...mrkdwn(chosen, place).map((node) => el("span", { className: "chosen" }, node)), after ?? ""];
}

function fileLink(file) {
  const isCalendar = file.mimetype === "text/calendar" || file.name.endsWith(".ics");
  return el("a", { className: "file", href: `/page/${at.person}/files/${file.id}`, download: file.name,
    "aria-label": w("download", { name: file.title || file.name }) },
  icon(isCalendar ? "calendar" : "file"),
  el("span", {}, el("b", {}, file.title || file.name), el("small", {}, `${file.name}, ${sized(file.size)}`)),
  icon("down"));
}

const sized = (bytes) => bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`;

function repliesOf(message) {
  if (!message.reply_count) return null;
  const faces = message.reply_users.slice(0, 4).map((user) => avatar(seen.people[user], "small"));
  const when = whenOf(momentOf(message.latest_reply));
  return el("button", { type: "button", className: "replies", onclick: () => openThread(message.ts) },
    faces, el("b", {}, counted("reply_one", "replies", message.reply_count)),
    el("span", {}, w("last_reply", { when })));
}

function tools(message, inThread) {
  const reply = el("button", { type: "button", title: w("reply_in_thread"), "aria-label": w("reply_in_thread"),
    onclick: () => openThread(message.thread_ts ?? message.ts) }, icon("reply"));
  const more = el("button", { type: "button", className: "more", title: w("more_actions"),
    "aria-label": w("more_actions"), "aria-haspopup": "menu", "aria-expanded": "false" }, icon("dots"));
  more.onclick = () => openMenu(more, w("more_actions"), actionsOn(message));
  return el("div", { className: "tools" }, inThread ? null : reply, more);
}

function actionsOn(message) {
  const target = { channel: message.channel, ts: message.ts };
  const shortcuts = seen.cast.shortcuts.filter((one) => one.type === "message").map((one) => ({
    label: one.name, note: seen.cast.app.name, icon: icon("bolt"),
    pick: () => act("message_shortcut", { ...target, callback_id: one.callback_id }),
  }));
  const copy = { label: w("copy_text"), icon: icon("copy"), pick: async () => {
    await navigator.clipboard.writeText(message.text);
    toast(w("copied"));
  } };
  return [...shortcuts, copy];
}
