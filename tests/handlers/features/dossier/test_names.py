"""Whom a dossier names: those whom its reader may know of, and nobody else, wherever it is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.errors import NotFoundError
from bot.domain.model import ViewKind
from bot.domain.remedies import RemedyKind, SuccessTest
from bot.domain.remedy_rules import RemedyDraft
from bot.language import language
from bot.language.marks import people_in
from bot.usecases.actor import Actor
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.dossier.case import read_done_to_client
from bot.usecases.dossier.dossier import read_dossier
from bot.usecases.dossier.read_models import Dossier
from bot.usecases.dossier.timeline import read_entry
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.remedies.starting import start_remedy
from handlers.features.dossier.entry import build_whole_entry
from handlers.features.dossier.interactions import PARTS
from handlers.features.dossier.page import build_dossier
from handlers.features.dossier.trail import build_trail
from handlers.slack.painting.measure import IN_MESSAGE, IN_MODAL
from handlers.surface.form import Form
from handlers.surface.message import Message
from handlers.surface.reading import Reading
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.usecases.test_dossier import TODAY, CaseSetup, case, flag

READING = Reading(language("en"), "Europe/Amsterdam")


def named(*shown: Message | Form) -> set[int]:
    return {person for one in shown for text in one.texts() for person in people_in(text)}


async def flagged(database: Database) -> tuple[CaseSetup, int]:
    """A client whom the reporter flagged; the admin saw it too, and the dealer tries something."""
    here = await case(database)
    flag_id = await flag(database, here, here.reporter)
    plan = RemedyDraft(
        RemedyKind.CONVERSATION,
        "Their director promises to pay.",
        here.dealer.person.id,
        TODAY,
        TODAY + timedelta(days=30),
        SuccessTest.BY_OWNER,
    )

    def add(uow: UnitOfWork) -> None:
        uow.flags.add_witness(flag_id, here.admin.person.id, ViewKind.DIFFERS, "Not how I heard it.", NOW)
        start_remedy(uow, here.dealer, here.client.id, plan, NOW, HolidayCalendar(here.dealer.settings))

    await database.write(add)
    return here, flag_id


async def test_a_dossier_names_those_whom_its_reader_may_know_of(database: Database) -> None:
    here, flag_id = await flagged(database)
    close = {here.owner.person.id, here.dealer.person.id}
    behind = {here.reporter.person.id, here.admin.person.id}

    async def shown_to(actor: Actor) -> tuple[set[int], set[int]]:
        dossier = await database.read(lambda uow: read_dossier(uow, actor, here.client.id, NOW))
        _, entry = await database.read(lambda uow: read_entry(uow, actor, flag_id))
        builds = [build_dossier, *(PARTS.values() if isinstance(dossier, Dossier) else ())]
        pages = (build(READING, dossier, measure) for build in builds for measure in (IN_MESSAGE, IN_MODAL))
        return named(*pages), named(build_whole_entry(READING, entry))

    assert await shown_to(here.reviewer) == (close | behind, {here.admin.person.id})
    assert await shown_to(here.owner) == (close | behind, {here.admin.person.id})
    assert await shown_to(here.dealer) == (close, set())
    assert await shown_to(here.reporter) == (set(), set())


async def test_who_did_what_is_for_those_who_may_see_reporters(database: Database) -> None:
    here, _ = await flagged(database)
    for actor in (here.reviewer, here.owner):
        done = await database.read(lambda uow, who=actor: read_done_to_client(uow, who, here.client.id))
        assert named(build_trail(READING, done)) == {here.dealer.person.id}
    for actor in (here.dealer, here.reporter, here.admin):
        with pytest.raises(NotFoundError):
            await database.read(lambda uow, who=actor: read_done_to_client(uow, who, here.client.id))
