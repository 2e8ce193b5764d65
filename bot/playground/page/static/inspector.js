// Behind the scenes: each request between the workspace and the app, how long it took, and what can go wrong.

import { el } from "./dom.js";
import { drawFaults, faultsNode, showLinedUp } from "./faults.js";
import { icon } from "./icons.js";
import { keep } from "./keyed.js";
import { log, onLog } from "./log.js";
import { language } from "./state.js";
import { timeOf } from "./times.js";
import { w } from "./words.js";

const MOST = 300;
const SLOW = 3;
let filter = "";

/** Makes the button fold the inspector out and in. */
export function beginInspector() {
  const button = document.getElementById("inspector-button");
  button.onclick = () => {
    const panel = document.getElementById("inspector");
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (panel.hidden) return;
    build(panel, () => { button.click(); button.focus(); });
    draw();
    panel.querySelector("button")?.focus();
  };
  onLog(() => { draw(); if (!document.getElementById("inspector").hidden) showLinedUp(); });
}

/** Draws the inspector anew where the language or place changed. */
export function drawInspector() {
  const panel = document.getElementById("inspector");
  if (panel.hidden) return;
  if (panel.dataset.language !== language()) {
    build(panel, () => document.getElementById("inspector-button").click());
    draw();
  }
  drawFaults();
}

function build(panel, close) {
  panel.dataset.language = language();
  const field = el("input", { type: "search", value: filter, placeholder: w("all_calls"),
    oninput: () => { filter = field.value.toLowerCase(); draw(); } });
  const heads = ["at", "direction", "call", "status", "took"].map((name) => el("th", { scope: "col" }, w(name)));
  panel.setAttribute("aria-label", w("inspector"));
  panel.replaceChildren(
    el("header", {}, el("h2", {}, w("inspector")), el("p", { className: "quiet" }, w("inspector_about")),
      el("label", {}, w("only_like"), " ", field),
      el("button", { type: "button", className: "plain", "aria-label": w("close"), onclick: close }, icon("close"))),
    faultsNode(),
    el("div", { className: "exchanges" },
      el("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": w("all_calls") },
        el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", { id: "exchanges" })),
        el("p", { id: "no-exchanges", className: "quiet" }, w("nothing_yet"))),
      el("div", { id: "exchange", tabIndex: 0, hidden: true })));
}

function draw() {
  const rows = document.getElementById("exchanges");
  if (!rows || document.getElementById("inspector").hidden) return;
  const isWanted = (one) => `${one.name} ${one.transport} ${one.status}`.toLowerCase().includes(filter);
  const shown = log.filter(isWanted).slice(-MOST).reverse();
  document.getElementById("no-exchanges").hidden = shown.length > 0;
  keep(rows, shown.map((one) => ({ key: one.number, print: [language()], draw: () => row(one) })));
}

function row(one) {
  const bad = one.failure || one.status >= 400 || one.response?.ok === false;
  const opener = el("button", { type: "button", className: "link", onclick: () => showDetails(one) }, one.name);
  const answer = one.failure ?? one.response?.error ?? one.status ?? "";
  const took = `${Math.round(one.seconds * 1000)} ms`;
  const cells = [timeOf(new Date(one.at)), w(one.direction), opener, String(answer), took]
    .map((cell) => el("td", {}, cell));
  cells[4].className = one.seconds > SLOW ? "number bad" : "number";
  return el("tr", { className: `${one.direction}${bad ? " bad" : ""}` }, cells);
}

function showDetails(one) {
  const written = (value) => typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const part = (name, value) => [el("h3", {}, w(name)), el("pre", {}, written(value))];
  const place = document.getElementById("exchange");
  place.hidden = false;
  place.replaceChildren(el("h3", {}, `${one.number}. ${one.name}`),
    el("p", { className: "quiet" }, `${one.transport}, ${one.at}`),
    ...part("request", one.request ?? null), ...part("response", one.response ?? null));
}
