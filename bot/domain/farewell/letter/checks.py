"""What a letter must tell and does not, and what in it cannot be true."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.domain.errors import FlagclientError
from bot.domain.farewell.closing_terms import AfterTheEndError, NegativeAmountError, is_negative, is_none, is_untold
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.message import N_


class MustHave(StrEnum):
    """What a letter must tell, by the field of the letter or of its terms."""

    END_DATE = "ends_on"
    WORK = "work"
    INVOICE = "invoice"
    HANDOVER = "handover"
    ASK = "ask"
    ASK_BY = "ask_by"
    SIGNED_BY = "signed_by"


class EndBeforeLetterError(FlagclientError):
    """The last day comes before the day on which the letter is written."""

    message = N_("The last day, {date}, comes before the date of the letter, {written}. Choose a later last day.")


class EndTooEarlyError(FlagclientError):
    """The last day comes before the earliest that the agreement allows."""

    message = N_("By the agreement, {earliest} is the earliest last day. The letter says {date}: choose a later day.")


class DayHasPassedError(FlagclientError):
    """Something is still to be done by a day before that of the letter."""

    message = N_("That day, {date}, comes before the date of the letter, {written}. Choose a later day.")


class DayForNothingError(FlagclientError):
    """There is a day or a receiver for something of which there is none."""

    message = N_("You write that there is none, and yet something is filled in here. Take one of the two out.")


_NEEDED: dict[LetterKind, tuple[MustHave, ...]] = {
    LetterKind.FAREWELL: (
        MustHave.END_DATE,
        MustHave.WORK,
        MustHave.INVOICE,
        MustHave.HANDOVER,
        MustHave.SIGNED_BY,
    ),
    LetterKind.WARNING: (MustHave.ASK, MustHave.ASK_BY, MustHave.SIGNED_BY),
    LetterKind.BOUNDARY: (MustHave.ASK, MustHave.SIGNED_BY),
}
"""What each kind of letter must tell, in the order in which it is read."""

_DAY_OF = {"work_by": "work", "invoice_on": "invoice", "handover_by": "handover", "handover_to": "handover"}
"""What each day, and the receiver, is about."""

_DONE_BEFORE_THE_END = ("work_by", "handover_by")


def missing(letter: Letter) -> tuple[MustHave, ...]:
    """What the letter must tell and does not, in the order in which it is read.

    Of what can still be expected, the final invoice and the handover “none” is an answer, once it says why. Whoever
    signs it can also be the company of the letterhead.
    """
    told = {
        MustHave.END_DATE: letter.ends_on is not None,
        **{one: not is_untold(_term(letter, one)) for one in (MustHave.WORK, MustHave.INVOICE, MustHave.HANDOVER)},
        MustHave.ASK: bool(letter.ask.strip()),
        MustHave.ASK_BY: letter.ask_by is not None,
        MustHave.SIGNED_BY: bool(letter.signed_by.strip() or letter.letterhead.company.strip()),
    }
    return tuple(one for one in _NEEDED[letter.kind] if not told[one])


def contradictions(letter: Letter, earliest: date | None = None) -> tuple[FlagclientError, ...]:
    """What cannot be true, each with the `field` of the letter or of its terms that has to change.

    `earliest` is the earliest last day by the agreement, where that is known.
    """
    if letter.kind is not LetterKind.FAREWELL:
        return _passed(letter, "ask_by", letter.ask_by)
    found = [*_about_the_end(letter, earliest)]
    for field in _DONE_BEFORE_THE_END:
        day: date | None = getattr(letter.terms, field)
        if day and letter.ends_on and day > letter.ends_on:
            found.append(AfterTheEndError(field=field, date=letter.ends_on))
        found += _passed(letter, field, day)
    for field, about in _DAY_OF.items():
        if getattr(letter.terms, field) and is_none(getattr(letter.terms, about)):
            found.append(DayForNothingError(field=field))
    if is_negative(letter.terms.money_back):
        found.append(NegativeAmountError(field="money_back"))
    return tuple(found)


def _about_the_end(letter: Letter, earliest: date | None) -> tuple[FlagclientError, ...]:
    end = letter.ends_on
    if end is None:
        return ()
    if end < letter.dated_on:
        return (EndBeforeLetterError(field="ends_on", date=end, written=letter.dated_on),)
    if earliest is not None and end < earliest:
        return (EndTooEarlyError(field="ends_on", date=end, earliest=earliest),)
    return ()


def _passed(letter: Letter, field: str, day: date | None) -> tuple[FlagclientError, ...]:
    if day is None or day >= letter.dated_on:
        return ()
    return (DayHasPassedError(field=field, date=day, written=letter.dated_on),)


def _term(letter: Letter, one: MustHave) -> str:
    text: str = getattr(letter.terms, one.value)
    return text
