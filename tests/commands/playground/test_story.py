"""The stories that a playground begins with: who stands where at their end, and that all of it really happened."""

from __future__ import annotations

import locale
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.playground import story
from bot.commands.playground.plot import (
    PLOT,
    Confirm,
    Flag,
    GiveView,
    HearClient,
    Interaction,
    Leave,
    Part,
    Say,
    Scene,
    Take,
)
from bot.commands.playground.story import STORIES, ZONE, StoryError, Told, moments, opening_moment, told, usual_story
from bot.commands.playground.world import LivingWorkspace
from bot.domain.model import Client, Level
from bot.domain.policy import Policy, WorkspaceSettings
from bot.domain.score import ScoredFlag
from bot.domain.thresholds import Assessment, assess
from bot.domain.timetable import is_quiet, local_today
from bot.playground import Person
from bot.usecases.calendar import HolidayCalendar
from bot.usecases.ports import UnitOfWork
from tests.commands.playground.playing import playing
from tests.harness import words

POLICY = Policy()
DAYS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
JUST_BELOW = POLICY.discuss_score - 1


def person(living: LivingWorkspace, words: Told, part: str) -> Person:
    return living.world.person(words.cast.colleagues[part].name)


def flags_of(client: str, now: datetime) -> list[ScoredFlag]:
    """The plot's flags on a client, as the score sees them."""
    scenes = [(scene, moment) for scene, moment in zip(PLOT, moments(now), strict=True) if isinstance(scene.does, Flag)]
    reporters = {part: number for number, part in enumerate(dict.fromkeys(scene.who for scene, _ in scenes), start=1)}
    return [
        ScoredFlag(number, scene.does.category, scene.does.severity, local_today(moment, ZONE), reporters[scene.who], 0)
        for number, (scene, moment) in enumerate(scenes, start=1)
        if isinstance(scene.does, Flag) and scene.does.client == client
    ]


@given(DAYS)
def test_everything_happened_in_order_in_working_hours(now: datetime) -> None:
    played = moments(now)
    assert played == sorted(played)
    assert played[-1] < now
    assert timedelta(days=80) < now - played[0] < timedelta(days=110)
    settings = WorkspaceSettings(zone=ZONE)
    calendar = HolidayCalendar(settings)
    for moment in played:
        local = moment.astimezone(ZoneInfo(ZONE))
        assert calendar.is_working_day(local.date())
        assert not is_quiet(moment, settings, calendar)


@given(DAYS)
def test_a_playground_opens_when_alerts_do_not_wait(now: datetime) -> None:
    settings = WorkspaceSettings(zone=ZONE)
    opens = opening_moment(now)
    assert now <= opens < now + timedelta(days=14)
    assert not is_quiet(opens, settings, HolidayCalendar(settings))
    assert opening_moment(opens) == opens


@given(DAYS)
def test_one_client_always_ends_just_below_the_line_to_talk(now: datetime) -> None:
    today, flags = local_today(now, ZONE), flags_of("kitchens", now)
    for known in range(1, len(flags) + 1):
        assert assess(flags[:known], POLICY, flags[known - 1].happened_on).level < Level.DISCUSS
    ends = assess(flags, POLICY, today)
    assert (ends.level, JUST_BELOW <= ends.score < POLICY.discuss_score) == (Level.WATCH, True)
    for category in ("late_payment", "integrity", "demanding", "disrespect", "haggling"):
        one_more = ScoredFlag(99, category, 1, today, reporter_id=99, witness_count=0)
        assert assess([*flags, one_more], POLICY, today).level is Level.DISCUSS


@given(DAYS)
def test_the_others_end_where_they_should(now: datetime) -> None:
    today = local_today(now, ZONE)
    ends = {client: assess(flags_of(client, now), POLICY, today) for client in ("trust", "events", "estates")}
    assert ends["trust"].level is Level.NONE
    assert 1 < ends["events"].score < POLICY.watch_score
    assert ends["estates"].level is Level.DISCUSS


@pytest.mark.parametrize("story", ["nl", "en"])
def test_every_language_tells_the_whole_plot_and_nothing_else(story: str) -> None:
    words = told(story)
    does = [scene.does for scene in PLOT]
    lines = {one.text for one in does if isinstance(one, Flag | Say | GiveView)}
    lines |= {text for one in does if isinstance(one, HearClient) for text in (one.says, one.our_part)}
    lines |= {text for one in does if isinstance(one, Part) for text in (one.why, one.no_remedy)}
    assert words.lines.keys() == lines
    assert words.clients.keys() == {one.client for one in does if isinstance(one, Flag | Leave)}
    assert {one.category for one in does if isinstance(one, Flag)} <= words.categories.keys()
    parts = {*words.cast.colleagues, "guest", "outsider"}
    assert len(words.cast.colleagues) == 6
    assert {scene.who for scene in PLOT} <= parts
    assert {one.speaks[0][:2] for one in words.cast.colleagues.values()} == {"nl", "en"}


def test_there_are_no_other_stories() -> None:
    assert STORIES == ("nl", "en", "empty")
    assert all(isinstance(told(name), Told) for name in STORIES)
    with pytest.raises(ValueError, match="one of nl, en, empty"):
        told("fr")


@pytest.mark.parametrize(("machine", "story"), [("nl_BE", "nl"), ("nl_NL", "nl"), ("en_GB", "en"), (None, "en")])
def test_the_machine_says_which_story_is_the_usual_one(
    monkeypatch: pytest.MonkeyPatch, machine: str | None, story: str
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (machine, "UTF-8"))
    assert usual_story() == story


def _weighed(uow: UnitOfWork, name: str, now: datetime) -> tuple[Client, Assessment]:
    workspace = uow.people.workspaces()[0]
    clients = [uow.clients.find(workspace.id, number) for number in range(1, 5)]
    (client,) = [client for client in clients if client is not None and client.name == name]
    on = local_today(now, ZONE)
    flags = uow.flags.scored(client.id, on - timedelta(days=365))
    return client, assess(flags, workspace.settings.policy, on)


@pytest.mark.parametrize("story", ["nl", "en"])
async def test_a_story_is_played_through_the_bot(tmp_path: Path, story: str) -> None:
    words_of = told(story)
    async with playing(tmp_path, story) as living:
        now = living.world.clock.now()
        assert now - opening_moment(datetime.now(UTC)) < timedelta(minutes=1)
        lead, account = person(living, words_of, "lead"), person(living, words_of, "account")
        await check_clients(living, words_of, now)
        check_alerts(lead, words_of, now)
        check_the_debrief_to_come(lead, now)
        assert account.sight.unread(living.world.channel("general")).messages == 1
        assert account.sight.unread(living.world.channel("review-0001")).messages == 1
        assert account.sight.unread(living.world.channel("client-care")).messages == 0
        assert living.world.inspector.exchanges() == []
        waiting = await living.bot.database.read(lambda uow: uow.outbox.counts())
        assert set(waiting.values()) == {0}, "nothing was left unsaid"
        await check_strangers(living, words_of)
        line_crossed = await account.command(
            "/flagclient", f'"{words_of.clients["kitchens"]}" {words_of.categories["haggling"]} 1 {"x" * 20}'
        )
        assert line_crossed.ok
        await living.levers.settle()
        alerts = [message for message in lead.read("client-care") if message.from_app]
        assert words_of.clients["kitchens"] in alerts[-1].text
        assert len(alerts) == 4


async def check_strangers(living: LivingWorkspace, words_of: Told) -> None:
    """The guest and the person from outside meet nothing of it."""
    for stranger in (words_of.cast.guest, words_of.cast.outsider):
        who = living.world.person(stranger.name)
        seen = " ".join(words(message) for channel in who.channels() for message in who.read(channel))
        assert words_of.clients["estates"] not in seen
        assert not who.sees("review-0001")
        assert not who.sees("client-care")
        answered = await who.command("/dossier", words_of.clients["kitchens"], who.channels()[0])
        assert answered.message is not None
        assert words_of.clients["kitchens"] not in words(answered.message)


async def check_clients(living: LivingWorkspace, words_of: Told, now: datetime) -> None:
    """Four clients, one of them just below the line, and looked after."""
    kitchens, weighed = await living.bot.database.read(lambda uow: _weighed(uow, words_of.clients["kitchens"], now))
    assert JUST_BELOW <= weighed.score < POLICY.discuss_score
    assert kitchens.owner_id is not None
    assert weighed.figures.people >= POLICY.discuss_people


def check_alerts(lead: Person, words_of: Told, now: datetime) -> None:
    """Each alert stands at the minute of the flag that crossed the line."""
    alerts = [message for message in lead.read("client-care") if message.from_app]
    assert len(alerts) == 3
    flagged = [moment for scene, moment in zip(PLOT, moments(now), strict=True) if isinstance(scene.does, Flag)]
    taken = [moment for scene, moment in zip(PLOT, moments(now), strict=True) if isinstance(scene.does, Take)]
    for message, take in zip(alerts, taken, strict=True):
        posted = datetime.fromtimestamp(float(message.ts), UTC)
        assert any(timedelta(0) <= posted - moment < timedelta(minutes=1) for moment in flagged)
        assert posted < take
    assert words_of.clients["estates"] in alerts[0].text


def check_the_debrief_to_come(lead: Person, now: datetime) -> None:
    """The discussion has its channel, and in it a debrief is announced for one of the next working days."""
    (case,) = [channel for channel in lead.channels() if channel.name.startswith("review-")]
    announced = [message for message in lead.read(case) if message.from_app and message.files]
    assert len(announced) == 1
    assert now - timedelta(days=10) < datetime.fromtimestamp(float(announced[0].ts), UTC) < now
    assert lead.sight.pins(case)


@pytest.mark.parametrize("does", [Take(), Confirm(), Leave("trust"), GiveView("part", "view_lead")])
async def test_a_story_that_stops_says_where_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: Interaction
) -> None:
    monkeypatch.setattr(story, "PLOT", (Scene(3, "10:00", "writer", does),))
    with pytest.raises(StoryError, match=r"stops 3 working days before its end.*--story empty"):
        async with playing(tmp_path, "en"):
            pass
