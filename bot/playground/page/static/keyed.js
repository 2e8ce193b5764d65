// Keeps a list of nodes in step with a list of things, and draws only what is new or looks different.

const kept = new WeakMap();
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/**
 * Makes the children of `parent` those of `items`. An item has a `key`, a `print` (a list: equal prints look the same)
 * and `draw`, which makes its node. Focus stays where it was when the focused node is drawn again.
 */
export function keep(parent, items) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  let place = parent.firstChild;
  for (const { key, print, draw } of items) {
    const old = before.get(key);
    const node = old && equal(old.print, print) ? old.node : draw();
    if (old && old.node !== node) {
      const isInPlace = place === old.node;
      if (isInPlace) place = place.nextSibling;
      parent.insertBefore(node, old.node);
      exchange(old.node, node);
      if (!isInPlace) parent.insertBefore(node, place);
    } else if (node === place) place = place.nextSibling;
    else parent.insertBefore(node, place);
    after.set(key, { node, print });
  }
  for (const [key, { node }] of before) if (!after.has(key)) node.remove();
  kept.set(parent, after);
}

/** Puts `node` in the place of `old`, with the focus on what stands where it was. */
export function exchange(old, node) {
  const focused = document.activeElement;
  const index = old.contains(focused) ? [old, ...old.querySelectorAll(FOCUSABLE)].indexOf(focused) : -1;
  old.replaceWith(node);
  if (index < 0) return;
  [node, ...node.querySelectorAll(FOCUSABLE)][index]?.focus({ preventScroll: true });
}

/** A function that tells whether what it is given differs from what it was given the last time. */
export function changes() {
  let last;
  return (...print) => {
    const differs = !last || !equal(last, print);
    last = print;
    return differs;
  };
}

const equal = (one, other) => one.length === other.length && one.every((value, index) => value === other[index]);
