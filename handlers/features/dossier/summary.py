"""The top of a dossier in words: standing, score, why, and what would change it."""

from __future__ import annotations

from bot.domain.model import Standing
from bot.domain.timetable import local_today
from bot.language import Language
from bot.language.standing_words import why_clause
from bot.language.vocabulary import category_label, confidence_label, severity_label, standing_label
from bot.usecases.dossier.read_models import Dossier
from handlers.features.dossier.changes import change_sentence
from handlers.surface.reading import Reading

MAX_RESEMBLING = 2


def standing_line(reading: Reading, dossier: Dossier) -> str:
    """Where the client stands and why, in one sentence."""
    t = reading.language
    return t.gettext("*{standing}*: {why}", standing=standing_label(t, dossier.standing), why=_why(reading, dossier))


def _why(reading: Reading, dossier: Dossier) -> str:
    t, standing = reading.language, dossier.standing
    if dossier.why is not None:
        return why_clause(t, dossier.why, dossier.policy)
    if standing is Standing.IN_REVIEW and dossier.discussion is not None:
        since = t.date(local_today(dossier.discussion.opened_at, reading.zone))
        return t.gettext("a discussion is open in {code}, since {date}.", code=dossier.discussion.code, date=since)
    left_on = dossier.card.client.left_on
    if left_on is not None:
        return t.gettext("they left on {date}.", date=t.date(left_on))
    decision = next(iter(dossier.case.decisions), None)
    if standing is Standing.PARTING and decision is not None:
        made = t.date(local_today(decision.made_at, reading.zone))
        return t.gettext("that was decided on {date}.", date=made)
    if standing is Standing.REMEDY:
        return t.gettext("something is being tried first.")
    if not dossier.flags:
        return t.gettext("there are no flags.")
    return t.gettext(
        "the flags add up to {points}; from {line} on a client is watched.",
        points=t.points(dossier.explanation.score),
        line=t.number(dossier.policy.watch_score),
    )


def basis_line(reading: Reading, dossier: Dossier) -> str:
    """The score, and what it rests on."""
    t = reading.language
    rests_on = confidence_label(t, dossier.confidence.value)
    if dossier.flags:
        rests_on = t.gettext(
            "{confidence}: {flags} from {people}",
            confidence=rests_on,
            flags=t.ngettext("one flag", "{number} flags", dossier.flags),
            people=t.ngettext("one person", "{number} people", dossier.people),
        )
        counting = dossier.explanation.counting
        if counting < dossier.flags:
            rests_on = t.gettext("{rests_on}, {counting}", rests_on=rests_on, counting=_counting(t, counting))
    return t.gettext("Score {score} · {rests_on}", score=t.number(dossier.explanation.score), rests_on=rests_on)


def _counting(t: Language, number: int) -> str:
    if not number:
        return t.gettext("none of which weighs anything today")
    return t.ngettext("one of which weighs something today", "{number} of which weigh something today", number)


def shares_lines(reading: Reading, dossier: Dossier) -> list[str]:
    """One line for each flag that carries the score, with its share."""
    t = reading.language
    return [
        t.gettext(
            "• {date}: {category}, {severity}: *{points}*",
            date=t.date(part.flag.happened_on),
            category=category_label(t, part.flag.category),
            severity=severity_label(t, part.flag.category, part.flag.severity).lower(),
            points=t.number(part.points),
        )
        for part in dossier.explanation.carried
    ]


def remainder_lines(reading: Reading, dossier: Dossier) -> list[str]:
    """What completes the shares: the other flags, the floor at zero, the sum, and what the limit left out."""
    t, why = reading.language, dossier.explanation
    lines = []
    if why.rest:
        lines.append(
            t.ngettext(
                "• {number} older or lighter flag: *{points}*",
                "• {number} older or lighter flags together: *{points}*",
                why.rest,
                points=t.number(why.rest_points),
            )
        )
    if why.floor:
        lines.append(t.gettext("• A score never falls below zero: *+{points}*", points=t.number(why.floor)))
    if why.carried or why.rest:
        lines.append(t.gettext("Total: *{score}*", score=t.number(why.score)))
    if why.capped > 0:
        lines.append(
            t.gettext(
                "_One colleague’s flags bring at most {most} points within {days}: {points} are left out here._",
                most=t.number(dossier.policy.reporter_cap_points),
                days=t.days(dossier.policy.reporter_cap_days),
                points=t.number(why.capped),
            )
        )
    return lines


def change_lines(reading: Reading, dossier: Dossier) -> list[str]:
    """What would change the standing, one line each."""
    return [f"• {change_sentence(reading.language, change)}" for change in dossier.changes]


def resembles_lines(reading: Reading, dossier: Dossier) -> list[str]:
    """The former clients that this one may be, the nearest only."""
    t = reading.language
    return [
        t.gettext("Resembles {former}, a client that left on {date}.", former=one.name, date=t.date(one.left_on))
        for one in dossier.resembles[:MAX_RESEMBLING]
        if one.left_on is not None
    ]


def summary_sentence(reading: Reading, dossier: Dossier) -> str:
    """The dossier in one sentence of plain words, for notifications and screen readers."""
    t = reading.language
    return t.gettext(
        "{client}: {standing}, score {score}.",
        client=dossier.card.client.name,
        standing=standing_label(t, dossier.standing),
        score=t.number(dossier.explanation.score),
    )


def standing_sentence(reading: Reading, client_name: str, standing: Standing) -> str:
    """The standing alone, for a reader without a right to the dossier."""
    t = reading.language
    return t.gettext("{client}: {standing}.", client=client_name, standing=standing_label(t, standing))
