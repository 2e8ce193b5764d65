"""A discussion on harness in which a decision can be taken, and what people see of it."""

from __future__ import annotations

from typing import Any

from bot.domain.decision import Decision
from bot.domain.model import ClientStage, Role
from bot.playground.people import Person
from bot.playground.state import Message
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from tests.handlers.slack.common_setup import leave_it_to_an_admin, meet
from tests.harness import Harness, words

NEXT_KEEP = f"{ids.DECISION_NEXT_ON}:keep"
NEXT_PART = f"{ids.DECISION_NEXT_ON}:part"


async def talked_about(harness: Harness, *, second: bool = False) -> None:
    """Dirk and Ben report Acme; Anna reviews, and Carla as well where there is to be a second reviewer."""
    await leave_it_to_an_admin(harness)
    await meet(harness, harness.anna, *([harness.carla] if second else []), role=Role.REVIEWER)
    assert (await harness.dirk.command("/flagclient", "Acme disrespect (4) shouted at me")).ok
    await harness.settle()
    assert (await harness.ben.command("/flagclient", "Acme late 3 invoice 17 is open after 45 days")).ok
    await harness.settle()


def overview(harness: Harness, by: Person | None = None) -> Message:
    """The pinned opening as it stands now."""
    person = by or harness.anna
    return next(one for one in person.read(harness.channel_of_case()) if ids.EVALUATION_READ in str(one.blocks))


async def view_of(harness: Harness, person: Person, choice: str) -> None:
    """Give a view from the overview, leaving every topic empty."""
    assert (await person.click(overview(harness, person), ids.EVALUATION_GIVE)).ok
    assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
    reason = "" if choice == "no_view" else "That is how I see it."
    assert (await person.submit(values={ids.EVALUATION_CHOICE: choice, ids.EVALUATION_REASON: reason})).ok
    await person.close()


async def views(harness: Harness, **choices: str) -> None:
    """Everybody named gives a view, and the views stand together."""
    for name, choice in choices.items():
        await view_of(harness, getattr(harness, name), choice)
    await harness.settle()


async def decidable(harness: Harness, choice: str = "keep", *, second: bool = False) -> None:
    """A discussion in which everybody says the same."""
    await talked_about(harness, second=second)
    everybody = {"anna": choice, "ben": choice, "dirk": choice}
    await views(harness, **({**everybody, "carla": choice} if second else everybody))


async def choose(harness: Harness, person: Person, outcome: str) -> None:
    """Open the form from the overview and choose an outcome."""
    assert (await person.click(overview(harness, person), ids.DECISION_START)).ok
    assert (await person.select(person.view, ids.DECISION_OUTCOME, outcome)).ok


def filled(outcome: str, **changes: Any) -> dict[str, Any]:
    """What there is to fill in for an outcome when nobody thinks otherwise, and the client's side is not known."""
    values: dict[str, dict[str, Any]] = {
        "keep": {ids.DECISION_LEARNED: "Agree on less at a time.", NEXT_KEEP: "2026-06-01"},
        "part": {ids.DECISION_NO_REMEDY: "They do not answer.", NEXT_PART: "2026-04-30"},
        "put_right": {
            ids.REMEDY_KIND: "conversation",
            ids.REMEDY_DESCRIPTION: "Talk with their director.",
            ids.REMEDY_TEST: "no_new_flag:disrespect",
        },
        "undecided": {f"{ids.DECISION_NEXT_ON}:undecided": "2026-06-01"},
    }
    waived = {} if outcome == "undecided" else {ids.DECISION_WAIVED: "They do not answer."}
    return {ids.DECISION_REASON: "It adds up.", **waived, **values[outcome], **changes}


async def decide(harness: Harness, person: Person, outcome: str, **changes: Any) -> None:
    """Take a decision from the overview."""
    await choose(harness, person, outcome)
    answered = await person.submit(values=filled(outcome, **changes))
    assert answered.ok, answered
    await person.close()
    await harness.settle()


async def decisions(harness: Harness) -> list[Decision]:
    """Every decision on Acme, the newest first."""

    def read(uow: UnitOfWork) -> list[Decision]:
        return uow.decisions.of_client(1)

    return await harness.bot.database.read(read)


async def stage(harness: Harness) -> ClientStage:
    """Where Acme stands."""

    def read(uow: UnitOfWork) -> ClientStage:
        client = uow.clients.find(uow.people.workspaces()[0].id, 1)
        assert client is not None
        return client.stage

    return await harness.bot.database.read(read)


def told(person: Person, sign: str) -> list[Message]:
    """The private messages that a person reads a sentence in."""
    return [one for one in person.read() if sign in words(one)]


def in_case(harness: Harness, sign: str, by: Person | None = None) -> list[Message]:
    """The messages in the discussion that a person reads a sentence in, the overview aside."""
    person = by or harness.anna
    found = [one for one in person.read(harness.channel_of_case()) if sign in words(one)]
    return [one for one in found if one.blocks[0]["type"] != "header"]


async def as_somebody_else(harness: Harness, person: Person) -> None:
    """Slack delivers the last interaction again, as if another person had made it."""
    interaction = harness.world.dispatcher.deliveries[-1]
    interaction.payload["user"]["id"] = person.id
    await harness.world.dispatcher.redeliver(interaction)
    await harness.settle()
