// Small drawings that belong to blocks, on a grid of 20 by 20. The words beside them say the same.

import { svg } from "../dom.js";

const PATHS = {
  file: "M5 2.5h6.5l4 4v11H5z M11.5 2.5v4h4",
  picture: "M3 4h14v12H3z M3 13.5l4-4 3.5 3.5 2-2 4.5 4 M13 7v.6",
  warning: "M10 3l7.5 13.5h-15z M10 8v4.5 M10 14.3v.6",
};

/** The drawing called `name`, as a decoration. */
export function sign(name) {
  return svg("svg", { class: "sign", viewBox: "0 0 20 20", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] }));
}
