"""How debriefs look: the announcement, the reminders, the form to move one, and the answers to interactions.

The client's name stands in blocks only: the `text` of a message becomes the notification.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    PlainTextObject,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.domain.model import Debrief, DebriefState
from bot.domain.timetable import QUARTER_HOUR
from bot.language import Language
from bot.language.marks import bold
from bot.usecases.debrief import ClientLeft, DebriefView, UpcomingDebrief
from handlers.features import ids
from handlers.slack.render.fragments import actions, button, confirm, context, mention, section
from handlers.slack.render.message import Message

MAX_NAMES = 20


def moment(t: Language, debrief: Debrief) -> str:
    """Day and time of a debrief, in the zone it was planned in, which is the one people meet in."""
    return t.gettext(
        "{day} at {time}", day=t.weekday_date(debrief.local_at.date()), time=t.time(debrief.local_at.time())
    )


def build_announcement(t: Language, view: DebriefView, people: Sequence[str]) -> Message:
    """The living announcement of a debrief as it stands now."""
    client = view.client_name
    if view.debrief.state is DebriefState.CANCELLED:
        cancelled = t.gettext("The debrief about {client} is cancelled.", client=client)
        return Message(text=t.gettext("A debrief is cancelled."), blocks=[section(cancelled)])
    title = t.gettext("Debrief about {client}", client=client)
    when = moment(t, view.debrief)
    blocks: list[Block] = [
        section(f"{bold(title)}\n{when} ({view.debrief.zone})"),
        section(
            t.gettext(
                "What led to this, which signals did we miss, and what do we do differently? "
                "The calendar file is in the thread."
            )
        ),
    ]
    if people:
        named = " ".join(mention(person) for person in people[:MAX_NAMES])
        blocks.append(context(t.gettext("Invited: {people}", people=named)))
    debrief_id = str(view.debrief.id)
    blocks.append(
        actions(
            button(t.gettext("Move"), ids.DEBRIEF_MOVE, debrief_id),
            button(t.gettext("A week later"), ids.DEBRIEF_SNOOZE, f"{debrief_id}:{view.debrief.sequence}"),
            button(
                t.pgettext("debrief", "Cancel"),
                ids.DEBRIEF_CANCEL,
                debrief_id,
                style="danger",
                confirm=confirm(
                    t.gettext("Cancel this debrief?"),
                    t.gettext("Everybody’s calendar entry is taken back too."),
                    t.gettext("Cancel it"),
                    t.gettext("Keep it"),
                ),
            ),
        )
    )
    return Message(text=t.gettext("A debrief is planned for {when}.", when=when), blocks=blocks)


def build_reminder(t: Language, view: DebriefView, which: str) -> Message:
    """What one person hears the working day before, or a quarter of an hour before."""
    client = view.client_name
    if which == QUARTER_HOUR:
        said = t.gettext("In a quarter of an hour: the debrief about {client}.", client=client)
        return Message(text=t.gettext("In a quarter of an hour a debrief begins."), blocks=[section(said)])
    when = moment(t, view.debrief)
    said = t.gettext("Coming up: the debrief about {client}, {when}.", client=client, when=when)
    return Message(text=t.gettext("Coming up: a debrief, {when}.", when=when), blocks=[section(said)])


def calendar_summary(t: Language, code: str | None) -> str:
    """The title of the calendar event, which names no client: calendars are seen by others."""
    return t.gettext("Debrief {code}", code=code) if code else t.gettext("Debrief")


def build_move_form(t: Language, debrief_id: int, local_at: datetime) -> View:
    """The form in which a debrief gets another day and time; `local_at` is wall time of the workspace."""
    return View(
        type="modal",
        callback_id=ids.DEBRIEF_MOVE_FORM,
        private_metadata=str(debrief_id),
        title=PlainTextObject(text=t.gettext("Move the debrief")),
        submit=PlainTextObject(text=t.gettext("Move")),
        close=PlainTextObject(text=t.gettext("Keep as it is")),
        blocks=[
            InputBlock(
                block_id=ids.DEBRIEF_MOVE_DATE,
                label=PlainTextObject(text=t.gettext("Day")),
                element=DatePickerElement(action_id=ids.DEBRIEF_MOVE_DATE, initial_date=local_at.date().isoformat()),
            ),
            InputBlock(
                block_id=ids.DEBRIEF_MOVE_TIME,
                label=PlainTextObject(text=t.gettext("Time")),
                element=TimePickerElement(action_id=ids.DEBRIEF_MOVE_TIME, initial_time=local_at.strftime("%H:%M")),
            ),
        ],
    )


def build_planned(t: Language, debrief: Debrief, client_name: str | None) -> str:
    """The answer to `/debrief`; without a name where somebody else might read along."""
    when = moment(t, debrief)
    if client_name is None:
        return t.gettext("The debrief is planned for {when}.", when=when)
    return t.gettext("The debrief about {client} is planned for {when}.", client=client_name, when=when)


def build_left(t: Language, outcome: ClientLeft, client_name: str | None) -> Message:
    """The answer to marking a client as having left; without a name where somebody else might read along."""
    when, left_on = moment(t, outcome.debrief), outcome.left_on
    if client_name is None:
        text = t.gettext(
            "Noted as having left on {date}. The debrief is planned for {when}.", date=t.date(left_on), when=when
        )
    else:
        text = t.gettext(
            "{client} is noted as having left on {date}. The debrief is planned for {when}.",
            client=client_name,
            date=t.date(left_on),
            when=when,
        )
    undo = button(t.gettext("That was a mistake"), ids.LEFT_UNDO, f"{outcome.client.id}:{outcome.discussion_id or ''}")
    return Message(text=text, blocks=[section(text), actions(undo)])


def build_taken_back(t: Language) -> str:
    """The answer to "that was a mistake"."""
    return t.gettext("Taken back: this is a client again, and the debrief is cancelled.")


def build_upcoming(t: Language, upcoming: Sequence[UpcomingDebrief] | None) -> str:
    """The answer to `/debrief` without a name; `None` where a list of names should not be shown."""
    if upcoming is None:
        return t.gettext("I don’t show client names here. Ask me again in a direct message.")
    if not upcoming:
        return t.gettext("No debrief is planned. Plan one with /debrief and the client’s name.")
    lines = [f"• {one.client_name}: {moment(t, one.debrief)}" for one in upcoming]
    return t.gettext("Planned debriefs:") + "\n" + "\n".join(lines)
