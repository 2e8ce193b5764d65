// What blocks need to know of where they stand, in a message, a modal or the app's Home tab.

import { act, ask } from "./server.js";
import { language, me, now, placeName, seen } from "./state.js";

/** The place of `thing`, a message or view; `target` is how the workspace knows it. */
export function placeOf(thing, target) {
  return {
    names: {
      users: Object.fromEntries(Object.values(seen.people).map((one) => [one.id, one.name])),
      channels: Object.fromEntries(seen.channels.map((one) => [one.id, placeName(one).replace(/^#/, "")])),
    },
    conversations: seen.channels,
    values: thing.values ?? {},
    errors: thing.errors ?? {},
    offered: thing.offered ?? {},
    locale: language(),
    zone: me().zone,
    now: now().toISOString(),
    readonly: false,
    unsent: [],
    act: (name, body) => act(name, { target, ...body }),
    ask: (name, body) => ask(name, { target, ...body }),
  };
}
