// The clock of the workspace, and the levers that move it. What was due on the way is listed as it happened.

import { el } from "./dom.js";
import { go } from "./go.js";
import { changes, exchange } from "./keyed.js";
import { look } from "./live.js";
import { standBy } from "./menu.js";
import { control, get } from "./server.js";
import { at, language, now, placeName, readable, seen } from "./state.js";
import { dayKey, fully, shortly } from "./times.js";
import { toast } from "./toasts.js";
import { moved } from "./tour.js";
import { counted, w } from "./words.js";

const TICK = 1000;
const HOUR = 3600;
const differs = changes();
const ticks = changes();
let last = null;
let due = null;
let busy = false;

/** Makes the clock tick, and its button open the levers. */
export function beginClock() {
  const panel = document.getElementById("clock-panel");
  panel.addEventListener("toggle", async ({ newState }) => {
    const button = document.getElementById("clock");
    button.setAttribute("aria-expanded", String(newState === "open"));
    if (newState !== "open") return;
    drawPanel();
    standBy(panel, button);
    await askDue();
    drawPanel();
  });
  setInterval(drawTime, TICK);
}

/** Draws the time, and the levers in the language of the person. */
export function drawClock() {
  drawTime();
  if (differs(at.person, language())) drawPanel();
}

function drawTime() {
  if (!at.person) return;
  const text = shortly(now());
  if (!ticks(text, language())) return;
  const shown = document.getElementById("now");
  shown.textContent = text;
  shown.dateTime = now().toISOString();
  document.getElementById("clock").setAttribute("aria-label", `${w("clock")}: ${text}`);
}

async function askDue() {
  const { result } = await get("/control/clock");
  due = result.next_due ?? null;
}

function drawPanel() {
  const panel = document.getElementById("clock-panel");
  const lever = (label, action, body, note = "", disabled = false) => el("button", { type: "button",
    disabled, onclick: () => move(action, body) }, label, note ? el("small", {}, note) : null);
  const date = el("input", { type: "date", value: dayKey(now()), "aria-label": w("to_date") });
  const toDate = (event) => { event.preventDefault(); if (date.value) move("to_date", { date: date.value }); };
  const dueNote = due ? w("due_at", { when: shortly(new Date(due)) }) : w("nothing_due");
  panel.setAttribute("aria-busy", String(busy));
  const drawn = el("div", {},
    el("h2", { id: "clock-title" }, w("clock")), el("p", { className: "quiet" }, fully(now())), el("p", {}, w("clock_about")),
    el("div", { className: "levers" },
      lever(w("do_now"), "advance", { seconds: 0 }), lever(w("hour"), "advance", { seconds: HOUR }),
      lever(w("day"), "advance", { seconds: 24 * HOUR }),
      lever(w("week"), "advance", { seconds: 7 * 24 * HOUR }), lever(w("morning"), "next_morning", {}),
      lever(w("next_due"), "next_due", {}, dueNote, !due)),
    el("form", { className: "row", onsubmit: toDate }, el("label", {}, w("to_date"), " ", date),
      el("button", { type: "submit" }, w("go"))),
    el("div", { className: "fired", role: "status" }, busy ? w("moving") : last ? jump(last) : null));
  if (panel.firstChild) exchange(panel.firstChild, drawn);
  else panel.append(drawn);
}

function jump({ from, to, fired }) {
  const line = el("p", {}, el("b", {}, w("jumped", { from: shortly(new Date(from)), to: shortly(new Date(to)) })));
  if (!fired.length) return [line, el("p", { className: "quiet" }, w("nothing_fired"))];
  return [line, el("h3", {}, w("fired")), el("ol", {}, together(fired).map(({ at: moment, what, place, count }) =>
    el("li", {}, el("time", {}, shortly(new Date(moment))), " ", happened(what, place, count))))];
}

/** What fired, with what this person does not see of one minute taken together. */
function together(fired) {
  const lines = [];
  for (const { at: moment, what, channel } of fired) {
    const place = seen.channels.find(({ id }) => id === channel);
    const before = lines.at(-1);
    const isSame = before && !before.place && shortly(new Date(before.at)) === shortly(new Date(moment));
    if (!place && isSame) before.count += 1;
    else lines.push({ at: moment, what, place, count: 1 });
  }
  return lines;
}

/** What fired, to whoever sees it: a way there, or only that it was for others. */
function happened(what, place, count) {
  if (!place) return el("span", { className: "quiet" }, counted("elsewhere_one", "elsewhere_many", count));
  const follow = () => { document.getElementById("clock-panel").hidePopover(); go({ channel: place.id }); };
  return el("button", { type: "button", className: "link", onclick: follow }, `${placeName(place)}: ${readable(what)}`);
}

async function move(action, body) {
  if (busy) return;
  const from = now().toISOString();
  busy = true;
  drawPanel();
  const outcome = await control(`clock/${action}`, body);
  await look();
  if (!outcome.toast) {
    last = { from, to: now().toISOString(), fired: [], ...outcome };
    moved(last);
    showJump(last);
  }
  await askDue();
  busy = false;
  drawPanel();
}

function showJump({ from, to, fired }) {
  const title = w("jumped", { from: shortly(new Date(from)), to: shortly(new Date(to)) });
  const text = fired.length ? counted("fired_one", "fired_many", fired.length) : w("nothing_fired");
  toast(text, { kind: "jump", title });
  const button = document.getElementById("clock");
  button.classList.remove("jumped");
  requestAnimationFrame(() => button.classList.add("jumped"));
}
