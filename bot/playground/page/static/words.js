// The page's own words, in English and Dutch; what the app and the people write comes from the workspace.

import { PANEL_WORDS } from "./words_panels.js";

const WORDS = {
  ...PANEL_WORDS,
  channels: ["Channels", "Kanalen"],
  directs: ["Direct messages", "Privéberichten"],
  apps: ["Apps", "Apps"],
  other_channels: ["Channels to join", "Kanalen waar je lid van kunt worden"],
  conversations: ["Conversations", "Gesprekken"],
  private_channel: ["private channel", "besloten kanaal"],
  unread: ["{count} unread", "{count} ongelezen"],
  shared: ["shared with another organisation", "gedeeld met een andere organisatie"],
  archived: ["archived", "gearchiveerd"],
  home: ["Home", "Start"],
  messages: ["Messages", "Berichten"],
  about: ["About", "Over"],
  no_home: ["The app has not put anything on its Home tab yet.", "De app heeft hier nog niets neergezet."],
  commands: ["Commands", "Opdrachten"],
  shortcuts: ["Shortcuts", "Snelkoppelingen"],
  choose: ["Choose a conversation", "Kies een gesprek"],
  nobody: ["Nobody is in this workspace yet.", "Er is nog niemand in deze werkruimte."],
  back: ["Back to the conversations", "Terug naar de gesprekken"],
  beginning: ["This is the very beginning of {name}.", "Dit is het begin van {name}."],
  older: ["Earlier messages", "Eerdere berichten"],
  new_messages: ["New", "Nieuw"],
  today: ["today", "vandaag"],
  yesterday: ["yesterday", "gisteren"],
  app: ["App", "App"],
  has_joined: ["joined the channel.", "is erbij gekomen."],
  has_left: ["left the channel.", "is weggegaan."],
  has_archived: ["archived the channel.", "heeft het kanaal gearchiveerd."],
  has_unarchived: ["brought the channel back.", "heeft het kanaal teruggehaald."],
  has_set_topic: ["set the topic: {text}", "koos een onderwerp: {text}"],
  has_set_purpose: ["set the purpose: {text}", "schreef waar dit kanaal voor is: {text}"],
  has_renamed: ["renamed the channel to {text}", "noemde het kanaal {text}"],
  was_deleted: ["This message was deleted.", "Dit bericht is verwijderd."],
  only_you: ["Only visible to you", "Alleen zichtbaar voor jou"],
  edited: ["(edited)", "(bewerkt)"],
  pinned_by: ["Pinned by {name}", "Vastgezet door {name}"],
  reply_one: ["1 reply", "1 antwoord"],
  replies: ["{count} replies", "{count} antwoorden"],
  last_reply: ["Last reply {when}", "Laatste antwoord {when}"],
  replied_to: ["replied to a thread", "antwoordde in een thread"],
  reply_in_thread: ["Reply in thread", "Antwoorden in thread"],
  more_actions: ["More actions", "Meer acties"],
  copy_text: ["Copy text", "Tekst kopiëren"],
  copied: ["Copied.", "Gekopieerd."],
  message_by: ["{name}, {when}", "{name}, {when}"],
  thread: ["Thread", "Thread"],
  close: ["Close", "Sluiten"],
  cancel: ["Cancel", "Annuleren"],
  members: ["Members", "Leden"],
  member_count: ["{count} members", "{count} leden"],
  pins: ["Pinned", "Vastgezet"],
  pin_count: ["{count} pinned", "{count} vastgezet"],
  no_pins: ["Nothing is pinned here.", "Hier is niets vastgezet."],
  show_in_channel: ["Show in the conversation", "Toon in het gesprek"],
  you: ["you", "jij"],
  download: ["Download {name}", "{name} downloaden"],
  message_to: ["Message {name}", "Bericht aan {name}"],
  reply: ["Reply…", "Antwoord…"],
  send: ["Send", "Verstuur"],
  join: ["Join channel", "Doe mee"],
  not_joined: ["You are looking at {name}.", "Je kijkt naar {name}."],
  is_archived: ["{name} is archived.", "{name} is gearchiveerd."],
  run_shortcut: ["Shortcuts of apps", "Snelkoppelingen van apps"],
  suggestions: ["Suggestions", "Suggesties"],
  keys: ["Enter sends, Shift+Enter starts a new line", "Enter verstuurt, Shift+Enter begint een nieuwe regel"],
  not_there: ["The workspace does not answer.", "De werkruimte antwoordt niet."],
  in_place: ["in {name}", "in {name}"],
  says: ["{name}: {text}", "{name}: {text}"],
  kind_member: ["colleague", "collega"],
  kind_guest: ["guest", "gast"],
  kind_foreign: ["other organisation", "andere organisatie"],
  kind_app: ["app", "app"],
  role_owner: ["owner", "eigenaar"],
  role_admin: ["admin", "beheerder"],
  speaks_nl: ["Dutch", "Nederlands"],
  speaks_en: ["English", "Engels"],
  submit: ["Submit", "Versturen"],
  close_all: ["Close all", "Alles sluiten"],
  stands_on: ["{count} open on top of each other", "{count} open boven elkaar"],
};

let column = 0;

/** The language of the page from here on: "nl" or "en". */
export function speak(language) {
  column = language === "nl" ? 1 : 0;
  if (document.documentElement.lang !== language) document.documentElement.lang = language;
}

/** A phrase in the language of whoever is played, with its `{names}` filled in. */
export function w(key, values = {}) {
  return WORDS[key][column].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** "1 reply" or "3 replies": the phrase `one` for one, else `many` with its `{count}`. */
export function counted(one, many, count) {
  return count === 1 ? w(one) : w(many, { count });
}
