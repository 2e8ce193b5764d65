"""What is said about discussions: what their space is for, what comes in while they are open, and answers.

The client's name stands in elements only. The `text` of a message becomes the notification, and what a space is for is
seen in lists and searches, so they carry the case code alone.
"""

from __future__ import annotations

from bot.domain.model import Flag
from bot.language import Language
from bot.language.marks import bold, shorten
from bot.language.vocabulary import category_label, severity_label
from bot.usecases.discussion.discussion_view import DiscussionView
from handlers.features.flags.view_buttons import view_buttons
from handlers.surface.message import Message, Paragraph, button_row
from handlers.surface.messenger import SpaceText
from handlers.surface.reading import Reading

MAX_FACTS_LENGTH = 1500


def build_space_text(reading: Reading, view: DiscussionView) -> SpaceText:
    """What the space of a discussion is for."""
    t, by = reading.language, reading.language.date(view.discussion.views_by)
    return SpaceText(
        t.gettext("{code}: views are asked by {date}", code=view.discussion.code, date=by),
        t.gettext("A private talk about one case, with those who were invited. Please don’t add guests."),
    )


def build_flag_in_discussion(reading: Reading, flag: Flag) -> Message:
    """A flag that came in while the discussion is open, and what others can add to it; its reporter is not named."""
    t, content = reading.language, flag.content
    title = t.gettext(
        "New flag: {category}, {severity}, {date}",
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity),
        date=t.date(content.happened_on),
    )
    said = Paragraph(f"{bold(title)}\n{shorten(content.what_happened, MAX_FACTS_LENGTH)}")
    return Message(t.gettext("A new flag came in."), (said, button_row(*view_buttons(t, flag.id))))


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
