"""What is said about debriefs: the announcement, the reminders, and the answers to interactions.

The client's name stands in elements only: the `text` of a message becomes the notification.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.errors import DebriefUnusualError
from bot.domain.model import Debrief, DebriefState
from bot.domain.timetable import QUARTER_HOUR
from bot.language import Language
from bot.language.marks import bold
from bot.usecases.debrief.calendar_file import calendar_file
from bot.usecases.debrief.debrief_view import DebriefView, UpcomingDebrief
from bot.usecases.debrief.leaving import ClientLeft
from bot.usecases.debrief.telling import CalendarEntry, Reminding
from handlers.features import ids
from handlers.surface.message import Button, Message, Paragraph, Question, Weight, button_row, small_print
from handlers.surface.messenger import SharedFile
from handlers.surface.reading import Reading

MAX_NAMES = 20


def moment(reading: Reading, debrief: Debrief) -> str:
    """Day and time of a debrief by the reader's own clock, and by the office's where that shows another time."""
    return reading.language.moment(debrief.starts_at, reading.zone, debrief.zone)


def build_announcement(reading: Reading, view: DebriefView) -> Message:
    """The living announcement of a debrief as it stands now."""
    t, client = reading.language, view.client_name
    if view.debrief.state is DebriefState.CANCELLED:
        cancelled = t.gettext("The debrief about {client} is cancelled.", client=client)
        file = t.gettext(
            "The newest calendar file in the thread takes it out of your calendar. If the entry stays, remove it."
        )
        return Message(t.gettext("A debrief is cancelled."), (Paragraph(f"{cancelled} {file}"),))
    title = t.gettext("Debrief about {client}", client=client)
    # Whoever reads a channel may be anywhere.
    when = t.moment(view.debrief.starts_at, view.debrief.zone, *view.zones, is_placed=True)
    what = t.gettext("What led to this, which signals did we miss, and what do we do differently?")
    file = (
        t.gettext("The calendar file is in the thread.")
        if not view.debrief.sequence
        else t.gettext("Open the new calendar file in the thread. If the old entry stays in your calendar, remove it.")
    )
    invited = [small_print(_invited(reading, view))] if view.people or view.has_others else []
    return Message(
        t.gettext("A debrief is planned for {when}.", when=when),
        (
            Paragraph(f"{bold(title)}\n{when}"),
            Paragraph(f"{what} {file}"),
            *invited,
            button_row(*_buttons(t, view.debrief)),
        ),
    )


def _invited(reading: Reading, view: DebriefView) -> str:
    """Who is invited, without naming those who reported or saw something."""
    t = reading.language
    if not view.people:
        return t.gettext("Invited: those who reported or saw something. They are reminded privately.")
    named = reading.people(view.people, MAX_NAMES)
    if not view.has_others:
        return t.gettext("Invited: {people}", people=named)
    return t.gettext(
        "Invited: {people}, and those who reported or saw something. Everybody is reminded privately.", people=named
    )


def _buttons(t: Language, debrief: Debrief) -> list[Button]:
    asked = Question(
        t.gettext("Cancel this debrief?"),
        t.gettext("The announcement will say so, and a new calendar file in the thread takes the entry out."),
        t.gettext("Cancel it"),
        t.gettext("Keep it"),
    )
    return [
        Button(t.gettext("Move"), ids.DEBRIEF_MOVE, str(debrief.id)),
        Button(t.gettext("A week later"), ids.DEBRIEF_SNOOZE, f"{debrief.id}:{debrief.sequence}"),
        Button(t.pgettext("debrief", "Cancel"), ids.DEBRIEF_CANCEL, str(debrief.id), Weight.RISKY, asked),
    ]


def build_reminder(reading: Reading, reminding: Reminding) -> Message:
    """What one person hears the working day before, or a quarter of an hour before."""
    t, view = reading.language, reminding.view
    client = view.client_name
    if reminding.moment == QUARTER_HOUR:
        said = t.gettext("In a quarter of an hour: the debrief about {client}.", client=client)
        return Message(t.gettext("In a quarter of an hour a debrief begins."), (Paragraph(said),))
    when = moment(reading, view.debrief)
    said = t.gettext("Coming up: the debrief about {client}, {when}.", client=client, when=when)
    return Message(t.gettext("Coming up: a debrief, {when}.", when=when), (Paragraph(said),))


def build_calendar_file(reading: Reading, entry: CalendarEntry) -> SharedFile:
    """The calendar file of a debrief; its name tells its states apart."""
    summary = calendar_summary(reading.language, entry.view.code)
    debrief = entry.view.debrief
    link = reading.language.words.place_link.format(
        workspace=entry.workspace_external_id, place=entry.place_external_id
    )
    content = calendar_file(debrief, debrief.sequence, summary, link, entry.made_at)
    return SharedFile(f"debrief-{debrief.id}-{debrief.sequence}.ics", summary, content)


def calendar_summary(t: Language, code: str | None) -> str:
    """The title of the calendar event, which names no client: calendars are seen by others."""
    return t.gettext("Debrief {code}", code=code) if code else t.gettext("Debrief")


def build_planned(reading: Reading, debrief: Debrief, client_name: str | None) -> Message:
    """The answer to planning one; without a name where somebody else might read along."""
    t, when = reading.language, moment(reading, debrief)
    if client_name is None:
        return Message(t.gettext("The debrief is planned for {when}.", when=when))
    return Message(t.gettext("The debrief about {client} is planned for {when}.", client=client_name, when=when))


def build_unusual(t: Language, unusual: DebriefUnusualError) -> Message:
    """What is asked before a debrief is planned on a day off, or in quiet hours."""
    asked = t.sentence(unusual)
    said = f"{unusual.values['client_id']}:{unusual.values['local_at']}"
    return Message(asked, (Paragraph(asked), button_row(Button(t.gettext("Plan it anyway"), ids.DEBRIEF_ANYWAY, said))))


def build_left(reading: Reading, outcome: ClientLeft, client_name: str | None) -> Message:
    """The answer to marking a client as having left; without a name where somebody else might read along."""
    t, when, left_on = reading.language, moment(reading, outcome.debrief), outcome.left_on
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
    undo = Button(t.gettext("That was a mistake"), ids.LEFT_UNDO, f"{outcome.client.id}:{outcome.discussion_id or ''}")
    return Message(text, (Paragraph(text), button_row(undo)))


def build_taken_back(t: Language) -> Message:
    """The answer to "that was a mistake"."""
    return Message(t.gettext("Taken back: this is a client again, and the debrief is cancelled."))


def build_upcoming(reading: Reading, upcoming: Sequence[UpcomingDebrief] | None) -> Message:
    """What is planned; `None` where a list of names should not be shown."""
    t = reading.language
    if upcoming is None:
        return Message(t.gettext("I don’t show client names here. Ask me again in a {private_message}."))
    if not upcoming:
        return Message(t.gettext("No debrief is planned. Plan one with {debrief_command} and the client’s name."))
    lines = [f"• {one.client_name}: {moment(reading, one.debrief)}" for one in upcoming]
    return Message(t.gettext("Planned debriefs:") + "\n" + "\n".join(lines))
