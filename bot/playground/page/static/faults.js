// What can be thrown in: calls that go wrong, a channel that becomes shared, a bot that is removed, a slow database.

import { el } from "./dom.js";
import { changes } from "./keyed.js";
import { control, get } from "./server.js";
import { at, channel, language, placeName } from "./state.js";
import { toast } from "./toasts.js";
import { w } from "./words.js";

const KINDS = ["rate_limited", "timeout", "drop_after", "server_error"];
const METHODS = ["chat.postMessage", "chat.postEphemeral", "chat.update", "conversations.create",
  "conversations.invite",
  "conversations.open", "files.completeUploadExternal", "pins.add", "users.info", "views.open", "views.publish"];
const PAUSE_SECONDS = 10;
const differs = changes();

/** The levers, in the language of the person. */
export function faultsNode() {
  const method = el("select", { "aria-label": w("next_call") }, el("option", { value: "" }, w("any_method")),
    METHODS.map((name) => el("option", { value: name }, name)));
  const kinds = KINDS.map((name) => el("option", { value: name }, w(name)));
  const kind = el("select", { "aria-label": w("failures") }, kinds);
  const throwIn = (event) => {
    event.preventDefault();
    pull("faults/add", { method: method.value || null, kind: kind.value, times: 1 });
  };
  const node = el("details", { className: "faults", open: innerWidth > 700 }, el("summary", {}, w("failures")),
    el("form", { className: "row", onsubmit: throwIn }, el("span", {}, w("next_call")), method, kind,
      el("button", { type: "submit" }, w("throw_in"))),
    el("div", { className: "row", id: "channel-faults" }),
    el("div", { className: "row" }, lever("pause_database", "database/pause", { seconds: PAUSE_SECONDS }),
      lever("clear_faults", "faults/clear", {})),
    el("p", { className: "quiet", id: "lined-up", role: "status" }));
  differs(null);
  queueMicrotask(() => { drawFaults(); showLinedUp(); });
  return node;
}

/** Draws the levers that act on the open channel. */
export function drawFaults() {
  const place = document.getElementById("channel-faults");
  const open = channel();
  if (!place || !differs(at.channel, language(), open?.shared)) return;
  const can = open && ["public", "private"].includes(open.kind);
  const values = can ? { name: placeName(open) } : {};
  place.replaceChildren(...(can ? [lever("share_channel", "channels/share", { channel: open.id }, values),
    lever("kick_app", "channels/kick_app", { channel: open.id }, values)] : []));
}

function lever(label, action, body, values = {}) {
  return el("button", { type: "button", onclick: () => pull(action, body) }, w(label, values));
}

async function pull(action, body) {
  const outcome = await control(action, body);
  if (!outcome.toast) toast(w("done_it"));
  await showLinedUp();
}

function kindOf({ status, hang, drop, error }) {
  const kind = { 429: "rate_limited", 503: "server_error" }[status] ?? (hang && "timeout") ?? "";
  return kind || drop === "after" ? w(kind || "drop_after") : error ?? String(status);
}

/** Shows which failures are still to come. */
export async function showLinedUp() {
  if (!document.getElementById("lined-up")) return;
  const { result } = await get("/control/faults").catch(() => ({ result: [] }));
  const place = document.getElementById("lined-up");
  const method = (one) => one.method === "*" ? w("any_method") : one.method;
  const text = result.map((one) => w("lined_up_one", { method: method(one), kind: kindOf(one), times: one.times ?? "∞" }))
    .join(" · ");
  place.textContent = text ? `${w("lined_up")}: ${text}` : "";
}
