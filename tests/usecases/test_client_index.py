"""Finding clients by name: what is found, in which order, and how little the loop is held."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.clients.client_index import ClientIndex, IndexedName, Match
from bot.usecases.clients.name_block import BLOCK_LENGTH, Block, search_form

WORKSPACE = 1
NAMES = [
    "Acme B.V.",
    "Acme Nederland",
    "Bakkerij De Zon",
    "De Zonnebloem",
    "Janssen Advies",
    "Jansen & Zonen",
    "Müller Bau GmbH",
    "مكتب البناء",
    "🦊 Studio",
    "KPN",
    "ING",
]


def own(client_id: int, name: str) -> IndexedName:
    return IndexedName(client_id, name, name)


def filled(names: Iterable[str]) -> ClientIndex:
    index = ClientIndex()
    index.replace(WORKSPACE, [own(number, name) for number, name in enumerate(names)])
    return index


def names_of(matches: list[Match]) -> list[str]:
    return [match.name for match in matches]


@pytest.fixture
def index() -> ClientIndex:
    return filled(NAMES)


@pytest.mark.parametrize("text", ["acme", "ACME bv", "Acme, B.V.", "  acme  "])
def test_a_name_is_exact_in_any_spelling(index: ClientIndex, text: str) -> None:
    assert index.exact(WORKSPACE, text) == 0


@pytest.mark.parametrize("text", ["", "acm", "Acme Belgium", "muller bau"])
def test_what_is_merely_close_is_not_exact(index: ClientIndex, text: str) -> None:
    assert index.exact(WORKSPACE, text) is None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("acme", "Acme B.V."),
        ("ACME N", "Acme Nederland"),
        ("zon", "De Zonnebloem"),
        ("bakkerij zon", "Bakkerij De Zon"),
        ("zon bakkerij", "Bakkerij De Zon"),
        ("bakerij de zon", "Bakkerij De Zon"),
        ("bakkrij", "Bakkerij De Zon"),
        ("janssen", "Janssen Advies"),
        ("jansen zoonen", "Jansen & Zonen"),
        ("muller", "Müller Bau GmbH"),
        ("مكتب", "مكتب البناء"),
        ("🦊", "🦊 Studio"),
    ],
)
def test_typing_finds_the_client_first(index: ClientIndex, typed: str, first: str) -> None:
    assert names_of(index.search(WORKSPACE, typed))[0] == first


def test_names_that_start_with_the_text_come_before_those_that_hold_it() -> None:
    index = filled(["Grand Zon", "Horizon", "Zonnestraal", "Zon", "Zin"])
    assert names_of(index.search(WORKSPACE, "zon")) == ["Zon", "Zonnestraal", "Grand Zon", "Horizon", "Zin"]


def test_a_common_word_hides_no_name_that_holds_the_others_too() -> None:
    index = filled([*(f"Bakkerij {number}" for number in range(1000)), "Zeezicht Patisserie en Bakkerij"])
    assert names_of(index.search(WORKSPACE, "bakkerij zee"))[0] == "Zeezicht Patisserie en Bakkerij"


def test_only_a_name_itself_counts_as_exact(index: ClientIndex) -> None:
    assert [match.exact for match in index.search(WORKSPACE, "acme bv")] == [True, False]
    assert not any(match.exact for match in index.search(WORKSPACE, "muller bau"))


def test_an_empty_text_lists_the_first_clients_by_their_own_name(index: ClientIndex) -> None:
    index.put(WORKSPACE, [IndexedName(99, "Aaa", "Zzz"), own(99, "Zzz")])
    assert names_of(index.search(WORKSPACE, "  ", limit=3)) == ["Acme B.V.", "Acme Nederland", "Bakkerij De Zon"]


def test_no_more_answers_than_asked_for() -> None:
    index = filled(f"Acme {number}" for number in range(60))
    assert len(index.search(WORKSPACE, "acme")) == 25
    assert len(index.search(WORKSPACE, "acme", limit=7)) == 7


def test_a_client_appears_once_by_its_best_name() -> None:
    index = ClientIndex()
    index.put(WORKSPACE, [own(1, "Zonnepanelen Noord"), IndexedName(1, "Zon", "Zonnepanelen Noord")])
    (match,) = index.search(WORKSPACE, "zon")
    assert (match.client_id, match.name, match.shown) == (1, "Zon", "Zonnepanelen Noord")


def test_workspaces_never_see_each_other(index: ClientIndex) -> None:
    assert index.search(2, "acme") == []
    assert index.resembling(2, "acme") == []
    assert index.exact(2, "acme") is None
    assert index.knows(WORKSPACE)
    assert not index.knows(2)


def test_new_names_take_the_place_of_a_clients_old_ones(index: ClientIndex) -> None:
    index.put(WORKSPACE, [own(0, "Apex")])
    assert index.exact(WORKSPACE, "apex") == 0
    assert index.exact(WORKSPACE, "acme") is None
    assert 0 not in {match.client_id for match in index.search(WORKSPACE, "acme")}
    assert index.exact(WORKSPACE, "kpn") == NAMES.index("KPN")


def test_a_name_that_a_client_has_twice_goes_with_it() -> None:
    index, name = ClientIndex(), own(1, "Coyote")
    for fill in (index.put, index.replace):
        fill(WORKSPACE, [name, name, own(2, "Acme")])
        index.put(WORKSPACE, [name, name])
        index.drop(1)
        assert names_of(index.search(WORKSPACE, "")) == ["Acme"]


def test_a_dropped_client_is_gone_everywhere(index: ClientIndex) -> None:
    index.drop(0)
    index.drop(12345)
    assert index.exact(WORKSPACE, "acme") is None
    assert names_of(index.search(WORKSPACE, "acme")) == ["Acme Nederland"]


def test_a_name_that_moved_to_another_client_stays_when_the_first_goes(index: ClientIndex) -> None:
    index.put(WORKSPACE, [own(50, "Beta"), IndexedName(50, "acme", "Beta")])
    index.drop(0)
    assert index.exact(WORKSPACE, "acme") == 50


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Acmee", ["Acme B.V."]),
        ("ACME bv", ["Acme B.V.", "Acme Nederland"]),
        ("Acme Nederlands", ["Acme B.V.", "Acme Nederland"]),
        ("Bakerij de Zon", ["Bakkerij De Zon"]),
        ("Jansen en Zonen", ["Jansen & Zonen"]),
        ("Muller Bau", ["Müller Bau GmbH"]),
        ("Janssens Advies", ["Janssen Advies"]),
    ],
)
def test_did_you_mean(index: ClientIndex, typed: str, meant: list[str]) -> None:
    assert sorted(names_of(index.resembling(WORKSPACE, typed))) == meant


@pytest.mark.parametrize("typed", ["IMG", "KPM", "Zon", "Schilder Bos", "", "!!", "\u202e", "J"])
def test_other_names_are_not_taken_for_known_ones(index: ClientIndex, typed: str) -> None:
    assert index.resembling(WORKSPACE, typed) == []


@pytest.mark.parametrize("typed", ["Amce", "Acne", "Akme", "Acm", "Aacme"])
def test_one_slip_is_asked_about(typed: str) -> None:
    assert names_of(filled(["Acme B.V.", "KPN"]).resembling(WORKSPACE, typed)) == ["Acme B.V."]
    assert names_of(filled(["KPN"]).resembling(WORKSPACE, "KNP")) == ["KPN"]


def test_another_number_is_another_client() -> None:
    assert filled(["Studio 54", "Route 66 Diner"]).resembling(WORKSPACE, "Studio 55") == []
    assert filled(["Studio 54", "Route 66 Diner"]).resembling(WORKSPACE, "Route 67 Diner") == []
    assert names_of(filled(["Studio 54"]).resembling(WORKSPACE, "Sutdio 54")) == ["Studio 54"]


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ("Gemeente Utrecht", "Utrecht, Gemeente"),
        ("The Bakery", "Bakery, The"),
        ("Bakery", "The Bakery"),
        ("De Vries Bouw", "Vries Bouw, de"),
        ("Jan Jansen", "Jansen, Jan"),
        ("Bakkerij De Zon", "De Zon Bakkerij"),
        *(("Acme", f"{form} Acme") for form in ("BV", "N.V.", "S.A.", "Stichting")),
        ("Acme", "Coöperatie Acme U.A."),
        ("P&O", "P and O"),
        ("H&M", "H en M"),
        ("Bol", "bol.com"),
        ("bol.com", "Bol"),
        ("Bjørn", "Bjorn"),
        ("Ølve", "Olve"),
        ("Łomża", "Lomza"),
        ("Æble", "Aeble"),
        ("Işık", "Isik"),
        ("IŞIK", "ışık"),
        ("Þór", "Thor"),
        ("Đak", "Dak"),
        ("Acme", "Acme Belgium"),
        ("Acme", "The New Acme"),
        ("Northwind Traders", "Traders"),
        ("Thermen Spa", "Thermen"),
        ("Huber GmbH", "Huber AG"),
    ],
)
def test_the_same_words_written_otherwise_are_asked_about(known: str, typed: str) -> None:
    assert names_of(filled(["Umbra", known]).resembling(WORKSPACE, typed)) == [known]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("lodz", "Łódź Media"), ("dor", "Đorđević Print"), ("aer", "Ærtebølle Vin"), ("thors", "Þórsmörk Design")],
)
def test_typing_finds_letters_that_no_keyboard_has(typed: str, name: str) -> None:
    assert names_of(filled(["Umbra", name]).search(WORKSPACE, typed)) == [name]


def test_the_very_same_name_is_no_question(index: ClientIndex) -> None:
    assert names_of(index.resembling(WORKSPACE, " Acme B.V. ")) == ["Acme Nederland"]


@given(names=st.lists(st.text(min_size=1, max_size=30), max_size=20), typed=st.text(max_size=60))
def test_any_text_is_answered(names: list[str], typed: str) -> None:
    index = filled(names)
    found = index.search(WORKSPACE, typed)
    assert len({match.client_id for match in found}) == len(found)
    index.resembling(WORKSPACE, typed)
    index.exact(WORKSPACE, typed)


@given(names=st.lists(st.text(alphabet="abc é&.", min_size=1, max_size=8), min_size=1, max_size=30), data=st.data())
def test_putting_and_dropping_keeps_every_other_name_findable(names: list[str], data: st.DataObject) -> None:
    index = ClientIndex()
    for number, name in enumerate(names):
        index.put(WORKSPACE, [own(number, name)])
    gone = data.draw(st.integers(0, len(names) - 1))
    index.drop(gone)
    for number, name in enumerate(names):
        found = {match.client_id for match in index.search(WORKSPACE, name, limit=len(names))}
        assert gone not in found
        if number != gone and search_form(name):
            assert number in found


def test_a_10_000_character_text_is_answered_at_once(index: ClientIndex) -> None:
    started = time.process_time()
    for hostile in ("a" * 10_000, "a " * 5_000, "\u0301" * 10_000, "ﷺ" * 10_000):
        index.search(WORKSPACE, hostile)
        index.resembling(WORKSPACE, hostile)
    assert time.process_time() - started < 2


async def test_type_ahead_answers_like_search_and_gives_way_in_between() -> None:
    index = filled(f"Client {number}" for number in range(BLOCK_LENGTH + 1))
    turns = 0

    async def other_work() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    other = asyncio.create_task(other_work())
    found = await index.type_ahead(WORKSPACE, "cliant 77")
    other.cancel()
    assert found == index.search(WORKSPACE, "cliant 77")
    assert turns >= 4


async def test_a_change_during_type_ahead_does_no_harm(index: ClientIndex) -> None:
    answer = asyncio.create_task(index.type_ahead(WORKSPACE, "acme"))
    await asyncio.sleep(0)
    index.drop(0)
    assert "Acme B.V." in names_of(await answer)


def test_a_full_block_is_followed_by_another() -> None:
    index = filled(f"Client {number}" for number in range(BLOCK_LENGTH))
    index.put(WORKSPACE, [own(BLOCK_LENGTH, "One more")])
    assert names_of(index.search(WORKSPACE, "one more"))[0] == "One more"
    assert index.exact(WORKSPACE, "client 8191") == BLOCK_LENGTH - 1


@given(st.lists(st.text(alphabet="ab ", max_size=6), min_size=1, max_size=12), st.text(alphabet="ab", min_size=1))
def test_a_block_finds_every_name_that_holds_a_text(forms: list[str], query: str) -> None:
    block = Block.of((form, own(number, form)) for number, form in enumerate(forms))
    assert sorted(block.forms[at] for at in block.containing(query)) == sorted(f for f in forms if query in f)
    assert sorted(block.forms[at] for at in block.starting_with(query)) == sorted(
        form for form in forms if form.startswith(query)
    )
