// Where the page stands, and what it knows of the workspace.

/**
 * Where the page stands: who is played, the `channel` or the app's `tab` ("home" or "about") that is open, the `thread`
 * beside it, the `pane` on the right ("members", "pins", or null), and where the shown messages `start`.
 */
export const at = { person: null, channel: null, tab: null, thread: null, pane: null, start: null };

/**
 * What was seen last. `cast` is who can be played and what the app offers; `people` and `channels` are as
 * the workspace shows them to the person; `messages` and `replies` hold the open channel and thread by timestamp, a
 * message being the same object for as long as it looks the same; `naming` changes whenever a name does.
 */
export const seen = {
  cast: null, revision: null, now: null, nowAt: 0, people: {}, channels: [], open: null, thread: null,
  messages: new Map(), replies: new Map(), naming: "", modal: null, modals: 0, home: null,
};

/** The person being played, as the cast lists them. */
export const me = () => seen.cast.people.find((one) => one.id === at.person);

/** The language of the person being played: "nl" or "en". */
export const language = () => (me()?.locale ?? "en").startsWith("nl") ? "nl" : "en";

/** The open channel, undefined when none is. */
export const channel = () => seen.channels.find((one) => one.id === at.channel);

/** A user's name; what is left of a deleted message with replies is Slackbot's. */
export const nameOf = (id) => seen.people[id]?.name ?? (id === "USLACKBOT" ? "Slackbot" : id);

/** A channel as people write it: "#general", or the name of whom one talks with. */
export const placeName = (one) => one.kind === "public" || one.kind === "private" ? `#${one.name}` : one.name;

/** A text in Slack's markup as plain words, for notes and for whoever listens. */
export const readable = (text) => text.replace(/<@(\w+)(\|[^>]*)?>/g, (whole, id) => `@${nameOf(id)}`)
  .replace(/<([^>|]*)\|([^>]*)>/g, "$2").replace(/[*_~`]/g, "")
  .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The moment it is in the workspace. */
export const now = () => new Date(new Date(seen.now).getTime() + performance.now() - seen.nowAt);

/** Takes in what the workspace showed for `asked`, a copy of `at` as it was when it was asked for. */
export function takeIn(shown, asked) {
  const named = [...Object.values(shown.people), ...shown.channels].map((one) => [one.id, one.name]);
  seen.naming = JSON.stringify(named);
  const sameChannel = seen.open?.channel === shown.open?.channel;
  const sameThread = seen.thread?.ts === shown.thread?.ts;
  if (shown.whole || !sameChannel) seen.messages = new Map();
  if (shown.whole || !sameThread) seen.replies = new Map();
  for (const one of shown.open?.messages ?? []) seen.messages.set(one.ts, one);
  for (const one of shown.thread?.messages ?? []) seen.replies.set(one.ts, one);
  const { revision, now: moment, people, channels, open, thread, modal, modals, home } = shown;
  const nowAt = performance.now();
  Object.assign(seen, { revision, now: moment, nowAt, people, channels, open, thread, modal, modals, home });
  if (asked.channel === at.channel && shown.open) at.start = shown.open.start;
}
