// The steps of the tour, and how each is recognised in what goes over the line.

const worked = (exchange) => !exchange.failure && exchange.status === 200;
const text = (exchange) => JSON.stringify(exchange.request ?? "");
const said = (exchange, command) => exchange.direction === "to_app" && exchange.name === `command ${command}` && worked(exchange);

/** Each step has a `name`, perhaps an `example` to type by language, and `isDoneBy(exchange)`. */
export const STEPS = [
  {
    name: "flag",
    example: { en: "/flagclient Acme late 3 invoice 2024-17 is still open", nl: "/flagclient Acme wanbetaling 3 factuur 2024-17 staat nog open" },
    isDoneBy: (one) => said(one, "/flagclient") && (one.request?.text ?? "").split(" ").length > 2
      || one.name === "interaction view_submission" && worked(one) && text(one).includes("flags."),
  },
  {
    name: "look",
    example: { en: "/dossier Acme", nl: "/dossier Acme" },
    isDoneBy: (one) => said(one, "/dossier"),
  },
  {
    name: "cross",
    isDoneBy: (one) => one.name === "conversations.create" && one.response?.ok === true
      || one.name === "chat.postMessage" && one.response?.ok === true && text(one).includes("alerts.take"),
  },
  {
    name: "talk",
    isDoneBy: (one) => one.direction === "to_app" && worked(one) && /discussion\.|flags\.(witness|differ|disagree)/.test(text(one)),
  },
  { name: "clock", isDoneBy: () => false },
];
