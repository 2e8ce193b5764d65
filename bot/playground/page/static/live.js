// Keeps what is shown in step with the workspace: hears that something changed, and then asks what.

import { address, beginSomewhere } from "./go.js";
import { get } from "./server.js";
import { at, seen, takeIn } from "./state.js";
import { toast } from "./toasts.js";
import { w } from "./words.js";

const HIDDEN_PAUSE = 4000;
const RETRY_PAUSE = 2000;
const GONE = 404;
const REFUSED = 409;

let draw = () => {};
let running = null;
let next = null;
let shownTo = null;
let stream = null;
let heard = null;
let isAway = false;

/** Looks now; resolves when what is drawn is at least as new as this call. */
export function look() {
  if (!running) {
    running = once().finally(() => { running = null; });
    return running;
  }
  next ??= running.then(() => { next = null; return look(); });
  return next;
}

/** Begins to follow the workspace; `show` draws what was taken in. */
export function follow(show) {
  draw = show;
  document.addEventListener("visibilitychange", () => { listen(); look(); });
  setInterval(() => { if (document.hidden) look(); }, HIDDEN_PAUSE);
  listen();
  return look();
}

/** Listens as the person being played; a hidden page does not, since a browser has few connections to one place. */
export function listen() {
  const wanted = document.hidden ? null : at.person;
  if (wanted === heard && stream?.readyState !== EventSource.CLOSED) return;
  stream?.close();
  heard = wanted;
  stream = wanted ? new EventSource(`/page/${encodeURIComponent(wanted)}/live`) : null;
  if (!stream) return;
  stream.onmessage = ({ data }) => { if (JSON.parse(data).revision !== seen.revision) look(); };
  stream.onerror = () => setTimeout(() => { listen(); look(); }, RETRY_PAUSE);
}

function question(asked) {
  const sameChannel = shownTo === asked.person && seen.open?.channel === asked.channel;
  const sameThread = sameChannel && seen.thread?.ts === asked.thread;
  const values = {
    channel: asked.channel, thread: asked.thread, start: sameChannel ? asked.start : null,
    since: sameChannel ? seen.revision : null, thread_since: sameThread ? seen.revision : null,
  };
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== null));
}

/** Says that the workspace does not answer, once until it does. */
function tellOnce() {
  if (!isAway) toast(w("not_there"), { kind: "bad" });
  isAway = true;
}

async function once() {
  const asked = { ...at };
  if (!asked.person) return;
  let shown;
  try {
    shown = await get(`/page/${encodeURIComponent(asked.person)}/seen?${question(asked)}`);
  } catch ({ status }) {
    if (status === GONE) location.replace(location.pathname); // somebody started over: there are other people now
    else if (status === REFUSED && asked.channel === at.channel) {
      Object.assign(at, { channel: null, thread: null, start: null });
      history.replaceState(null, "", address());
      await once();
    } else tellOnce();
    return;
  }
  isAway = false;
  const moved = ["person", "channel", "thread", "tab"].some((name) => asked[name] !== at[name]);
  if (moved) return;
  takeIn(shown, asked);
  shownTo = asked.person;
  if (beginSomewhere()) {
    await once();
    return;
  }
  draw();
}
