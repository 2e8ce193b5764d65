// What Slack's own window says, in Dutch to whoever uses Slack in Dutch. The stand-in says it in English.

import { languageOf } from "./words.js";

const DUTCH = [
  ["Please complete this required field.", "Vul dit verplichte veld in."],
  ["Please use at least {count} characters.", "Gebruik minstens {count} tekens."],
  ["Please enter a valid number.", "Vul een geldig getal in."],
  ["Please enter a whole number.", "Vul een heel getal in."],
  ["Please enter a number of at least {count}.", "Vul een getal in van minstens {count}."],
  ["Please enter a number of at most {count}.", "Vul een getal in van hoogstens {count}."],
  ["We could not load the options.", "De opties konden niet worden geladen."],
  ["We had some trouble connecting. Try again?", "Het lukte niet om verbinding te maken. Nog eens proberen?"],
  ["Something went wrong. Try again?", "Er ging iets mis. Nog eens proberen?"],
  ["That shortcut did not work. Try again?", "Die snelkoppeling werkte niet. Nog eens proberen?"],
  ["{name} failed with the error \"{error}\"", "{name} is mislukt met de fout “{error}”"],
].map(([english, dutch]) => [patternOf(english), dutch.replace(/\{(\w+)\}/g, "$<$1>")]);

/** Matches an English sentence as a whole, each {placeholder} as a group of its own. */
function patternOf(english) {
  const literal = english.replace(/[.?*+^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`);
}

/** A sentence of Slack's window in the person's language; any other text as it is. */
export function slackWords(text, place) {
  if (languageOf(place) === "en") return text;
  const known = DUTCH.find(([pattern]) => pattern.test(text));
  return known ? text.replace(...known) : text;
}
