"""What waited during an outage goes out: at Slack's rates, what is urgent first, and hardly ever too soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.domain.delivery_outcome import DeliveryOutcome
from bot.domain.model import DiscussionStyle
from bot.domain.notices import AlertCard, DiscussionFlag
from bot.usecases.ports import UnitOfWork
from handlers.surface.message import Message
from storage.engines.sqlite import SqliteDatabase
from tests.bench.databases import SQLITE, Databases, opened
from tests.bench.figures import at_least, at_most
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged
from tests.factories import TODAY, make_client
from tests.handlers.slack.outgoing_harness import OutgoingHarness, Sending, outgoing_harness

CHANNELS = 40
URGENT = 10
STEP = timedelta(seconds=1)
ENOUGH = timedelta(hours=4)
REFUSED_BUDGET = at_most(1)
"""Percent of all calls that Slack refuses for coming too soon."""

RATE_BUDGET = at_least(270)
"""Messages a minute in the long run; the stand-in takes 300 in a workspace, as Slack takes “several hundred”."""

URGENT_BUDGET = at_most(30)
"""Seconds until alerts are out that were put after everything else."""


@dataclass(frozen=True, slots=True)
class Drained:
    """How long it took in the workspace's time, and what Slack said to it."""

    seconds: float
    urgent_seconds: float
    calls: int
    refused: int


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One row: a backlog over many channels, simulated under Slack's rates."""
    table = Table(
        f"{sizes.backlog} messages that waited, over {CHANNELS} channels, and {URGENT} alerts put last; simulated time",
        ("messages a minute", "budget", "", "alerts out, s", "budget", "", "calls", "refused %", "budget", ""),
        "the time is the workspace's own, under the stand-in's rate limits",
    )
    async with opened(await databases.new(SQLITE)) as database:
        assert isinstance(database, SqliteDatabase)
        async with outgoing_harness(database, rate_limits=True) as back:
            drained = await _drained(back, sizes.backlog)
    table.add(
        *judged(60 * (sizes.backlog + URGENT) / drained.seconds, RATE_BUDGET, 0),
        *judged(drained.urgent_seconds, URGENT_BUDGET, 0),
        str(drained.calls),
        *judged(100 * drained.refused / drained.calls, REFUSED_BUDGET),
    )
    return [table]


def _discussion(uow: UnitOfWork, *, workspace_id: int, now: datetime) -> int:
    client = make_client(uow, uow.people.workspace(workspace_id))
    opened_discussion = uow.discussions.open(
        workspace_id, client.id, DiscussionStyle.CHANNEL, TODAY, opened_by_id=None, alert_id=None, now=now
    )
    assert opened_discussion
    return opened_discussion.id


async def _drained(back: OutgoingHarness, messages: int) -> Drained:
    began = back.clock.now()
    places: dict[int, int] = {}
    for number in range(CHANNELS):
        channel = back.world.add_channel(f"case-{number}", back.anna, back.world.bot_user_id, kind="private")
        about = await back.database.write(partial(_discussion, workspace_id=back.workspace_id, now=began))
        places[about] = await back.place(channel)
    alerts = await back.place(back.alerts)

    async def tell(notice: DiscussionFlag, sending: Sending) -> DeliveryOutcome:
        return await sending.messenger.post_to_place(
            sending, places[notice.discussion_id], Message(str(notice.flag_id))
        )

    async def alert(notice: AlertCard, sending: Sending) -> DeliveryOutcome:
        return await sending.messenger.post_to_place(sending, alerts, Message(f"alert {notice.alert_id}"))

    waiting = [
        await back.put(DiscussionFlag(about, number)) for number in range(messages // CHANNELS) for about in places
    ]
    urgent = [await back.put(AlertCard(number)) for number in range(URGENT)]
    relay = back.relay({DiscussionFlag: tell, AlertCard: alert})
    urgent_seconds, refused, first = None, 0, back.world.inspector.number
    looked_at = first
    while waiting and back.clock.now() - began < ENOUGH:
        await relay.deliver_due()
        refused += sum(exchange.status == 429 for exchange in back.world.inspector.since(looked_at))
        looked_at = back.world.inspector.number
        states = await back.outbox()
        waiting = [intent for intent in waiting if states[intent] != "sent"]
        if urgent_seconds is None and all(states[intent] == "sent" for intent in urgent):
            urgent_seconds = (back.clock.now() - began).total_seconds()
        back.clock.advance(STEP)
    seconds = (back.clock.now() - began).total_seconds()
    return Drained(seconds, seconds if urgent_seconds is None else urgent_seconds, looked_at - first, refused)
