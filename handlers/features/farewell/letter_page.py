"""A letter to read: as the client would, with what is to be mended, what it waits for, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.domain.farewell.drafting import LetterEventKind, LetterState, LetterVersion
from bot.domain.farewell.letter.options import LetterKind
from bot.language import Language
from bot.language.letter_words import field_label, letter_kind_label, must_have_label, sent_line, state_label
from bot.language.marks import bold
from bot.language.vocabulary import category_label
from bot.usecases.farewell.letters import LetterView
from handlers.features import ids
from handlers.features.farewell.letter_marks import build_marks
from handlers.surface.message import (
    MAX_AS_TYPED_LENGTH,
    Button,
    Divider,
    Element,
    Heading,
    Measure,
    Message,
    Paragraph,
    Verbatim,
    Weight,
    button_row,
    small_print,
)
from handlers.surface.reading import Reading

if TYPE_CHECKING:
    from bot.documents.letter.script import ScriptPart


def build_letter(
    reading: Reading, view: LetterView, reader_id: int, overtaken: LetterVersion | None, measure: Measure
) -> Message:
    """All of it; `overtaken` is what a colleague saved while the reader wrote, if anybody did."""
    # A bot that writes no letter does without the templates.
    from bot.documents.letter.text import as_text, write_letter

    t = reading.language
    elements: list[Element] = [
        Paragraph(f"{_status(reading, view)}\n{_history(reading, view)}".strip()),
        *_overtaken(reading, view, overtaken),
        *_to_mend(t, view),
        *_marked(t, view),
        *_waits(reading, view),
        *_buttons(t, view, reader_id),
        Divider(),
        *_as_typed(as_text(write_letter(view.letter, view.texts.template, view.texts.sentences))),
    ]
    return Message(letter_kind_label(t, view.record.kind), tuple(elements))


def build_script(reading: Reading, parts: tuple[ScriptPart, ...], measure: Measure) -> Message:
    """What can be said beside the letter."""
    t = reading.language
    elements: list[Element] = [
        small_print(
            t.gettext("Most people speak first and write then. These words are to hold on to, not to read out.")
        ),
    ]
    for part in parts:
        elements += [Heading(part.heading), *_as_typed(part.text)]
    return Message(t.gettext("What you can say"), tuple(elements))


def _status(reading: Reading, view: LetterView) -> str:
    t = reading.language
    said = t.gettext(
        "*{letter}* to *{client}*: {state}.",
        letter=letter_kind_label(t, view.record.kind),
        client=view.client.name,
        state=state_label(t, view.state),
    )
    return " ".join(filter(None, (said, sent_line(t, view.sent))))


def _history(reading: Reading, view: LetterView) -> str:
    t = reading.language
    if not view.versions:
        return ""
    lines = [
        t.gettext(
            "Version {number}, by {person}.",
            number=t.number(view.number),
            person=reading.person(view.versions[-1].saved_by_id),
        )
    ]
    if view.changed:
        names = t.listing([field_label(t, one.field) for one in view.changed])
        lines.append(t.gettext("Changed since the version before: {fields}.", fields=names))
    if view.is_overtaken:
        lines.append(t.gettext("It was approved, and would say something else by now: have it approved again."))
    for event in view.events:
        if event.version == view.number and event.kind is LetterEventKind.RETURNED:
            who = reading.person(event.person_id)
            lines.append(t.gettext("{person} sent it back: {reason}", person=who, reason=event.text))
        if event.version == view.number and event.kind is LetterEventKind.MARKS_LEFT:
            who = reading.person(event.person_id)
            lines.append(t.gettext("{person} looked at the words that stand out, and leaves them.", person=who))
        if event.version == view.number and event.kind is LetterEventKind.APPROVED:
            lines.append(t.gettext("Approved by {person}.", person=reading.person(event.person_id)))
    return "\n".join(lines)


def _overtaken(reading: Reading, view: LetterView, overtaken: LetterVersion | None) -> list[Element]:
    if overtaken is None:
        return []
    t = reading.language
    said = t.gettext(
        "{person} saved version {number} while you wrote. Both are kept: yours is the newest, and what differs is: "
        "{fields}.",
        person=reading.person(overtaken.saved_by_id),
        number=t.number(overtaken.number),
        fields=t.listing([field_label(t, one.field) for one in view.changed]) if view.changed else "–",
    )
    return [Paragraph(said)]


def _to_mend(t: Language, view: LetterView) -> list[Element]:
    lines = [f"• {must_have_label(t, one)}" for one in view.missing]
    elements: list[Element] = []
    if lines:
        title = bold(t.gettext("The letter has to tell this as well"))
        hint = t.gettext("“None”, with a word why, is an answer too.")
        elements.append(Paragraph("\n".join([title, *lines, hint])))
    if view.problems:
        title = bold(t.gettext("This cannot be true"))
        elements.append(Paragraph("\n".join([title, *(f"• {t.sentence(error)}" for error in view.problems)])))
    return elements


def _marked(t: Language, view: LetterView) -> list[Element]:
    if not view.marks:
        return []
    return [Paragraph(bold(t.gettext("These words may be better said otherwise"))), *build_marks(t, view.marks)]


def _waits(reading: Reading, view: LetterView) -> list[Element]:
    t = reading.language
    if not view.waits or view.state in (LetterState.APPROVED, LetterState.SENT):
        return []
    wait = view.waits[0]
    if view.is_exempt:
        return [small_print(t.gettext("It may go without waiting: that was agreed, and the reason is kept."))]
    if wait.until is None:
        said = t.gettext(
            "Before this letter can be approved, a written warning about *{category}* has to be sent, with {days} days "
            "to mend.",
            category=category_label(t, wait.category),
            days=t.number(wait.days),
        )
    else:
        said = t.gettext("The time to mend runs until {date}; after that it can be approved.", date=t.date(wait.until))
    elements: list[Element] = [Paragraph(said)]
    if view.exception is not None:
        asked = t.gettext(
            "{person} asks not to wait: {reason}",
            person=reading.person(view.exception.person_id),
            reason=view.exception.text,
        )
        if view.exempt_from is not None:
            when = t.moment(view.exempt_from, reading.zone)
            counts = t.gettext("As nobody else can agree, that counts from {when}.", when=when)
            asked = f"{asked}\n{counts}"
        elements.append(Paragraph(asked))
    return elements


def _buttons(t: Language, view: LetterView, reader_id: int) -> list[Element]:
    letter = str(view.record.id)
    version = f"{letter}:{view.number}"
    row: list[Button] = []
    is_whole = bool(view.versions) and not view.missing and not view.problems
    is_approver = reader_id in view.approvers
    may_go = not view.waits or view.is_exempt
    if view.state is LetterState.WAITING and is_approver and is_whole and may_go:
        row.append(Button(t.gettext("Approve"), ids.LETTER_APPROVE, version, Weight.MAIN))
    if view.state is LetterState.DRAFT and is_whole:
        asks = ids.LETTER_ASK_MARKED if view.marks else ids.LETTER_ASK
        row.append(Button(t.gettext("Ask for approval"), asks, version, Weight.MAIN))
    if view.state in (LetterState.WAITING, LetterState.APPROVED) and is_approver:
        row.append(Button(t.gettext("Send back"), ids.LETTER_RETURN, version))
    if view.state in (LetterState.APPROVED, LetterState.SENT):
        label = t.gettext("Mark as sent") if view.sent is None else t.gettext("Correct the day")
        weight = Weight.MAIN if view.sent is None else Weight.PLAIN
        row.append(Button(label, ids.LETTER_SENT, letter, weight))
    if view.state is not LetterState.SENT:
        row.append(Button(t.gettext("Write on"), ids.LETTER_EDIT, letter))
    if view.waits and not view.is_exempt and view.exception is None and view.state is not LetterState.SENT:
        row.append(Button(t.gettext("There is no time to wait"), ids.LETTER_EXCEPTION, letter))
    if view.exception is not None and is_approver and view.exception.person_id != reader_id and not view.is_exempt:
        row.append(Button(t.gettext("Agree not to wait"), ids.LETTER_GRANT, letter))
    if view.versions and view.record.discussion_id is not None:
        row.append(Button(t.gettext("Word file"), ids.LETTER_FILE, version))
    if len(view.versions) > 1:
        row.append(Button(t.gettext("Versions"), ids.LETTER_VERSIONS, letter))
    row.append(Button(t.gettext("What you can say"), ids.LETTER_SCRIPT, letter))
    if view.record.kind is LetterKind.FAREWELL and view.record.decision_id is not None:
        row.append(Button(t.gettext("Closing terms"), ids.FAREWELL_TERMS, str(view.record.decision_id)))
    return [button_row(*row)]


def _as_typed(text: str) -> Iterator[Element]:
    """The text in pieces that fit, each of whole lines where that is possible."""
    piece = ""
    for line in text.strip().splitlines(keepends=True):
        while len(piece) + len(line) > MAX_AS_TYPED_LENGTH:
            if piece.strip():
                yield Verbatim(piece.strip("\n"))
            piece, line = line[:MAX_AS_TYPED_LENGTH], line[MAX_AS_TYPED_LENGTH:]
        piece += line
    if piece.strip():
        yield Verbatim(piece.strip("\n"))
