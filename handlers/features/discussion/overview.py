"""The living overview at the top of a discussion: what it is about, what is open, until when, and the views once shown.

It fits on one screen, and everything else is a click away, each beside what it belongs to. The `text` of the message
becomes the notification and carries the case code alone.
"""

from __future__ import annotations

from bot.domain.model import AlertState, DiscussionState, DiscussionStyle, Standing
from bot.language import Language
from bot.language.alert_words import rule_sentence
from bot.language.decision_words import decision_lines
from bot.language.evaluation_words import topic_label
from bot.language.remedy_words import remedy_line
from bot.language.vocabulary import confidence_label
from bot.usecases.discussion.discussion_view import DiscussionView
from bot.usecases.evaluation.evaluation_view import Evaluation
from handlers.features import ids
from handlers.features.decision.afterwards import is_to_part, what_comes_now
from handlers.features.evaluation.overview import DONE, OPEN, build_client_side, build_views
from handlers.surface.message import Button, Element, Heading, Message, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading

MAX_REMEDIES = 1
DECISION_SHORT = 150


def build_opening(reading: Reading, view: DiscussionView) -> Message:
    """The pinned start of a discussion on one screen: what it is about, what is open, and the views once shown."""
    t, code = reading.language, view.discussion.code
    if view.discussion.state is DiscussionState.CLOSED:
        if view.alert is not None and view.alert.state is AlertState.TAKEN_BACK and view.decision is None:
            text = t.gettext("{code} is closed: what it was opened for was taken back or changed.", code=code)
        else:
            text = t.gettext("{code} is closed.", code=code)
        return Message(text, (Heading(code), Paragraph(text), *_decision(t, view)))
    by = t.date(view.evaluation.round.views_by if view.evaluation else view.discussion.views_by)
    elements: list[Element] = [Heading(code), *_decision(t, view), _about(t, view)]
    if view.evaluation is not None:
        elements += _views(reading, view, view.evaluation)
    elements.append(button_row(*_buttons(t, view)))
    if view.evaluation is not None:
        elements.append(_client_side(reading, view, view.evaluation))
    elements.append(_remedies(reading, view))
    if view.evaluation is not None:
        elements += _open_questions(t, view.evaluation)
    elements.append(small_print(t.gettext("Stay with the facts: the client may one day read what is written here.")))
    if view.discussion.style is DiscussionStyle.THREAD:
        to_channel = Button(t.gettext("Make it a {private_space}"), ids.DISCUSSION_TO_CHANNEL, str(view.discussion.id))
        elements.append(Paragraph(_thread_sentence(t, view), to_channel))
    if view.evaluation is None or view.evaluation.round.ended_at is not None:
        return Message(t.gettext("{code} is open.", code=code), tuple(elements))
    return Message(t.gettext("{code} is open. Please give your view by {date}.", code=code, date=by), tuple(elements))


def _decision(t: Language, view: DiscussionView) -> list[Element]:
    """What was decided last in this discussion, as it stands now, and what comes of it."""
    decision = view.decision
    if decision is None:
        return []
    told: list[Element] = [Paragraph("\n".join(decision_lines(t, decision, DECISION_SHORT)))]
    if is_to_part(decision) and view.standing is Standing.PARTING:
        told.append(what_comes_now(t, decision))
    return told


def _about(t: Language, view: DiscussionView) -> Paragraph:
    about = t.gettext("This is about *{client}*.", client=view.client_name)
    weighs = t.gettext(
        "Today the flags add up to {points} ({confidence}).",
        points=t.points(view.score),
        confidence=confidence_label(t, view.confidence),
    )
    opened = rule_sentence(t, view.alert) if view.alert else t.gettext("A reviewer opened this discussion.")
    dossier = Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.discussion.client_id))
    return Paragraph(f"{about} {opened}\n{weighs}", dossier)


def _views(reading: Reading, view: DiscussionView, evaluation: Evaluation) -> list[Element]:
    """The views with the way to who takes part beside them."""
    people = Button(reading.language.gettext("Who takes part"), ids.EVALUATION_PEOPLE, str(view.discussion.id))
    first, *rest = build_views(reading, evaluation)
    return [Paragraph(first.text, people), *rest]


def _client_side(reading: Reading, view: DiscussionView, evaluation: Evaluation) -> Paragraph:
    heard = Button(reading.language.gettext("The client’s side"), ids.STATEMENT_START, str(view.discussion.client_id))
    return Paragraph(build_client_side(reading, evaluation).text, heard)


def _remedies(reading: Reading, view: DiscussionView) -> Paragraph:
    t = reading.language
    may_try = view.standing is not Standing.PARTING
    button = Button(t.gettext("Try something"), ids.REMEDY_START, str(view.discussion.client_id)) if may_try else None
    if not view.remedies:
        nothing = t.gettext("*To put things right*: nothing was tried yet. Parting is the last resort.")
        return Paragraph(f"{OPEN} {nothing}", button)
    lines = [remedy_line(t, remedy, reading.person(remedy.owner_id)) for remedy in view.remedies[:MAX_REMEDIES]]
    left = len(view.remedies) - len(lines)
    if left:
        lines.append(t.ngettext("• and {number} more", "• and {number} more", left))
    title = t.gettext("*To put things right*")
    return Paragraph("\n".join([f"{DONE} {title}", *lines]), button)


def _open_questions(t: Language, evaluation: Evaluation) -> list[Element]:
    """The questions that nobody has answered, in one line; nothing while all of them are, or none is."""
    unanswered = [topic_label(t, one.topic) for one in evaluation.topics if not one.answers]
    if len(unanswered) in (0, len(evaluation.topics)) or evaluation.round.ended_at is not None:
        return []
    line = t.gettext("*Questions without an answer*: {questions}", questions=" · ".join(unanswered))
    return [Paragraph(f"{OPEN} {line}")]


def _thread_sentence(t: Language, view: DiscussionView) -> str:
    if view.thread_reason is None:
        return t.gettext("Discussions are held in threads here. A {private_space} is one click away.")
    return t.gettext("{platform} did not allow a {private_space}, so we talk here. Try again with the button.")


def _buttons(t: Language, view: DiscussionView) -> list[Button]:
    """At most three: the next step first, and everything that was written behind the last."""
    discussion_id = str(view.discussion.id)
    everything = Button(t.gettext("Read everything"), ids.EVALUATION_READ, discussion_id)
    if view.evaluation is None or view.evaluation.round.ended_at is not None:
        return [everything]
    return [
        Button(t.gettext("Give your view"), ids.EVALUATION_GIVE, discussion_id, Weight.MAIN),
        Button(t.gettext("Decide"), ids.DECISION_START, discussion_id),
        everything,
    ]
