"""Nothing that a team keeps to itself reaches a letter, a script, a file or a check, whatever its writer ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import grimp
import pytest
from msgspec.structs import replace
from sqlalchemy import Connection, select

from bot.documents.letter.script import script_text, write_script
from bot.documents.letter.text import as_text, write_letter
from bot.documents.letter.word import letter_as_word
from bot.documents.letter.word_check import words_of
from bot.domain.decision import DecisionOutcome, DecisionState
from bot.domain.decision_rules import DecisionDraft
from bot.domain.errors import NotFoundError
from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle, Profession
from bot.domain.model import Client
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.language import LANGUAGES, language
from bot.usecases.actor import Actor
from bot.usecases.farewell.closing_check import read_closing
from bot.usecases.farewell.letter_start import LETTERS_OF, LetterStart, start_farewell, start_warning
from bot.usecases.ports import UnitOfWork
from handlers.features.farewell.messages import build_closing
from handlers.slack.painting.measure import IN_MODAL
from handlers.surface.reading import Reading
from storage.tables.columns import METADATA, Holds, columns_that_hold
from tests.case_world import AnyDatabase
from tests.factories import WORDS, make_actor
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.held import COLLEAGUE, hold_everything
from tests.usecases.flags.case_setup import CALENDAR

MARKER = re.compile(r"xylofoon\d+kraai")

CLEARED = {"closing_term.text", "client.name", "client_name.name", "client_name.normalized", "contact.name"}
"""Columns that are written to be read by the client, or that the client and its people are called by."""

KNOWN_TO_LETTERS = {
    "bot.domain.catalogue",
    "bot.domain.errors",
    "bot.domain.message",
    "bot.domain.remedy_kinds",
    "bot.domain.farewell.closing_terms",
    "bot.domain.workspace_texts",
}
"""What of the domain the code of letters may know, beside its own."""


def test_the_code_of_letters_knows_no_more_of_the_domain_than_it_needs() -> None:
    graph = grimp.build_graph("bot")
    ours = {
        module
        for package in ("bot.domain.farewell.letter", "bot.documents.letter")
        for module in (package, *graph.find_descendants(package))
    }
    reached = {other for module in ours for other in graph.find_upstream_modules(module)}
    assert len(ours) > 10
    assert {one for one in reached - ours if one.startswith(("bot.domain.", "bot.usecases."))} == KNOWN_TO_LETTERS


def markers(connection: Connection) -> dict[str, set[str]]:
    """The words of each column of text, which stand nowhere else."""
    found: dict[str, set[str]] = {}
    for table in METADATA.sorted_tables:
        for column in columns_that_hold(table, Holds.FREE_TEXT, Holds.IDENTIFYING):
            words = set(MARKER.findall(str(connection.execute(select(column)).all())))
            if words:
                found[str(column)] = words
    return found


def parting_decision(uow: UnitOfWork, client: Client, actor: Actor) -> int:
    """A decision to part that stands, in the discussion in which everything is held."""
    talk = uow.discussions.find(client.workspace_id, 1)
    assert talk is not None
    draft = DecisionDraft(outcome=DecisionOutcome.PART, reason="xylofoon901kraai")
    end = NOW.date() + timedelta(days=60)
    decision = uow.decisions.add(
        client.workspace_id,
        client.id,
        talk.id,
        9,
        DecisionState.TAKEN,
        draft,
        end,
        {},
        made_by_id=actor.person.id,
        now=NOW,
    )
    assert decision is not None
    return decision.id


def begun(uow: UnitOfWork) -> tuple[list[LetterStart], list[str]]:
    """Every letter that can be begun about a client of whom everything is held, and the closing check as it is read."""
    held = hold_everything(uow)
    actor = Actor(uow.people.reviewers(held.workspace.id)[0], held.workspace.settings)
    decision_id = parting_decision(uow, held.client, actor)
    found = [start_farewell(uow, actor, decision_id, NOW)]
    for kind in LETTERS_OF:
        draft = RemedyDraft(
            kind=kind,
            description="xylofoon902kraai",
            owner_id=actor.person.id,
            starts_on=NOW.date(),
            ends_on=NOW.date() + timedelta(days=30),
            test=SuccessTest.BY_OWNER,
        )
        remedy = uow.remedies.begin(
            held.workspace.id, held.client.id, draft, discussion_id=None, begun_by_id=actor.person.id, now=NOW
        )
        found.append(start_warning(uow, actor, remedy.id, NOW))
    closing = read_closing(uow, actor, decision_id, NOW, CALENDAR)
    readings = [Reading(language(code, WORDS), "Europe/Amsterdam") for code in LANGUAGES]
    return found, [str(build_closing(reading, closing, IN_MODAL)) for reading in readings]


def written(start: LetterStart) -> Iterator[str]:
    """All that can be read of a letter, in each language, form and style, with everything ticked."""
    for code, form, style in product(LANGUAGES, FormOfAddress, LetterStyle):
        letter: Letter = replace(
            start.letter, language=code, form=form, style=style, reasons=start.reasons, steps=start.steps
        )
        text = write_letter(letter)
        yield as_text(text)
        yield script_text(write_script(letter))
        yield "\n".join(words_of(letter_as_word(letter, text)))


async def test_no_word_that_is_kept_in_the_team_reaches_what_a_client_reads(database: AnyDatabase) -> None:
    found, checks = await database.write(begun)
    everything = await database.transact(markers)
    assert len(everything) > 30
    assert {"flag.what_happened", "evaluation_view.reason", "remedy.description", "decision.reason"} <= set(everything)
    cleared = {word for column in CLEARED for word in everything[column]}
    private = {word: column for column, words in everything.items() for word in words - cleared}
    texts = [text for start in found for text in written(start)]
    for text in [*texts, *checks]:
        assert {private[word] for word in MARKER.findall(text) if word in private} == set()
        for name in (COLLEAGUE, "U0ANNA", "U0BEN", "U0ADMIN"):
            assert name not in text
    told = everything["closing_term.text"]
    assert len(told & set(MARKER.findall(texts[0]))) >= 8


async def test_a_letter_starts_from_what_is_cleared(database: AnyDatabase) -> None:
    found, _ = await database.write(begun)
    farewell, warning, boundary, talk = found
    assert [start.letter.kind for start in found] == [
        LetterKind.FAREWELL,
        LetterKind.WARNING,
        LetterKind.BOUNDARY,
        LetterKind.BOUNDARY,
    ]
    assert farewell.reasons == farewell.letter.reasons == ("late_payment",)
    assert farewell.letter.ends_on == NOW.date() + timedelta(days=60)
    assert [step.kind for step in farewell.steps] == [RemedyKind.CONVERSATION]
    assert farewell.letter.steps == ()
    assert [step.kind for step in talk.letter.steps] == [RemedyKind.FINAL_WARNING, RemedyKind.WRITTEN_BOUNDARY]
    assert (warning.letter.ask_by, boundary.letter.ask_by) == (NOW.date() + timedelta(days=30), None)
    assert len(farewell.contacts) == 2
    assert farewell.letter.contact == ""


async def test_an_accountant_starts_without_reasons(database: AnyDatabase) -> None:
    def work(uow: UnitOfWork) -> LetterStart:
        held = hold_everything(uow)
        settings = replace(held.workspace.settings, profession=Profession.ACCOUNTANT)
        actor = Actor(uow.people.reviewers(held.workspace.id)[0], settings)
        return start_farewell(uow, actor, parting_decision(uow, held.client, actor), NOW)

    start = await database.write(work)
    assert (start.reasons, start.letter.reasons) == (("late_payment",), ())


async def test_who_is_not_in_the_talk_can_start_no_letter(database: AnyDatabase) -> None:
    def work(uow: UnitOfWork) -> None:
        held = hold_everything(uow)
        reviewer = Actor(uow.people.reviewers(held.workspace.id)[0], held.workspace.settings)
        decision_id = parting_decision(uow, held.client, reviewer)
        stranger = make_actor(uow, held.workspace, external_id="U0STRANGER")
        with pytest.raises(NotFoundError):
            start_farewell(uow, stranger, decision_id, NOW)
        with pytest.raises(NotFoundError):
            start_warning(uow, stranger, 1, NOW)

    await database.write(work)
