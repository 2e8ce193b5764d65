"""What Slack tells of channels, people and the app, over HTTP: each event, also twice and out of order."""

from __future__ import annotations

from typing import Any, Literal

import pytest
import yaml

from bot.domain.notices import AlertCard
from bot.playground.people import Person
from bot.playground.state import Channel
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.settings import read_settings
from handlers.slack.workspaces.events import NAME_EVENTS, PLACE_EVENTS
from tests.handlers.slack.common_setup import a_client
from tests.harness import ROOT, Harness, words
from tests.recorded_setups import SetUp

OTHERS = {
    "app_home_opened",
    "app_uninstalled",
    "channel_id_changed",
    "member_joined_channel",
    "member_left_channel",
    "tokens_revoked",
    "user_change",
}


async def talked_about(harness: Harness) -> None:
    """A discussion under way, in which Anna, Ben and the bot are; Carla owns the client."""
    await a_client(harness, "Acme", flags=0)
    await harness.carla.command("/dossier")
    carla = harness.carla.id

    def own(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        person = uow.people.person_by_external(workspace.id, "slack", carla)
        assert person is not None
        uow.clients.change(1, owner_id=person.id)

    await harness.bot.database.write(own)
    await harness.ben.command("/flagclient", "Acme disrespect (4) shouted at me on the phone")
    await harness.settle()


@pytest.fixture
async def case(set_up: SetUp) -> Harness:
    """A harness with that discussion."""
    return await set_up(talked_about)


async def flag(harness: Harness, text: str = "Acme late 1 the next invoice is late", by: Person | None = None) -> None:
    assert (await (by or harness.dirk).command("/flagclient", text)).ok
    await harness.settle()


async def twice(harness: Harness) -> None:
    """Slack delivers the last event once more."""
    await harness.world.settled()
    await harness.world.dispatcher.redeliver()
    await harness.settle()


async def workspace(harness: Harness) -> Workspace:
    return await harness.bot.database.read(lambda uow: uow.people.workspaces()[0])


def cases(harness: Harness) -> list[Channel]:
    bot = harness.world.bot_user_id
    return [one for one in harness.world.state.channels.values() if one.creator == bot and one.kind == "private"]


def wrote(harness: Harness, channel: Channel) -> str:
    return "\n".join(words(one) for one in harness.world.world.messages.all(channel) if one.from_app)


def heard(harness: Harness) -> int:
    """How many messages Anna, the admin, got privately."""
    return len(harness.anna.read())


def test_every_event_of_the_manifest_has_a_scenario_here() -> None:
    manifest: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
    subscribed = set(manifest["settings"]["event_subscriptions"]["bot_events"])
    assert subscribed <= {*PLACE_EVENTS, *NAME_EVENTS, *OTHERS}


async def test_an_archived_case_goes_on_when_it_is_opened_again(case: Harness) -> None:
    channel, before = case.channel_of_case(), heard(case)
    case.world.conversations.archive(channel, case.anna.id)
    await twice(case)
    assert heard(case) == before + 1
    await flag(case, by=case.ben)
    assert "the next invoice" not in wrote(case, channel)
    case.world.conversations.unarchive(channel, case.anna.id)
    await twice(case)
    assert wrote(case, channel).count("the next invoice is late") == 1
    assert cases(case) == [channel]


@pytest.mark.parametrize("lost", ["deleted", "shared", "bot removed"])
async def test_a_lost_case_channel_is_replaced_once(case: Harness, lost: str) -> None:
    channel, do = case.channel_of_case(), case.world.conversations
    before = heard(case)
    match lost:
        case "deleted":
            do.delete(channel, case.anna.id)
        case "shared":
            do.share(channel, "T0CLIENT")
        case _:
            do.remove(channel, case.world.bot_user_id, case.anna.id)
    await twice(case)
    new = cases(case)[-1]
    assert new.id != channel.id
    assert len(cases(case)) == (1 if lost == "deleted" else 2)
    assert set(new.members) == {case.world.bot_user_id, case.anna.id, case.ben.id, case.carla.id}
    assert len(new.pins) == 1
    await flag(case)
    assert "the next invoice is late" in wrote(case, new)
    assert heard(case) == before + 1


async def test_a_renamed_channel_changes_nothing(case: Harness) -> None:
    channel = case.channel_of_case()
    case.world.conversations.rename(channel, "renamed", case.anna.id)
    case.world.conversations.rename(case.alerts, "renamed-too", case.anna.id)
    await twice(case)
    await flag(case, by=case.ben)
    assert "the next invoice is late" in wrote(case, channel)
    assert cases(case) == [channel]


async def test_a_channel_with_another_id_stays_the_same_place(case: Harness) -> None:
    alerts = case.world.conversations.change_id(case.alerts)
    channel = case.world.conversations.change_id(case.channel_of_case())
    await twice(case)
    assert (await case.bot.database.read(lambda uow: read_settings(uow, 1)))["alert_channel"] == alerts.id
    await flag(case, by=case.ben)
    assert "the next invoice is late" in wrote(case, channel)
    await flag(case, "Bravo haggling 3 wants half off")
    if case.dirk.views:
        await case.dirk.submit()
        await case.settle()
    assert "Bravo" in wrote(case, alerts)


async def test_a_guest_silences_a_case_until_they_have_left(case: Harness) -> None:
    channel, before = case.channel_of_case(), heard(case)
    case.world.conversations.join(channel, case.gust.id, case.anna.id)
    await twice(case)
    assert heard(case) == before + 1
    await flag(case, by=case.ben)
    assert "the next invoice" not in wrote(case, channel)
    case.world.conversations.remove(channel, case.gust.id, case.anna.id)
    await twice(case)
    assert wrote(case, channel).count("the next invoice is late") == 1


async def test_a_stranger_in_the_alert_channel_is_told_and_silences_it(case: Harness) -> None:
    stranger, count = case.world.add_user("stranger", team_id="T0CLIENT"), heard(case)
    case.world.conversations.join(case.alerts, stranger.id, case.anna.id)
    await twice(case)
    assert heard(case) == count + 1
    before = wrote(case, case.alerts)
    await flag(case, "Acme disrespect (4) shouted again")
    assert wrote(case, case.alerts) == before


async def test_colleagues_who_come_and_go_are_no_news(case: Harness) -> None:
    case.world.conversations.join(case.channel_of_case(), case.dirk.id, case.anna.id)
    case.world.conversations.remove(case.channel_of_case(), case.dirk.id, case.anna.id)
    helper = case.world.add_user("helper-bot", is_bot=True)
    case.world.conversations.join(case.alerts, helper.id, case.anna.id)
    before = heard(case)
    await twice(case)
    assert heard(case) == before


async def test_the_bot_thrown_out_of_the_alert_channel_goes_on_once_it_is_back(case: Harness) -> None:
    case.world.conversations.remove(case.alerts, case.world.bot_user_id, case.anna.id)
    await twice(case)
    await flag(case, "Bravo haggling 3 wants half off")
    if case.dirk.views:
        await case.dirk.submit()
        await case.settle()
    assert "Bravo" not in wrote(case, case.alerts)
    case.world.conversations.join(case.alerts, case.world.bot_user_id, case.anna.id)
    await twice(case)
    assert wrote(case, case.alerts).count("*Watched: Bravo*") == 1


async def test_a_leaver_hands_over_what_was_asked_of_them(case: Harness) -> None:
    before = heard(case)
    case.world.world.users.change(case.carla.id, deleted=True)
    await twice(case)
    assert heard(case) == before + 1
    people = await case.bot.database.read(lambda uow: sorted(uow.discussions.people(1).values()))
    assert people == ["invited", "invited", "left"]
    tasks = await case.bot.database.read(lambda uow: uow.flags.open_tasks(1))
    anna = await case.bot.database.read(lambda uow: uow.people.reviewers(1)[0].id)
    assert [task.assignee_id for task in tasks] == [anna]


async def test_a_colleague_who_becomes_a_guest_is_asked_nothing_until_they_are_back(case: Harness) -> None:
    async def present() -> int:
        return len(await case.bot.database.read(lambda uow: uow.people.present(range(1, 20))))

    everybody = await present()
    case.world.world.users.change(case.ben.id, is_restricted=True)
    await twice(case)
    assert await present() == everybody - 1
    case.world.world.users.change(case.ben.id, is_restricted=False, title="Back again")
    await twice(case)
    assert await present() == everybody


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
async def test_after_removal_of_the_app_everything_waits(
    case: Harness, first: Literal["app_uninstalled", "tokens_revoked"]
) -> None:
    case.world.installation.uninstall(first)
    await twice(case)
    assert (await workspace(case)).is_disconnected
    before = len(case.world.inspector.exchanges("from_app"))
    now = case.clock.now()
    await case.bot.database.write(lambda uow: _put_alert(uow, now))
    await case.settle()
    assert len(case.world.inspector.exchanges("from_app")) == before


def _put_alert(uow: UnitOfWork, now: Any) -> None:
    uow.outbox.put(1, AlertCard(1), now)
