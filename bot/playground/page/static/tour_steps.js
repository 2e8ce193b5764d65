// The steps of the tour, and how each is recognised in what goes over the line.

import { seen } from "./state.js";

const FLAGS = {
  first: {
    en: "/flagclient Acme late 3 invoice 2024-17 is still open",
    nl: "/flagclient Acme wanbetaling 3 factuur 2024-17 staat nog open",
  },
  second: {
    en: "/flagclient {client} late 3 paid only after three reminders",
    nl: "/flagclient {client} wanbetaling 3 betaalde pas na drie herinneringen",
  },
};

const worked = (exchange) => !exchange.failure && exchange.status === 200;
const text = (exchange) => JSON.stringify(exchange.request ?? "");
const said = (exchange, command) => exchange.name === `command ${command}` && worked(exchange);

/** The client of the story that is nearly at the line; without a story the one that the first step flags. */
const client = () => seen.cast.workspace.example || "Acme";

const TALKING = ["say", "click", "select"];
const isTalk = (id) => (seen.channels.find((one) => one.id === id)?.name ?? "").startsWith("review-");

/**
 * Each step has a `name`, perhaps an `example(language)` to type, and `isDoneBy(exchange)`; some are recognised by
 * what the person did as well, with `isDoneWith(name, body)` of an act.
 */
export const STEPS = [
  {
    name: "flag",
    example: (spoken) => FLAGS.first[spoken],
    isDoneBy: (one) => said(one, "/flagclient") && (one.request?.text ?? "").split(" ").length > 2
      || one.name === "interaction view_submission" && worked(one) && text(one).includes("flags."),
  },
  {
    name: "look",
    example: () => `/dossier ${client()}`,
    isDoneBy: (one) => said(one, "/dossier"),
  },
  {
    name: "cross",
    example: (spoken) => FLAGS.second[spoken].replace("{client}", client().includes(" ") ? `"${client()}"` : client()),
    isDoneBy: (one) => one.name === "conversations.create" && one.response?.ok === true,
  },
  {
    name: "talk",
    isDoneBy: () => false,
    isDoneWith: (name, { channel, target }) => TALKING.includes(name) && isTalk(channel ?? target?.channel),
  },
  { name: "clock", isDoneBy: () => false },
];
