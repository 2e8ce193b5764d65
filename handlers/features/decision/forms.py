"""The form in which a decision is taken: an outcome, and the parts that it asks for.

It is drawn anew when the outcome changes. What was typed is put back, and what an outcome does not show is carried
along until it is chosen again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.decision import DecisionOutcome
from bot.domain.decision_rules import (
    LOOK_AGAIN_DAYS,
    MAX_TEXT_LENGTH,
    TEXTS,
    Circumstances,
    DecisionDraft,
    DecisionField,
    asked_of,
    possible_outcomes,
)
from bot.language import Language
from bot.language.decision_words import outcome_label, outcome_meaning
from bot.language.evaluation_words import counts_line, spread_sentence
from bot.usecases.decision.decision_view import DecisionForm
from handlers.features import ids
from handlers.features.decision.carried import carry
from handlers.features.look_backs.forms import forecast_fields, read_balance_in
from handlers.features.remedies.forms import read_remedy, remedy_fields
from handlers.surface.answers import Answers, refilled
from handlers.surface.form import Day, Field, Form, Lines, OneOf, Option, Tells
from handlers.surface.message import Element, Paragraph, small_print


def build_decision_form(t: Language, form: DecisionForm, said: Answers) -> Form:
    """The form as it stands once `said` was filled in."""
    possible = possible_outcomes(form.circumstances)
    outcome = _outcome_in(said, possible)
    fields = [_outcomes(t, possible, outcome), *(_asked(t, form, outcome) if outcome is not None else ())]
    forecast = forecast_fields(t, form.currency) if outcome is DecisionOutcome.PART else ()
    shown = {field.key for field in (*fields, *forecast)}
    hidden = {key: values[0] for key, values in said.values.items() if values and key not in shown}
    return Form(
        id=ids.DECISION_FORM,
        carried=carry(form.discussion.id, hidden),
        title=t.gettext("Decide"),
        submit=t.gettext("Propose") if _is_proposal(form, outcome) else t.gettext("Decide"),
        close=t.gettext("Cancel"),
        elements=(
            *_what_is_so(t, form),
            *(refilled(field, said) for field in fields),
            *([_why_a_forecast(t)] if forecast else ()),
            *(refilled(field, said) for field in forecast),
        ),
    )


def _why_a_forecast(t: Language) -> Element:
    return small_print(
        t.gettext(
            "What do you expect of it? Three and twelve months after they left I ask whether it came true. "
            "You can leave this open."
        )
    )


def read_decision_draft(answers: Answers, language: str, currency: str) -> DecisionDraft:
    """The decision that was filled in, numbers as they are typed in a language and money in a currency.

    Raises a `FlagclientError` at the field that cannot be read.
    """
    outcome = answers.choice(ids.DECISION_OUTCOME, DecisionOutcome)
    next_on = _field_id(DecisionField.NEXT_ON, outcome)
    has_remedy = outcome is DecisionOutcome.PUT_RIGHT and answers.has(ids.REMEDY_KIND)
    return DecisionDraft(
        outcome,
        next_on=answers.day(next_on) if answers.has(next_on) else None,
        remedy=read_remedy(answers) if has_remedy else None,
        forecast=read_balance_in(answers, language, currency) if outcome is DecisionOutcome.PART else None,
        **{text: answers.text(_field_id(text, outcome)) for text in TEXTS},
    )


def _field_id(field: DecisionField, outcome: DecisionOutcome) -> str:
    """A day has its outcome in its id, as it means another day for each."""
    return f"{ids.DECISION_NEXT_ON}:{outcome}" if field is DecisionField.NEXT_ON else f"decision.{field}"


def _outcome_in(said: Answers, possible: Sequence[DecisionOutcome]) -> DecisionOutcome | None:
    """The outcome that was chosen, or the only one that there is."""
    chosen = said.text(ids.DECISION_OUTCOME)
    return next((one for one in possible if one == chosen or len(possible) == 1), None)


def _is_proposal(form: DecisionForm, outcome: DecisionOutcome | None) -> bool:
    return outcome is DecisionOutcome.PART and form.is_confirmed_by_another


def _what_is_so(t: Language, form: DecisionForm) -> tuple[Element, ...]:
    circumstances = form.circumstances
    about = t.gettext("*{client}*, {code}", client=form.client_name, code=form.discussion.code)
    facts = []
    if circumstances.tally is not None:
        facts = [counts_line(t, circumstances.tally), spread_sentence(t, circumstances.tally)]
    if not circumstances.is_side_known:
        facts.append(t.gettext("The client’s side isn’t recorded yet."))
    if circumstances.tried_until is not None:
        facts.append(t.gettext("Something is being tried until {date}.", date=t.date(circumstances.tried_until)))
    elif not circumstances.has_failed_remedy:
        facts.append(t.gettext("No attempt has failed yet."))
    return Paragraph(about), small_print("\n".join(facts))


def _outcomes(t: Language, possible: Sequence[DecisionOutcome], chosen: DecisionOutcome | None) -> OneOf:
    return OneOf(
        id=ids.DECISION_OUTCOME,
        label=t.gettext("What do we do?"),
        options=tuple(Option(outcome_label(t, one), one.value, outcome_meaning(t, one)) for one in possible),
        chosen=chosen,
        tells=Tells.WHEN_CHOSEN,
    )


def _asked(t: Language, form: DecisionForm, outcome: DecisionOutcome) -> list[Field]:
    fields: list[Field] = []
    for asked in asked_of(outcome, form.circumstances):
        if asked is DecisionField.REMEDY:
            fields += remedy_fields(t, form.begin)
        elif asked is DecisionField.NEXT_ON:
            fields.append(_day(t, outcome, form.circumstances))
        else:
            label, hint = _question(t, asked, outcome)
            fields.append(Lines(id=_field_id(asked, outcome), label=label, max_length=MAX_TEXT_LENGTH, hint=hint))
    return fields


def _day(t: Language, outcome: DecisionOutcome, circumstances: Circumstances) -> Day:
    if outcome is DecisionOutcome.PART:
        label, proposed = t.gettext("Last day with this client"), None
        hint = t.gettext("Think of the notice period and of work under way. It can still be changed by reopening.")
    else:
        label, proposed = t.gettext("Look again on"), circumstances.today + timedelta(days=LOOK_AGAIN_DAYS)
        hint = t.gettext("That morning I ask whoever looks after this client whether all is well.")
    return Day(id=_field_id(DecisionField.NEXT_ON, outcome), label=label, chosen=proposed, hint=hint)


def _question(t: Language, field: DecisionField, outcome: DecisionOutcome) -> tuple[str, str]:
    asked: dict[DecisionField, tuple[str, str]] = {
        DecisionField.REASON: (
            t.gettext("Why?"),
            t.gettext("In a sentence or two, from the facts. The client may one day read this."),
        ),
        DecisionField.LEARNED: (
            t.gettext("What did we learn?"),
            t.gettext("What do we do differently from now on, with this client or with all?"),
        ),
        DecisionField.NO_REMEDY_POSSIBLE: (
            t.gettext("Why could nothing put it right?"),
            t.gettext("Parting is the last resort, and no attempt has failed yet."),
        ),
        DecisionField.AGAINST_MAJORITY: (
            t.gettext("Why differently from most of the team?"),
            t.gettext("More than half would do something else. They have a right to know why."),
        ),
        DecisionField.CLIENT_SIDE_WAIVED: (
            t.gettext("Why without the client’s side?"),
            t.gettext("Better: close this, and record the client’s side first."),
        ),
    }
    if outcome is DecisionOutcome.UNDECIDED:
        return t.gettext("Why without a decision?"), t.gettext("Who could not be asked, or knows too little?")
    return asked[field]
