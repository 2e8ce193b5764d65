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
from handlers.surface.message import Button, Buttons, Message, Paragraph, Question, Weight, button_row, small_print
from handlers.surface.messenger import SharedFile
from handlers.surface.reading import Reading

MAX_NAMES = 20
MAX_ANSWERABLE = 5


def moment(reading: Reading, debrief: Debrief) -> str:
    """Day and time of a debrief by the reader's own clock, and by the office's where that shows another time."""
    return reading.language.moment(debrief.starts_at, reading.zone, debrief.zone)


def build_announcement(reading: Reading, view: DebriefView) -> Message:
    """The living announcement of a debrief as it stands now."""
    t, client = reading.language, view.client_name
    if view.debrief.state is DebriefState.CANCELLED:
        cancelled = t.gettext("The debrief about {client} is cancelled.", client=client)
        file = t.gettext(
            "Is it in your calendar? Open the newest calendar file in the thread. If the entry stays, remove it."
        )
        return Message(t.gettext("A debrief is cancelled."), (Paragraph(f"{cancelled} {file}"),))
    title = t.gettext("Debrief about {client}", client=client)
    if view.debrief.state is DebriefState.TOOK_PLACE:
        closed = t.gettext("It is closed; the summary says what it came to.")
        return Message(t.gettext("A debrief is closed."), (Paragraph(f"{bold(title)}\n{closed}"),))
    if view.has_begun:
        return _build_begun(reading, view, title)
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
            button_row(
                Button(t.gettext("Answer the questions"), ids.DEBRIEF_ANSWER_START, str(view.debrief.id), Weight.MAIN),
                Button(t.gettext("The agenda"), ids.DEBRIEF_READ, str(view.debrief.id)),
                *_buttons(t, view.debrief),
            ),
        ),
    )


def _build_begun(reading: Reading, view: DebriefView, title: str) -> Message:
    """From its beginning on: what was answered can be read, and somebody closes it."""
    t, target = reading.language, str(view.debrief.id)
    begun = t.moment(view.debrief.starts_at, view.debrief.zone, *view.zones, is_placed=True)
    said = [t.gettext("It has begun: {moment}. {answered}", moment=begun, answered=_answered(t, view))]
    if view.host_id is not None:
        said.append(t.gettext("{person} closes it with what you change.", person=reading.person(view.host_id)))
    return Message(
        t.gettext("A debrief has begun."),
        (
            Paragraph("\n".join([bold(title), *said])),
            button_row(
                Button(t.gettext("Answer the questions"), ids.DEBRIEF_ANSWER_START, target, Weight.MAIN),
                Button(t.gettext("Read the answers"), ids.DEBRIEF_READ, target),
                Button(t.gettext("Close the debrief"), ids.DEBRIEF_CLOSE, target),
                Button(t.gettext("Move"), ids.DEBRIEF_MOVE, target),
            ),
        ),
    )


def _answered(t: Language, view: DebriefView) -> str:
    """How many have answered, never who or what."""
    if not view.answered:
        return t.gettext("Nobody has answered the questions yet.")
    return t.ngettext(
        "{number} of {invited} has answered the questions.",
        "{number} of {invited} have answered the questions.",
        view.answered,
        invited=t.number(max(view.invited, view.answered)),
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
        t.gettext(
            "The announcement will say so, and a new calendar file comes in the thread for whoever has this in their "
            "calendar."
        ),
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
        return Message(t.gettext("In a quarter of an hour a debrief begins."), (Paragraph(said), _prepare(t, view)))
    when = moment(reading, view.debrief)
    said = t.gettext("Coming up: the debrief about {client}, {when}.", client=client, when=when)
    return Message(t.gettext("Coming up: a debrief, {when}.", when=when), (Paragraph(said), _prepare(t, view)))


def _prepare(t: Language, view: DebriefView) -> Buttons:
    """What somebody can do on their own for a debrief."""
    target = str(view.debrief.id)
    return button_row(
        Button(t.gettext("The agenda"), ids.DEBRIEF_READ, target),
        Button(t.gettext("Answer the questions"), ids.DEBRIEF_ANSWER_START, target),
    )


def build_nudge(reading: Reading, view: DebriefView) -> Message:
    """Somebody is asked for their answers."""
    t, target, client = reading.language, str(view.debrief.id), view.client_name
    if view.has_begun:
        said = t.gettext("The debrief about {client} has been, and you can still answer its questions.", client=client)
    else:
        when = moment(reading, view.debrief)
        said = t.gettext(
            "We look back on {client} on {moment}. Will you answer five short questions beforehand?",
            client=client,
            moment=when,
        )
    rest = t.gettext(
        "One of the five is enough. Nobody sees it before the debrief begins, and then it is shown without names. "
        "I ask twice at most."
    )
    return Message(
        t.gettext("Five short questions for a debrief."),
        (
            Paragraph(f"{said} {rest}"),
            button_row(
                Button(t.gettext("Answer the questions"), ids.DEBRIEF_ANSWER_START, target, Weight.MAIN),
                Button(t.gettext("The agenda"), ids.DEBRIEF_READ, target),
                Button(t.gettext("I can’t take part"), ids.DEBRIEF_AWAY, target),
            ),
        ),
    )


def build_begins(reading: Reading, view: DebriefView) -> Message:
    """Its host hears that a debrief begins, and how it is closed."""
    t, target = reading.language, str(view.debrief.id)
    said = t.gettext(
        "The debrief about {client} begins, and you lead it. {answered} Read the answers together, choose at most "
        "three things that you change, and close it. If nobody closes it, it closes by itself after ten working days.",
        client=view.client_name,
        answered=_answered(t, view),
    )
    return Message(
        t.gettext("A debrief begins, and you lead it."),
        (
            Paragraph(said),
            button_row(
                Button(t.gettext("Read the answers"), ids.DEBRIEF_READ, target, Weight.MAIN),
                Button(t.gettext("Close the debrief"), ids.DEBRIEF_CLOSE, target),
            ),
        ),
    )


def build_away(t: Language) -> Message:
    """The answer to "I can't take part"."""
    return Message(t.gettext("Noted: I ask and remind you no more. Should you find the time, you can still answer."))


def build_begun(t: Language) -> Message:
    """The answer to "Begin now"."""
    return Message(t.gettext("The debrief begins now. In a moment everybody invited can read what was answered."))


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
    buttons = [undo]
    if outcome.may_set_terms:
        buttons.insert(0, Button(t.gettext("Terms of return"), ids.RETURN_START, str(outcome.client.id)))
    return Message(text, (Paragraph(text), button_row(*buttons)))


def build_taken_back(t: Language) -> Message:
    """The answer to "that was a mistake"."""
    return Message(t.gettext("Taken back: this is a client again, and the debrief is cancelled."))


def build_upcoming(
    reading: Reading, upcoming: Sequence[UpcomingDebrief] | None, still_open: Sequence[UpcomingDebrief] = ()
) -> Message:
    """What is planned, and what is over and not closed; `None` where a list of names should not be shown."""
    t = reading.language
    if upcoming is None:
        return Message(t.gettext("I don’t show client names here. Ask me again in a {private_message}."))
    if not upcoming:
        planned = t.gettext("No debrief is planned. Plan one with {debrief_command} and the client’s name.")
    else:
        planned = "\n".join([t.gettext("Planned debriefs:"), *_listed(reading, upcoming)])
    if not still_open:
        return Message(planned)
    waiting = "\n".join([t.gettext("You can still answer:"), *_listed(reading, still_open)])
    buttons = [
        Button(one.client_name, ids.DEBRIEF_ANSWER_START, str(one.debrief.id)) for one in still_open[:MAX_ANSWERABLE]
    ]
    return Message(f"{planned}\n{waiting}", (Paragraph(planned), Paragraph(waiting), button_row(*buttons)))


def _listed(reading: Reading, debriefs: Sequence[UpcomingDebrief]) -> list[str]:
    return [f"• {one.client_name}: {moment(reading, one.debrief)}" for one in debriefs]
