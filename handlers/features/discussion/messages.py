"""What is said about discussions: what their space is for, what comes in while they are open, and answers.

The client's name stands in elements only. The `text` of a message becomes the notification, and what a space is for is
seen in lists and searches, so they carry the case code alone.
"""

from __future__ import annotations

from bot.domain.model import DiscussionState, Flag, FlagState
from bot.language import Language
from bot.language.marks import bold, shorten
from bot.language.vocabulary import category_label, severity_label
from bot.usecases.discussion.discussion_view import DiscussionView
from handlers.features.flags.view_buttons import view_buttons
from handlers.surface.message import Message, Paragraph, button_row, small_print
from handlers.surface.messenger import SpaceText
from handlers.surface.reading import Reading

MAX_FACTS_LENGTH = 1500


def build_space_text(reading: Reading, view: DiscussionView) -> SpaceText:
    """What the space of a discussion is for."""
    t, code = reading.language, view.discussion.code
    if view.discussion.state is DiscussionState.CLOSED:
        topic = t.gettext("{code}: closed", code=code)
    elif view.evaluation is not None and view.evaluation.round.ended_at is not None:
        topic = t.gettext("{code}: decided", code=code)
    else:
        topic = t.gettext("{code}: please give your view by {date}", code=code, date=t.date(view.discussion.views_by))
    return SpaceText(
        topic,
        t.gettext("A private discussion of one case, with those who were invited. Please don’t add guests."),
    )


def build_flag_in_discussion(reading: Reading, flag: Flag) -> Message:
    """A flag that came in while the discussion was open, and what others can add to it; its reporter is not named."""
    t, content = reading.language, flag.content
    if flag.state is not FlagState.OPEN:
        return _withdrawn_flag(t, flag)
    title = t.gettext(
        "New flag: {category}, {severity}, {date}",
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity).lower(),
        date=t.date(content.happened_on),
    )
    said = Paragraph(f"{bold(title)}\n{shorten(content.what_happened, MAX_FACTS_LENGTH)}")
    edited = [small_print(t.gettext("Edited since it came in."))] if flag.edited_at is not None else []
    return Message(t.gettext("A new flag came in."), (said, *edited, button_row(*view_buttons(t, flag.id))))


def _withdrawn_flag(t: Language, flag: Flag) -> Message:
    """The trace of a flag that was withdrawn: its day and why, and nothing of what it said."""
    text = t.gettext("A flag of {date} was withdrawn. It no longer counts.", date=t.date(flag.content.happened_on))
    reason = t.gettext("Reason: {reason}", reason=shorten(flag.withdrawn_reason, MAX_FACTS_LENGTH))
    return Message(t.gettext("A flag was withdrawn."), (Paragraph(text), small_print(reason)))


def build_flag_is_discussed(reading: Reading, view: DiscussionView) -> Message:
    """What somebody who flagged or witnessed hears privately once the client is talked about."""
    t, code = reading.language, view.discussion.code
    said = t.gettext(
        "What you reported about *{client}* is being talked about now, in {code}. You’ll hear from me what came of it.",
        client=view.client_name,
        code=code,
    )
    text = t.gettext("Something you reported is being talked about now, in {code}.", code=code)
    return Message(text, (Paragraph(said),))


def build_discussion_opened(t: Language, code: str, *, is_new: bool) -> Message:
    """The answer to opening a discussion by hand; it names the case code alone."""
    if is_new:
        return Message(t.gettext("{code} is being opened. Those involved are asked in.", code=code))
    return Message(t.gettext("{code} is open already; go on there.", code=code))


def build_moving(t: Language, code: str) -> Message:
    """The answer to turning a thread into a channel."""
    return Message(t.gettext("{code} goes on in a {private_space}. Those involved are asked in.", code=code))
