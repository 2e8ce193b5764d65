// Begins: reads who can be played, wires the parts, and follows the workspace.

import { drawAppTab } from "./app_tab.js";
import { beginClock, drawClock } from "./clock.js";
import { drawFoot } from "./foot.js";
import { afterSteps, readAddress } from "./go.js";
import { drawHead } from "./head.js";
import { icon } from "./icons.js";
import { beginInspector, drawInspector } from "./inspector.js";
import { changes } from "./keyed.js";
import { follow, listen, look } from "./live.js";
import { followLog } from "./log.js";
import { beginMessages, drawMessages } from "./messages.js";
import { drawModal } from "./modal.js";
import { drawNotices } from "./notices.js";
import { afterActs, get } from "./server.js";
import { beginSidebar, drawSidebar } from "./sidebar.js";
import { beginStartOver } from "./start_over.js";
import { at, language, seen } from "./state.js";
import { beginSwitch, drawSwitch } from "./switch.js";
import { drawSide } from "./thread.js";
import { acted, beginTour, drawTour, isTouring } from "./tour.js";
import { speak, w } from "./words.js";

const $ = (id) => document.getElementById(id);
const speaks = changes();

/** Draws whatever changed, everywhere. */
function draw() {
  speak(language());
  drawFixed();
  document.body.dataset.at = at.channel || at.tab ? "place" : "list";
  // On a telephone the list stands alone, and is then what the page is about.
  const isAlone = document.body.dataset.at === "list" && matchMedia("(max-width: 699px)").matches;
  $("list").role = isAlone ? "main" : null;
  // the foot before the messages: it takes its room from the list, which is then scrolled to its end
  for (const part of [drawSwitch, drawClock, drawSidebar, drawHead, drawAppTab, drawFoot, drawMessages, drawSide,
    drawTour, drawInspector, drawModal, drawNotices]) part();
}

/** The words that stand on the page itself, when the language is another one. */
function drawFixed() {
  if (!speaks(language())) return;
  for (const node of document.querySelectorAll("[data-w]")) node.textContent = w(node.dataset.w);
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", w(node.dataset.label));
    node.title = w(node.dataset.label);
  }
}

function wire() {
  for (const node of document.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
  $("workspace").textContent = seen.cast.workspace.name;
  const parts = [beginSidebar, beginMessages, beginSwitch, beginClock, beginStartOver, beginInspector, beginTour];
  for (const begin of parts) begin();
  afterSteps(async () => { draw0(); listen(); await look(); });
  afterActs((...done) => { acted(...done); return look(); });
  addEventListener("popstate", () => { readAddress(); look(); });
  addEventListener("hashchange", () => { readAddress(); listen(); look(); });
  addEventListener("keydown", escape);
  followLog(() => isTouring() || !$("inspector").hidden);
}

/** Answers a step at once with what is known already; what is not known follows. */
function draw0() {
  if (!seen.now) return;
  speak(language());
  drawSidebar();
  drawSide();
}

function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  $("side").querySelector(".pane-head button")?.click();
}

seen.cast = await get("/page/cast");
readAddress();
speak(language());
if (at.person) {
  wire();
  await follow(draw);
} else $("head").textContent = w("nobody");
