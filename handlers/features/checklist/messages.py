"""What is said about a checklist: in the discussion how it stands, and to one person what is due."""

from __future__ import annotations

from bot.domain.checklist import Item, ItemState
from bot.language import Language
from bot.usecases.checklist.definitions import words_of
from bot.usecases.checklist.telling import DueItems, Progress
from handlers.features import ids
from handlers.surface.message import Button, Message, Paragraph, Weight, button_row
from handlers.surface.reading import Reading

MAX_LISTED = 15

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
    """What one person is reminded of; it names no client."""
    t = reading.language
    number = len(due.items)
    if due.step == 0:
        said = t.ngettext(
            "You are responsible for {number} thing on a checklist after a letter now.",
            "You are responsible for {number} things on a checklist after a letter now.",
            number,
        )
    elif due.step == 1:
        said = t.ngettext(
            "{number} thing on your checklist after a letter is due.",
            "{number} things on your checklist after a letter are due.",
            number,
        )
    else:
        said = t.ngettext(
            "{number} thing after a letter has been due for a while, and nobody gets round to it. Can you help?",
            "{number} things after a letter have been due for a while, and nobody gets round to them. Can you help?",
            number,
        )
    lines = [f"• {words_of(item, t.code)} ({_due(t, item)})" for item in due.items[:MAX_LISTED]]
    row = [Button(t.gettext("Open my list"), ids.CHECKLIST_MINE, weight=Weight.MAIN)]
    if due.step > 1:
        cases = dict.fromkeys(item.decision_id for item in due.items)
        row = [Button(t.gettext("Open the list"), ids.CHECKLIST_SHOW, str(case)) for case in list(cases)[:3]]
    return Message(said, (Paragraph("\n".join([said, *lines])), button_row(*row)))


def _line(reading: Reading, item: Item) -> str:
    words = words_of(item, reading.language.code)
    if item.state is ItemState.DONE:
        return words
    return f"{words} ({reading.person(item.owner_id)}, {_due(reading.language, item)})"


def _due(t: Language, item: Item) -> str:
    return t.gettext("by {date}", date=t.day_month(item.due_on))
