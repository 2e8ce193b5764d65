"""What the list of clients offers while somebody types."""

from __future__ import annotations

import pytest

from bot.language import language
from bot.playground.blocks_responses import check_options
from bot.usecases.clients.client_index import Match
from handlers.features.flags.client_options import options_for
from handlers.slack.painting.form import paint_options

EN = language("en")


def offered(typed: str, *matches: Match) -> list[tuple[str, str]]:
    options = paint_options(options_for(EN, typed, matches))
    assert check_options({"options": options}) == []
    return [(option["text"]["text"], option["value"]) for option in options]


ACME = Match(1, "Acme", 99, False, "Acme")


def test_what_was_typed_is_offered_as_a_new_client() -> None:
    assert offered("Ac", ACME) == [("Acme", "c:1"), ("Add “Ac” as a new client", "n:Ac")]


def test_a_name_that_is_known_is_not_offered_as_new() -> None:
    assert offered("acme bv", Match(1, "Acme", 100, True, "Acme")) == [("Acme", "c:1")]


def test_an_alias_says_whose_it_is() -> None:
    assert offered("", Match(1, "The Company", 99, False, "Acme")) == [("The Company (Acme)", "c:1")]


@pytest.mark.parametrize("typed", ["", "   ", "x" * 81, "\u200b"])
def test_what_cannot_be_a_name_is_not_offered(typed: str) -> None:
    assert offered(typed) == []


@pytest.mark.parametrize("typed", ["x" * 80, "👍" * 80, "<!channel> & ש"])
def test_any_name_fits_an_option(typed: str) -> None:
    (option,) = offered(typed)
    assert option[1] == f"n:{typed}"
