// A short tour in the margin: five steps, each ticked off by what happened, whoever did it and however.

import { el } from "./dom.js";
import { propose } from "./foot.js";
import { icon } from "./icons.js";
import { changes } from "./keyed.js";
import { onLog } from "./log.js";
import { language, seen } from "./state.js";
import { STEPS } from "./tour_steps.js";
import { w } from "./words.js";

const A_MOVE = 60_000;
const differs = changes();

/** Folds the tour out, unless it was folded away before, and watches what goes over the line. */
export function beginTour() {
  const button = document.getElementById("tour-button");
  button.onclick = () => fold(!isFolded());
  onLog((exchanges) => {
    for (const exchange of exchanges) for (const step of STEPS) if (step.isDoneBy(exchange)) tick(step.name);
  });
}

/** Tells the tour what the person did. */
export function acted(name, body, outcome) {
  if (outcome.toast) return;
  for (const step of STEPS) if (step.isDoneWith?.(name, body)) tick(step.name);
}

/** Tells the tour that the clock was moved. */
export function moved({ from, to }) {
  if (new Date(to) - new Date(from) >= A_MOVE) tick("clock");
}

/** Begins the tour again. */
export function begun() {
  localStorage.removeItem(key());
  drawTour();
}

/** Whether the tour stands open, and so wants to know what happens. */
export const isTouring = () => !isFolded();

/** Draws the tour where something changed. */
export function drawTour() {
  const place = document.getElementById("tour");
  const done = ticked();
  const folded = isFolded();
  place.hidden = folded;
  document.body.classList.toggle("touring", !folded);
  document.getElementById("tour-button").setAttribute("aria-expanded", String(!folded));
  if (!differs(language(), done.join(), folded)) return;
  const next = STEPS.find((step) => !done.includes(step.name));
  const progress = next ? w("tour_progress", { done: done.length, all: STEPS.length }) : w("tour_done");
  place.replaceChildren(
    el("header", { className: "pane-head" }, el("h2", {}, w("tour_title")),
      el("button", { type: "button", className: "plain", "aria-label": w("close"), onclick: () => fold(true) },
        icon("close"))),
    el("ol", {}, STEPS.map((step) => stepNode(step, done.includes(step.name), step === next))),
    el("p", { className: "quiet", role: "status" }, progress),
    done.length ? el("button", { type: "button", className: "link", onclick: begun }, w("tour_begin")) : "");
}

function stepNode(step, isDone, isNext) {
  const [before, after] = w(`step_${step.name}_how`).split("{example}");
  const example = step.example?.(language());
  const how = after === undefined ? before : [before, exampleNode(example), after];
  const said = isDone ? el("span", { className: "unseen" }, ` (${w("done")})`) : null;
  const node = el("li", { className: isDone ? "done" : isNext ? "next" : "" },
    el("span", { className: "tick", "aria-hidden": "true" }, isDone ? icon("check") : null),
    el("div", {}, el("b", {}, w(`step_${step.name}`), said),
      isNext ? el("p", {}, how) : null));
  if (isNext) node.setAttribute("aria-current", "step");
  return node;
}

const exampleNode = (example) => el("button", { type: "button", className: "example", title: w("tour_put"),
  "aria-label": w("tour_put_example", { example }), onclick: () => propose(example) }, el("code", {}, example));

const key = () => `tour/${seen.cast.workspace.id}`;
const ticked = () => JSON.parse(localStorage.getItem(key()) ?? "[]");

function tick(name) {
  const done = ticked();
  if (done.includes(name)) return;
  localStorage.setItem(key(), JSON.stringify([...done, name]));
  drawTour();
}

const isFolded = () => (localStorage.getItem("tour-folded") ?? String(innerWidth < 1000)) === "true";

function fold(folded) {
  localStorage.setItem("tour-folded", String(folded));
  drawTour();
  if (folded) document.getElementById("tour-button").focus();
}
