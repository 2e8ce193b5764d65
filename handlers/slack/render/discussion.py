"""How a discussion looks: its topic, what comes in while it is open, and the answers to interactions.

The client's name stands in blocks only. The `text` of a message becomes the notification, and topic and purpose are
seen in lists and searches, so they carry the case code alone.
"""

from __future__ import annotations

from bot.domain.model import Flag
from bot.language import Language
from bot.language.marks import bold
from bot.language.vocabulary import category_label, severity_label
from bot.usecases.discussion import DiscussionView
from handlers.slack.render.flags.notes import view_buttons
from handlers.slack.render.fragments import actions, cut, section
from handlers.slack.render.message import Message

MAX_NAMES = 30
MAX_FACTS_LENGTH = 1500


def topic(t: Language, view: DiscussionView) -> str:
    """The channel's topic."""
    return t.gettext(
        "{code}: views are asked by {date}", code=view.discussion.code, date=t.date(view.discussion.views_by)
    )


def purpose(t: Language) -> str:
    """The channel's purpose."""
    return t.gettext("A private talk about one case, with those who were invited. Please don’t add guests.")


def build_flag_in_discussion(t: Language, flag: Flag) -> Message:
    """A flag that came in while the discussion is open, and what others can add to it; its reporter is not named."""
    content = flag.content
    title = t.gettext(
        "New flag: {category}, {severity}, {date}",
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity),
        date=t.date(content.happened_on),
    )
    facts = cut(content.what_happened, MAX_FACTS_LENGTH)
    return Message(
        text=t.gettext("A new flag came in."),
        blocks=[section(f"{bold(title)}\n{facts}"), actions(*view_buttons(t, flag.id))],
    )


def build_flag_is_discussed(t: Language, client_name: str, code: str) -> Message:
    """What somebody who flagged or witnessed hears privately once the client is talked about."""
    said = t.gettext(
        "What you reported about *{client}* is being talked about now, in {code}. You’ll hear from me what came of it.",
        client=client_name,
        code=code,
    )
    text = t.gettext("Something you reported is being talked about now, in {code}.", code=code)
    return Message(text=text, blocks=[section(said)])


def build_moving(t: Language, code: str) -> str:
    """The answer to turning a thread into a channel."""
    return t.gettext("{code} goes on in a private channel. Those involved are asked in.", code=code)
