"""Whenever the process dies, the next one goes on from there: nothing is lost and nothing stands there twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.model import DiscussionStyle
from bot.domain.notices import AlertCard, Notice
from bot.relay import LEASE
from bot.usecases.capabilities import AFTER_DELIVERY
from bot.usecases.discussion.steps import put_opening_steps
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.database import DatabaseUnavailableError
from handlers.features.discussion.notices import TELLINGS
from tests.factories import make_client, make_workspace
from tests.handlers.slack.outgoing_harness import Deliverer, OutgoingHarness, to_channel


class DiedError(Exception):
    """The process is gone."""


class Mortal:
    """A process that dies at one of its calls to Slack: before it is made, or before its answer is read.

    From then on it reaches neither Slack nor the database, so it leaves nothing behind but its lease.
    """

    def __init__(self, back: OutgoingHarness, monkeypatch: pytest.MonkeyPatch) -> None:
        self._database = back.database
        self._call = back.client.api_call
        self.calls = 0
        self.dies_at: int | None = None
        self.after_the_call = False
        self.is_dead = False
        monkeypatch.setattr(back.client, "api_call", self.api_call)

    def live(self, dies_at: int | None = None, *, after_the_call: bool = False) -> None:
        """Begin a new life."""
        self.calls, self.dies_at, self.after_the_call, self.is_dead = 0, dies_at, after_the_call, False

    async def api_call(self, *arguments: Any, **options: Any) -> Any:
        self._require_life()
        self.calls += 1
        dies = self.calls == self.dies_at
        if dies and not self.after_the_call:
            self._die()
        answer = await self._call(*arguments, **options)
        if dies:
            self._die()
        self._require_life()
        return answer

    async def write(self, work: Callable[[UnitOfWork], Any]) -> Any:
        if self.is_dead:
            raise DatabaseUnavailableError
        return await self._database.write(work)

    async def read(self, work: Callable[[UnitOfWork], Any]) -> Any:
        if self.is_dead:
            raise DatabaseUnavailableError
        return await self._database.read(work)

    def _require_life(self) -> None:
        if self.is_dead:
            raise DiedError

    def _die(self) -> None:
        self.is_dead = True
        raise DiedError


@pytest.fixture
def mortal(back: OutgoingHarness, monkeypatch: pytest.MonkeyPatch) -> Mortal:
    return Mortal(back, monkeypatch)


def _mortal_side(back: OutgoingHarness, mortal: Mortal) -> OutgoingHarness:
    database: Any = mortal
    return replace(back, database=database)


async def _run_through(back: OutgoingHarness, mortal: Mortal, deliverers: Any, **options: Any) -> None:
    """Deliver what is due, and deliver again once the lease of whoever died has run out."""
    relay = _mortal_side(back, mortal).relay(deliverers, **options)
    try:
        await relay.deliver_due()
    except DatabaseUnavailableError:
        assert mortal.is_dead
    # What it had begun beside that ends before another takes over.
    await relay.drain()
    mortal.live()
    back.clock.advance(LEASE + timedelta(seconds=1))
    await back.relay(deliverers, **options).deliver_due()


@pytest.mark.parametrize("after_the_call", [False, True])
async def test_a_message_stands_there_once_wherever_the_process_dies(
    back: OutgoingHarness, mortal: Mortal, after_the_call: bool
) -> None:
    place = await back.place(back.alerts)
    deliverers: dict[type[Notice], Deliverer] = {AlertCard: to_channel(place, subject=True)}
    mortal.live()
    await back.put(AlertCard(0))
    await back.relay(deliverers).deliver_due()
    calls = mortal.calls
    for dies_at in range(1, calls + 1):
        back.clock.advance(timedelta(minutes=10))
        mortal.live(dies_at, after_the_call=after_the_call)
        intent = await back.put(AlertCard(dies_at))
        await _run_through(back, mortal, deliverers)
        assert (await back.outbox())[intent] == "sent"
        assert len(back.posted(back.alerts)) == 1 + dies_at
    assert calls >= 3


async def _open_discussion(back: OutgoingHarness, people: list[int]) -> str:
    """Open a discussion with everything that Slack must do for it; returns its code."""

    def opened(uow: UnitOfWork) -> str:
        workspace, now = make_workspace(uow, back.world.team_id), back.clock.now()
        discussion = uow.discussions.open(
            workspace.id,
            make_client(uow, workspace).id,
            DiscussionStyle.CHANNEL,
            now.date(),
            opened_by_id=None,
            alert_id=None,
            now=now,
        )
        assert discussion is not None
        uow.discussions.ask_in(discussion.id, people)
        put_opening_steps(uow, discussion, now, now)
        return discussion.code

    return await back.database.write(opened)


def _assert_opened_once(back: OutgoingHarness, code: str) -> None:
    channels = [channel for channel in back.world.state.channels.values() if channel.name.startswith(code)]
    assert [channel.name for channel in channels] == [code]
    (channel,) = channels
    assert set(channel.members) == {back.world.bot_user_id, back.anna.id, back.ben.id}
    openings = [message for message in back.posted(channel) if message.subtype is None]
    assert len(openings) == 1
    assert [pin.ts for pin in channel.pins] == [openings[0].ts]
    assert channel.topic.value


@pytest.mark.parametrize("after_the_call", [False, True])
async def test_a_discussion_opens_once_wherever_the_process_dies(
    back: OutgoingHarness, mortal: Mortal, after_the_call: bool
) -> None:
    people = [await back.person(back.anna), await back.person(back.ben)]
    code = await _open_discussion(back, people)
    mortal.live()
    await back.relay(TELLINGS, AFTER_DELIVERY).deliver_due()
    _assert_opened_once(back, code)
    calls = mortal.calls
    for dies_at in range(1, calls + 1):
        back.clock.advance(timedelta(minutes=10))
        code = await _open_discussion(back, people)
        mortal.live(dies_at, after_the_call=after_the_call)
        await _run_through(back, mortal, TELLINGS, after_delivery=AFTER_DELIVERY)
        _assert_opened_once(back, code)
    assert set((await back.outbox()).values()) <= {"sent", "obsolete"}
    assert calls >= 7
