"""The form of a look back, and the fields of a forecast, which a decision to part asks for too."""

from __future__ import annotations

from bot.domain.amounts import MAX_NUMBER_LENGTH, example
from bot.domain.errors import FlagclientError
from bot.domain.look_back import MAX_TEXT_LENGTH, Balance, Calm, Hindsight, Right, read_balance
from bot.language import Language
from bot.language.look_back_words import calm_label, right_label
from bot.language.marks import bold
from bot.usecases.look_backs.answering import LookBackView
from handlers.features import ids
from handlers.features.look_backs.messages import expected
from handlers.surface.answers import Answers
from handlers.surface.form import Field, Form, Line, Lines, OneOf, Option
from handlers.surface.message import Paragraph
from handlers.surface.reading import Reading

_FIELDS = {
    "hours": ids.LOOK_BACK_HOURS,
    "amount": ids.LOOK_BACK_AMOUNT,
    "cost": ids.LOOK_BACK_COST,
}


def build_look_back_form(reading: Reading, view: LookBackView) -> Form:
    """The form, with what was expected beside it."""
    t, one = reading.language, view.look_back
    return Form(
        id=ids.LOOK_BACK_FORM,
        carried=str(one.id),
        title=t.gettext("Looking back"),
        submit=t.gettext("Save"),
        close=t.gettext("Later"),
        elements=(
            Paragraph(f"{bold(view.client.name)}\n{expected(reading, view)}"),
            OneOf(
                id=ids.LOOK_BACK_RIGHT,
                label=t.gettext("Was it right to part?"),
                options=tuple(Option(right_label(t, right), right.value) for right in Right),
            ),
            *_balance_fields(
                t,
                view.currency,
                t.gettext("Hours a month that came free"),
                t.gettext("Money a year that came free"),
                t.gettext("How calm is it now?"),
            ),
            Lines(
                id=ids.LOOK_BACK_COST,
                label=t.gettext("What did it cost?"),
                hint=t.gettext("Income, other clients, our name, somebody’s favourite work."),
                is_optional=True,
                max_length=MAX_TEXT_LENGTH,
            ),
        ),
    )


def forecast_fields(t: Language, currency: str) -> tuple[Field, ...]:
    """What is expected of parting; all of it can be left open."""
    return _balance_fields(
        t,
        currency,
        t.gettext("Hours a month that come free"),
        t.gettext("Money a year that comes free"),
        t.gettext("How calm do you expect it to be?"),
    )


def _balance_fields(t: Language, currency: str, hours: str, amount: str, calm: str) -> tuple[Field, ...]:
    return (
        Line(id=ids.LOOK_BACK_HOURS, label=hours, is_optional=True, max_length=MAX_NUMBER_LENGTH),
        Line(
            id=ids.LOOK_BACK_AMOUNT,
            label=amount,
            hint=t.gettext("In {currency}, such as {example}.", currency=currency, example=example(t.code)),
            is_optional=True,
            max_length=MAX_NUMBER_LENGTH,
        ),
        OneOf(
            id=ids.LOOK_BACK_CALM,
            label=calm,
            options=tuple(Option(calm_label(t, one), one.value) for one in Calm),
            is_optional=True,
            in_sight=False,
        ),
    )


def read_balance_in(answers: Answers, language: str, currency: str) -> Balance:
    """What came free, or is expected to; raises a `FlagclientError` at the field that cannot be read."""
    calm = answers.text(ids.LOOK_BACK_CALM)
    try:
        return read_balance(
            answers.text(ids.LOOK_BACK_HOURS),
            answers.text(ids.LOOK_BACK_AMOUNT),
            answers.choice(ids.LOOK_BACK_CALM, Calm) if calm else None,
            language=language,
            currency=currency,
        )
    except FlagclientError as error:
        raise at_its_field(error) from None


def read_hindsight(answers: Answers, language: str, currency: str) -> Hindsight:
    """What somebody said who looked back; raises a `FlagclientError` at the field that cannot be read."""
    found = read_balance_in(answers, language, currency)
    return Hindsight(found, answers.text(ids.LOOK_BACK_COST), answers.choice(ids.LOOK_BACK_RIGHT, Right))


def at_its_field(error: FlagclientError) -> FlagclientError:
    """The error, at the field of the form that it is about."""
    error.field = _FIELDS.get(error.field or "", error.field)
    return error
