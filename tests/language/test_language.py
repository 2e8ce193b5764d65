"""Languages: sentences, formats, and what happens when a catalogue is missing."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import ClientLeftAlreadyError, ClientUnknownError, FlagclientError, TextTooLongError
from bot.domain.message import N_
from bot.language import MAX_VALUE_LENGTH, Language, language
from bot.language.catalogue import CatalogueMissingError, translations
from tests.factories import WORDS

DAY = dt.date(2026, 3, 1)
SUMMER = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)


@pytest.fixture
def english() -> Language:
    return language("en")


@pytest.fixture
def dutch() -> Language:
    return language("nl")


@pytest.mark.parametrize(
    ("code", "spoken"),
    [
        ("nl", "nl"),
        ("nl-NL", "nl"),
        ("NL_be", "nl"),
        ("en-US", "en"),
        ("de", "en"),
        ("", "en"),
        ("nlx", "en"),
    ],
)
def test_a_code_finds_its_language_or_english(code: str, spoken: str) -> None:
    assert language(code).code == spoken


def test_each_language_is_kept_once() -> None:
    assert language("nl") is language("nl-NL")


def test_dates_and_times_follow_the_language(english: Language, dutch: Language) -> None:
    assert english.date(DAY) == "1 March 2026"
    assert dutch.date(DAY) == "1 maart 2026"
    assert (english.day_month(DAY), dutch.day_month(DAY)) == ("1 March", "1 maart")
    assert english.weekday_date(DAY) == "Sunday 1 March 2026"
    assert dutch.weekday_date(DAY) == "zondag 1 maart 2026"
    assert english.time(dt.time(9, 5)) == "09:05"


def test_an_instant_is_shown_on_the_wall_clock_of_its_zone(english: Language, dutch: Language) -> None:
    assert english.datetime(SUMMER, "Europe/Amsterdam") == "2 July 2026 at 00:30"
    assert dutch.datetime(SUMMER, "America/New_York") == "1 juli 2026 om 18:30"


@pytest.mark.parametrize(
    ("zones", "shown"),
    [
        (("Europe/Amsterdam",), "donderdag 2 juli 2026 om 00:30"),
        (("Europe/Amsterdam", "Europe/Paris", "Europe/Amsterdam"), "donderdag 2 juli 2026 om 00:30"),
        (
            ("Europe/London", "Europe/Amsterdam"),
            "woensdag 1 juli 2026 om 23:30 (Londen), donderdag 2 juli 2026 om 00:30 (Amsterdam)",
        ),
        (
            ("Europe/Amsterdam", "Europe/Rome", "Europe/Athens", "UTC"),
            "donderdag 2 juli 2026 om 00:30 (Amsterdam), 01:30 (Athene), woensdag 1 juli 2026 om 22:30 (UTC)",
        ),
    ],
)
def test_a_moment_names_its_zone_where_clocks_differ(dutch: Language, zones: tuple[str, ...], shown: str) -> None:
    assert dutch.moment(SUMMER, *zones) == shown


def test_a_moment_can_name_its_zone_in_any_case(english: Language) -> None:
    assert english.moment(SUMMER, "Europe/London", is_placed=True) == "Wednesday 1 July 2026 at 23:30 (London)"


@pytest.mark.parametrize(
    ("value", "digits", "english_text", "dutch_text"),
    [
        (4.0, 1, "4", "4"),
        (4.26, 1, "4.3", "4,3"),
        (-0.04, 1, "0", "0"),
        (-2.5, 1, "-2.5", "-2,5"),
        (Decimal("1234.5"), 1, "1,234.5", "1.234,5"),
        (1234.5678, 2, "1,234.57", "1.234,57"),
        (7.4, 0, "7", "7"),
        (0, 1, "0", "0"),
        (999, 1, "999", "999"),
        (1000, 1, "1,000", "1.000"),
        (-1000, 1, "-1,000", "-1.000"),
    ],
)
def test_numbers(value: float | Decimal, digits: int, english_text: str, dutch_text: str) -> None:
    assert language("en").number(value, digits) == english_text
    assert language("nl").number(value, digits) == dutch_text


def test_money_follows_currency_and_language(english: Language, dutch: Language) -> None:
    assert english.money(Decimal(1250), "EUR") == "€1,250.00"
    assert dutch.money(Decimal("-1250.5"), "EUR").replace("\xa0", " ") == "€ -1.250,50"
    assert english.money(1250, "JPY") == "JP¥1,250"


def test_plurals(english: Language, dutch: Language) -> None:
    assert [english.days(count) for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert [dutch.days(count) for count in (0, 1, 1200)] == ["0 dagen", "1 dag", "1.200 dagen"]


def test_listings(english: Language, dutch: Language) -> None:
    assert english.listing(["a", "b", "c"]) == "a, b and c"
    assert dutch.listing(["a", "b"]) == "a en b"
    assert english.listing([]) == ""


def test_errors_are_told_with_their_values_formatted(english: Language, dutch: Language) -> None:
    too_long = TextTooLongError(length=12000, longest=3000)
    assert "12,000 characters" in english.sentence(too_long)
    assert "12.000 tekens" in dutch.sentence(too_long)
    assert "1 maart 2026" in dutch.sentence(ClientLeftAlreadyError(client="Acme", date=DAY))


class MixedValuesError(FlagclientError):
    """One value of each type that is formatted."""

    message = N_("{moment}; {time}; {amount}; {names}; {flag}")


def test_every_type_of_value_in_an_error_is_readable(english: Language) -> None:
    error = MixedValuesError(
        moment=dt.datetime(2026, 3, 1, 14, 0, tzinfo=dt.UTC),
        time=dt.time(8, 0),
        amount=Decimal("12.50"),
        names=("Acme", "Beta"),
        flag=True,
    )
    assert english.sentence(error) == "1 March 2026 at 14:00; 08:00; 12.5; Acme and Beta; True"


@given(name=st.text(max_size=MAX_VALUE_LENGTH))
def test_what_a_person_typed_is_never_read_as_a_placeholder(name: str) -> None:
    assert name in language("en", WORDS).sentence(ClientUnknownError(name=name))
    assert name in language("nl", WORDS).sentence(ClientUnknownError(name=name))


def test_a_missing_value_is_noticed(english: Language) -> None:
    with pytest.raises(KeyError):
        english.gettext("{date} at {time}", date="today")


def test_a_message_can_depend_on_its_context(english: Language) -> None:
    assert english.pgettext("a verb", "Watch {client}", client="Acme") == "Watch Acme"


def test_a_catalogue_that_was_not_compiled_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMissingError, match="pybabel compile"):
        translations("nl", source="en", folder=tmp_path)


def test_a_catalogue_that_is_damaged_says_what_to_do(tmp_path: Path) -> None:
    compiled = tmp_path / "nl/LC_MESSAGES/messages.mo"
    compiled.parent.mkdir(parents=True)
    compiled.write_bytes(b"not a catalogue")
    with pytest.raises(CatalogueMissingError, match="pybabel compile"):
        translations("nl", source="en", folder=tmp_path)


def test_importing_the_package_leaves_babel_alone() -> None:
    program = "import sys, bot.language, bot.language.vocabulary; print('babel' in sys.modules)"
    run = subprocess.run(  # noqa: S603 (our own interpreter and our own text)
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert run.stdout.strip() == "False"


def test_what_a_person_typed_at_length_is_repeated_in_part() -> None:
    sentence = language("en", WORDS).sentence(ClientUnknownError(name="x" * 10_000))
    assert "x" * (MAX_VALUE_LENGTH - 1) + "…”" in sentence
    assert len(sentence) < 2 * MAX_VALUE_LENGTH


@pytest.mark.parametrize(
    ("code", "count", "points", "hours"),
    [
        ("en", 1.0, "1 point", "1 hour"),
        ("en", 1.04, "1 point", "1.04 hours"),
        ("en", 0, "0 points", "0 hours"),
        ("en", 7.5, "7.5 points", "7.5 hours"),
        ("nl", 1.0, "1 punt", "1 uur"),
        ("nl", 7.5, "7,5 punten", "7,5 uur"),
    ],
)
def test_points_and_hours_agree_with_the_number_that_is_shown(code: str, count: float, points: str, hours: str) -> None:
    t = language(code)
    assert (t.points(count), t.hours(count)) == (points, hours)
