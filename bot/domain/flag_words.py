"""The words, Dutch and English, by which a typed flag names its category and severity.

All are in lower case. A word stands for one category at most.
"""

from __future__ import annotations

from bot.domain.catalogue import GOOD

CATEGORY_WORDS: dict[str, tuple[str, ...]] = {
    "late_payment": (
        "late payment",
        "late",
        "pays late",
        "paid late",
        "non-payment",
        "overdue",
        "unpaid",
        "wanbetaling",
        "wanbetaler",
        "te laat",
        "laat",
        "te late betaling",
        "te laat betaald",
        "betaalt te laat",
        "betaalt niet",
        "niet betaald",
    ),
    "integrity": ("integrity", "dishonest", "dishonesty", "integriteit", "oneerlijk", "niet integer"),
    "demanding": (
        "time and scope demands",
        "demanding",
        "demands",
        "scope",
        "scope creep",
        "extra work",
        "tijd- en scope-eisen",
        "tijd en scope-eisen",
        "tijdeiser",
        "veeleisend",
        "eisen",
        "meerwerk",
    ),
    "disrespect": (
        "disrespect",
        "disrespectful",
        "rude",
        "rudeness",
        "respectloos gedrag",
        "respectloos",
        "onbeschoft",
        "onbeleefd",
        "chagrijnig",
    ),
    "haggling": (
        "haggling",
        "haggles",
        "haggle",
        "discount",
        "ritselen",
        "ritselaar",
        "korting",
        "afdingen",
        "pingelen",
    ),
    GOOD: ("something good", "good", "compliment", "praise", "kudos", "iets goeds", "goed", "pluim"),
}
"""What a category is called besides its own key."""

SEVERITY_WORDS: dict[str, int] = {
    "irritation": 1,
    "ergernis": 1,
    "irritatie": 1,
    "concern": 2,
    "zorg": 2,
    "zorgelijk": 2,
    "serious": 3,
    "ernstig": 3,
    "unacceptable": 4,
    "onacceptabel": 4,
    "onaanvaardbaar": 4,
}
"""What a severity is called."""

GOOD_WORDS: dict[str, int] = {
    "kind": 1,
    "friendly": 1,
    "vriendelijk": 1,
    "aardig": 1,
    "helpful": 2,
    "behulpzaam": 2,
    "it put things right": 3,
    "put things right": 3,
    "het maakte het goed": 3,
    "maakte het goed": 3,
    "goedgemaakt": 3,
}
"""What a size of something good is called."""

LEVEL_WORDS = frozenset({"level", "severity", "niveau", "ernst"})
"""Words that make the number after them a severity beyond doubt."""

_COUNTED = """
    day days week weeks month months year years hour hours minute minutes quarter quarters time times x
    dag dagen week weken maand maanden jaar jaren uur uren minuut minuten kwartaal kwartalen keer maal
    invoices bills payments reminders emails e-mails mails calls messages meetings changes revisions rounds versions
    facturen rekeningen betalingen herinneringen aanmaningen mailtjes telefoontjes berichten rondes versies
    people persons colleagues clients projects orders quotes proposals discounts complaints excuses
    mensen personen collega's collega’s collegas klanten projecten opdrachten offertes voorstellen kortingen klachten
    euro euros euro's euro’s eur usd k dollars percent procent % working werkdagen termijnen installments terms
    or of and en out van to tot a à + & / late te
"""
COUNTED_WORDS = frozenset(_COUNTED.split())
"""Words after a number that make it a count, a part of one, or at least not surely a severity."""

ONE_OF_WORDS = frozenset({"invoice", "bill", "payment", "reminder", "factuur", "rekening", "betaling", "herinnering"})
"""Words that make a 1 before them as likely a count as a severity."""

TODAY_WORDS: dict[str, int] = {"today": 0, "vandaag": 0, "yesterday": 1, "gisteren": 1, "eergisteren": 2}
"""How many days ago a word says that something happened."""
