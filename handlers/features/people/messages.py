"""What people are told when something went wrong: admins what, why, and the way out; others what became of a click.

No sentence for admins names a client: admins do not see dossiers, and a case code gives nothing away.
"""

from __future__ import annotations

from bot.domain.delivery_outcome import Reason
from bot.domain.message import N_
from bot.domain.notices import AnswerLost
from bot.language import Language
from bot.language.marks import bold, code, place
from bot.usecases.people.telling import Subject, Trouble
from handlers.features import ids
from handlers.surface.message import Button, Element, Message, Paragraph, button_row, small_print
from handlers.surface.reading import Reading

_WHY: dict[Reason, str] = {
    Reason.PLACE_SHARED: N_("The channel is shared with another organisation, or about to be."),
    Reason.PLACE_HAS_GUESTS: N_("There are guests or people of another organisation in the channel."),
    Reason.PLACE_UNKNOWN: N_("{platform} does not say who can read along in the channel."),
    Reason.PLACE_UNPROVEN: N_("I don’t know yet who everybody in the channel is."),
    Reason.PLACE_UNSET: N_("No channel for alerts has been chosen yet."),
    Reason.NOT_IN_PLACE: N_("I am not in the channel."),
    Reason.PLACE_ARCHIVED: N_("The channel is archived."),
    Reason.PLACE_GONE: N_("The channel is gone, or I was removed from it."),
    Reason.POSTING_RESTRICTED: N_("The rules of your workspace don’t let me write there."),
    Reason.CHANNEL_REFUSED: N_("The rules of your workspace don’t let me make a {private_space}."),
    Reason.SCOPE_MISSING: N_("I lack a permission in your workspace."),
    Reason.PERSON_UNREACHABLE: N_("Their account is closed, belongs to a guest, or takes no messages from apps."),
    Reason.APP_DISCONNECTED: N_("{platform} no longer accepts my token."),
    Reason.RATE_LIMITED: N_("{platform} asked me to slow down."),
    Reason.PLATFORM_DOWN: N_("What waited is going out now. Nothing is lost."),
    Reason.OUTCOME_UNKNOWN: N_(
        "The connection broke while I was sending, and {platform} doesn’t let me look whether it arrived."
    ),
    Reason.REFUSED: N_("{platform} refused it for a reason I don’t know."),
    Reason.GAVE_UP: N_("I tried several times over more than an hour, and it did not get through."),
    Reason.UNREADABLE: N_("Another version of me wrote it down in a way that I cannot read."),
    Reason.KEEPS_FAILING: N_("I tried several times, and each time something went wrong."),
}

_WAY_OUT: dict[Reason, str] = {
    Reason.PLACE_SHARED: N_("Stop sharing the channel, or choose another one for alerts: {command}"),
    Reason.PLACE_HAS_GUESTS: N_("Ask them to leave the channel, or choose another one for alerts: {command}"),
    Reason.PLACE_UNKNOWN: N_("{invite_me}, or choose another channel for alerts: {command}"),
    Reason.PLACE_UNPROVEN: N_("You need not do anything: I go on asking {platform} about them."),
    Reason.PLACE_UNSET: N_("Choose one that has no guests in it: {command}"),
    Reason.NOT_IN_PLACE: N_("{invite_me}, or choose another channel for alerts: {command}"),
    Reason.PLACE_ARCHIVED: N_("Unarchive it, or choose another channel for alerts: {command}"),
    Reason.PLACE_GONE: N_("{invite_me}, or choose another channel for alerts: {command}"),
    Reason.POSTING_RESTRICTED: N_("Let apps write in that channel, or choose another channel for alerts: {command}"),
    Reason.CHANNEL_REFUSED: N_("Let apps make private channels, or hold discussions as threads: {command}"),
    Reason.SCOPE_MISSING: N_(
        "Install me again with the newest manifest. This says which permission is missing: {command}"
    ),
    Reason.PERSON_UNREACHABLE: N_("If they look after a client, please let somebody else take over."),
    Reason.APP_DISCONNECTED: N_("Install me again and give me the new token. Everything that waits is sent then."),
    Reason.RATE_LIMITED: N_("You need not do anything: it is sent as soon as {platform} allows."),
    Reason.PLATFORM_DOWN: N_("You need not do anything."),
    Reason.OUTCOME_UNKNOWN: N_("Please look whether it is there. I won’t send it a second time by myself."),
    Reason.REFUSED: N_("I keep it and try again every hour. This looks for what is wrong: {command}"),
    Reason.GAVE_UP: N_("I keep it, and send it no more by myself. This looks for what is wrong: {command}"),
    Reason.UNREADABLE: N_("I keep it, and send it no more by myself. This shows what is kept: {command}"),
    Reason.KEEPS_FAILING: N_("I go on trying. My log says what is wrong, at this word: {command}"),
}

_COMMANDS: dict[Reason, str] = {
    Reason.CHANNEL_REFUSED: "flagclient settings set discussion_style thread",
    Reason.SCOPE_MISSING: "flagclient doctor",
    Reason.REFUSED: "flagclient doctor",
    Reason.GAVE_UP: "flagclient doctor",
    Reason.UNREADABLE: "flagclient outbox list",
    Reason.KEEPS_FAILING: "due_failed",
}


def build_admin_notice(reading: Reading, trouble: Trouble) -> Message:
    """What could not be done, why not, and what the admin can do about it."""
    t, reason = reading.language, trouble.reason
    if trouble.subject.kind == "covered":
        return _build_covered(t, trouble)
    what, why = _what(reading, trouble.subject), t.gettext(_WHY[reason])
    command = _COMMANDS.get(reason, f"flagclient settings set alert_channel {t.words.channel_id}")
    if trouble.subject.kind == "dressing" and reason is not Reason.SCOPE_MISSING:
        way_out = t.gettext("The discussion goes on without it, and I won’t try again by myself.")
    else:
        way_out = t.gettext(_WAY_OUT[reason], command=code(command))
    return Message(f"{what} {why} {way_out}", (Paragraph(f"{bold(what)}\n{why}"), small_print(way_out)))


def _build_covered(t: Language, trouble: Trouble) -> Message:
    """That messages of ours are covered, why, and how the place becomes safe or another one is had."""
    subject = trouble.subject
    where = subject.code or _channel(t, subject.place_id or 0)
    what = t.gettext("My messages in {place} have made way for a neutral line.", place=where)
    why = t.gettext(_WHY[trouble.reason])
    way_out = t.gettext(
        "What colleagues wrote there stays for everybody to read. "
        "Once only colleagues read along, my messages come back; until then I post nothing there."
    )
    elements: list[Element] = [Paragraph(f"{bold(what)}\n{why}"), small_print(way_out)]
    if subject.discussion_id is not None:
        label = t.gettext("Go on in a new {private_space}")
        elements.append(button_row(Button(label, ids.DISCUSSION_ELSEWHERE, str(subject.discussion_id))))
    elif subject.is_alert_place:
        label = t.gettext("Make a new {private_space} for alerts")
        elements.append(button_row(Button(label, ids.ALERT_SPACE, str(subject.place_id))))
        command = code(f"flagclient settings set alert_channel {t.words.channel_id}")
        elements.append(small_print(t.gettext("Alerts can go to another channel: {command}", command=command)))
    return Message(f"{what} {why} {way_out}", tuple(elements))


def _what(reading: Reading, subject: Subject) -> str:
    t = reading.language
    match subject:
        case Subject(kind="alert", place_id=int(place_id)):
            return t.gettext("I could not post an alert in {channel}.", channel=_channel(t, place_id))
        case Subject(kind="alert"):
            return t.gettext("I could not post an alert.")
        case Subject(kind="discussion"):
            return t.gettext("Something in the discussion {code} did not work.", code=subject.code)
        case Subject(kind="dressing"):
            return t.gettext("I could not set the topic of {code}, or pin its opening.", code=subject.code)
        case Subject(kind="debrief"):
            return t.gettext("I could not announce a debrief.")
        case Subject(kind="place", place_id=int(place_id)):
            return t.gettext("I can no longer post in {channel}.", channel=_channel(t, place_id))
        case Subject(kind="person", person_id=int(person_id)):
            return t.gettext("I could not send {person} a private message.", person=reading.person(person_id))
        case Subject(kind="outage"):
            return t.gettext("{platform} couldn’t be reached for a while.")
        case Subject(kind="due"):
            return t.gettext("Something that I do at a set moment does not work.")
        case _:
            return t.gettext("I could not send a message.")


def _channel(t: Language, place_id: int) -> str:
    return place(place_id, t.gettext("a channel"))


def build_lost_answer(reading: Reading, lost: AnswerLost) -> Message:
    """What somebody hears privately whose answer could not be told where they asked."""
    t = reading.language
    if lost.done:
        return Message(t.gettext("What you asked for a moment ago was done. I couldn’t tell you where you asked."))
    return Message(
        t.gettext(
            "I couldn’t answer where you asked a moment ago, and it may not have been done. "
            "Please look, and try again if it wasn’t."
        )
    )
