// What went over the line between the workspace and the app, read from the workspace as it grows.

import { get } from "./server.js";

const MOST = 1000;
const PAUSE = 700;

/** The exchanges that are known, oldest first. */
export const log = [];

const readers = [];
let reading = null;
let last = 0;

/** Calls `read` with what is new, each time there is something new. */
export function onLog(read) { readers.push(read); }

/** Reads on now. */
export function readLog() {
  reading ??= readOn().finally(() => { reading = null; });
  return reading;
}

/** Reads on from time to time, for as long as `isWanted`. */
export function followLog(isWanted) {
  const turn = async () => {
    if (isWanted() && !document.hidden) await readLog().catch(() => {});
    setTimeout(turn, PAUSE);
  };
  turn();
}

async function readOn() {
  const { result: fresh } = await get(`/control/log?after=${last}`);
  if (!fresh.length) return;
  last = fresh.at(-1).number;
  log.push(...fresh);
  if (log.length > MOST) log.splice(0, log.length - MOST);
  for (const read of readers) read(fresh);
}
