"""The main loop on a platform that is not Slack: the core and the features need nothing of Slack's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from bot.app import Flagclient
from bot.platforms import Foundation
from bot.playground import Clock
from bot.settings import Settings
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import change_setting
from handlers.features import ids
from handlers.surface.form import Form
from tests.factories import make_client
from tests.frozen_clock import MONDAY_MORNING
from tests.platforms.memory_platform import NAME, MemoryPlatform, said_in

ALERTS = "client-care"
PEOPLE = ("anna", "ben", "carla")


@dataclass
class Loop:
    """A bot that serves one workspace in memory, of which Anna is the admin and the only reviewer."""

    bot: Flagclient
    clock: Clock
    platform: MemoryPlatform

    async def settle(self) -> None:
        """Do what is due, and deliver what follows."""
        await self.bot.scheduler.do_what_is_due()
        await self.bot.relay.deliver_due()

    def read(self, room: str) -> str:
        """Everything that stands in a room."""
        return self.platform.messenger.room(room).read()


@asynccontextmanager
async def running(database_url: str) -> AsyncIterator[Loop]:
    """A bot on a platform in memory."""
    clock = Clock(MONDAY_MORNING, running=False)
    built: list[MemoryPlatform] = []

    def build(_: Settings, foundation: Foundation) -> Sequence[MemoryPlatform]:
        built.append(MemoryPlatform(foundation, "anna"))
        return built

    settings = Settings.model_construct(database_url=database_url, port=0)
    bot = Flagclient(settings, clock=clock, ticks=False, build=build)
    await bot.start()
    loop = Loop(bot, clock, *built)
    try:
        for who in PEOPLE:
            await loop.platform.person(who)
        await bot.database.write(_furnish)
        await bot.refresh()
        yield loop
    finally:
        await bot.stop()


def _furnish(uow: UnitOfWork) -> None:
    (workspace,) = uow.people.workspaces()
    change_setting(uow, workspace.id, "alert_channel", ALERTS, MONDAY_MORNING)
    for who in PEOPLE:
        person = uow.people.ensure_person(workspace.id, NAME, who, language="en", zone="Europe/Amsterdam")
        uow.people.set_roles(person.id, is_reviewer=who == "anna", is_admin=who == "anna")
    make_client(uow, uow.people.workspace(workspace.id), "Acme", owner=person)


async def _give_view(loop: Loop, who: str) -> str:
    page = await loop.platform.click(who, ids.EVALUATION_GIVE, "1")
    assert isinstance(page, Form)
    while page.submit:
        asks = {element.id for element in page.elements if hasattr(element, "tells")}
        said = {"choice": "keep", "reason": "They can change."} if ids.EVALUATION_CHOICE in asks else {}
        page = await loop.platform.send(who, page, **said)
    return said_in(page)


async def test_the_main_loop_runs_without_slack(database_url: str) -> None:
    async with running(database_url) as loop:
        platform = loop.platform
        told = said_in(await platform.command("ben", "flag", "Acme disrespect (4) shouted at everybody in the meeting"))
        assert "The team is asked to talk about this client." in told
        await loop.settle()
        assert "one such flag is enough" in loop.read(ALERTS).lower()
        space = platform.messenger.room("review-0001")
        assert len(space.people) == len(PEOPLE)
        assert space.text is not None
        assert space.highlighted
        assert "This is about Acme." in space.read()

        thanks = [await _give_view(loop, who) for who in PEOPLE]
        assert "Nobody sees it" in thanks[0]
        assert "those in the discussion see it" in thanks[-1]
        await loop.settle()

        form = await platform.click("anna", ids.DECISION_START, "1")
        assert isinstance(form, Form)
        form = await platform.choose("anna", form, ids.DECISION_OUTCOME, "part")
        decided = await platform.send(
            "anna",
            form,
            reason="It happened twice before.",
            against_majority="Nobody should have to sit through it.",
            no_remedy_possible="They refuse to talk.",
            **{"next_on:part": "2026-03-13"},
            client_side_waived="They did not want to.",
        )
        assert "Decided: part ways, by 13 March 2026." in said_in(decided)
        await loop.settle()
        assert "They refuse to talk." in space.read()
        assert "part ways" in platform.messenger.room("person-2").read()

        loop.clock.advance(timedelta(days=15))
        await loop.settle()
        assert "13 March 2026" in platform.messenger.room("person-3").read()
        await platform.click("anna", ids.DOSSIER_LEFT, "1")
        await loop.settle()
        assert "Tuesday 24 March 2026 at 10:00" in space.read()
        assert [file.name.rpartition(".")[2] for file in space.files] == ["ics"]

        loop.clock.advance(timedelta(days=400))
        await loop.settle()
        assert await loop.bot.database.read(lambda uow: uow.outbox.stuck(1)) == []


def test_nothing_of_slack_is_loaded_where_slack_is_not_served() -> None:
    program = (
        "import sys; import bot.app; from tests.platforms import memory_platform;"
        "print([name for name in sys.modules if name.startswith(('slack_', 'handlers.slack'))])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603 (our own program)
    assert ended.stdout == "[]\n"
