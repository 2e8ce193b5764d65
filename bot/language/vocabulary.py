"""The words for what Flagclient talks about: categories, signals, severities, standings, levels.

Functions take stored keys and return the label in a language. A key without words of its own, such as a
category that a workspace added or a signal that no longer exists, reads as itself: old flags stay readable.
"""

from __future__ import annotations

from bot.domain.catalogue import GOOD
from bot.domain.message import N_
from bot.domain.model import Level, Standing
from bot.language import Language
from bot.language.severity_examples import EXAMPLES, MEANINGS

CATEGORY_LABELS: dict[str, str] = {
    "late_payment": N_("Late payment"),
    "integrity": N_("Integrity"),
    "demanding": N_("Time and scope demands"),
    "disrespect": N_("Disrespect"),
    "haggling": N_("Haggling"),
    GOOD: N_("Something good"),
}

SIGNAL_LABELS: dict[str, str] = {
    "pays_late": N_("pays late as a rule"),
    "owes_several": N_("owes several invoices"),
    "disputes_without_reason": N_("disputes an invoice without a valid reason"),
    "excuses": N_("gives excuses instead of payment"),
    "says_and_does": N_("says one thing, does another"),
    "lied": N_("told us something untrue"),
    "misused_trust": N_("misused our trust"),
    "reputation": N_("puts our reputation at risk"),
    "changing_requirements": N_("keeps changing requirements"),
    "unpaid_extra_work": N_("wants work outside the agreement, unpaid"),
    "never_satisfied": N_("is never satisfied, keeps complaining"),
    "stalls_then_presses": N_("stalls, then puts on pressure"),
    "odd_hours": N_("expects evenings and weekends"),
    "insulted": N_("insulted or belittled a colleague"),
    "shouted": N_("shouted or swore"),
    "threatened": N_("threatened someone"),
    "spoils_for_others": N_("spoils it for other clients or participants"),
    "wants_it_free": N_("wants it for free"),
    "steep_discount": N_("asks for a steep discount each time"),
    "shops_around": N_("shops every supplier for the lowest rate"),
    "no_lasting_relationship": N_("shows no intention of a lasting relationship"),
}

SEVERITY_LABELS: dict[int, str] = {
    1: N_("Irritation"),
    2: N_("Concern"),
    3: N_("Serious"),
    4: N_("Unacceptable"),
}

GOOD_LABELS: dict[int, str] = {
    1: N_("Kind"),
    2: N_("Helpful"),
    3: N_("It put things right"),
}

STANDING_LABELS: dict[Standing, str] = {
    Standing.ACTIVE: N_("Active"),
    Standing.WATCH: N_("Watched"),
    Standing.IN_REVIEW: N_("Being discussed"),
    Standing.REMEDY: N_("Putting things right"),
    Standing.PARTING: N_("Parting"),
    Standing.PARTED: N_("Parted"),
    Standing.DEBRIEFED: N_("Looked back on"),
}

LEVEL_LABELS: dict[Level, str] = {
    Level.NONE: N_("Nothing to worry about"),
    Level.WATCH: N_("Watched"),
    Level.DISCUSS: N_("Time to talk"),
}

CONFIDENCE_LABELS: dict[str, str] = {
    "none": N_("no flags yet"),
    "low": N_("a first impression"),
    "fair": N_("a fair picture"),
    "high": N_("a solid picture"),
}


def category_label(language: Language, key: str) -> str:
    """The name of a behaviour category, or of "something good"."""
    return _label(language, CATEGORY_LABELS.get(key), key)


def signal_label(language: Language, key: str) -> str:
    """A signal as it stands beside its tick box."""
    return _label(language, SIGNAL_LABELS.get(key), key)


def severity_label(language: Language, category: str, level: int) -> str:
    """The name of a severity from 1 to 4, or of a size from 1 to 3 where the category is "something good"."""
    labels = GOOD_LABELS if category == GOOD else SEVERITY_LABELS
    return language.gettext(labels[level])


def severity_example(language: Language, category: str, level: int) -> str:
    """One observable example of the level; its general meaning for a category that has no examples."""
    return language.gettext(EXAMPLES.get(category, MEANINGS)[level])


def standing_label(language: Language, standing: Standing) -> str:
    """Where a client stands."""
    return language.gettext(STANDING_LABELS[standing])


def level_label(language: Language, level: Level) -> str:
    """How far flags have added up, as a heading."""
    return language.gettext(LEVEL_LABELS[level])


def confidence_label(language: Language, confidence: str) -> str:
    """How much a score rests on, as a phrase: `none`, `low`, `fair` or `high`."""
    return language.gettext(CONFIDENCE_LABELS[confidence])


def _label(language: Language, message: str | None, key: str) -> str:
    return key.replace("_", " ").capitalize() if message is None else language.gettext(message)
