"""The dialogs around a decision: looking at a proposal, declining it, reopening, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.decision import Decision, DecisionState
from bot.domain.decision_rules import MAX_TEXT_LENGTH, put_off_range
from bot.domain.evaluation_rules import MAX_REASON_LENGTH as MAX_EARLY_LENGTH
from bot.language import Language
from bot.language.decision_words import decision_lines
from bot.usecases.decision.decision_view import DecisionView
from bot.usecases.decision.putting_off import StillHere
from bot.usecases.evaluation.ending_early import EarlyEnd
from handlers.features import ids
from handlers.surface.form import Day, Form, Lines, page
from handlers.surface.message import Button, Element, Paragraph, Weight, button_row, small_print
from handlers.surface.reading import Reading

MAX_LENGTH = 600


def build_early_form(t: Language, early: EarlyEnd) -> Form:
    """Views are still hidden: the form that asks why not to wait for the rest."""
    about = t.gettext("*{client}*, {code}", client=early.client_name, code=early.discussion.code)
    so_far = t.gettext(
        "The views are still hidden: {answered} of {asked} are in, and the others have until {date}.",
        answered=t.number(early.answered, digits=0),
        asked=t.number(early.asked, digits=0),
        date=t.weekday_date(early.views_by),
    )
    said = t.gettext(
        "You can end the waiting now: the views are shown to everybody in the discussion, with your reason, and you "
        "can decide. Until then whoever has not answered can still do so."
    )
    return Form(
        id=ids.DECISION_EARLY_FORM,
        carried=str(early.discussion.id),
        title=t.gettext("Show the views now?"),
        submit=t.gettext("Show them"),
        close=t.gettext("Wait"),
        elements=(
            Paragraph(f"{about}\n{so_far}"),
            Paragraph(said),
            Lines(
                id=ids.DECISION_EARLY_REASON,
                label=t.gettext("Why not wait for the others?"),
                max_length=MAX_EARLY_LENGTH,
            ),
        ),
    )


def build_proposal(reading: Reading, view: DecisionView, reader_id: int) -> Form:
    """A proposal to look at, with the word that the reader may say."""
    t, decision = reading.language, view.decision
    is_own, may_confirm = decision.made_by_id == reader_id, reader_id in view.confirmers
    elements: list[Element] = [
        Paragraph(t.gettext("*{client}*, {code}", client=view.client.name, code=view.code)),
        Paragraph("\n".join(decision_lines(t, decision, MAX_LENGTH))),
        small_print(t.gettext("Proposed by {person}.", person=reading.person(decision.made_by_id))),
    ]
    if is_own and not may_confirm:
        elements.append(small_print(t.gettext("You proposed this, so another reviewer confirms it.")))
    elif is_own:
        elements.append(small_print(t.gettext("No other reviewer is here, so you can confirm it yourself.")))
    word = t.gettext("Take it back") if is_own else t.gettext("Don’t confirm")
    elements.append(button_row(Button(word, ids.DECISION_DECLINE, str(decision.id), Weight.RISKY)))
    return Form(
        id=ids.DECISION_CONFIRM,
        carried=str(decision.id),
        title=t.gettext("Proposal to part"),
        submit=t.gettext("Confirm") if may_confirm else None,
        close=t.gettext("Close"),
        elements=tuple(elements),
    )


def build_decline_form(t: Language, decision_id: int) -> Form:
    """The form that asks why a proposal is not confirmed."""
    return Form(
        id=ids.DECISION_DECLINE_FORM,
        carried=str(decision_id),
        title=t.gettext("Not confirmed"),
        submit=t.gettext("Send"),
        close=t.gettext("Cancel"),
        elements=(
            Lines(
                id=ids.DECISION_DECLINE_REASON,
                label=t.gettext("Why not?"),
                max_length=MAX_TEXT_LENGTH,
                hint=t.gettext("Whoever proposed it and the discussion read this. The team can then decide anew."),
            ),
        ),
    )


def build_reopen_form(t: Language, decision_id: int) -> Form:
    """The form that asks why a decision is reopened."""
    said = t.gettext("Everybody is asked for a view again, hidden at first. What was decided stays in the dossier.")
    label = t.gettext("What has changed?")
    return Form(
        id=ids.DECISION_REOPEN_FORM,
        carried=str(decision_id),
        title=t.gettext("Reopen the decision"),
        submit=t.gettext("Reopen"),
        close=t.gettext("Keep the decision"),
        elements=(Paragraph(said), Lines(id=ids.DECISION_REOPEN_REASON, label=label, max_length=MAX_TEXT_LENGTH)),
    )


def build_not_yet_form(t: Language, still: StillHere) -> Form:
    """The form that asks until when a client stays that was to have left."""
    said = t.gettext(
        "{date} was to be the last day with *{client}*.", date=t.date(still.decision.next_on), client=still.client_name
    )
    return Form(
        id=ids.DECISION_NOT_YET_FORM,
        carried=str(still.decision.id),
        title=t.gettext("Not yet"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(said),
            Day(
                id=ids.DECISION_NOT_YET_UNTIL,
                label=t.gettext("Until when do they stay?"),
                chosen=put_off_range(still.today)[0],
                hint=t.gettext("I ask again once that day is over."),
            ),
        ),
    )


def build_put_off(t: Language, decision: Decision) -> Form:
    """That it is asked again later."""
    said = t.gettext("Noted: the last day is {date} now. I ask again once it is over.", date=t.date(decision.next_on))
    return _decision(t, [said])


def build_decided(t: Language, decision: Decision) -> Form:
    """What stands now, for whoever decided, confirmed or reopened."""
    lines = decision_lines(t, decision, MAX_LENGTH)
    if decision.state is DecisionState.PROPOSED:
        lines.append(t.gettext("Another reviewer is asked now. You’ll hear from me."))
    return _decision(t, lines)


def build_decided_already(t: Language, decision: Decision) -> Form:
    """What stands, for whoever sends the form after a colleague did."""
    late = t.gettext("A colleague was just ahead of you. This is what stands:")
    return _decision(t, [late, *decision_lines(t, decision, MAX_LENGTH)])


def _decision(t: Language, lines: Sequence[str]) -> Form:
    return page(t.gettext("Decision"), t.gettext("Close"), [Paragraph("\n".join(lines))])
