"""Clients with flags on harness, and what a person reads of windows and messages."""

from __future__ import annotations

from functools import partial
from typing import Any

from bot.domain.model import Role
from bot.playground.people import Person
from bot.playground.state import Message, View
from bot.usecases.clients.lookup import refresh_index
from bot.usecases.ports import UnitOfWork
from handlers.slack.words import COMMAND_DOSSIER
from tests.factories import PLATFORM, make_client, make_flag
from tests.harness import Harness, words


async def meet(harness: Harness, *people: Person, role: Role | None = None) -> None:
    """Let the bot know people, and give them a role."""
    for person in people:
        await person.command(COMMAND_DOSSIER)

    def give(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        for person in people:
            known = uow.people.person_by_external(workspace.id, PLATFORM, person.id)
            assert known is not None
            uow.people.set_roles(known.id, is_reviewer=role is Role.REVIEWER, is_admin=role is Role.ADMIN)

    if role is not None:
        await harness.bot.database.write(give)
        for person in people:
            harness.workspace.members.forget(harness.world.team_id, person.id)


async def leave_it_to_an_admin(harness: Harness) -> None:
    """Let Eva, who takes no other part, administer the bot: where nobody does, a bot that starts asks the owner to."""
    await meet(harness, harness.world.add_user("eva", locale="en-GB", tz="Europe/London"), role=Role.ADMIN)


async def a_client(
    harness: Harness, name: str = "Acme B.V.", *, flags: int = 1, by: Person | None = None, **content: Any
) -> int:
    """A client with flags, one a day, that the bot has in its index; returns its id."""
    reporter = by or harness.ben
    await meet(harness, reporter)

    def fill(uow: UnitOfWork) -> int:
        workspace = uow.people.workspaces()[0]
        person = uow.people.person_by_external(workspace.id, PLATFORM, reporter.id)
        assert person is not None
        client = make_client(uow, workspace, name)
        for day in range(flags):
            said = {"what_happened": f"Event number {day}.", **content}
            make_flag(uow, client, person, days_ago=day, now=harness.clock.now(), **said)
        return client.id

    client_id = await harness.bot.database.write(fill)
    await take_over_names(harness)
    return client_id


async def take_over_names(harness: Harness) -> None:
    """Let the type-ahead know what is stored."""
    workspace = await harness.workspace.members.workspace(harness.world.team_id)
    await harness.bot.database.read(partial(refresh_index, index=harness.bot.index, workspace_id=workspace.id))


async def turned(person: Person, shown: Message, *parts: str) -> Message:
    """A dossier after somebody has gone on to these parts of it, which take its place."""
    for part in parts:
        assert (await person.click(shown, part)).ok
        shown = person.read(shown.channel)[-1]
    return shown


async def behind(person: Person, name: str, *parts: str, channel: Any = None) -> Message:
    """The dossier of a client, and from there on to these parts of it."""
    outcome = await person.command(COMMAND_DOSSIER, name, channel)
    assert outcome.message is not None
    return await turned(person, outcome.message, *parts)


def said_in(view: View) -> str:
    """Everything that stands in a window."""
    title = view.content.get("title", {}).get("text", "")
    return words(Message(channel="", ts="", user="", text=title, blocks=view.blocks))
