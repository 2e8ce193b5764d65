"""Days as people type them, on Friday 27 November 2026."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Toward, names_time, plain_words, read_day

FRIDAY = date(2026, 11, 27)


def on(text: str, toward: Toward = Toward.PAST, language: str = "nl") -> tuple[int, str]:
    """How many words name a day, and which; nothing where it is not certain, `none` where no time is named."""
    found = read_day(plain_words(text.split()), 0, FRIDAY, language, toward)
    return (0, "none") if found is None else (found.length, found.on.isoformat() if found.on else "")


@pytest.mark.parametrize(
    ("text", "length", "day"),
    [
        ("vandaag", 1, "2026-11-27"),
        ("this morning he", 2, "2026-11-27"),
        ("Gisteren: opgehangen", 1, "2026-11-26"),
        ("gisteravond", 1, "2026-11-26"),
        ("yesterday evening", 2, "2026-11-26"),
        ("last night", 2, "2026-11-26"),
        ("the day before yesterday", 4, "2026-11-25"),
        ("eergisteren", 1, "2026-11-25"),
        ("maandag schreeuwde hij", 1, "2026-11-23"),
        ("on Monday he", 2, "2026-11-23"),
        ("maandagochtend", 1, "2026-11-23"),
        ("afgelopen maandag", 2, "2026-11-23"),
        ("last Friday", 2, "2026-11-20"),
        ("afgelopen vrijdag", 2, "2026-11-20"),
        ("vorige week vrijdag", 3, "2026-11-20"),
        ("Friday last week", 3, "2026-11-20"),
        ("two weeks ago he", 3, "2026-11-13"),
        ("twee weken geleden", 3, "2026-11-13"),
        ("3 dagen geleden", 3, "2026-11-24"),
        ("een week geleden", 3, "2026-11-20"),
        ("3 november", 2, "2026-11-03"),
        ("the 3rd of November he", 4, "2026-11-03"),
        ("on November 3 he", 3, "2026-11-03"),
        ("op 3 nov. 2025", 4, "2025-11-03"),
        ("28 november", 2, "2025-11-28"),
        ("12 mrt", 2, "2026-03-12"),
        ("dinsdag 3 november", 3, "2026-11-03"),
        ("ma 23 nov", 3, "2026-11-23"),
        ("Sat 21-11", 2, "2026-11-21"),
        ("12-11-'26", 1, "2026-11-12"),
        ("gisterenavond", 1, "2026-11-26"),
        ("eergisteravond", 1, "2026-11-25"),
        ("12-3", 1, "2026-03-12"),
        ("20/11/2026", 1, "2026-11-20"),
        ("20.11.2026", 1, "2026-11-20"),
        ("20-11-26", 1, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-20"),
        ("2026/11/20", 1, "2026-11-20"),
    ],
)
def test_days_that_are_certain(text: str, length: int, day: str) -> None:
    assert on(text) == (length, day)


@pytest.mark.parametrize(
    "text",
    [
        *("vrijdag", "last Monday", "vorige maandag", "een maandag", "on Mondays", "Monday 3 November"),
        *("last week", "vorige maand", "some time last month", "ergens in oktober", "in september", "end of October"),
        *("a few days ago", "een paar weken geleden", "about two weeks ago", "3 maanden geleden", "a while ago"),
        *(
            "20.11.",
            "20 11 2026",
            "in 2025",
            "the Friday",
            "from Monday to Wednesday",
            "a week ago Monday",
            "every day",
        ),
        *("vorig jaar", "vorig weekend", "in het najaar", "vandaag én gisteren", "ma 24 nov", "gisternacht"),
        *("half a year ago", "at Christmas", "de week ervoor", "one morning"),
        *("recently", "the other day", "in het weekend", "vannacht", "week 46", "on the 3rd", "op de 3e"),
        *(
            "30 februari",
            "2026-02-30",
            "31-11-2026",
            "yesterday and today",
            "between Monday and Tuesday",
            "sinds september",
            "12-3 tot 14-3",
        ),
    ],
)
def test_times_without_one_certain_day(text: str) -> None:
    length, day = on(text)
    assert length > 0
    assert day == ""


@pytest.mark.parametrize(
    "text",
    [
        *(
            "3 invoices",
            "2024-17",
            "24/7 bereikbaar",
            "1/2 dag",
            "may leave us",
            "march",
            "last invoice",
            "vorige keer",
        ),
        *("2 weken te laat", "3.5 hours", "12", "", "over 3 weeks late", "the invoice", "in a row"),
    ],
)
def test_what_names_no_time(text: str) -> None:
    assert on(text) == (0, "none")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("morgen", "2026-11-28"),
        ("overmorgen", "2026-11-29"),
        ("the day after tomorrow", "2026-11-29"),
        ("vrijdag", "2026-12-04"),
        ("maandag", "2026-11-30"),
        ("next Monday", "2026-11-30"),
        ("volgende week dinsdag", "2026-12-01"),
        ("komende zaterdag", "2026-11-28"),
        ("volgende zaterdag", ""),
        ("in two weeks", "2026-12-11"),
        ("over 3 dagen", "2026-11-30"),
        ("3 november", "2027-11-03"),
        ("20/3", "2027-03-20"),
        ("next week", ""),
    ],
)
def test_days_to_come(text: str, day: str) -> None:
    assert on(text, Toward.FUTURE)[1] == day


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("04/05/2026", ("2026-04-05", "2026-05-04")),
        ("12-3", ("2025-12-03", "2026-03-12")),
        ("5/5/2026", ("2026-05-05",)),
        ("03/20/2026", ("2026-03-20",)),
        ("20/03/2026", ("2026-03-20",)),
    ],
)
def test_figures_that_english_readers_read_two_ways(text: str, readings: tuple[str, ...]) -> None:
    found = read_day([text], 0, FRIDAY, "en", Toward.PAST)
    assert found is not None
    assert (found.on and found.on.isoformat()) == (readings[0] if len(readings) == 1 else None)
    assert tuple(day.isoformat() for day in found.readings) == (readings if len(readings) > 1 else ())


@given(st.dates(date(2017, 1, 1), FRIDAY), st.sampled_from(["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y"]))
def test_a_written_date_is_read_back(day: date, pattern: str) -> None:
    assert on(day.strftime(pattern)) == (1, day.isoformat())


WORDS = st.sampled_from(
    [
        "on",
        "op",
        "the",
        "de",
        "last",
        "vorige",
        "week",
        "maandag",
        "friday",
        "ago",
        "geleden",
        "3",
        "12",
        "3rd",
        "november",
        "mei",
        "and",
        "tot",
        "in",
        "a",
        "een",
        "12-3",
        "morning",
    ]
)


@given(st.lists(WORDS, max_size=8), st.sampled_from(list(Toward)), st.sampled_from(["en", "nl"]))
def test_any_words_are_read(words: list[str], toward: Toward, language: str) -> None:
    found = read_day(words, 0, FRIDAY, language, toward)
    if found is None:
        return
    assert 1 <= found.length <= len(words)
    assert found.on is None or abs(found.on - FRIDAY) < timedelta(days=366 * 2) or re.search(r"\d{3}", " ".join(words))
    assert names_time(words, 0) or toward is Toward.FUTURE
