"""The words for an evaluation: what people can think, what they are asked, and how the client's side was heard."""

from __future__ import annotations

from bot.domain.evaluation import StatementSource, Topic, ViewChoice
from bot.domain.evaluation_rules import Tally
from bot.domain.message import N_
from bot.language import Language

CHOICE_LABELS: dict[ViewChoice, str] = {
    ViewChoice.KEEP: N_("Keep this client"),
    ViewChoice.PUT_RIGHT: N_("Put it right first"),
    ViewChoice.PART: N_("Part ways"),
    ViewChoice.NO_VIEW: N_("No view"),
}

TOPIC_LABELS: dict[Topic, str] = {
    Topic.HISTORY: N_("How it has been"),
    Topic.SEVERITY: N_("How serious it is"),
    Topic.IMPACT_TIME: N_("Time"),
    Topic.IMPACT_MONEY: N_("Money"),
    Topic.IMPACT_MORALE: N_("The team"),
    Topic.BENEFITS: N_("What this client brings"),
    Topic.REPUTATION: N_("Our name"),
    Topic.LEGAL: N_("Agreements and law"),
    Topic.INFLUENCE: N_("Influence in the sector"),
    Topic.DEPENDENCE: N_("Dependence on this income"),
}

TOPIC_QUESTIONS: dict[Topic, str] = {
    Topic.HISTORY: N_("How has it been with this client so far?"),
    Topic.SEVERITY: N_("Taken together: how serious is it?"),
    Topic.IMPACT_TIME: N_("What does it cost us in time?"),
    Topic.IMPACT_MONEY: N_("What does it cost us in money?"),
    Topic.IMPACT_MORALE: N_("What does it do to the team?"),
    Topic.BENEFITS: N_("What does this client bring us?"),
    Topic.REPUTATION: N_("If we part: what would that do to our name?"),
    Topic.LEGAL: N_("If we part: what follows from agreements and the law?"),
    Topic.INFLUENCE: N_("If we part: who listens to this client in our sector?"),
    Topic.DEPENDENCE: N_("If we part: can we do without this income?"),
}

TOPIC_HINTS: dict[Topic, str] = {
    Topic.HISTORY: N_("How long, what went well, since when it changed."),
    Topic.SEVERITY: N_("One bad week, or a pattern? What happened, not what you fear."),
    Topic.IMPACT_TIME: N_("Hours a month, extra rounds, evenings."),
    Topic.IMPACT_MONEY: N_("Unpaid invoices, unbilled hours, discounts."),
    Topic.IMPACT_MORALE: N_("How colleagues feel after talking to them."),
    Topic.BENEFITS: N_("Income, other clients they bring, work we like, what we learn."),
    Topic.REPUTATION: N_("Who would hear of it, and what would they hear?"),
    Topic.LEGAL: N_("Notice period, work under way, invoices, data we hold. Not sure? Write that down."),
    Topic.INFLUENCE: N_("Other clients, partners or suppliers who know them."),
    Topic.DEPENDENCE: N_("Their share of our turnover, and what could take its place."),
}

SOURCE_LABELS: dict[StatementSource, str] = {
    StatementSource.CONVERSATION: N_("in a conversation"),
    StatementSource.PHONE: N_("on the phone"),
    StatementSource.EMAIL: N_("by e-mail"),
    StatementSource.LETTER: N_("in a letter"),
    StatementSource.OTHER: N_("in another way"),
}


def choice_label(t: Language, choice: ViewChoice) -> str:
    """A view as it is chosen and shown."""
    return t.gettext(CHOICE_LABELS[choice])


def topic_label(t: Language, topic: Topic) -> str:
    """A topic in a list."""
    return t.gettext(TOPIC_LABELS[topic])


def topic_question(t: Language, topic: Topic) -> str:
    """A topic as the form asks about it."""
    return t.gettext(TOPIC_QUESTIONS[topic])


def topic_hint(t: Language, topic: Topic) -> str:
    """What one could think of."""
    return t.gettext(TOPIC_HINTS[topic])


def source_label(t: Language, source: StatementSource) -> str:
    """How the client's side was heard, as the end of a sentence."""
    return t.gettext(SOURCE_LABELS[source])


def counts_line(t: Language, tally: Tally) -> str:
    """How many chose what; every choice is there, also one that nobody chose."""
    counted = [
        t.gettext("{choice}: {count}", choice=choice_label(t, choice), count=t.number(count, digits=0))
        for choice, count in tally.counts
    ]
    return " · ".join(counted)


def spread_sentence(t: Language, tally: Tally) -> str:
    """How far people agree: disagreement is said as such."""
    if not tally.opinions:
        return t.gettext("Nobody has a view yet.")
    if tally.is_unanimous and tally.opinions > 1:
        return t.gettext("Everybody who has a view says the same.")
    if tally.opinions == 1:
        return t.gettext("Only one person has a view.")
    if tally.majority is None:
        return t.gettext("Opinions differ: no option has a majority.")
    return t.gettext("More than half say “{choice}”; not everybody agrees.", choice=choice_label(t, tally.majority))
