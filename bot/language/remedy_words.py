"""The words for remedies: what is tried, how success is told, what came of it, and all of it in one line."""

from __future__ import annotations

from bot.domain.message import N_
from bot.domain.remedies import Remedy, RemedyKind, RemedyOutcome, RemedyState, SuccessTest
from bot.language import Language
from bot.language.marks import in_short
from bot.language.vocabulary import category_label

MAX_DESCRIPTION_LENGTH = 150
"""How much of a description stands in a line."""

KIND_LABELS: dict[RemedyKind, str] = {
    RemedyKind.CONVERSATION: N_("A conversation"),
    RemedyKind.WRITTEN_BOUNDARY: N_("A boundary in writing"),
    RemedyKind.CHANGED_APPROACH: N_("Another approach on our side"),
    RemedyKind.OTHER_CONTACT: N_("Another contact person"),
    RemedyKind.NEW_AGREEMENT: N_("A new agreement"),
    RemedyKind.PREPAYMENT: N_("Payment in advance"),
    RemedyKind.PAYMENT_PLAN: N_("A payment plan"),
    RemedyKind.HIGHER_PRICE: N_("A price that pays for the extra work"),
    RemedyKind.PAUSE: N_("A pause"),
    RemedyKind.FINAL_WARNING: N_("A final warning"),
}

OUTCOME_LABELS: dict[RemedyOutcome, str] = {
    RemedyOutcome.WORKED: N_("It worked"),
    RemedyOutcome.DID_NOT_WORK: N_("It didn’t work"),
    RemedyOutcome.UNCLEAR: N_("It’s unclear"),
}


def remedy_label(t: Language, kind: RemedyKind) -> str:
    """What is tried."""
    return t.gettext(KIND_LABELS[kind])


def outcome_label(t: Language, outcome: RemedyOutcome) -> str:
    """What came of it."""
    return t.gettext(OUTCOME_LABELS[outcome])


def test_sentence(t: Language, test: SuccessTest, category: str | None, points: float | None) -> str:
    """When a trial has worked, as the end of a sentence; plain text."""
    if test is SuccessTest.BY_OWNER:
        return t.gettext("whoever is responsible says so")
    if test is SuccessTest.SCORE_BELOW:
        return t.gettext("the score is below {points} on the last day", points=t.number(points or 0.0))
    if category is None:
        return t.gettext("no new flag comes in")
    return t.gettext("no new flag about “{category}” comes in", category=category_label(t, category))


def test_of(t: Language, remedy: Remedy) -> str:
    """When this remedy has worked, as the end of a sentence; plain text."""
    return test_sentence(t, remedy.test, remedy.test_category, remedy.test_points)


def remedy_line(t: Language, remedy: Remedy, owner: str) -> str:
    """One remedy as a line of a list; `owner` is a mark, or "a colleague" where it may not be named."""
    what = t.gettext(
        "• *{kind}*, {begins} to {ends}, {owner}: {description}",
        kind=remedy_label(t, remedy.kind),
        begins=t.date(remedy.starts_on),
        ends=t.date(remedy.ends_on),
        owner=owner,
        description=in_short(remedy.description, MAX_DESCRIPTION_LENGTH),
    )
    return f"{what} {state_sentence(t, remedy)}"


def state_sentence(t: Language, remedy: Remedy) -> str:
    """How a remedy stands: its test while it runs, then what came of it."""
    if remedy.state is RemedyState.CALLED_OFF:
        return t.gettext("_Called off._")
    if remedy.outcome is not None:
        return t.gettext("_{outcome}._", outcome=outcome_label(t, remedy.outcome))
    if remedy.judged is not None:
        return t.gettext(
            "_By the figures: {outcome}. The last word is still to come._", outcome=outcome_label(t, remedy.judged)
        )
    return t.gettext("_It has worked if {test}._", test=test_of(t, remedy))
