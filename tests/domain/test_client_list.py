"""Lists of clients: which column is which, whatever its heading is called and wherever it stands."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.client_list import ListedClient, NameColumnMissingError, read_client_list
from bot.domain.list_cells import cell_text, number_text

CELLS = st.text(st.characters(exclude_characters=";|\n\r\x00", exclude_categories=["Cs"]), max_size=20)
CELLS = CELLS.map(str.strip).filter(lambda cell: cell_text(cell) == cell)
CLIENTS = st.builds(
    ListedClient,
    line=st.just(0),
    name=CELLS.filter(bool),
    aliases=st.lists(CELLS.filter(bool), max_size=3).map(tuple),
    contacts=st.lists(CELLS.filter(bool), max_size=3).map(tuple),
    owner=st.from_regex("[UW][0-9][A-Z0-9]{0,10}", fullmatch=True) | st.just(""),
    reference=CELLS.filter(lambda cell: number_text(cell) == cell),
)


@given(st.lists(CLIENTS, max_size=5), st.permutations(range(6)), st.sampled_from([",", ";", "\t"]))
def test_a_list_comes_back_whatever_the_order_of_its_columns(
    clients: list[ListedClient], order: list[int], separator: str
) -> None:
    headings = ["Naam", "aliassen", "Contactpersonen", "OWNER", " Klantnummer ", "omzet"]
    rows = [
        [one.name, "; ".join(one.aliases), "|".join(one.contacts), one.owner, one.reference, "12"] for one in clients
    ]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows([[row[at] for at in order] for row in [headings, *rows]])
    file.seek(0)
    read = read_client_list(list(csv.reader(file, delimiter=separator))).clients
    expected = [(one.name, one.aliases, one.contacts, one.owner, one.reference) for one in clients]
    assert [(one.name, one.aliases, one.contacts, one.owner, one.reference) for one in read] == expected
    assert [one.line for one in read] == list(range(2, len(clients) + 2))


@pytest.mark.parametrize("heading", ["name", "Client", "KLANT", "klantnaam", "  Client   name "])
def test_names_may_be_headed_in_either_language(heading: str) -> None:
    assert read_client_list([[heading], ["Acme"]]).clients == (ListedClient(2, "Acme"),)


@pytest.mark.parametrize("rows", [[], [[]], [["Acme"], ["Umbra"]], [["owner", "aliases"], ["U1", "x"]]])
def test_a_list_without_names_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(NameColumnMissingError):
        read_client_list(rows)


def test_short_and_empty_lines_do_no_harm() -> None:
    rows = [["owner", "name"], ["", "Acme"], [], ["  ", ""], ["U1"], ["U2", "Umbra", "more"]]
    assert read_client_list(rows).clients == (
        ListedClient(2, "Acme"),
        ListedClient(5, "", owner="U1"),
        ListedClient(6, "Umbra", owner="U2"),
    )


def test_of_two_columns_with_the_same_meaning_the_first_counts() -> None:
    assert read_client_list([["client", "naam"], ["Acme", "Umbra"]]).clients == (ListedClient(2, "Acme"),)
