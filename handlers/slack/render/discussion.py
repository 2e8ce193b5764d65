"""How a discussion looks: its topic, its opening, and what comes in while it is open.

The client's name stands in blocks only. The `text` of a message becomes the notification, and topic and purpose are
seen in lists and searches, so they carry the case code alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.model import DiscussionState, DiscussionStyle, Flag
from bot.language import Language
from bot.language.vocabulary import category_label, confidence_label, severity_label, standing_label
from bot.usecases.discussion import DiscussionView
from handlers.slack import ids
from handlers.slack.render.alerts import rule_sentence
from handlers.slack.render.flags.notes import view_buttons
from handlers.slack.render.fragments import actions, button, context, cut, esc, header, mention, section
from handlers.slack.render.message import Message

MOST_NAMES = 30
FACTS_LONGEST = 1500


def topic(t: Language, view: DiscussionView) -> str:
    """The channel's topic."""
    return t.gettext(
        "{code}: views are asked by {date}", code=view.discussion.code, date=t.date(view.discussion.views_by)
    )


def purpose(t: Language) -> str:
    """The channel's purpose."""
    return t.gettext("A private talk about one case, with those who were invited. Please don’t add guests.")


def build_opening(t: Language, view: DiscussionView, people: Sequence[str]) -> Message:
    """The pinned start of a discussion as it stands now."""
    code = view.discussion.code
    by = t.date(view.discussion.views_by)
    if view.discussion.state is DiscussionState.CLOSED:
        text = t.gettext("{code} is closed.", code=code)
        return Message(text=text, blocks=[header(code), section(text)])
    blocks: list[Block] = [
        header(code),
        section(_dossier_in_brief(t, view)),
        section(_asked(t, by)),
    ]
    if view.discussion.style is DiscussionStyle.THREAD:
        blocks.append(context(_thread_sentence(t, view)))
    if people:
        named = " ".join(mention(person) for person in people[:MOST_NAMES])
        blocks.append(context(t.gettext("Asked in: {people}", people=named)))
    blocks.append(actions(*_buttons(t, view)))
    return Message(text=t.gettext("{code} is open. Views are asked by {date}.", code=code, date=by), blocks=blocks)


def _dossier_in_brief(t: Language, view: DiscussionView) -> str:
    lines = [
        t.gettext("This is about *{client}*.", client=esc(view.client_name)),
        t.gettext(
            "Standing: {standing}, {score} points. {confidence}",
            standing=standing_label(t, view.standing),
            score=t.number(view.score),
            confidence=confidence_label(t, view.confidence),
        ),
    ]
    if view.alert is not None:
        lines.append(rule_sentence(t, view.alert))
    else:
        lines.append(t.gettext("A reviewer opened this discussion."))
    lines += [
        f"• {esc(category_label(t, category))}: {t.number(count, digits=0)}"
        for category, count in view.flags_by_category
    ]
    lines.append(t.gettext("Put right so far: nothing is recorded yet."))
    return "\n".join(lines)


def _asked(t: Language, by: str) -> str:
    return t.gettext(
        "*What is asked of you, by {date}*\n"
        "1. Read the dossier: what happened, how often, and what it cost.\n"
        "2. Say what this client brings, and what would follow if we parted.\n"
        "3. Think of what could put it right. Parting is the last resort.\n"
        "Stay with the facts: the client may one day read what is written here.",
        date=by,
    )


def _thread_sentence(t: Language, view: DiscussionView) -> str:
    if view.thread_reason is None:
        return t.gettext("This workspace talks in threads. A private channel is one click away.")
    return t.gettext("Slack did not allow a private channel, so we talk here. Try again with the button.")


def _buttons(t: Language, view: DiscussionView) -> list[ButtonElement]:
    buttons = [button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.discussion.client_id))]
    if view.discussion.style is DiscussionStyle.THREAD:
        buttons.append(
            button(t.gettext("Make it a private channel"), ids.DISCUSSION_TO_CHANNEL, str(view.discussion.id))
        )
    return buttons


def build_flag_in_discussion(t: Language, flag: Flag) -> Message:
    """A flag that came in while the discussion is open, and what others can add to it; its reporter is not named."""
    content = flag.content
    title = t.gettext(
        "New flag: {category}, {severity}, {date}",
        category=category_label(t, content.category),
        severity=severity_label(t, content.category, content.severity),
        date=t.date(content.happened_on),
    )
    facts = esc(cut(content.what_happened, FACTS_LONGEST))
    return Message(
        text=t.gettext("A new flag came in."),
        blocks=[section(f"*{esc(title)}*\n{facts}"), actions(*view_buttons(t, flag.id))],
    )


def build_flag_is_discussed(t: Language, client_name: str, code: str) -> Message:
    """What somebody who flagged or witnessed hears privately once the client is talked about."""
    said = t.gettext(
        "What you reported about *{client}* is being talked about now, in {code}. You’ll hear from me what came of it.",
        client=esc(client_name),
        code=code,
    )
    text = t.gettext("Something you reported is being talked about now, in {code}.", code=code)
    return Message(text=text, blocks=[section(said)])


def build_discussion_opened(t: Language, code: str, *, is_new: bool) -> str:
    """The answer to opening a discussion by hand."""
    if is_new:
        return t.gettext("{code} is being opened. Those involved are asked in.", code=code)
    return t.gettext("{code} is open already; go on there.", code=code)


def build_moving(t: Language, code: str) -> str:
    """The answer to turning a thread into a channel."""
    return t.gettext("{code} goes on in a private channel. Those involved are asked in.", code=code)
