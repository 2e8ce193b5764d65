"""What becomes of a line of text that somebody typed to flag a client."""

from __future__ import annotations

import pytest

from bot.domain.flag_first_word import Word
from bot.domain.flag_rules import MAX_TEXT_LENGTH
from bot.domain.model import Person
from bot.domain.policy import WorkspaceSettings
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex, IndexedName
from bot.usecases.flags.form import NamedClient
from bot.usecases.flags.recording import ClientChoice
from bot.usecases.flags.understanding import AskForm, GiveBack, Instead, Record, understand_flag_text
from tests.frozen_clock import MONDAY_MORNING as NOW

ACTOR = Actor(Person(1, 1, language="en", zone="Pacific/Kiritimati"), WorkspaceSettings())
ACME, BAKERY = 5, 6
NAMES = [
    IndexedName(ACME, "Acme", "Acme"),
    IndexedName(BAKERY, "De Zon", "Bakkerij De Zon"),
    IndexedName(BAKERY, "Bakkerij De Zon", "Bakkerij De Zon"),
]


@pytest.fixture
def index() -> ClientIndex:
    """Two clients, one of whom is known by an alias too."""
    filled = ClientIndex()
    filled.replace(ACTOR.workspace_id, NAMES)
    return filled


def understood(index: ClientIndex, text: str) -> Record | AskForm | GiveBack | Instead:
    return understand_flag_text(index, ACTOR, text, NOW)


def asked(index: ClientIndex, text: str) -> AskForm:
    found = understood(index, text)
    assert isinstance(found, AskForm)
    return found


def test_a_known_client_is_recorded(index: ClientIndex) -> None:
    found = understood(index, "acme late 3 invoice 17 is open")
    assert isinstance(found, Record)
    assert found.client.client_id == ACME
    said = found.content
    assert (said.category, said.severity, said.what_happened) == ("late_payment", 3, "invoice 17 is open")
    assert str(said.happened_on) == "2026-03-02"


@pytest.mark.parametrize("name", ["Newco", "Newco Studio Ltd", '"Newco late"', "Newco, bv. -", "“Newco & Zn”"])
def test_a_new_name_that_resembles_none_is_recorded(index: ClientIndex, name: str) -> None:
    found = understood(index, f"{name} late 3 invoice 17 is open")
    assert isinstance(found, Record)
    assert found.client == ClientChoice(None, name.strip('"“”').rstrip(" -"))


def test_a_new_name_that_resembles_a_known_one_is_asked_about(index: ClientIndex) -> None:
    form = asked(index, "Acmee late 3 invoice 17 is open").form
    assert (form.client, form.resembling) == (NamedClient("Acmee"), (NamedClient("Acme", ACME),))
    assert (form.draft.severity, form.draft.what_happened) == ("3", "invoice 17 is open")


def test_an_alias_opens_the_form_with_the_clients_own_name(index: ClientIndex) -> None:
    form = asked(index, "de zon they were late").form
    assert form.client == NamedClient("Bakkerij De Zon", BAKERY)
    assert form.draft.what_happened == "they were late"


@pytest.mark.parametrize(
    "text",
    [
        "Acme late 3",
        "Acme invoice 17 is open",
        "Acme late 2 2026-12-01 will be late",
        "Acme late 2 1999-01-01 was late",
        "Newco late 3",
        "Newco",
    ],
)
def test_what_is_not_certain_is_asked_for(index: ClientIndex, text: str) -> None:
    assert asked(index, text).form.client is not None


@pytest.mark.parametrize("text", ["", "late 3 invoice", "they were shouting at all of us the whole day & <swearing>"])
def test_text_that_names_nobody_stays_in_the_form_as_it_is(index: ClientIndex, text: str) -> None:
    form = asked(index, text).form
    assert (form.client, form.draft.what_happened, form.draft.category) == (None, text, "")
    assert form.draft.happened_on == "2026-03-02"


def test_the_day_is_the_actors_own(index: ClientIndex) -> None:
    evening = NOW.replace(hour=12)
    found = understand_flag_text(index, ACTOR, "Acme late 3 invoice 17 is open", evening)
    assert isinstance(found, Record)
    assert str(found.content.happened_on) == "2026-03-03"


def test_text_that_fits_nowhere_is_given_back(index: ClientIndex) -> None:
    assert isinstance(understood(index, "Acme late 2 " + "x" * MAX_TEXT_LENGTH), Record)
    found = understood(index, "Acme late 2 " + "x" * (MAX_TEXT_LENGTH + 1))
    assert isinstance(found, GiveBack)
    assert found.problem.values == {"length": MAX_TEXT_LENGTH + 1, "longest": MAX_TEXT_LENGTH}


def test_a_first_word_asks_for_something_else(index: ClientIndex) -> None:
    assert understood(index, "help") == Instead(Word.HELP, "")
    assert understood(index, "discuss acme") == Instead(Word.DISCUSS, "acme")
    assert understood(index, "vertrokken “De Zon”") == Instead(Word.LEFT, "De Zon")
