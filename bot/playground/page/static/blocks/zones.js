// Wall time in a zone of the world, and back.

const WALL = {
  hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
};
const formats = new Map();

/** The format with these options; it is kept, for making one takes a hundred times as long as using it. */
export function dateFormat(locale, options) {
  const key = JSON.stringify([locale, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
}

/** A moment (seconds since 1970) on the wall of `zone`, as "2026-01-31T09:00". */
export function wallTime(seconds, zone) {
  const parts = dateFormat("en-GB", { ...WALL, timeZone: zone }).formatToParts(seconds * 1000);
  const read = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${read.year.padStart(4, "0")}-${read.month}-${read.day}T${read.hour}:${read.minute}`;
}

/** The moment (whole seconds since 1970) at which the wall of `zone` shows this; an hour that is skipped moves on. */
export function momentOf(wall, zone) {
  const asUtc = Date.parse(`${wall}Z`);
  const offsetAt = (at) => Date.parse(`${wallTime(Math.floor(at / 1000), zone)}Z`) - Math.floor(at / 60_000) * 60_000;
  const first = asUtc - offsetAt(asUtc);
  const before = offsetAt(first);
  const second = asUtc - before;
  // in the hour that a spring night skips the two offsets contradict each other: the earlier offset moves it on
  const moment = offsetAt(second) === before ? second : asUtc - Math.min(before, offsetAt(second));
  return Math.floor(moment / 1000);
}

/** The date of a moment in `zone`, as "2026-01-31". */
export const dayOf = (seconds, zone) => wallTime(seconds, zone).slice(0, 10);
