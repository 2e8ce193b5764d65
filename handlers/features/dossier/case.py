"""What the team did about a client, as the dossier shows it: trials, the client's side, decisions."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checklist import Item, ItemState
from bot.domain.evaluation import ClientStatement
from bot.domain.remedies import Remedy, RemedyKind
from bot.domain.timetable import local_today
from bot.language import Language
from bot.language.debrief_words import lesson_line
from bot.language.decision_words import decision_lines
from bot.language.evaluation_words import source_label
from bot.language.letter_words import letter_kind_label
from bot.language.look_back_words import balance_lines, look_back_line
from bot.language.marks import in_short
from bot.language.pushback_words import pushback_label
from bot.language.remedy_words import remedy_line
from bot.language.return_words import terms_sentence
from bot.usecases.checklist.definitions import words_of
from bot.usecases.dossier.read_models import Dossier
from bot.usecases.farewell.letter_start import LETTERS_OF
from handlers.features import ids
from handlers.features.remedies.messages import button_to_write
from handlers.surface.message import Button, Paragraph
from handlers.surface.reading import Reading

MAX_SHOWN = 3
"""So many of each are shown, the newest; a dossier has to fit into one message."""

MAX_QUOTE_LENGTH = 300
MAX_REASON_LENGTH = 150


def case_paragraphs(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    """What was tried, heard, decided and learned; nothing where nothing was."""
    parts = (
        _remedies,
        _statements,
        _decisions,
        _following_through,
        _pushbacks,
        _lessons,
        _looks_back,
        _return,
    )
    return [paragraph for part in parts for paragraph in part(reading, dossier)]


def _remedies(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    t, remedies = reading.language, dossier.case.remedies
    if not remedies:
        return []
    shown = [part for remedy in remedies[:MAX_SHOWN] for part in _remedy(reading, dossier, remedy)]
    title = t.gettext("*To put things right*")
    return [Paragraph(_with_more(t, title, len(remedies))), *shown]


def _remedy(reading: Reading, dossier: Dossier, remedy: Remedy) -> list[Paragraph]:
    t = reading.language
    line = remedy_line(t, remedy, reading.person(remedy.owner_id))
    if remedy.id not in dossier.case.judgeable:
        return [Paragraph(line)]
    said = [Paragraph(line, Button(t.gettext("Say what came of it"), ids.REMEDY_OUTCOME, str(remedy.id)))]
    to_write = button_to_write(t, remedy)
    if to_write is not None:
        kind = LETTERS_OF[remedy.kind]
        is_talk = remedy.kind is RemedyKind.CONVERSATION
        what = t.gettext("For the conversation") if is_talk else letter_kind_label(t, kind)
        said.append(Paragraph(f"• {what}", to_write))
    return said


def _statements(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    t, statements = reading.language, dossier.case.statements
    if not statements:
        return []
    lines = [_with_more(t, t.gettext("*The client’s side*"), len(statements), 1), *statement_lines(t, statements[0])]
    return [Paragraph("\n".join(lines))]


def statement_lines(t: Language, statement: ClientStatement) -> list[str]:
    """The client's side in at most two lines, cut short where it is long."""
    lines = [
        t.gettext(
            "• {date}, {source}: “{text}”",
            date=t.date(statement.said_on),
            source=source_label(t, statement.source),
            text=_quoted(statement.says),
        )
    ]
    if statement.our_part:
        lines.append(t.gettext("• Our own part: “{text}”", text=_quoted(statement.our_part)))
    return lines


def _decisions(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    """The newest decision with its reasons, the others in a sentence."""
    t, decisions = reading.language, dossier.case.decisions
    if not decisions:
        return []
    lines = [_with_more(t, t.gettext("*Decisions*"), len(decisions))]
    for number, decision in enumerate(decisions[:MAX_SHOWN]):
        what, *why = decision_lines(t, decision, MAX_REASON_LENGTH)
        date, person = t.datetime(decision.made_at, reading.zone), reading.person(decision.made_by_id)
        lines.append(t.gettext("• {date}, {person}: {what}", date=date, person=person, what=what))
        lines += [f"   {reason}" for reason in why if number == 0]
    return [Paragraph("\n".join(lines))]


def _following_through(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    """When the letter was sent, how its checklist stands, and what was done last."""
    t, items = reading.language, dossier.case.checklist
    sent_at = dossier.case.decisions[0].letter_sent_at if dossier.case.decisions else None
    if sent_at is None:
        return []
    done = sum(item.state is ItemState.DONE for item in items)
    sent = t.gettext("The letter was sent on {date}.", date=t.date(local_today(sent_at, reading.zone)))
    progress = t.gettext("{done} of {all} done.", done=t.number(done), all=t.number(len(items)))
    lines = [t.gettext("*After the letter*"), f"• {sent} {progress}" if items else f"• {sent}"]
    touched = sorted(
        ((item.at, item) for item in items if item.at is not None and item.state is not ItemState.OPEN), key=_when
    )
    lines += [_item_line(reading, at, item) for at, item in touched[:MAX_SHOWN]]
    return [Paragraph("\n".join(lines))]


def _when(touched: tuple[datetime, Item]) -> tuple[float, int]:
    at, item = touched
    return -at.timestamp(), item.id


def _item_line(reading: Reading, at: datetime, item: Item) -> str:
    t = reading.language
    line = t.gettext(
        "• {date}, {person}: {what}",
        date=t.datetime(at, reading.zone),
        person=reading.person(item.done_by_id),
        what=words_of(item, t.code),
    )
    verified = "" if item.state is ItemState.DONE else t.gettext("Sent; still to be verified.")
    return " · ".join(filter(None, (line, verified)))


def _pushbacks(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    t, said = reading.language, dossier.case.pushbacks
    lines = [
        t.gettext(
            "• {date}: {what}: “{text}”",
            date=t.date(one.said_on),
            what=pushback_label(t, one.kind),
            text=_quoted(one.said),
        )
        for one in said[:MAX_SHOWN]
    ]
    title = _with_more(t, t.gettext("*What the client said after the letter*"), len(said))
    return [Paragraph("\n".join([title, *lines]))] if lines else []


def _lessons(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    t, lessons = reading.language, dossier.case.lessons
    lines = [lesson_line(t, lesson, reading.person(lesson.owner_id)) for lesson in lessons[-MAX_SHOWN:]]
    return [Paragraph("\n".join([t.gettext("*Lessons*"), *lines]))] if lines else []


def _looks_back(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    t, lines = reading.language, []
    for one in dossier.case.looks_back:
        lines.append(look_back_line(t, one))
        lines += [f"   {line}" for line in balance_lines(t, one.found, None)]
        if one.cost:
            cost = t.gettext("What it cost: “{text}”", text=_quoted(one.cost))
            lines.append(f"   {cost}")
    return [Paragraph("\n".join([t.gettext("*Looking back*"), *lines]))] if lines else []


def _return(reading: Reading, dossier: Dossier) -> list[Paragraph]:
    """Whether a client that leaves or has left could come back."""
    t, terms = reading.language, dossier.case.return_terms
    if dossier.card.client.left_on is None and terms is None:
        return []
    return [Paragraph("\n".join([t.gettext("*Coming back*"), f"• {terms_sentence(t, terms)}"]))]


def _with_more(t: Language, title: str, count: int, shown: int = MAX_SHOWN) -> str:
    left = count - shown
    older = t.ngettext("({number} older)", "({number} older)", max(left, 0))
    return f"{title} {older}" if left > 0 else title


def _quoted(text: str) -> str:
    return in_short(text, MAX_QUOTE_LENGTH)
