// Finds emphasis, such as *bold*, in a line of cells: single characters, and nodes that are drawn already.

import { el } from "../dom.js";

const WORD = /[\p{L}\p{N}]/u;
const isWord = (cell) => typeof cell === "string" && WORD.test(cell);
const isSpace = (cell) => cell === undefined || (typeof cell === "string" && /\s/.test(cell));

/** The cells of a text. */
export const cellsOf = (text) => [...text];

/** The nodes of cells; `marks` says which tag each mark stands for, such as `{"*": "b"}`. */
export function emphasise(cells, marks) {
  const nodes = [];
  const hopeless = new Set();
  let text = "";
  const flush = () => { if (text) nodes.push(document.createTextNode(text)); text = ""; };
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at];
    const end = Object.hasOwn(marks, cell) && !hopeless.has(cell) && opens(cells, at) ? closing(cells, at) : 0;
    if (end > 0) {
      flush();
      nodes.push(el(marks[cell], {}, emphasise(cells.slice(at + 1, end), marks)));
      at = end;
    } else if (typeof cell === "string") {
      if (end < 0) hopeless.add(cell);
      if (cell === "\n") hopeless.clear();
      text += cell;
    } else {
      flush();
      nodes.push(cell);
    }
  }
  flush();
  return nodes;
}

function opens(cells, at) {
  const [before, mark, after] = [cells[at - 1], cells[at], cells[at + 1]];
  return !isWord(before) && before !== mark && !isSpace(after) && after !== mark;
}

/** Where the mark at `from` is closed on its line; -1 when nothing on this line closes it. */
function closing(cells, from) {
  const mark = cells[from];
  for (let at = from + 2; at < cells.length && cells[at] !== "\n"; at += 1) {
    const ends = cells[at] === mark && !isSpace(cells[at - 1]);
    if (ends && !isWord(cells[at + 1]) && cells[at + 1] !== mark) return at;
  }
  return -1;
}
