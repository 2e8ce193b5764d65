"""What is said about letters to the discussion, to whoever can approve one, and to its writer."""

from __future__ import annotations

from bot.domain.farewell.drafting import LetterEventKind, LetterState
from bot.domain.farewell.letter.options import LetterKind
from bot.language import Language
from bot.language.letter_words import letter_kind_label, sent_line, state_label
from bot.usecases.farewell.letters import LetterView
from bot.usecases.farewell.telling import LetterStatus
from handlers.features import ids
from handlers.surface.message import Button, Message, Paragraph, Weight, button_row
from handlers.surface.messenger import SharedFile
from handlers.surface.reading import Reading


def build_status(reading: Reading, status: LetterStatus) -> Message:
    """How the letter of a discussion stands, as one message that is kept up to date."""
    t = reading.language
    letter = str(status.record.id)
    if status.rests:
        return Message(_title(t, status), (Paragraph(_said(reading, status)),))
    buttons = [Button(t.gettext("Read it"), ids.LETTER_READ, letter)]
    if status.state is LetterState.APPROVED:
        buttons.append(Button(t.gettext("Mark as sent"), ids.LETTER_SENT, letter, Weight.MAIN))
    if status.state is LetterState.SENT and status.record.kind is LetterKind.FAREWELL:
        buttons.append(Button(t.gettext("The client answered"), ids.PUSHBACK_START, letter))
    return Message(_title(t, status), (Paragraph(_said(reading, status)), button_row(*buttons)))


def build_to_approve(reading: Reading, status: LetterStatus) -> Message:
    """The question to read a letter, or that this is settled."""
    t, letter = reading.language, str(status.record.id)
    kind, client = letter_kind_label(t, status.record.kind), status.client_name
    if status.state is LetterState.WAITING:
        said = t.gettext(
            "*{letter}* to *{client}*, by {person}: please read it, and approve it or send it back.",
            letter=kind,
            client=client,
            person=reading.person(status.writer_id),
        )
    elif status.plea is not None and status.state is LetterState.DRAFT:
        said = t.gettext(
            "*{letter}* to *{client}*: {person} asks not to wait until the time to mend is over. Please look at why.",
            letter=kind,
            client=client,
            person=reading.person(status.plea.person_id),
        )
    else:
        said = _said(reading, status)
    if status.rests:
        return Message(t.gettext("A letter that waited for your approval rests."), (Paragraph(_said(reading, status)),))
    read = Button(t.gettext("Read it"), ids.LETTER_READ, letter, Weight.MAIN)
    return Message(t.gettext("A letter waits for your approval."), (Paragraph(said), button_row(read)))


def build_settled(reading: Reading, status: LetterStatus) -> Message:
    """What a second person said."""
    t = reading.language
    read = Button(t.gettext("Read it"), ids.LETTER_READ, str(status.record.id))
    said = _said(reading, status)
    if status.last is not None and status.last.kind is LetterEventKind.RETURNED:
        said = t.gettext(
            "{person} sent your letter to *{client}* back: {reason}",
            person=reading.person(status.last.person_id),
            client=status.client_name,
            reason=status.last.text,
        )
    elif status.last is not None and status.last.kind is LetterEventKind.EXCEPTION_GRANTED:
        said = t.gettext(
            "{person} agrees that your letter to *{client}* need not wait.",
            person=reading.person(status.last.person_id),
            client=status.client_name,
        )
    return Message(t.gettext("There is news about your letter."), (Paragraph(said), button_row(read)))


def build_file(reading: Reading, view: LetterView) -> SharedFile:
    """The letter as a Word file."""
    # A bot that writes no letter does without the templates.
    from bot.documents.letter.text import write_letter
    from bot.documents.letter.word import letter_as_word

    t = reading.language
    letter, texts = view.letter, view.texts
    title = letter_kind_label(t, letter.kind)
    content = letter_as_word(letter, write_letter(letter, texts.template, texts.sentences), texts.word)
    return SharedFile(name=f"{title}.docx", title=title, content=content)


def _title(t: Language, status: LetterStatus) -> str:
    return t.gettext("{letter}: {state}.", letter=letter_kind_label(t, status.record.kind), state=_state(t, status))


def _state(t: Language, status: LetterStatus) -> str:
    return t.gettext("rests, as the decision was reopened") if status.rests else state_label(t, status.state)


def _said(reading: Reading, status: LetterStatus) -> str:
    t = reading.language
    said = t.gettext(
        "*{letter}* to *{client}*: {state}.",
        letter=letter_kind_label(t, status.record.kind),
        client=status.client_name,
        state=_state(t, status),
    )
    if status.rests:
        kept = t.gettext("What was written is kept.")
        return f"{said} {kept}"
    if status.sent is not None:
        return " ".join(filter(None, (said, sent_line(t, status.sent))))
    if status.writer_id is not None:
        by = t.gettext(
            "Version {number}, by {person}.", number=t.number(status.number), person=reading.person(status.writer_id)
        )
        return f"{said} {by}"
    return said
