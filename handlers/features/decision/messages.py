"""What is said about a decision: in its discussion, and privately to those whom it concerns.

The client's name stands in elements only: the `text` of a message becomes the notification.
"""

from __future__ import annotations

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.domain.model import ClientStage
from bot.domain.timetable import local_today
from bot.language import Language
from bot.language.decision_words import decision_lines
from bot.usecases.checklist.definitions import words_of
from bot.usecases.decision.decision_view import DecisionView, FlagOutcome
from bot.usecases.decision.telling import Asking
from handlers.features import ids
from handlers.features.decision.afterwards import is_to_part, what_comes_now
from handlers.features.dossier.leaving import left_button
from handlers.surface.message import Button, Element, Message, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading

MAX_REASON_LENGTH = 600


def build_decision(reading: Reading, view: DecisionView) -> Message:
    """What is decided, for everybody in the discussion, as it stands now."""
    t, decision = reading.language, view.decision
    elements: list[Element] = [
        Paragraph("\n".join(decision_lines(t, decision, MAX_REASON_LENGTH))),
        small_print(_by_whom(reading, decision)),
    ]
    if is_to_part(decision) and view.client.stage is ClientStage.PARTING:
        elements.append(what_comes_now(t, decision))
    buttons = _discussion_buttons(t, decision)
    if buttons:
        elements.append(button_row(*buttons))
    return Message(_headline(t, view), tuple(elements))


def _headline(t: Language, view: DecisionView) -> str:
    match view.decision.state:
        case DecisionState.PROPOSED:
            return t.gettext("{code}: a decision is proposed.", code=view.code)
        case DecisionState.DECLINED:
            return t.gettext("{code}: a proposal was not confirmed.", code=view.code)
        case DecisionState.REOPENED:
            return t.gettext("{code}: a decision was reopened.", code=view.code)
        case _:
            return t.gettext("{code}: a decision was taken.", code=view.code)


def _by_whom(reading: Reading, decision: Decision) -> str:
    t, maker = reading.language, reading.person(decision.made_by_id)
    if decision.state is DecisionState.PROPOSED:
        return t.gettext("Proposed by {person}.", person=maker)
    if decision.state is DecisionState.DECLINED:
        return t.gettext("Proposed by {person}; the team can decide anew.", person=maker)
    if decision.state is DecisionState.REOPENED:
        again = reading.person(decision.reopened_by_id)
        return t.gettext("Decided by {person}, reopened by {other}.", person=maker, other=again)
    if decision.confirmed_by_id is not None:
        second = reading.person(decision.confirmed_by_id)
        return t.gettext("Decided by {person}, confirmed by {other}.", person=maker, other=second)
    return t.gettext("Decided by {person}.", person=maker)


def _discussion_buttons(t: Language, decision: Decision) -> list[Button]:
    value = str(decision.id)
    if decision.state is DecisionState.PROPOSED:
        return [Button(t.gettext("Look at it"), ids.DECISION_LOOK, value)]
    buttons = []
    if is_to_part(decision):
        buttons.append(Button(t.gettext("Closing terms"), ids.FAREWELL_TERMS, value))
        buttons.append(Button(t.gettext("Write the letter"), ids.LETTER_WRITE, value))
    if decision.state is DecisionState.TAKEN and decision.letter_sent_at is None:
        buttons.append(Button(t.gettext("Reopen"), ids.DECISION_REOPEN, value))
    return buttons


def build_to_confirm(reading: Reading, asking: Asking) -> Message:
    """What a reviewer hears who can confirm a proposal, and what became of it afterwards."""
    t, view, decision = reading.language, asking.view, asking.view.decision
    client, person = view.client.name, reading.person(decision.made_by_id)
    if decision.state is not DecisionState.PROPOSED:
        said = _settled_sentence(reading, view)
        return Message(t.gettext("{code}: a proposal was settled.", code=view.code), (Paragraph(said),))
    asked = t.gettext(
        "{person} proposes to part with *{client}*. It stands once another reviewer confirms it.",
        person=person,
        client=client,
    )
    lines = [asked, *decision_lines(t, decision, MAX_REASON_LENGTH)[1:]]
    if asking.step > 1:
        lines.append(t.gettext("This is the last time I ask."))
    look = Button(t.gettext("Look at it"), ids.DECISION_LOOK, str(decision.id), Weight.MAIN)
    text = t.gettext("{code}: a proposal waits for you to confirm it.", code=view.code)
    return Message(text, (Paragraph("\n".join(lines)), button_row(look)))


def build_settled(reading: Reading, view: DecisionView) -> Message:
    """What whoever proposed something hears of it."""
    text = reading.language.gettext("{code}: your proposal was settled.", code=view.code)
    return Message(text, (Paragraph(_settled_sentence(reading, view)),))


def _settled_sentence(reading: Reading, view: DecisionView) -> str:
    t, decision, client = reading.language, view.decision, view.client.name
    if decision.state is not DecisionState.DECLINED:
        if decision.confirmed_by_id is None:
            return t.gettext("The proposal to part with *{client}* stands now.", client=client)
        person = reading.person(decision.confirmed_by_id)
        return t.gettext("{person} confirmed the proposal to part with *{client}*.", person=person, client=client)
    if decision.declined_by_id is None:
        return t.gettext("The proposal to part with *{client}* no longer applies: the client has left.", client=client)
    if decision.declined_by_id == decision.made_by_id:
        person = reading.person(decision.made_by_id)
        return t.gettext("{person} took back the proposal to part with *{client}*.", person=person, client=client)
    declined = t.gettext(
        "{person} did not confirm the proposal to part with *{client}*.",
        person=reading.person(decision.declined_by_id),
        client=client,
    )
    why = t.gettext("Why: {text}", text=decision.decline_reason)
    return f"{declined}\n{why}"


def build_due(reading: Reading, asking: Asking) -> Message:
    """What the owner, or a reviewer, is asked when the date of a decision has come; without buttons once it is done."""
    t, view, decision = reading.language, asking.view, asking.view.decision
    client = view.client.name
    text = t.gettext("{code}: the day that was agreed has come.", code=view.code)
    if not view.is_to_ask:
        done = t.gettext("Thank you: this is dealt with for *{client}*.", client=client)
        return Message(t.gettext("{code}: this is dealt with.", code=view.code), (Paragraph(done),))
    if decision.outcome is DecisionOutcome.PART:
        last = t.date(decision.next_on)
        lines = [t.gettext("{date} was to be the last day with *{client}*. Have they left?", date=last, client=client)]
        buttons = [
            left_button(t, view.client.id),
            Button(t.gettext("Not yet, until …"), ids.DECISION_NOT_YET, str(decision.id)),
        ]
        if asking.left_open:
            lines.append(t.gettext("Still to be done, and it matters:"))
            lines += [f"• {words_of(item, t.code)}" for item in asking.left_open]
            buttons.append(Button(t.gettext("Open the list"), ids.CHECKLIST_SHOW, str(decision.id)))
    else:
        on = t.date(local_today(decision.made_at, reading.zone))
        lines = [t.gettext("On {date} we agreed to look again at *{client}*. Is all well?", date=on, client=client)]
        buttons = [
            Button(t.gettext("All is well"), ids.DECISION_WELL, str(decision.id), Weight.MAIN),
            Button(t.gettext("Talk about it again"), ids.DECISION_TALK, str(decision.id)),
        ]
    if asking.step > 1:
        lines.append(t.gettext("Nobody has answered this yet. This is the last time I ask."))
    buttons.append(Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(view.client.id)))
    return Message(text, (Paragraph("\n".join(lines)), button_row(*buttons)))


def build_flag_outcome(reading: Reading, outcome: FlagOutcome) -> Message:
    """What somebody who flagged or witnessed hears privately of what came of it."""
    t = reading.language
    text = t.gettext("{code}: there is news about something you reported.", code=outcome.code)
    said = t.gettext(
        "What you reported about *{client}* was talked about in {code}.",
        client=outcome.client_name,
        code=outcome.code,
    )
    return Message(text, (Paragraph(f"{said} {_what_came(t, outcome)}"),))


def _what_came(t: Language, outcome: FlagOutcome) -> str:
    if outcome.has_left:
        return t.gettext("The client has left. Thank you for having said what you saw.")
    if outcome.is_put_right:
        return t.gettext("What we tried worked, so we go on with this client. Thank you for having said what you saw.")
    decision = outcome.decision
    if decision is None:
        return t.gettext("What was decided is being talked about again. You’ll hear from me what comes of it.")
    date = t.date(decision.next_on)
    match decision.outcome:
        case DecisionOutcome.KEEP:
            return t.gettext(
                "We go on with this client, and look again on {date}. Thank you for having said what you saw.",
                date=date,
            )
        case DecisionOutcome.PUT_RIGHT:
            return t.gettext(
                "First we try to put it right; on {date} we know more. Thank you for having said what you saw.",
                date=date,
            )
        case DecisionOutcome.PART:
            return t.gettext(
                "We part ways, by {date}. The client will hear it from us, so please keep it to yourself until then.",
                date=date,
            )
        case DecisionOutcome.UNDECIDED:
            return t.gettext("Too few people had a view to decide. We look again on {date}.", date=date)
