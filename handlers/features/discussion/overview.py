"""The living overview at the top of a discussion: what is known, what is open, and what can be done next.

The texts of a message have a limit together, so everything stands here in short. The `text` of the message becomes the
notification and carries the case code alone.
"""

from __future__ import annotations

from bot.domain.model import AlertState, DiscussionState, DiscussionStyle
from bot.language import Language
from bot.language.alert_words import rule_sentence
from bot.language.decision_words import decision_lines
from bot.language.marks import shorten
from bot.language.remedy_words import remedy_line
from bot.language.vocabulary import category_label, confidence_label, standing_label
from bot.usecases.discussion.discussion_view import DiscussionView
from handlers.features import ids
from handlers.features.evaluation.overview import DONE, OPEN, build_client_side, build_known, build_views
from handlers.surface.message import Button, Element, Heading, Message, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading

MAX_NAMES = 20
MAX_REMEDIES = 4
MAX_COUNTS_LENGTH = 700
DECISION_SHORT = 150


def build_opening(reading: Reading, view: DiscussionView) -> Message:
    """The pinned start of a discussion as it stands now."""
    t, code = reading.language, view.discussion.code
    if view.discussion.state is DiscussionState.CLOSED:
        if view.alert is not None and view.alert.state is AlertState.TAKEN_BACK and view.decision is None:
            text = t.gettext("{code} is closed: what it was opened for was taken back or changed.", code=code)
        else:
            text = t.gettext("{code} is closed.", code=code)
        return Message(text, (Heading(code), Paragraph(text), *_decision(t, view)))
    by = t.date(view.discussion.views_by)
    elements: list[Element] = [
        Heading(code),
        *_decision(t, view),
        Paragraph(_dossier_in_brief(t, view)),
        small_print(t.gettext("Stay with the facts: the client may one day read what is written here.")),
    ]
    if view.evaluation is not None:
        elements += build_known(reading, view.evaluation)
        elements.append(build_client_side(reading, view.evaluation))
    elements.append(_remedies(reading, view))
    if view.evaluation is not None:
        elements += build_views(reading, view.evaluation)
    if view.discussion.style is DiscussionStyle.THREAD:
        elements.append(small_print(_thread_sentence(t, view)))
    if view.people:
        named = reading.people(view.people, MAX_NAMES)
        elements.append(small_print(t.gettext("Asked in: {people}", people=named)))
    elements += [button_row(*_weighing(t, view)), button_row(*_more(t, view))]
    return Message(t.gettext("{code} is open. Views are asked by {date}.", code=code, date=by), tuple(elements))


def _decision(t: Language, view: DiscussionView) -> list[Element]:
    """What was decided last in this discussion, as it stands now."""
    return [Paragraph("\n".join(decision_lines(t, view.decision, DECISION_SHORT)))] if view.decision else []


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
    counts = [
        f"• {category_label(t, category)}: {t.number(count, digits=0)}" for category, count in view.flags_by_category
    ]
    return "\n".join(lines) + shorten("".join(f"\n{line}" for line in counts), MAX_COUNTS_LENGTH)


def _remedies(reading: Reading, view: DiscussionView) -> Paragraph:
    t = reading.language
    if not view.remedies:
        nothing = t.gettext("*What was tried*: nothing yet. Parting is the last resort.")
        return Paragraph(f"{OPEN} {nothing}")
    lines = [remedy_line(t, remedy, reading.person(remedy.owner_id)) for remedy in view.remedies[:MAX_REMEDIES]]
    left = len(view.remedies) - len(lines)
    if left:
        lines.append(t.ngettext("• and {number} more", "• and {number} more", left))
    title = t.gettext("*What was tried*")
    return Paragraph("\n".join([f"{DONE} {title}", *lines]))


def _thread_sentence(t: Language, view: DiscussionView) -> str:
    if view.thread_reason is None:
        return t.gettext("This workspace talks in threads. A {private_space} is one click away.")
    return t.gettext("{platform} did not allow a {private_space}, so we talk here. Try again with the button.")


def _weighing(t: Language, view: DiscussionView) -> list[Button]:
    """What people do to weigh the client, the next step first."""
    discussion_id, client_id = str(view.discussion.id), str(view.discussion.client_id)
    buttons = [
        Button(t.gettext("The client’s side"), ids.STATEMENT_START, client_id),
        Button(t.gettext("Try something"), ids.REMEDY_START, client_id),
    ]
    if view.evaluation is not None and view.evaluation.round.ended_at is None:
        buttons.insert(0, Button(t.gettext("Give your view"), ids.EVALUATION_GIVE, discussion_id, Weight.MAIN))
        buttons.append(Button(t.gettext("Decide"), ids.DECISION_START, discussion_id))
    return buttons


def _more(t: Language, view: DiscussionView) -> list[Button]:
    discussion_id = str(view.discussion.id)
    buttons = [
        Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.discussion.client_id)),
        Button(t.gettext("Read everything"), ids.EVALUATION_READ, discussion_id),
        Button(t.gettext("Who takes part"), ids.EVALUATION_PEOPLE, discussion_id),
    ]
    if view.discussion.style is DiscussionStyle.THREAD:
        buttons.append(Button(t.gettext("Make it a {private_space}"), ids.DISCUSSION_TO_CHANNEL, discussion_id))
    return buttons
