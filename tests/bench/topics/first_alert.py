"""The first alert in a workspace of any size: the whole bot, under Slack's rates, in simulated time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.model import Role
from bot.playground.state import Channel
from handlers.slack.words import COMMAND_FLAG
from tests.bench.databases import SQLITE, Databases
from tests.bench.figures import Budget, at_most
from tests.bench.sizes import Sizes
from tests.bench.tables import NOTHING, Table, judged
from tests.crowds import hire
from tests.handlers.slack.common_setup import a_client, meet
from tests.harness import Harness, running_harness, words

FEW, MANY = 25, 2_500
"""How many people are in the channel for alerts, none of whom the bot has met."""

BUDGETS: Mapping[int, Budget] = {FEW: at_most(60), MANY: at_most(360)}
"""Seconds to the alert, by how many people are in its channel."""

TOLD_BUDGET = at_most(60)
"""Seconds until a reviewer hears privately, where the alert takes longer than a moment."""

NAME = "Zonnebloem"
STEP = timedelta(seconds=1)
ENOUGH = timedelta(minutes=15)
LISTS = ("users.list", "users.info", "conversations.members", "conversations.info")


@dataclass
class Alerted:
    """Seconds to the alert and to the private word; how often each method was called, and how often Slack refused."""

    seconds: float
    told: float | None = None
    calls: Counter[str] = field(default_factory=Counter)
    refused: int = 0


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table: few and many people in the channel for alerts, in workspaces of several sizes."""
    table = Table(
        "The first alert after the start, in simulated time under the stand-in's rate limits",
        ("accounts, people there", "alert, s", "budget", "", "told, s", "budget", "", *LISTS, "refused"),
        "none of the people in the channel is known when the flag comes; told: a reviewer, privately",
    )
    for accounts in sizes.accounts:
        for people in (FEW, MANY):
            if people < accounts:
                alerted = await _alerted(await databases.new(SQLITE), accounts, people)
                told = judged(alerted.told, TOLD_BUDGET, 0) if alerted.told is not None else (NOTHING, NOTHING, "")
                table.add(
                    f"{accounts:,}, {people:,}",
                    *judged(alerted.seconds, BUDGETS[people], 0),
                    *told,
                    *(str(alerted.calls[method]) for method in LISTS),
                    str(alerted.refused),
                )
    return [table]


async def _alerted(url: str, accounts: int, people: int) -> Alerted:
    async with running_harness(url, "http") as harness:
        await meet(harness, harness.carla, role=Role.REVIEWER)
        await a_client(harness, NAME, flags=0)
        harness.alerts.members += hire(harness.world, accounts)[accounts % people :: accounts // people][:people]
        harness.world.rate_limits.enabled = True
        began, number = harness.clock.now(), harness.world.inspector.number
        alerted = Alerted(ENOUGH.total_seconds())
        await harness.ben.command(COMMAND_FLAG, f"{NAME} disrespect (4) threatened us", harness.general)
        posted = None
        while posted is None and harness.clock.now() - began < ENOUGH:
            await harness.bot.relay.deliver_due()
            for exchange in harness.world.inspector.since(number):
                alerted.calls[exchange.name] += 1
                alerted.refused += exchange.status == 429
            number = harness.world.inspector.number
            posted = _named_at(harness, harness.alerts)
            harness.clock.advance(STEP)
        if posted is not None:
            alerted.seconds = (posted - began).total_seconds()
        told = next((one for one in harness.carla.read() if "nog niet in" in words(one)), None)
        if told is not None:
            alerted.told = (_sent_at(told.ts, began) - began).total_seconds()
        return alerted


def _named_at(harness: Harness, channel: Channel) -> datetime | None:
    """When the client's name first stood in a channel."""
    named = (one for one in harness.anna.read(channel) if one.from_app and NAME in words(one))
    first = next(named, None)
    return _sent_at(first.ts, harness.clock.now()) if first is not None else None


def _sent_at(ts: str, like: datetime) -> datetime:
    return datetime.fromtimestamp(float(ts), like.tzinfo)
