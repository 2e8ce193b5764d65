// Block Kit as nodes: the entry for the page.
//
// `place` says where blocks stand: `names` ({users, channels}, each name by id), the `conversations` that the person
// sees (a list of {id, kind, shared, with_app}), `values` and `errors` of a view or message, `locale`, `zone` and `now`
// (ISO) of the person, `act(name, body)` and `ask(name, body)` to do something, `readonly`, and `unsent`: a list to which
// fields add what keeps their text when a form is sent before they are left.

import { attachments } from "./attachments.js";
import { chart } from "./chart.js";
import { dataTable } from "./data_table.js";
import { LAYOUT } from "./layout.js";
import { mrkdwn as marked } from "./mrkdwn.js";
import { table } from "./table.js";
import { unknown } from "./unknown.js";

export { el } from "../dom.js";
export { plain, plainString } from "./plain.js";
export { slackWords } from "./slack_words.js";

const DRAWN = { ...LAYOUT, table, data_table: dataTable, data_visualization: chart };

/** The nodes of a list of blocks, one for each. */
export function drawBlocks(blocks, place) {
  return blocks.map((block) => {
    const draw = Object.hasOwn(DRAWN, block.type) ? DRAWN[block.type] : null;
    const node = draw ? draw(block, place) : unknown("unknownBlock", block, place);
    node.classList.add("blocks", "block");
    return node;
  });
}

/** The nodes of a text in Slack's markup, one below the other. */
export function mrkdwn(text, place) {
  const nodes = marked(text, place);
  for (const node of nodes) node.classList.add("blocks");
  return nodes;
}

/** The nodes of a message's secondary attachments. */
export function drawAttachments(list, place) {
  const nodes = attachments(list, place, drawBlocks);
  for (const node of nodes) node.classList.add("blocks");
  return nodes;
}
