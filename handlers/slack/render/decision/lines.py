"""A decision in a few lines: in its discussion, in the overview and in the dossier."""

from __future__ import annotations

from bot.domain.decision import Decision, DecisionState
from bot.domain.decision_rules import DecisionField
from bot.domain.message import N_
from bot.language import Language
from bot.language.decision_words import decision_sentence
from bot.language.marks import bold
from handlers.slack.render.fragments import in_short

SHORT = 200

_REASONS: tuple[tuple[DecisionField, str], ...] = (
    (DecisionField.REASON, N_("Why: {text}")),
    (DecisionField.LEARNED, N_("What we learned: {text}")),
    (DecisionField.AGAINST_MAJORITY, N_("Most would do something else. Why not: {text}")),
    (DecisionField.NO_REMEDY_POSSIBLE, N_("Why nothing could put it right: {text}")),
    (DecisionField.CLIENT_SIDE_WAIVED, N_("Why the client’s side wasn’t heard: {text}")),
)


def decision_lines(t: Language, decision: Decision, longest: int = SHORT) -> list[str]:
    """What is decided and why, as lines of mrkdwn; each reason in at most `longest` characters."""
    lines = [bold(decision_sentence(t, decision))]
    lines += [
        t.gettext(sentence, text=in_short(said, longest))
        for part, sentence in _REASONS
        if (said := str(getattr(decision, part.value)))
    ]
    if decision.state is DecisionState.DECLINED:
        why = decision.decline_reason or t.gettext("the client left")
        lines.append(t.gettext("Not confirmed: {text}", text=in_short(why, longest)))
    if decision.state is DecisionState.REOPENED:
        lines.append(t.gettext("Reopened: {text}", text=in_short(decision.reopen_reason, longest)))
    return lines
