// The date tokens of Slack's markup, such as {date_short_pretty}, in the reader's zone and language.

import { languageOf, word } from "./words.js";
import { dateFormat, dayOf } from "./zones.js";

const LOCALES = { en: "en-US", nl: "nl-NL" };
const DAY = 86_400;
const SPANS = [["day", DAY], ["hour", 3600], ["minute", 60], ["second", 1]];
const NEAR = { [-1]: "yesterday", 0: "today", 1: "tomorrow" };

function format(seconds, place, options) {
  const locale = LOCALES[languageOf(place)];
  return dateFormat(locale, { timeZone: place.zone, ...options }).format(seconds * 1000);
}

function ordinal(day) {
  const tens = day % 100;
  const ending = tens > 10 && tens < 14 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th";
  return `${day}${ending}`;
}

function date(seconds, place, { weekday, month = "long" } = {}) {
  const written = format(seconds, place, { weekday, day: "numeric", month, year: "numeric" });
  if (languageOf(place) === "nl" || month === "short") return written;
  return written.replace(/(\d{1,2}),/, (_, day) => `${ordinal(Number(day))},`);
}

/** How many days the moment lies ahead of now, by the reader's calendar. */
function daysAhead(seconds, place) {
  const now = Date.parse(place.now) / 1000;
  return Math.round((Date.parse(dayOf(seconds, place.zone)) - Date.parse(dayOf(now, place.zone))) / (DAY * 1000));
}

function pretty(seconds, place, otherwise) {
  const key = NEAR[daysAhead(seconds, place)];
  return key ? word(place, key) : otherwise;
}

function ago(seconds, place) {
  const passed = Math.round(seconds - Date.parse(place.now) / 1000);
  const [unit, length] = SPANS.find(([, one]) => Math.abs(passed) >= one) ?? SPANS.at(-1);
  return new Intl.RelativeTimeFormat(LOCALES[languageOf(place)]).format(Math.trunc(passed / length), unit);
}

const DIGITS = { day: "2-digit", month: "2-digit", year: "numeric" };
const HOURS = { en: "numeric", nl: "2-digit" };

const time = (at, place, more = {}) =>
  format(at, place, { hour: HOURS[languageOf(place)], minute: "2-digit", ...more });
const TOKENS = {
  date_num: (at, place) => dayOf(at, place.zone),
  date_slash: (at, place) => format(at, place, DIGITS).replaceAll("-", "/"),
  date,
  date_long: (at, place) => date(at, place, { weekday: "long" }),
  date_long_full: (at, place) => date(at, place, { weekday: "long" }),
  date_short: (at, place) => date(at, place, { month: "short" }),
  date_pretty: (at, place) => pretty(at, place, date(at, place)),
  date_long_pretty: (at, place) => pretty(at, place, date(at, place, { weekday: "long" })),
  date_short_pretty: (at, place) => pretty(at, place, date(at, place, { month: "short" })),
  day_divider_pretty: (at, place) => pretty(at, place, date(at, place, { weekday: "long" })),
  time: (at, place) => time(at, place),
  time_secs: (at, place) => time(at, place, { second: "2-digit" }),
  ago,
};

/** A format such as "{date_long} at {time}" filled in for a moment; null where it has no token, or one not known. */
export function dateText(seconds, pattern, place) {
  const at = Number(seconds);
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e12 || !/\{\w+\}/.test(pattern)) return null;
  let known = true;
  const filled = pattern.replace(/\{(\w+)\}/g, (_, name) => {
    known &&= Object.hasOwn(TOKENS, name);
    return known ? TOKENS[name](at, place) : "";
  });
  return known ? filled : null;
}

/** A day ("2026-01-31") in words, with its weekday. */
export function dayInWords(day, place) {
  const noon = Date.parse(`${day}T12:00Z`) / 1000;
  return format(noon, { ...place, zone: "UTC" }, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}
