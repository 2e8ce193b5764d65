// Small drawings that belong to blocks, on a grid of 20 by 20. The words beside them say the same.

import { svg } from "../dom.js";

const PATHS = {
  bin: "M4 5.5h12 M8 5.5v-2h4v2 M5.5 5.5l.8 11h7.4l.8-11 M8.5 8.5v5.5 M11.5 8.5v5.5",
  down: "M6.5 11.5v-8H3.5v8z M6.5 10.5l3 6c1.2 0 1.8-.9 1.6-2l-.5-2.5h4c1.2 0 1.9-1 1.6-2l-1.3-5c-.3-.9-.9-1.5-1.9-1.5H6.5",
  error: "M6.8 2.5h6.4l4.3 4.3v6.4l-4.3 4.3H6.8l-4.3-4.3V6.8z M7 7l6 6 M13 7l-6 6",
  file: "M5 2.5h6.5l4 4v11H5z M11.5 2.5v4h4",
  info: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z M10 9v5 M10 6v.6",
  picture: "M3 4h14v12H3z M3 13.5l4-4 3.5 3.5 2-2 4.5 4 M13 7v.6",
  success: "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z M6.5 10.3l2.4 2.4 4.6-5",
  up: "M6.5 8.5v8H3.5v-8z M6.5 9.5l3-6c1.2 0 1.8.9 1.6 2l-.5 2.5h4c1.2 0 1.9 1 1.6 2l-1.3 5c-.3.9-.9 1.5-1.9 1.5H6.5",
  warning: "M10 3l7.5 13.5h-15z M10 8v4.5 M10 14.3v.6",
};

/** The drawing called `name`, as a decoration. */
export function sign(name) {
  return svg("svg", { class: "sign", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }));
}
