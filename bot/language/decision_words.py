"""The words for decisions: what can be decided, and what each decision says in one sentence or in a few lines."""

from __future__ import annotations

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionField
from bot.domain.message import N_
from bot.language import Language
from bot.language.marks import bold, in_short

SHORT = 200

OUTCOME_LABELS: dict[DecisionOutcome, str] = {
    DecisionOutcome.KEEP: N_("Keep this client"),
    DecisionOutcome.PUT_RIGHT: N_("Put it right first"),
    DecisionOutcome.PART: N_("Part ways"),
    DecisionOutcome.UNDECIDED: N_("Close without a decision"),
}

OUTCOME_MEANINGS: dict[DecisionOutcome, str] = {
    DecisionOutcome.KEEP: N_("The discussion ends. We look again on a day you choose."),
    DecisionOutcome.PUT_RIGHT: N_("Something is tried, with a last day and a test."),
    DecisionOutcome.PART: N_("The last resort. The letter comes after this."),
    DecisionOutcome.UNDECIDED: N_("Too few people have a view. We look again later."),
}

_TAKEN: dict[DecisionOutcome, str] = {
    DecisionOutcome.KEEP: N_("Decided: keep this client. We look again on {date}."),
    DecisionOutcome.PUT_RIGHT: N_("Decided: put it right first. We know more on {date}."),
    DecisionOutcome.PART: N_("Decided: part ways, by {date}."),
    DecisionOutcome.UNDECIDED: N_("Closed without a decision. We look again on {date}."),
}

_REASONS: dict[DecisionField, str] = {
    DecisionField.REASON: N_("Why: {text}"),
    DecisionField.LEARNED: N_("What we learned: {text}"),
    DecisionField.AGAINST_MAJORITY: N_("Most would do something else. Why not: {text}"),
    DecisionField.NO_REMEDY_POSSIBLE: N_("Why nothing could put it right: {text}"),
    DecisionField.CLIENT_SIDE_WAIVED: N_("Why the client’s side wasn’t heard: {text}"),
}


def outcome_label(t: Language, outcome: DecisionOutcome) -> str:
    """An outcome as it is chosen."""
    return t.gettext(OUTCOME_LABELS[outcome])


def outcome_meaning(t: Language, outcome: DecisionOutcome) -> str:
    """What an outcome comes to, in small print beside its choice."""
    return t.gettext(OUTCOME_MEANINGS[outcome])


def decision_sentence(t: Language, decision: Decision) -> str:
    """What is decided or proposed, or was, with its date."""
    date = t.date(decision.next_on)
    if decision.state is DecisionState.PROPOSED:
        return t.gettext("Proposed: part ways, by {date}. Another reviewer has to confirm it.", date=date)
    if decision.state is DecisionState.DECLINED:
        return t.gettext("Proposed and not confirmed: part ways, by {date}.", date=date)
    return t.gettext(_TAKEN[decision.outcome], date=date)


def decision_lines(t: Language, decision: Decision, longest: int = SHORT) -> list[str]:
    """What is decided and why, as lines; each reason in at most `longest` characters."""
    lines = [bold(decision_sentence(t, decision))]
    lines += [
        t.gettext(sentence, text=in_short(said, longest))
        for field, sentence in _REASONS.items()
        if (said := str(getattr(decision, field)))
    ]
    if decision.state is DecisionState.DECLINED:
        why = decision.decline_reason or t.gettext("the client left")
        lines.append(t.gettext("Not confirmed: {text}", text=in_short(why, longest)))
    if decision.state is DecisionState.REOPENED:
        lines.append(t.gettext("Reopened: {text}", text=in_short(decision.reopen_reason, longest)))
    return lines
