"""Remedies in a list: in the overview of a discussion and in the dossier."""

from __future__ import annotations

from bot.domain.remedies import Remedy, RemedyState
from bot.language import Language
from bot.language.remedy_words import outcome_label, remedy_label, test_of
from handlers.slack.render.fragments import in_short

MAX_DESCRIPTION_LENGTH = 150


def remedy_line(t: Language, remedy: Remedy, owner: str) -> str:
    """One remedy as a line of mrkdwn; `owner` is a mention, or "a colleague" where it may not be named."""
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
    """How a remedy stands: its test while it runs, then what came of it; mrkdwn."""
    if remedy.state is RemedyState.CALLED_OFF:
        return t.gettext("_Called off._")
    if remedy.outcome is not None:
        return t.gettext("_{outcome}._", outcome=outcome_label(t, remedy.outcome))
    if remedy.judged is not None:
        return t.gettext(
            "_By the figures: {outcome}. The last word is still to come._", outcome=outcome_label(t, remedy.judged)
        )
    return t.gettext("_It has worked if {test}._", test=test_of(t, remedy))
