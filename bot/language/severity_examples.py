"""One observable example for each category and severity, so that colleagues mean the same by a level.

Every example is something a colleague can have seen or read, told about behaviour, not a person. In every
language it is short enough to stand below a choice in a form.
"""

from __future__ import annotations

from bot.domain.catalogue import GOOD
from bot.domain.message import N_

EXAMPLES: dict[str, dict[int, str]] = {
    "late_payment": {
        1: N_("paid within two weeks after the due date, after one reminder"),
        2: N_("paid a month late, after several reminders and promises"),
        3: N_("leaves several invoices open, or disputes one without giving a reason"),
        4: N_("sent a proof of payment that turned out to be false"),
    },
    "integrity": {
        1: N_("promised their part for Monday, sent it a week later without a word"),
        2: N_("agreed to something on the phone and denied it afterwards"),
        3: N_("told others untrue things about our work, or passed on a confidence"),
        4: N_("used our name or a colleague’s signature without asking"),
    },
    "demanding": {
        1: N_("came back with a change after approving the work"),
        2: N_("kept changing the brief, or expected answers outside working hours"),
        3: N_("had days of work done outside the agreement and won’t pay for it"),
        4: N_("kept calling a colleague at home at night after being asked to stop"),
    },
    "disrespect": {
        1: N_("was curt or sneering towards a colleague"),
        2: N_("belittled a colleague in front of others"),
        3: N_("shouted or swore at a colleague, or spoilt a session for others"),
        4: N_("threatened a colleague, or insulted them for who they are"),
    },
    "haggling": {
        1: N_("asked for a discount again after the price was agreed"),
        2: N_("asks for a steep discount, or something for free, with every quote"),
        3: N_("had a full proposal worked out and took it to a cheaper supplier"),
        4: N_("threatened us with a bad review unless the price went down"),
    },
    GOOD: {
        1: N_("thanked a colleague by name, or answered quickly and kindly"),
        2: N_("thought along when we got something wrong, or recommended us"),
        3: N_("apologised and put right what went wrong, such as paying the arrears"),
    },
}
"""Category, level, example: English message ids."""

MEANINGS: dict[int, str] = {
    1: N_("costs patience, no lasting effect"),
    2: N_("costs time or money; should not become a habit"),
    3: N_("harms the work, a colleague or the cash flow"),
    4: N_("threat, abuse, fraud: one is enough to talk at once"),
}
"""What a level means whatever the category: English message ids."""
