// What this page cannot draw is shown as it came, with a warning, so that nothing is dropped in silence.

import { el } from "../dom.js";
import { sign } from "./signs.js";
import { word } from "./words.js";

/** The JSON of a thing below a sentence that says why; `key` is "unknownBlock" or "unknownElement". */
export function unknown(key, thing, place) {
  return el("div", { className: "unknown", role: "note" },
    el("p", {}, sign("warning"), " ", word(place, key, { type: thing.type })),
    el("pre", { tabIndex: 0 }, JSON.stringify(thing, null, 2)));
}
