"""The playground's agency in English: its people, its clients, and what they wrote."""

from __future__ import annotations

from bot.commands.playground.cast import DUTCH, ENGLISH, Cast, Colleague

CAST = Cast(
    language="en",
    agency="Harbour & Pine",
    colleagues={
        "lead": Colleague("sarah", "Sarah Whitmore", "Owner of the agency · admin and reviewer", ENGLISH),
        "reviewer": Colleague("farid", "Farid Rahimi", "Strategist · reviewer", ENGLISH),
        "account": Colleague("james", "James Okafor", "Account manager · looks after Kemp Kitchens", ENGLISH),
        "developer": Colleague("emily", "Emily Novak", "Developer", ENGLISH),
        "designer": Colleague("lotte", "Lotte Brink", "Designer", DUTCH),
        "writer": Colleague("joris", "Joris de Vries", "Copywriter", DUTCH),
    },
    guest=Colleague("helen", "Helen (Kemp Kitchens)", "Guest: works for a client", ENGLISH),
    outsider=Colleague("pieter", "Pieter (Quay Printing)", "From another organisation", DUTCH),
    project="kemp-website",
    shared="quay-printing",
)

CLIENTS = {
    "kitchens": "Kemp Kitchens",
    "trust": "Linden Trust",
    "events": "Northquay Events",
    "estates": "Harlow Estates",
}

CATEGORIES = {
    "late_payment": "late",
    "integrity": "integrity",
    "demanding": "demanding",
    "disrespect": "disrespect",
    "haggling": "haggling",
    "good": "good",
}

LEVEL = "level"
LEFT = "left"

LINES = {
    "welcome": "Flagclient is in our Slack now. Flag what happens with a client, good things too: `/flagclient help`.",
    "how": "Alerts come into #client-care. Only what happened counts there, not what we think of it.",
    "second_reminder": "invoice 118 was paid after the second reminder only",
    "clear_brief": "sent a complete brief without being asked, two days ahead",
    "staging": "The new product pages are on staging, Helen. Could you look at the photos?",
    "staging_thanks": "They look lovely, thank you!",
    "sixty_days": "invoice 109 has been open for sixty days, and nobody there answers the phone",
    "friday_evening": "asked on Friday at half past four for a new design by Monday morning",
    "extra_round": "asked for one more round of corrections than we had agreed, and paid for it",
    "unpaid_feature": "has had an export built for two days of work, and will not pay since it is “a detail”",
    "print_proof": "The proof for the spring catalogue is on its way to you, Pieter.",
    "print_proof_ok": "Got it. It goes to press tomorrow.",
    "discount_again": "wants thirty percent off before every new assignment",
    "other_story": "told us that the budget was approved, and the board had never seen it",
    "three_quotes": "has every quote redone until it is below that of the cheapest competitor",
    "still_open": "invoices 109 and 121 are both unpaid, with a new excuse in every call",
    "case_context": "To add to this: the site goes live next month, so we do have something to offer them.",
    "case_call": "I am calling their director this week, with both invoices and our agreement beside me.",
    "view_account": "three promises about the invoices, and none of them kept",
    "view_developer": "one more try with payment in advance: the work itself goes well",
    "view_designer": "after that meeting I would rather not sit at their table again",
    "view_writer": "prepayment for what is left, and a different contact person on their side",
    "view_reviewer": "the board was never asked: we cannot build on what they tell us",
    "view_lead": "the site goes live, and after that they are better served elsewhere",
    "client_says": "Their director says that the invoices were too vague to pass on, and that our reports came late.",
    "our_part": "Two reports came a week late, and we never asked who has to approve an invoice.",
    "decision_why": "two promises to pay were broken, and four of six would part ways",
    "decision_no_remedy": "their director will not agree to payment in advance, which was what was left to try",
    "belittled": "told our designer in front of the whole meeting that a child could do her work",
    "two_invoices": "invoices 131 and 140 are both open, more than five weeks past the date",
    "kind_words": "wrote to the whole team to say how well the campaign had gone",
    "case_outcome": "They will pay both invoices, and we part at the end of the sprint. They had an offer elsewhere.",
    "no_show": "did not turn up for the kick-off and sent no word",
    "changed_again": "wants the home page different again from what was agreed last week",
    "estates_gone": "Harlow Estates is handed over. Thank you all; the debrief is in your calendars.",
}
