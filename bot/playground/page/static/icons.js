// Small line drawings on a grid of 20 by 20. They say nothing that the words beside them, or a label, do not say.

import { svg } from "./dom.js";

const PATHS = {
  hash: "M8 3 6 17 M14 3l-2 14 M3.5 7.5h14 M2.5 12.5h14",
  lock: "M5.5 9h9v7.5h-9z M7.5 9V6.5a2.5 2.5 0 0 1 5 0V9",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5z M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  pin: "M7 3h6l-1 5 3 3H5l3-3z M10 11v6",
  people: "M7.5 9a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5z M2.5 16.5c0-3 2-5 5-5s5 2 5 5"
    + " M13 4a2.5 2.5 0 0 1 0 5 M14.5 11.8c2 .6 3 2.3 3 4.7",
  reply: "M3 4h14v9H9l-4 3.5V13H3z",
  dots: "M4.5 10h.6 M9.7 10h.6 M14.9 10h.6",
  close: "M5 5l10 10 M15 5 5 15",
  back: "M12 4l-6 6 6 6",
  send: "M3 3.5 17.5 10 3 16.5 5 10z M5 10h6",
  plus: "M10 4v12 M4 10h12",
  bolt: "M11 2.5 4.5 11H9l-1 6.5 7-9h-4.5z",
  file: "M5 2.5h6.5L15.5 6.5v11h-10.5z M11.5 2.5v4h4",
  calendar: "M3.5 5h13v12h-13z M3.5 8.5h13 M7 3v3.5 M13 3v3.5",
  down: "M10 3.5v9 M6 9l4 4 4-4 M4 16.5h12",
  clock: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z M10 6v4.5l3 1.5",
  flag: "M5 17.5v-14 M5 4h9.5l-2 3.5 2 3.5H5",
  check: "M4 10.5l4 4 8-9",
  chevron: "M6 8l4 4 4-4",
  window: "M7.5 5H4v11h11v-3.5 M11 3.5h5.5V9 M16.5 3.5 9.5 10.5",
  tool: "M3 5.5h14 M3 10h14 M3 14.5h14 M7 3.5v4 M13 8v4 M8 12.5v4",
  copy: "M7 7h9.5v9.5H7z M4.5 13H3.5V3.5H13v1",
  map: "M3 5l4.5-2 5 2L17 3v12l-4.5 2-5-2L3 17z M7.5 3v12 M12.5 5v12",
};

/** The drawing called `name`, as a decoration. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }));
}
