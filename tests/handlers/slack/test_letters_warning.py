"""Warnings and boundaries in Slack: written from a trial, approved like any letter, and what their day begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.audit import AuditAction
from bot.domain.model import Role
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.playground.people import Person
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from tests.factories import PLATFORM
from tests.handlers.slack.common_setup import a_client, behind, meet, said_in
from tests.handlers.slack.test_letters import audited, clicked_for, opened_from_message, parting, press, write, written
from tests.handlers.slack.test_remedies import filled, remedies, remedy_form
from tests.harness import Harness, words
from tests.recorded_setups import SetUp

TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC).date()


async def try_it(harness: Harness, kind: str) -> None:
    """Anna tries something that she owns herself; Carla reviews as well."""
    await a_client(harness)
    await meet(harness, harness.carla, role=Role.REVIEWER)
    await remedy_form(harness.anna)
    assert (await harness.anna.submit(values=filled(harness.anna, **{ids.REMEDY_KIND: kind}))).ok
    await harness.settle()


async def send_warning(harness: Harness, writer: Person, approver: Person) -> None:
    """What stands in an open form of a warning is saved, approved and marked as sent today."""
    await write(writer, "ask", "Pay each invoice within 14 days.")
    await write(writer, "signed_by", "Anna Aalders")
    assert (await writer.submit()).ok
    await harness.settle()
    await press(harness, writer, ids.LETTER_ASK)
    await opened_from_message(harness, approver)
    await press(harness, approver, ids.LETTER_APPROVE)
    await approver.close(everything=True)
    await writer.close(everything=True)
    await opened_from_message(harness, writer)
    assert (await writer.click(writer.view, ids.LETTER_SENT)).ok
    assert (await writer.submit(values={ids.LETTER_SENT_ON: "2026-03-02", ids.LETTER_SENT_BY: "email"})).ok
    await harness.settle()


async def test_whoever_begins_a_warning_is_led_to_the_letter_and_sends_it(both_harness: Harness) -> None:
    harness = both_harness
    await try_it(harness, "final_warning")
    anna = harness.anna
    posted = next(one for one in reversed(anna.read()) if ids.LETTER_WARN in str(one.blocks))
    assert (await anna.click(posted, ids.LETTER_WARN)).ok
    await send_warning(harness, anna, harness.carla)
    read = said_in(anna.view)
    assert "*Schriftelijke waarschuwing*" in read
    assert "Pay each invoice within 14 days." in read
    assert "Per e-mail, op 2 maart 2026." in read
    assert [one["by"] for one in await audited(harness, AuditAction.LETTER_SENT)] == ["email"]


async def test_the_dossier_leads_to_a_boundary_and_to_what_can_be_said(http_harness: Harness) -> None:
    await try_it(http_harness, "written_boundary")
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_MORE, ids.DOSSIER_CASE)
    assert "• Grens op schrift" in words(shown)
    assert (await http_harness.anna.click(shown, ids.LETTER_WARN)).ok
    assert "Aan *Acme B.V.*. De klant leest wat je hier schrijft." in said_in(http_harness.anna.view)


async def test_a_conversation_has_the_talking_script(http_harness: Harness) -> None:
    await try_it(http_harness, "conversation")
    shown = await behind(http_harness.anna, "Acme", ids.DOSSIER_MORE, ids.DOSSIER_CASE)
    assert (await http_harness.anna.click(shown, ids.LETTER_TALK)).ok
    assert "Deze woorden zijn houvast, niet om voor te lezen." in http_harness.sees(http_harness.anna)
    (remedy,) = await remedies(http_harness)
    assert "I can’t find that." in await clicked_for(http_harness, http_harness.ben, ids.LETTER_WARN, str(remedy.id))


async def test_the_day_of_a_warning_begins_the_wait_and_no_earlier_day_is_taken(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await harness.set("warning_days", "late_payment=14")
    anna, ben, carla = harness.anna, harness.ben, harness.carla

    def begin(uow: UnitOfWork) -> int:
        workspace = uow.people.workspaces()[0]
        client = uow.clients.by_name(workspace.id, "Acme")
        owner = uow.people.person_by_external(workspace.id, PLATFORM, anna.id)
        assert client is not None
        assert owner is not None
        trial = RemedyDraft(
            kind=RemedyKind.FINAL_WARNING,
            description="A last warning.",
            owner_id=owner.id,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=20),
            test=SuccessTest.NO_NEW_FLAG,
        )
        return uow.remedies.begin(
            workspace.id, client.id, trial, discussion_id=None, begun_by_id=owner.id, now=harness.clock.now()
        ).id

    remedy_id = await harness.bot.database.write(begin)
    await clicked_for(harness, anna, ids.LETTER_WARN, str(remedy_id))
    await send_warning(harness, anna, carla)
    read = await written(harness, ben, thanks="Thank you.")
    assert "The time to mend runs until 22 March 2026" in read
    await press(harness, ben, ids.LETTER_ASK)
    await clicked_for(harness, carla, ids.LETTER_APPROVE, "2:1")
    assert "tot en met 22 maart 2026" in harness.in_windows(carla)
    await carla.close(everything=True)

    assert (await anna.click(anna.view, ids.LETTER_SENT)).ok
    too_early = await anna.submit(values={ids.LETTER_SENT_ON: "2026-02-02", ids.LETTER_SENT_BY: "email"})
    assert "kreeg akkoord op 2 maart 2026" in too_early.errors[ids.LETTER_SENT_ON]
    await anna.close(everything=True)

    await harness.later(timedelta(days=21))
    await opened_from_message(harness, carla)
    assert "heeft akkoord" in await press(harness, carla, ids.LETTER_APPROVE)
