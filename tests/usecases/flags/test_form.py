"""The form of a flag: where it begins, what it asks, and what stands in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.errors import ChoiceUnknownError, ClientNameInvalidError, NotFoundError, TooLateError
from bot.domain.flag_rules import MAX_TEXT_LENGTH, FlagDraft
from bot.domain.model import Evidence
from bot.domain.wording.marks import Kind
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.clients.lookup import refresh_index
from bot.usecases.flags.evidence import kept_evidence
from bot.usecases.flags.form import (
    MAX_EXCERPT_LENGTH,
    NONE_OF_THEM,
    FlagForm,
    NamedClient,
    blank_form,
    form_about_client,
    form_from_message,
    form_to_edit,
)
from bot.usecases.flags.form_questions import check_form, client_meant, questions_left, with_questions
from bot.usecases.flags.recording import ClientChoice
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.flags.case_setup import CaseSetup

DRAFT = FlagDraft("late_payment", "2", "2026-03-02", "Invoice 17 is four weeks late.")
ACME = "Acme B.V."


@pytest.fixture
async def index(case: CaseSetup) -> ClientIndex:
    """The names of the case's clients."""
    filled = ClientIndex()
    await case.database.read(lambda uow: refresh_index(uow, filled, case.client.workspace_id))
    return filled


async def asked(case: CaseSetup, story: Any, index: ClientIndex, form: FlagForm) -> Any:
    return await case.do(story, index=index, actor=case.reporter, form=form)


def about(case: CaseSetup, **changes: Any) -> FlagForm:
    """A form about the case's client, as it comes back: without its name."""
    return replace(FlagForm(DRAFT, NamedClient("", case.client.id)), **changes)


async def test_a_form_begins_with_a_client_that_its_reader_may_know_of(case: CaseSetup) -> None:
    begun = await case.do(form_about_client, actor=case.owner, client_id=case.client.id, now=NOW)
    assert begun == replace(blank_form(case.owner, NOW), client=NamedClient(ACME, case.client.id))
    assert begun.draft == FlagDraft(happened_on="2026-03-02")
    with pytest.raises(NotFoundError):
        await case.do(form_about_client, actor=case.reporter, client_id=case.client.id, now=NOW)


async def test_a_form_that_begins_at_a_message_keeps_all_of_it(case: CaseSetup) -> None:
    evidence = Evidence("word " * 2000, "Jan", NOW, "https://example.org/p1")
    begun = await case.do(form_from_message, actor=case.reporter, key="k", evidence=evidence, now=NOW)
    assert (len(begun.draft.what_happened), len(begun.excerpt)) == (MAX_TEXT_LENGTH, MAX_EXCERPT_LENGTH)
    kept = await case.do(kept_evidence, actor=case.reporter, kept_as=begun.evidence_key)
    assert kept == evidence


async def test_an_edit_begins_with_what_the_flag_says(case: CaseSetup) -> None:
    flag = (await case.record(contact_name="Jan Jansen", links=("https://a.example", "https://b.example"))).receipt.flag
    begun = await case.do(form_to_edit, actor=case.reporter, flag_id=flag.id, now=NOW)
    assert (begun.flag_id, begun.client, begun.excerpt) == (flag.id, NamedClient(ACME), "")
    assert check_form(case.reporter, begun, NOW).content == flag.content
    with pytest.raises(NotFoundError):
        await case.do(form_to_edit, actor=case.colleague, flag_id=flag.id, now=NOW)
    with pytest.raises(TooLateError):
        await case.do(form_to_edit, actor=case.reporter, flag_id=flag.id, now=NOW + timedelta(hours=25))


@pytest.mark.parametrize(
    ("client", "problem"),
    [
        (None, ChoiceUnknownError),
        (NamedClient("\u200b"), ClientNameInvalidError),
        (NamedClient("x" * 81), ClientNameInvalidError),
    ],
)
async def test_a_client_that_cannot_be_is_a_problem_at_its_field(
    case: CaseSetup, client: NamedClient | None, problem: type[Exception]
) -> None:
    said = check_form(case.reporter, FlagForm(replace(DRAFT, severity="9"), client), NOW)
    assert said.content is None
    assert [(type(one), one.field) for one in said.problems] == [(ChoiceUnknownError, "severity"), (problem, "client")]


async def test_a_chosen_client_is_shown_by_its_name_as_it_is_now(case: CaseSetup, index: ClientIndex) -> None:
    shown = await asked(case, with_questions, index, about(case))
    assert shown.client == NamedClient(ACME, case.client.id)
    gone = await asked(case, with_questions, index, about(case, client=NamedClient("", 404)))
    assert gone.client is None


async def test_a_new_name_is_asked_about_until_it_has_an_answer(case: CaseSetup, index: ClientIndex) -> None:
    form = FlagForm(DRAFT, NamedClient("Acmee"))
    asking = await asked(case, questions_left, index, form)
    assert asking.resembling == (NamedClient(ACME, case.client.id),)
    assert client_meant(index, case.reporter, form) == ClientChoice(None, "Acmee")
    for answer, meant in ((case.client.id, case.client.id), (NONE_OF_THEM, None)):
        answered = replace(form, confirmed=answer)
        assert await asked(case, questions_left, index, answered) is None
        assert client_meant(index, case.reporter, answered) == ClientChoice(meant, "Acmee")


async def test_a_name_that_became_known_meanwhile_is_no_question(case: CaseSetup, index: ClientIndex) -> None:
    form = FlagForm(DRAFT, NamedClient("acme"))
    assert await asked(case, questions_left, index, form) is None
    assert client_meant(index, case.reporter, form).client_id == case.client.id


async def test_the_same_event_is_asked_about_until_it_has_an_answer(case: CaseSetup, index: ClientIndex) -> None:
    theirs = (await case.record(case.colleague)).receipt.flag
    asking = await asked(case, questions_left, index, about(case))
    assert [flag.id for flag in asking.same_event] == [theirs.id]
    for answer in (theirs.id, NONE_OF_THEM):
        assert await asked(case, questions_left, index, about(case, joined=answer)) is None
    for draft in (replace(DRAFT, category=""), replace(DRAFT, happened_on="soon"), replace(DRAFT, category="good")):
        assert (await asked(case, with_questions, index, about(case, draft=draft))).same_event == ()


async def test_the_same_event_is_asked_about_for_the_client_that_was_meant(case: CaseSetup, index: ClientIndex) -> None:
    theirs = (await case.record(case.colleague)).receipt.flag
    form = FlagForm(DRAFT, NamedClient("Acmee"), confirmed=case.client.id)
    asking = await asked(case, with_questions, index, form)
    assert [flag.id for flag in asking.same_event] == [theirs.id]


async def test_an_edit_asks_for_nothing_but_its_wording(case: CaseSetup, index: ClientIndex) -> None:
    await case.record(case.colleague)
    form = FlagForm(DRAFT, NamedClient("Acmee"), flag_id=7)
    assert await asked(case, questions_left, index, form) is None
    assert await asked(case, with_questions, index, form) == form


async def test_hints_are_shown_once(case: CaseSetup, index: ClientIndex) -> None:
    form = about(case, draft=replace(DRAFT, my_view="He is a complete idiot."))
    asking = await asked(case, questions_left, index, form)
    assert ([mark.kind for mark in asking.hints], asking.hints_shown) == ([Kind.INSULT], True)
    assert await asked(case, questions_left, index, replace(form, hints_shown=True)) is None
