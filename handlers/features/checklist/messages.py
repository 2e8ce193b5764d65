"""What is said about a checklist: in the discussion how it stands, and to one person what is due."""

from __future__ import annotations

from bot.domain.checklist import Item, ItemState
from bot.language import Language
from bot.usecases.checklist.definitions import words_of
from bot.usecases.checklist.telling import DueItems, Progress
from handlers.features import ids
from handlers.surface.message import Button, Element, Message, Paragraph, Weight, button_row
from handlers.surface.reading import Reading

MAX_LISTED = 15

MAX_LISTS = 3

MARKS: dict[ItemState, str] = {ItemState.OPEN: "☐", ItemState.SENT: "◐", ItemState.DONE: "☑"}


def build_progress(reading: Reading, progress: Progress) -> Message:
    """How the list of a discussion stands, as one message that is kept up to date."""
    t = reading.language
    done = sum(item.state is ItemState.DONE for item in progress.items)
    title = t.gettext(
        "*After the letter to {client}*: {done} of {all} done.",
        client=progress.client_name,
        done=t.number(done),
        all=t.number(len(progress.items)),
    )
    lines = [f"{MARKS[item.state]} {_line(reading, item)}" for item in progress.items[:MAX_LISTED]]
    show = Button(t.gettext("Open the list"), ids.CHECKLIST_SHOW, str(progress.decision_id), Weight.MAIN)
    text = t.gettext("What is to be done after the letter.")
    return Message(text, (Paragraph("\n".join([title, *lines])), button_row(show)))


def build_reminder(reading: Reading, due: DueItems) -> Message:
    """What one person is reminded of, all in one message; it names no client."""
    t = reading.language
    elements: list[Element] = []
    for items, said in ((due.items, _own(t, due)), (due.of_others, _of_others(t, due))):
        if items:
            lines = [f"• {words_of(item, t.code)} ({_due(t, item)})" for item in items[:MAX_LISTED]]
            elements.append(Paragraph("\n".join([said, *lines])))
    row = [Button(t.gettext("Open my list"), ids.CHECKLIST_MINE, weight=Weight.MAIN)] if due.items else []
    cases = list(dict.fromkeys(item.decision_id for item in due.of_others))
    row += [Button(t.gettext("Open the list"), ids.CHECKLIST_SHOW, str(case)) for case in cases[:MAX_LISTS]]
    return Message(_own(t, due) if due.items else _of_others(t, due), (*elements, button_row(*row)))


def _own(t: Language, due: DueItems) -> str:
    number = len(due.items)
    if due.step == 0:
        return t.ngettext(
            "You are responsible for {number} thing on a checklist after a letter now.",
            "You are responsible for {number} things on a checklist after a letter now.",
            number,
        )
    return t.ngettext(
        "{number} thing on your checklist after a letter is due.",
        "{number} things on your checklist after a letter are due.",
        number,
    )


def _of_others(t: Language, due: DueItems) -> str:
    return t.ngettext(
        "{number} thing after a letter has been due for a while, and nobody gets round to it. Can you help?",
        "{number} things after a letter have been due for a while, and nobody gets round to them. Can you help?",
        len(due.of_others),
    )


def _line(reading: Reading, item: Item) -> str:
    words = words_of(item, reading.language.code)
    if item.state is ItemState.DONE:
        return words
    return f"{words} ({reading.person(item.owner_id)}, {_due(reading.language, item)})"


def _due(t: Language, item: Item) -> str:
    return t.gettext("by {date}", date=t.day_month(item.due_on))
