"""What was agreed about ending, as fields of a form: of the client's card, and wherever it is asked again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.agreement import (
    Agreement,
    AgreementKind,
    NoticeForm,
    NoticePeriod,
    NoticeTo,
    NoticeUnit,
    Renewal,
)
from bot.domain.card_rules import MAX_DAYS, MAX_MONTHS
from bot.domain.errors import ChoiceUnknownError
from bot.domain.message import N_
from bot.language import Language
from bot.language.client_words import LAWS
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Field, Number, OneOf, Option

UNKNOWN = "unknown"
CONSUMER = "consumer"
BUSINESS = "business"

KINDS: Mapping[str, str] = {
    AgreementKind.UNKNOWN.value: N_("Not known"),
    AgreementKind.FIXED.value: N_("For a fixed term"),
    AgreementKind.OPEN_ENDED.value: N_("Open-ended"),
    AgreementKind.PROJECT.value: N_("A project, until it is done"),
}
CONSUMERS: Mapping[str, str] = {UNKNOWN: N_("Not known"), CONSUMER: N_("A consumer"), BUSINESS: N_("A business")}
COUNTED: Mapping[str, str] = {
    "days:any_day": N_("days"),
    "days:month_end": N_("days, to the end of a month"),
    "weeks:any_day": N_("weeks"),
    "months:any_day": N_("months"),
    "months:month_end": N_("months, to the end of a month"),
    "months:quarter_end": N_("months, to the end of a quarter"),
    "months:year_end": N_("months, to the end of a year"),
}
"""How a notice period is counted, by its unit and the day that it runs to."""
IN_DAYS = "days:any_day"

NOTICE_FORMS: Mapping[str, str] = {
    NoticeForm.UNKNOWN.value: N_("Not known"),
    NoticeForm.FREE.value: N_("Any form will do"),
    NoticeForm.WRITTEN.value: N_("In writing, e-mail will do"),
    NoticeForm.REGISTERED.value: N_("By registered letter"),
    NoticeForm.OTHER.value: N_("In another way"),
}
RENEWALS: Mapping[str, str] = {
    Renewal.UNKNOWN.value: N_("Not known"),
    Renewal.NONE.value: N_("It ends by itself"),
    Renewal.TACIT.value: N_("It renews by itself"),
}
LAW_CHOICES: Mapping[str, str] = {UNKNOWN: N_("Not known"), **LAWS}


def agreement_fields(t: Language, agreement: Agreement) -> Sequence[Field]:
    """The fields, filled in with what is known."""
    consumer = UNKNOWN if agreement.is_consumer is None else CONSUMER if agreement.is_consumer else BUSINESS
    notice, form = agreement.notice, agreement.notice_form.value
    counted = f"{notice.unit.value}:{notice.to.value}" if notice else IN_DAYS
    return (
        one_of_known(t, ids.CLIENT_FORM_KIND, t.gettext("Agreement"), KINDS, agreement.kind.value),
        Day(id=ids.CLIENT_FORM_ENDS, label=t.gettext("Agreement ends on"), chosen=agreement.ends_on, is_optional=True),
        one_of_known(t, ids.CLIENT_FORM_RENEWAL, t.gettext("When that day comes"), RENEWALS, agreement.renewal.value),
        _number(
            ids.CLIENT_FORM_RENEWED,
            t.gettext("Renewed each time for so many months"),
            agreement.renewed_months,
            MAX_MONTHS,
        ),
        _number(ids.CLIENT_FORM_NOTICE, t.gettext("Notice period"), notice.count if notice else None, MAX_DAYS),
        one_of_known(t, ids.CLIENT_FORM_NOTICE_COUNTED, t.gettext("Notice is counted in"), COUNTED, counted),
        one_of_known(t, ids.CLIENT_FORM_NOTICE_FORM, t.gettext("How notice must be given"), NOTICE_FORMS, form),
        one_of_known(
            t, ids.CLIENT_FORM_LAW, t.gettext("Which law governs it"), LAW_CHOICES, agreement.governing_law or UNKNOWN
        ),
        _number(ids.CLIENT_FORM_PAYMENT, t.gettext("Payment term in days"), agreement.payment_days, MAX_DAYS),
        one_of_known(t, ids.CLIENT_FORM_CONSUMER, t.gettext("Consumer or business"), CONSUMERS, consumer),
    )


def read_agreement(answers: Answers) -> Agreement:
    """What was filled in; raises a `FlagclientError` at the field that cannot be read.

    A form of before notice could be counted in anything but days has no field for it.
    """
    consumer = chosen_of(answers, ids.CLIENT_FORM_CONSUMER, CONSUMERS)
    return Agreement(
        kind=AgreementKind(chosen_of(answers, ids.CLIENT_FORM_KIND, KINDS) or UNKNOWN),
        ends_on=answers.day_if_any(ids.CLIENT_FORM_ENDS),
        notice=_read_notice(answers),
        payment_days=answers.whole_number(ids.CLIENT_FORM_PAYMENT, 0, MAX_DAYS),
        is_consumer=None if consumer is None else consumer == CONSUMER,
        notice_form=NoticeForm(chosen_of(answers, ids.CLIENT_FORM_NOTICE_FORM, NOTICE_FORMS) or UNKNOWN),
        renewal=Renewal(chosen_of(answers, ids.CLIENT_FORM_RENEWAL, RENEWALS) or UNKNOWN),
        renewed_months=answers.whole_number(ids.CLIENT_FORM_RENEWED, 1, MAX_MONTHS),
        governing_law=chosen_of(answers, ids.CLIENT_FORM_LAW, LAW_CHOICES),
    )


def _read_notice(answers: Answers) -> NoticePeriod | None:
    count = answers.whole_number(ids.CLIENT_FORM_NOTICE, 0, MAX_DAYS)
    counted = answers.text(ids.CLIENT_FORM_NOTICE_COUNTED) or IN_DAYS
    if counted not in COUNTED:
        raise ChoiceUnknownError(field=ids.CLIENT_FORM_NOTICE_COUNTED)
    unit, _, to = counted.partition(":")
    return None if count is None else NoticePeriod(count, NoticeUnit(unit), NoticeTo(to))


def chosen_of(answers: Answers, field: str, choices: Mapping[str, str]) -> str | None:
    """What was chosen, `None` for what is not known; raises `ChoiceUnknownError` for what is none of `choices`."""
    chosen = answers.text(field) or UNKNOWN
    if chosen not in choices:
        raise ChoiceUnknownError(field=field)
    return None if chosen == UNKNOWN else chosen


def one_of_known(t: Language, field: str, label: str, choices: Mapping[str, str], chosen: str) -> Field:
    """A choice out of `choices`, whose first stands where what is known is none of them."""
    options = tuple(Option(t.gettext(message), value) for value, message in choices.items())
    known = chosen if chosen in choices else next(iter(choices))
    return OneOf(id=field, label=label, options=options, chosen=known, in_sight=False)


def _number(field: str, label: str, number: int | None, most: int) -> Field:
    text = "" if number is None else str(number)
    return Number(id=field, label=label, text=text, maximum=str(most), is_optional=True)
