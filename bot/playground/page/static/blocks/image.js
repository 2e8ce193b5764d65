// Images: those that come with the page or in the text itself. Others stay unloaded, and their words stand instead.

import { el } from "../dom.js";
import { plain } from "./plain.js";
import { sign } from "./signs.js";
import { word } from "./words.js";

function isOwn(url) {
  if (/^data:image\//i.test(url)) return true;
  return URL.canParse(url) && new URL(url).origin === location.origin;
}

function inWords(image, place) {
  const looks = { className: "no-image", role: "img", "aria-label": image.alt_text };
  const node = el("span", looks, sign("picture"), " ", image.alt_text);
  node.title = word(place, "broken", { alt: image.image_url ?? image.alt_text });
  return node;
}

/** The node of an image block or element. */
export function image(one, place) {
  const url = one.image_url ?? "";
  if (!isOwn(url)) return inWords(one, place);
  const node = el("img", { src: url, alt: one.alt_text, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(inWords(one, place)), { once: true });
  return node;
}

/** An image block: its title above the image. */
export function imageBlock(block, place) {
  return el("figure", { className: "image" },
    block.title ? el("figcaption", {}, plain(block.title)) : null, image(block, place));
}
