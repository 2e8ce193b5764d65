"""The living overview at the top of a discussion: what is known, what is open, and what can be done next.

The texts of a message have a limit together, so everything stands here in short. The `text` of the message becomes the
notification and carries the case code alone.
"""

from __future__ import annotations

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.model import DiscussionState, DiscussionStyle
from bot.language import Language
from bot.language.alert_words import rule_sentence
from bot.language.vocabulary import category_label, confidence_label, standing_label
from bot.usecases.discussion import DiscussionView
from handlers.features import ids
from handlers.slack.render.decision.lines import decision_lines
from handlers.slack.render.evaluation.overview import DONE, OPEN, build_client_side, build_known, build_views
from handlers.slack.render.fragments import actions, button, context, cut, header, section
from handlers.slack.render.message import Message
from handlers.slack.render.reading import Reading
from handlers.slack.render.remedies.lines import remedy_line

MAX_NAMES = 20
MAX_REMEDIES = 4
MAX_BRIEF_LENGTH = 1000
DECISION_SHORT = 150


def build_opening(reading: Reading, view: DiscussionView) -> Message:
    """The pinned start of a discussion as it stands now."""
    t, code = reading.language, view.discussion.code
    if view.discussion.state is DiscussionState.CLOSED:
        text = t.gettext("{code} is closed.", code=code)
        return Message(text=text, blocks=[header(code), section(text), *_decision(t, view)])
    by = t.date(view.discussion.views_by)
    blocks: list[Block] = [
        header(code),
        *_decision(t, view),
        section(_dossier_in_brief(t, view)),
        context(t.gettext("Stay with the facts: the client may one day read what is written here.")),
    ]
    if view.evaluation is not None:
        blocks += build_known(reading, view.evaluation)
        blocks.append(build_client_side(reading, view.evaluation))
    blocks.append(_remedies(reading, view))
    if view.evaluation is not None:
        blocks += build_views(reading, view.evaluation)
    if view.discussion.style is DiscussionStyle.THREAD:
        blocks.append(context(_thread_sentence(t, view)))
    if view.people:
        named = reading.people(view.people, MAX_NAMES)
        blocks.append(context(t.gettext("Asked in: {people}", people=named)))
    blocks += [actions(*_weighing(t, view)), actions(*_more(t, view))]
    return Message(text=t.gettext("{code} is open. Views are asked by {date}.", code=code, date=by), blocks=blocks)


def _decision(t: Language, view: DiscussionView) -> list[Block]:
    """What was decided last in this discussion, as it stands now."""
    return [section("\n".join(decision_lines(t, view.decision, DECISION_SHORT)))] if view.decision else []


def _dossier_in_brief(t: Language, view: DiscussionView) -> str:
    lines = [
        t.gettext("This is about *{client}*.", client=view.client_name),
        t.gettext(
            "Standing: {standing}, {score} points ({confidence})",
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
        f"• {category_label(t, category)}: {t.number(count, digits=0)}" for category, count in view.flags_by_category
    ]
    return cut("\n".join(lines), MAX_BRIEF_LENGTH)


def _remedies(reading: Reading, view: DiscussionView) -> Block:
    t = reading.language
    if not view.remedies:
        nothing = t.gettext("*What was tried*: nothing yet. Parting is the last resort.")
        return section(f"{OPEN} {nothing}")
    lines = [remedy_line(t, remedy, reading.person(remedy.owner_id)) for remedy in view.remedies[:MAX_REMEDIES]]
    left = len(view.remedies) - len(lines)
    if left:
        lines.append(t.ngettext("• and {number} more", "• and {number} more", left))
    title = t.gettext("*What was tried*")
    return section("\n".join([f"{DONE} {title}", *lines]))


def _thread_sentence(t: Language, view: DiscussionView) -> str:
    if view.thread_reason is None:
        return t.gettext("This workspace talks in threads. A private channel is one click away.")
    return t.gettext("Slack did not allow a private channel, so we talk here. Try again with the button.")


def _weighing(t: Language, view: DiscussionView) -> list[ButtonElement]:
    """What people do to weigh the client, the next step first."""
    discussion_id, client_id = str(view.discussion.id), str(view.discussion.client_id)
    buttons = [
        button(t.gettext("The client’s side"), ids.STATEMENT_START, client_id),
        button(t.gettext("Try something"), ids.REMEDY_START, client_id),
    ]
    if view.evaluation is not None and view.evaluation.round.ended_at is None:
        buttons.insert(0, button(t.gettext("Give your view"), ids.EVALUATION_GIVE, discussion_id, style="primary"))
        buttons.append(button(t.gettext("Decide"), ids.DECISION_START, discussion_id))
    return buttons


def _more(t: Language, view: DiscussionView) -> list[ButtonElement]:
    discussion_id = str(view.discussion.id)
    buttons = [
        button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.discussion.client_id)),
        button(t.gettext("Read everything"), ids.EVALUATION_READ, discussion_id),
        button(t.gettext("Who takes part"), ids.EVALUATION_PEOPLE, discussion_id),
    ]
    if view.discussion.style is DiscussionStyle.THREAD:
        buttons.append(button(t.gettext("Make it a private channel"), ids.DISCUSSION_TO_CHANNEL, discussion_id))
    return buttons
