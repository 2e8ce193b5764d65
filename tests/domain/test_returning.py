"""By what name, domain or contact a former client is known again."""

from __future__ import annotations

import pytest

from bot.domain.errors import TextMissingError, TextTooLongError
from bot.domain.returning import MAX_TERMS_LENGTH, KnownAs, ReturnStance, all_names, checked_terms, people_of
from bot.usecases.returning.former import alike

FORMER = (
    KnownAs(1, ("Acme B.V.", "Acme Services"), ("Piet Jansen", "Anna <anna@acme-diensten.nl>")),
    KnownAs(2, ("Bakkerij de Vries",), ("info@devriesbrood.nl", "Jan", "jan@gmail.com")),
    KnownAs(3, ("Studio 54",)),
)


@pytest.mark.parametrize(
    ("names", "contacts", "found"),
    [
        (("ACME",), (), [1]),
        (("Acme Holding N.V.",), (), [1]),
        (("Acne Services",), (), [1]),
        (("de vries bakkerij",), (), [2]),
        (("Something else",), ("piet JANSEN",), [1]),
        (("Something else",), ("Piet Jansen <piet@other.example>",), [1]),
        (("Something else",), ("x@mail.acme-diensten.nl",), [1]),
        (("www.devriesbrood.nl",), (), [2]),
        (("https://devriesbrood.nl/contact",), (), [2]),
        (("Something else",), ("Jan",), []),
        (("Something else",), ("klaas@gmail.com",), []),
        (("Studio 55",), (), []),
        (("Something else",), (), []),
    ],
)
def test_a_former_client_is_known_again(names: tuple[str, ...], contacts: tuple[str, ...], found: list[int]) -> None:
    assert alike(KnownAs(9, names, contacts), FORMER) == found


def test_a_former_client_is_itself() -> None:
    assert alike(FORMER[2], FORMER) == [3]
    assert alike(FORMER[2], ()) == []


def test_what_somebody_registered_of_a_host_is_a_name_and_a_provider_for_everybody_is_none() -> None:
    assert all_names(KnownAs(1, ("Acme",), ("a@mail.acme.co.uk", "b@outlook.com"))) == ("Acme", "acme")
    assert all_names(KnownAs(1, ("Jansen B.V. te Ede",))) == ("Jansen B.V. te Ede",)
    assert people_of(KnownAs(1, (), ("Piet", "Piet Jansen <p@acme.nl>"))) == ("Piet Jansen",)


def test_terms_are_asked_where_there_are_some() -> None:
    assert checked_terms(ReturnStance.ON_TERMS, " Half in advance. ") == "Half in advance."
    assert checked_terms(ReturnStance.WELCOME, " ") == ""
    with pytest.raises(TextMissingError) as missing:
        checked_terms(ReturnStance.ON_TERMS, " ")
    with pytest.raises(TextTooLongError) as long:
        checked_terms(ReturnStance.NOT, "x" * (MAX_TERMS_LENGTH + 1))
    assert (missing.value.field, long.value.field) == ("text", "text")
