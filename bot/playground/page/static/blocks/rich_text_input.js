// A field for formatted text, with a small toolbar; what is written is kept as rich_text.

import { el } from "../dom.js";
import { plainString } from "./plain.js";
import { richText } from "./rich_text.js";
import { richTextIn } from "./rich_text_reader.js";
import { choose, mark } from "./slot.js";
import { word } from "./words.js";

const TOOLS = [
  ["bold", "B", "bold"], ["italic", "I", "italic"], ["strike", "S", "strikeThrough"],
  ["bulletList", "•", "insertUnorderedList"], ["numberedList", "1.", "insertOrderedList"],
  ["quote", "❝", "formatBlock", "blockquote"],
];
const LINE = 1.5;

function toolbar(editor, slot) {
  const buttons = TOOLS.map(([key, sign, command, argument]) => {
    const label = word(slot.place, key);
    const node = el("button", { type: "button", className: `tool ${key}`, "aria-label": label, title: label,
      disabled: Boolean(slot.place.readonly) }, sign);
    // the selection stays where it is, or there would be nothing to format
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", () => { editor.focus(); document.execCommand(command, false, argument); });
    return node;
  });
  return el("div", { className: "toolbar", role: "toolbar", "aria-label": word(slot.place, "format") }, buttons);
}

/** A rich text field. */
export function richTextInput(slot) {
  const { element, place, value } = slot;
  const editor = el("div", { className: "editor", role: "textbox", tabIndex: 0, "aria-multiline": "true",
    contentEditable: place.readonly ? "false" : "true" });
  editor.dataset.placeholder = element.placeholder ? plainString(element.placeholder) : "";
  editor.style.minHeight = `${(element.min_lines ?? 3) * LINE}em`;
  if (element.max_lines) editor.style.maxHeight = `${element.max_lines * LINE}em`;
  editor.append(...(value.rich_text_value ? richText(value.rich_text_value, place) : []));
  let kept = JSON.stringify(richTextIn(editor));
  const keep = () => {
    const written = richTextIn(editor);
    if (JSON.stringify(written) === kept) return undefined;
    kept = JSON.stringify(written);
    return choose(slot, written);
  };
  editor.addEventListener("blur", keep);
  editor.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  editor.addEventListener("drop", (event) => event.preventDefault());
  place.unsent?.push(keep);
  return { node: el("div", { className: "rich-input" }, toolbar(editor, slot), editor), control: mark(editor, slot) };
}
