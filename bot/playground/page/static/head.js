// The bar above a conversation: its name and topic, its members and pins, or the tabs of the app.

import { el } from "./dom.js";
import { go, openPane } from "./go.js";
import { icon } from "./icons.js";
import { changes } from "./keyed.js";
import { act } from "./server.js";
import { at, channel, language, placeName, seen } from "./state.js";
import { w } from "./words.js";

const differs = changes();

/** Draws the bar where it changed. */
export function drawHead() {
  const open = channel();
  const pins = seen.open?.pins.length ?? 0;
  const looks = open && [open.id, open.name, open.topic, open.members.length, open.shared, open.archived];
  if (!differs(JSON.stringify([{ ...at, start: null }, language(), pins, looks, tabs().length]))) return;
  const back = el("button", { type: "button", className: "plain back", "aria-label": w("back"),
    onclick: () => go({}) }, icon("back"));
  document.getElementById("head").replaceChildren(back, ...(at.tab || open?.with_app ? ofApp(open) : ofChannel(open)));
}

function ofChannel(open) {
  const title = (content) => el("h1", { id: "place" }, content);
  if (!open) return [title(w("choose"))];
  const sign = { public: "hash", private: "lock" }[open.kind];
  const states = [open.shared && w("shared"), open.archived && w("archived")].filter(Boolean);
  const pins = seen.open?.pins.length ?? 0;
  return [
    title([sign ? icon(sign) : null, open.name]),
    ...states.map((state) => el("span", { className: "tag foreign" }, state)),
    el("p", { id: "topic", title: open.topic }, open.topic),
    pins || at.pane === "pins" ? paneButton("pins", "pin", String(pins), w("pin_count", { count: pins })) : "",
    paneButton("members", "people", String(open.members.length), w("member_count", { count: open.members.length })),
  ];
}

function paneButton(pane, sign, shown, label) {
  return el("button", { type: "button", className: "chip", "aria-label": label, title: label,
    "aria-expanded": String(at.pane === pane), onclick: () => openPane(pane) }, icon(sign), shown);
}

function tabs() {
  const { app } = seen.cast;
  return ["home", "messages", "about"].filter((name) => app[name] ?? true);
}

function ofApp(open) {
  const { app } = seen.cast;
  const talk = seen.channels.find((one) => one.with_app && one.member);
  const openTab = {
    home: async () => { await go({ tab: "home" }); await act("open_home"); },
    about: () => go({ tab: "about" }),
    messages: async () => {
      if (!talk) await act("read"); // which begins the conversation with the app
      await go({ channel: (talk ?? seen.channels.find((one) => one.with_app && one.member)).id });
    },
  };
  const here = at.tab ?? (open?.with_app ? "messages" : "");
  const buttons = tabs().map((name) => {
    const node = el("button", { type: "button", className: "tab", onclick: openTab[name] }, w(name));
    if (name === here) node.setAttribute("aria-current", "page");
    return node;
  });
  return [el("h1", { id: "place" }, app.name), el("span", { className: "tag app" }, w("app")),
    el("div", { className: "tabs" }, buttons)];
}
