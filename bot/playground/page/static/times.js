// Moments as the person being played reads them: in their zone and language.

import { me, now } from "./state.js";
import { w } from "./words.js";

const formats = new Map();
const days = new Map();
const DAY = 86_400_000;
const QUARTER = 900_000;

/** How the person writes moments; `parts` are options of Intl.DateTimeFormat. */
function format(parts) {
  const { locale = "en", zone = "UTC" } = me() ?? {};
  const key = `${locale}/${zone}/${JSON.stringify(parts)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: zone, ...parts }));
  return formats.get(key);
}

/** The moment of a message's timestamp. */
export const momentOf = (ts) => new Date(Number(ts) * 1000);

/** "09:05". */
export const timeOf = (moment) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(moment);

/** The day in the person's zone, in a form that can be compared: "2026-03-09". */
export function dayKey(moment) {
  const { zone = "UTC" } = me() ?? {};
  const key = `key/${zone}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("sv", { timeZone: zone }));
  // no zone changes its day within a quarter of an hour
  const quarter = `${key}/${Math.floor(moment.getTime() / QUARTER)}`;
  if (!days.has(quarter)) days.set(quarter, formats.get(key).format(moment));
  return days.get(quarter);
}

/** "today", "yesterday", or "Monday 9 March". */
export function dayOf(moment) {
  const today = now();
  const key = dayKey(moment);
  if (key === dayKey(today)) return w("today");
  if (key === dayKey(new Date(today.getTime() - DAY))) return w("yesterday");
  const year = key.slice(0, 4) === dayKey(today).slice(0, 4) ? {} : { year: "numeric" };
  return format({ weekday: "long", day: "numeric", month: "long", ...year }).format(moment);
}

/** "Mon 9 Mar 09:05": short enough for a bar. */
export const shortly = (moment) => format({
  weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
}).format(moment);

/** "Monday 9 March 2026 at 09:05". */
export const fully = (moment) => format({ dateStyle: "full", timeStyle: "short" }).format(moment);

/** The day and the time: "today 09:05", "Monday 9 March 09:05". */
export const whenOf = (moment) => `${dayOf(moment)} ${timeOf(moment)}`;
