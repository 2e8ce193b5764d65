// Where the options of a select menu come from: the element itself, the app, or the workspace.

import { plainString } from "./plain.js";
import { word } from "./words.js";

const LEAST_TYPED = 3; // Slack's own, where the element does not say how much is to be typed

/** A text without case and accents, for comparing what is typed with what is there. */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const known = (option) => ({ key: option.value, text: plainString(option.text),
  about: option.description ? plainString(option.description) : "" });

function matching(groups, typed) {
  const wanted = fold(typed.trim());
  const fits = ({ text }) => fold(text).includes(wanted);
  const found = groups.map(({ label, options }) => ({ label, options: options.filter(fits) }));
  return found.filter(({ options }) => options.length);
}

function listed({ options = [], option_groups: groups }) {
  if (!groups) return [{ label: "", options: options.map(known) }];
  return groups.map((one) => ({ label: plainString(one.label), options: one.options.map(known) }));
}

function fixed(groups) {
  return { isSlow: false, find: async (typed) => ({ groups: matching(groups, typed) }) };
}

/** The app is asked for each text that is typed; only the answer to the last one counts. */
function external({ element, address, place }) {
  const least = element.min_query_length ?? LEAST_TYPED;
  return {
    isSlow: true,
    find: async (typed) => {
      if (typed.length < least) return { groups: [], note: word(place, "typeMore", { count: least }) };
      const outcome = await place.ask("suggest", { ...address, typed });
      if (outcome.toast) return { groups: [], note: word(place, "failed") };
      const { option_groups: groups, options } = outcome;
      return { groups: listed(groups?.length ? { option_groups: groups } : { options }) };
    },
  };
}

function people({ place }) {
  return Object.entries(place.names.users).map(([key, name]) => ({ key, text: `@${name}`, about: "" }));
}

/** The conversations that a filter lets through; without one, all that the person sees. */
function conversations({ place, element }) {
  const { include, exclude_external_shared_channels: noShared, exclude_bot_users: noApps } = element.filter ?? {};
  return place.conversations
    .filter(({ kind, shared, with_app: withApp }) =>
      (!include || include.includes(kind)) && !(noShared && shared) && !(noApps && withApp))
    .map(({ id }) => ({ key: id, text: nameOf(id, place), about: "" }));
}

const KNOWN = { users_select: people, conversations_select: conversations };

const byText = (one, other) => one.text.localeCompare(other.text);

/** The source of an element's options: `find(typed)` promises `{groups: [{label, options}], note}`. */
export function sourceOf(slot) {
  const kind = slot.element.type.replace("multi_", "");
  if (kind === "external_select") return external(slot);
  if (kind === "static_select") return fixed(listed(slot.element));
  return fixed([{ label: "", options: KNOWN[kind](slot).sort(byText) }]);
}

const HELD = ["selected_options", "selected_users", "selected_option", "selected_user", "selected_conversation"];

/** What is chosen already, as a list of `{key, text, about}`. */
export function chosenIn({ value, place }) {
  const held = HELD.map((name) => value[name]).find((one) => one !== undefined && one !== null) ?? [];
  return [held].flat().map((one) => (one.text ? known(one) : { key: one, text: nameOf(one, place), about: "" }));
}

function nameOf(id, { names, conversations: known }) {
  if (names.users[id]) return `@${names.users[id]}`;
  const isDirect = known.some((one) => one.id === id && ["im", "mpim"].includes(one.kind));
  return `${isDirect ? "@" : "#"}${names.channels[id] ?? id}`;
}
