// Where an interactive element stands, what it holds, and how the workspace hears of what a person does with it.

import { confirmed } from "./confirm.js";

/** All that the drawing of one element needs: itself, its block, its place, its entry of `state.values`. */
export function slotOf(element, block, place) {
  const address = { block_id: block.block_id, action_id: element.action_id };
  const value = place.values?.[block.block_id]?.[element.action_id] ?? {};
  return { element, block, place, address, value, inForm: block.type === "input" };
}

/** Marks a control so that a page drawn anew can find it again, and closes it where nothing may be done. */
export function mark(control, { address, element, place }) {
  Object.assign(control.dataset, { block: address.block_id, action: address.action_id });
  if (place.readonly) control.disabled = true;
  if (element.focus_on_load) control.autofocus = true;
  return control;
}

/**
 * Tells what was chosen or typed, after the element's confirmation dialog; false when the person took it back.
 * Without a dialog it is told before this returns, so that a form which is sent next comes after it. With
 * `dispatch: false` in `how` a form keeps it, and the app hears of it when the form is sent.
 */
export async function choose({ element, address, place }, choice, how = {}) {
  if (element.confirm && !await confirmed(element.confirm, place)) return false;
  await place.act("select", { ...address, choice, ...how });
  return true;
}

/** Tells that something was pressed, after the element's confirmation dialog; false when the person took it back. */
export async function press({ element, address, place }, value) {
  if (element.confirm && !await confirmed(element.confirm, place)) return false;
  await place.act("click", { ...address, ...(value === undefined ? {} : { value }) });
  return true;
}
