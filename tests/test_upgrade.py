"""An upgrade from an earlier version: whatever was stored and waits goes on, on both databases."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.domain.agreement import Agreement, AgreementKind, NoticePeriod
from bot.playground.people import Person
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import read_settings
from storage.engines.database import open_database
from storage.engines.schema import Steps, migrate
from tests.harness import Harness, running_harness, words

LEFT = Path(__file__).with_name("left_by_0005.sql")
"""What a bot at migration 0005 has stored; names in braces are ids in the workspace."""

ON_SCREENS = Path(__file__).with_name("left_by_0005.json")
"""What that bot has painted: windows that stand open, half filled in, and the buttons of messages."""


async def leave(url: str, names: dict[str, str]) -> None:
    """Make the database at `url` as a bot at migration 0005 has left it."""
    await migrate(url, Steps(head="0005"))

    def fill(connection: Connection) -> None:
        for statement in LEFT.read_text(encoding="utf-8").format(**names).split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)

    database = open_database(url)
    await database.transact(fill)
    await database.close()


def names_in(harness: Harness) -> dict[str, str]:
    """Ids in the workspace, by the names that stand in braces in what was left."""
    return {name: getattr(harness, name).id for name in ("anna", "ben", "carla", "alerts", "general")}


@pytest.fixture
async def upgraded(sqlite_url: str, empty_url: str) -> AsyncIterator[Harness]:
    """The bot of today in a workspace in which an earlier one has been, on what that one has left."""
    async with running_harness(sqlite_url, "http") as earlier:
        names = names_in(earlier)
        earlier.world.conversations.join(earlier.general, earlier.world.bot_user_id)
        team, workspace = earlier.world.team_id, earlier.world.dump()
    await leave(empty_url, {**names, "team": team})
    async with running_harness(empty_url, "http", workspace=workspace) as later:
        yield later


async def test_what_waits_is_sent_after_an_upgrade(upgraded: Harness) -> None:
    await upgraded.settle()
    channel = upgraded.channel_of_case()
    assert channel.topic.value.startswith("review-0001: please give your view by")
    assert set(channel.members) == {
        upgraded.world.bot_user_id,
        *(person.id for person in (upgraded.anna, upgraded.ben, upgraded.carla)),
    }
    (opening,) = [message for message in upgraded.anna.read(channel) if message.from_app and message.blocks]
    assert [pin.ts for pin in channel.pins] == [opening.ts]
    assert "This is about *Acme*." in words(opening)
    alerts = upgraded.sees(upgraded.anna, upgraded.alerts)
    assert "Time to talk about Acme" in alerts
    assert "Debrief about Gamma" in alerts
    assert [file.name for file in upgraded.world.state.files.values()] == ["debrief-1-0.ics"]
    assert "being talked about now" in upgraded.sees(upgraded.ben)


async def test_what_was_stuck_goes_on_once_it_is_mended(upgraded: Harness) -> None:
    now = upgraded.clock.now()
    await upgraded.bot.database.write(lambda uow: uow.outbox.unpark(1, now))
    await upgraded.settle()
    assert upgraded.sees(upgraded.ben, upgraded.general).count("Wants half off.") == 1
    assert set((await upgraded.bot.database.read(lambda uow: uow.discussions.people(2))).values()) == {"invited"}


async def test_what_was_given_up_on_can_still_be_looked_at_and_let_go(upgraded: Harness) -> None:
    async def given_up() -> list[tuple[str, str, str]]:
        stuck = await upgraded.bot.database.read(lambda uow: uow.outbox.stuck(1))
        return [(notice.intent, notice.kind, notice.reason) for notice in stuck if notice.ended_at]

    assert await given_up() == [("i12", "discussion_highlight", "gave_up")]
    now = upgraded.clock.now()
    assert await upgraded.bot.database.write(lambda uow: uow.outbox.revive(1, now, "i12")) == 1
    await upgraded.settle()
    assert await given_up() == []


async def test_what_was_given_up_on_for_an_outage_goes_out_by_itself(upgraded: Harness) -> None:
    await upgraded.settle()
    assert "Tijd om te overleggen over Acme" in upgraded.sees(upgraded.carla)


async def test_every_workspace_keeps_its_place_for_alerts(upgraded: Harness) -> None:
    shown = await upgraded.bot.database.read(
        lambda uow: {
            workspace.external_id: read_settings(uow, workspace.id)["alert_channel"]
            for workspace in uow.people.workspaces()
        }
    )
    assert shown == {
        upgraded.world.team_id: upgraded.alerts.id,
        "T0NONE": "-",
        "T0KNOWN": "C0KNOWN",
        "T0NEVER": "-",
    }
    stored = await upgraded.bot.database.read(lambda uow: uow.people.workspaces())
    assert [workspace.settings.language for workspace in stored] == ["en", "en", "nl", "en"]
    assert [workspace.settings.alert_place for workspace in stored][1:] == [None, 2, None]
    assert stored[0].settings.alert_place == 3


async def test_notice_that_was_counted_in_days_still_is(upgraded: Harness) -> None:
    clients = await upgraded.bot.database.read(lambda uow: [uow.clients.find(1, number) for number in (1, 2)])
    assert [client.agreement for client in clients if client] == [
        Agreement(),
        Agreement(AgreementKind.OPEN_ENDED, notice=NoticePeriod(30)),
    ]


def on_screens(harness: Harness) -> Any:
    """What stands on people's screens after the upgrade."""
    text = ON_SCREENS.read_text(encoding="utf-8")
    names = {**names_in(harness), "case": harness.channel_of_case().id}
    return json.loads(re.sub(r"\{(\w+)\}", lambda found: names[found[1]], text))


async def send(harness: Harness, name: str) -> None:
    """Send a window of the earlier bot, as it was left."""
    left = on_screens(harness)["windows"][name]
    person: Person = getattr(harness, left["by"])
    view = harness.world.world.views.open(person.id, left["content"])
    view.values = left["values"]
    sent = await person.submit(view)
    assert sent.ok, sent
    await harness.settle()


async def test_windows_that_stood_open_are_taken(upgraded: Harness) -> None:
    await upgraded.settle()
    for name in on_screens(upgraded)["windows"]:
        await send(upgraded, name)

    def read(uow: UnitOfWork) -> tuple[Any, ...]:
        (statement,) = uow.evaluations.statements(1)
        (remedy,) = uow.remedies.of_client(1)
        client, debrief = uow.clients.find(1, 1), uow.debriefs.find(1, 1)
        assert client is not None
        assert debrief is not None
        said = uow.flags.timeline(1, before=None, limit=1)[0].content.what_happened
        return (
            said,
            client.agreement.payment_days,
            remedy.description,
            statement.says,
            debrief.local_at.date(),
            uow.evaluations.answered(1, 1),
        )

    assert await upgraded.bot.database.read(read) == (
        "Invoice 12 is open.",
        30,
        "In three parts.",
        "They are sorry.",
        date(2026, 3, 9),
        {3},
    )


async def test_buttons_that_stood_in_messages_are_answered(upgraded: Harness) -> None:
    await upgraded.settle()
    world = upgraded.world.world
    for left in on_screens(upgraded)["buttons"]:
        button, channel = left["button"], upgraded.world.channel(left["where"])
        blocks = [{"type": "actions", "block_id": "left", "elements": [button]}]
        message = world.messages.post(channel, upgraded.world.bot_user_id, "Left", blocks=blocks, from_app=True)
        clicked = await upgraded.anna.click(message, button["action_id"], button.get("value"))
        assert clicked.ok, clicked
        shown = [upgraded.sees(upgraded.anna, channel), *(view.content for view in upgraded.anna.views)]
        assert "ken ik niet" not in str(shown), button
        if upgraded.anna.views:
            await upgraded.anna.close(everything=True)
