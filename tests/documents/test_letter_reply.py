"""The calm replies: one for each kind that has one, in both languages and forms of address, in the letter's terms."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from bot.documents.letter.reply import replies, write_reply
from bot.documents.letter.samples import sample_letter
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.pushback import HAS_REPLY, PushbackKind, answer_by
from bot.language import LANGUAGES


def test_there_is_a_reply_for_each_kind_that_has_one() -> None:
    for code in LANGUAGES:
        assert set(replies(code)) == {kind.value for kind in HAS_REPLY}


@pytest.mark.parametrize(("code", "form"), list(product(LANGUAGES, FormOfAddress)))
def test_each_reply_is_a_whole_letter_in_its_form_of_address(code: str, form: FormOfAddress) -> None:
    letter = sample_letter(LetterKind.FAREWELL, code, form, LetterStyle.EMAIL)
    for kind in HAS_REPLY:
        written = write_reply(kind.value, letter)
        words = set(written.lower().replace(".", " ").replace(",", " ").split())
        assert "[signed by]" in written.lower() or "signed" in written.lower(), kind
        assert "{{" not in written
        if code == "nl":
            assert not ({"u", "uw"} & words and {"je", "jij", "jou"} & words), (kind, written)


def test_none_admits_or_promises_anything_to_who_claims() -> None:
    for code in LANGUAGES:
        letter = sample_letter(LetterKind.FAREWELL, code, FormOfAddress.FORMAL, LetterStyle.EMAIL)
        written = write_reply(PushbackKind.CLAIM.value, letter).lower()
        assert not [
            word for word in ("sorry", "spijt", "fout", "fault", "mistake", "excuses", "pay") if word in written
        ]


@pytest.mark.parametrize(
    ("said_on", "by"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_request_for_data_is_answered_within_a_month(said_on: date, by: date) -> None:
    assert answer_by(PushbackKind.DATA_REQUEST, said_on) == by
    assert answer_by(PushbackKind.DISPUTE, said_on) is None
