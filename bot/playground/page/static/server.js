// Talks with the workspace: asks what is to be seen, and does what the person does.

import { slackWords } from "./blocks/index.js";
import { at, language } from "./state.js";
import { toast } from "./toasts.js";
import { w } from "./words.js";

let line = Promise.resolve();
let afterwards = () => {};

/** What the workspace answers to a question; an Error with its reason and the HTTP `status` when it refuses. */
export async function get(path) {
  const response = await fetch(path);
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  throw Object.assign(new Error(body.error ?? response.statusText), { status: response.status });
}

/**
 * Pulls a lever of the control interface; what went wrong is shown, and is the `toast` of what comes back, which
 * otherwise is the lever's result.
 */
export async function control(action, body = {}) {
  const headers = { "Content-Type": "application/json" };
  let answer;
  try {
    const response = await fetch(`/control/${action}`, { method: "POST", headers, body: JSON.stringify(body) });
    answer = await response.json().catch(() => ({ error: response.statusText }));
  } catch {
    answer = { error: w("not_there") };
  }
  const outcome = answer.error ? { toast: answer.error, options: [] } : answer.result ?? {};
  if (outcome.toast) toast(slackWords(outcome.toast, { locale: language() }), { kind: "bad" });
  return outcome;
}

/** Does one thing after the other as the person, so that what is typed arrives before what is submitted. */
export function act(name, body = {}) {
  const user = at.person;
  const done = line.then(() => control(`people/${name}`, { user, ...body }));
  line = done;
  return done.then(async (outcome) => { await afterwards(name, body, outcome); return outcome; });
}

/** Asks something as the person, beside whatever is being done. */
export const ask = (name, body) => control(`people/${name}`, { user: at.person, ...body });

/** Whom to tell after each act, before its outcome is handed on. */
export function afterActs(tell) { afterwards = tell; }
