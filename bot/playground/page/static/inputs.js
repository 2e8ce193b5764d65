// Draws the interactive elements of blocks: buttons, menus, and the fields of forms.

import { el, textOf } from "./blocks.js";

const TYPED = {
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text",
  datepicker: "date", timepicker: "time", datetimepicker: "datetime-local",
};
const PICKED = { datepicker: "selected_date", timepicker: "selected_time" };
const TYPING_PAUSE = 200;
let numbered = 0;

const plain = (object, where) => textOf(object, where.names).map((part) => part.textContent ?? part).join("");
const optionsOf = ({ options = [], option_groups: groups = [] }) => options.concat(groups.flatMap((one) => one.options));
const address = (element, block) => ({ block_id: block.block_id, action_id: element.action_id });
const controlIn = (node) => node.matches("input, select, textarea") ? node : node.querySelector("input") ?? node;

/** Asks what the element's confirmation dialog asks; true when there is none. */
function confirmed(element, where) {
  const { confirm } = element;
  return !confirm || window.confirm(`${plain(confirm.title, where)}\n\n${plain(confirm.text, where)}`);
}

function button(element, block, where) {
  const press = () => {
    if (!confirmed(element, where)) return;
    if (element.url) window.open(element.url, "_blank", "noopener");
    where.act("click", { ...address(element, block), value: element.value });
  };
  const looks = { className: element.style ?? "", title: element.url ?? "" };
  const node = el("button", { type: "button", ...looks, onclick: press }, plain(element.text, where));
  if (element.accessibility_label) node.setAttribute("aria-label", element.accessibility_label);
  return node;
}

function overflow(element, block, where) {
  const pick = ({ value }) => confirmed(element, where) && where.act("click", { ...address(element, block), value });
  const items = element.options.map((option) =>
    el("button", { type: "button", onclick: () => pick(option) }, plain(option.text, where)));
  const opener = el("summary", { ariaLabel: "More actions" }, "⋯");
  return el("details", { className: "overflow" }, opener, el("div", {}, items));
}

/** What a person filled in goes to the workspace; fields of forms do so when the field is left or the form is sent. */
function filler(element, block, where) {
  return (choice) => confirmed(element, where) && where.act("select", { ...address(element, block), choice });
}

function held(element, block, where) {
  return where.values[block.block_id]?.[element.action_id] ?? {};
}

function typed(element, block, where, fill) {
  const value = held(element, block, where);
  const isLong = element.type === "plain_text_input" && element.multiline;
  const field = el(isLong ? "textarea" : "input", isLong ? { rows: 4 } : { type: TYPED[element.type] });
  if (element.type === "number_input") field.inputMode = element.is_decimal_allowed ? "decimal" : "numeric";
  const isMoment = element.type === "datetimepicker";
  field.value = isMoment ? localTime(value.selected_date_time) : value[PICKED[element.type] ?? "value"] ?? "";
  if (element.placeholder) field.placeholder = plain(element.placeholder, where);
  if (element.max_length) field.maxLength = element.max_length;
  let sent = field.value;
  const send = () => {
    if (field.value === sent) return undefined;
    sent = field.value;
    return fill(sent && isMoment ? Math.floor(new Date(sent).getTime() / 1000) : sent || null);
  };
  field.addEventListener("change", send);
  where.unsent?.push(send);
  return field;
}

function localTime(seconds) {
  if (!seconds) return "";
  const moment = new Date(seconds * 1000);
  return new Date(moment - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function select(element, block, where, fill, options) {
  const value = held(element, block, where);
  const hint = element.placeholder ? plain(element.placeholder, where) : "Choose";
  const items = options.map(([key, label]) => el("option", { value: key }, label));
  const field = el("select", {}, el("option", { value: "" }, hint), items);
  field.value = value.selected_option?.value ?? value.selected_user ?? value.selected_conversation
    ?? value.selected_channel ?? "";
  field.addEventListener("change", () => fill(field.value || null));
  return field;
}

function choices(element, block, where, fill, options) {
  const value = held(element, block, where);
  const one = element.type === "radio_buttons";
  const before = one ? [value.selected_option] : value.selected_options ?? value.selected_users
    ?? value.selected_conversations ?? value.selected_channels ?? [];
  const chosen = new Set(before.filter(Boolean).map((option) => option.value ?? option));
  const name = `choice-${++numbered}`;
  const boxes = options.map(([key, label, about]) => el("label", { className: "choice" },
    el("input", { type: one ? "radio" : "checkbox", name, value: key, checked: chosen.has(key) }), " ", label,
    about ? el("small", {}, about) : null));
  const group = el("div", { className: "choices" }, boxes);
  group.addEventListener("change", () => {
    const picked = [...group.querySelectorAll("input:checked")].map((box) => box.value);
    fill(one ? picked[0] : picked);
  });
  return group;
}

function lookup(element, block, where, fill) {
  const several = element.type.startsWith("multi_");
  const value = held(element, block, where);
  const chosen = [...(value.selected_options ?? [value.selected_option].filter(Boolean))];
  const placeholder = element.placeholder ? plain(element.placeholder, where) : "";
  const field = el("input", { type: "text", autocomplete: "off", placeholder });
  field.setAttribute("aria-description", "Type to search; the matches follow as buttons.");
  const found = el("div", { className: "found", hidden: true });
  const picked = el("div", { className: "picked" });
  const show = () => picked.replaceChildren(...chosen.map((option) => el("button", {
    type: "button", title: "Remove", onclick: () => { chosen.splice(chosen.indexOf(option), 1); send(); },
  }, `${plain(option.text, where)} ✕`)));
  const send = () => {
    show();
    return fill(several ? chosen.map((option) => option.value) : chosen[0]?.value ?? null);
  };
  const pick = (option) => {
    if (!several) chosen.length = 0;
    if (!chosen.some((one) => one.value === option.value)) chosen.push(option);
    field.value = "";
    found.hidden = true;
    field.focus();
    send();
  };
  let pause;
  const search = async () => {
    const text = field.value;
    const outcome = await where.ask("suggest", { ...address(element, block), typed: text });
    if (field.value !== text) return;
    const hits = (outcome.options ?? []).map((option) => el("button", { type: "button", onclick: () => pick(option) },
      plain(option.text, where), option.description ? el("small", {}, plain(option.description, where)) : null));
    found.replaceChildren(...(hits.length ? hits : ["No results"]));
    found.hidden = false;
  };
  const soon = () => { clearTimeout(pause); pause = setTimeout(search, TYPING_PAUSE); };
  field.addEventListener("input", soon);
  field.addEventListener("focus", soon);
  const node = el("div", { className: "lookup" }, field, found, picked);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || found.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    found.hidden = true;
    field.focus();
  });
  show();
  return node;
}

function field(element, block, where, fill) {
  const listed = optionsOf(element).map(({ value, text, description }) =>
    [value, plain(text, where), description && plain(description, where)]);
  const kind = element.type.replace("multi_", "");
  if (TYPED[element.type]) return typed(element, block, where, fill);
  if (kind === "external_select") return lookup(element, block, where, fill);
  const { users, channels } = where.names;
  const known = { users_select: users, conversations_select: channels, channels_select: channels }[kind];
  const options = known ? Object.entries(known) : listed;
  if (element.type.startsWith("multi_") || ["checkboxes", "radio_buttons"].includes(kind)) {
    return choices(element, block, where, fill, options);
  }
  if (kind.endsWith("_select")) return select(element, block, where, fill, options);
  return el("p", { className: "hint" }, `This page does not draw a ${element.type}.`);
}

/** The node of an interactive element; in an input block with its label, hint and error. */
export function drawInput(element, block, where) {
  if (element.type === "button") return button(element, block, where);
  if (element.type === "overflow") return overflow(element, block, where);
  const node = field(element, block, where, filler(element, block, where));
  if (block.type !== "input") {
    const label = element.placeholder ? plain(element.placeholder, where) : element.action_id;
    controlIn(node).setAttribute("aria-label", label);
    return node;
  }
  return labelled(node, block, where);
}

function labelled(node, block, where) {
  const id = `field-${++numbered}`;
  const text = `${plain(block.label, where)}${block.optional ? " (optional)" : ""}`;
  const error = where.errors?.[block.block_id];
  const below = [
    block.hint ? el("p", { className: "hint", id: `${id}-hint` }, plain(block.hint, where)) : null,
    error ? el("p", { className: "error", id: `${id}-error` }, error) : null,
  ];
  if (node.className === "choices") {
    return el("fieldset", {}, el("legend", {}, text), node, below);
  }
  const control = controlIn(node);
  control.id = id;
  control.dataset.block = block.block_id;
  if (error) control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", below.filter(Boolean).map((one) => one.id).join(" "));
  return el("div", { className: "field" }, el("label", { htmlFor: id }, text), node, below);
}
