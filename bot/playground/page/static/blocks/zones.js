// Dates on the wall of a zone of the world.

const DAY = { year: "numeric", month: "2-digit", day: "2-digit" };
const formats = new Map();

/** The format with these options; it is kept, for making one takes a hundred times as long as using it. */
export function dateFormat(locale, options) {
  const key = JSON.stringify([locale, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
}

/** The date of a moment (seconds since 1970) in `zone`, as "2026-01-31". */
export function dayOf(seconds, zone) {
  const parts = dateFormat("en-GB", { ...DAY, timeZone: zone }).formatToParts(seconds * 1000);
  const read = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${read.year.padStart(4, "0")}-${read.month}-${read.day}`;
}
