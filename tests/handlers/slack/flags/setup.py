"""What tests about flags ask of a harness."""

from __future__ import annotations

from typing import Any

from bot.domain.model import Flag, FlagState
from bot.playground.people import Person
from bot.playground.state import View
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from tests.harness import Harness


async def recorded(harness: Harness) -> list[Flag]:
    """Every open flag of the workspace, oldest first."""

    def read(uow: UnitOfWork) -> list[Flag]:
        workspace = uow.people.workspaces()[0]
        found = [uow.flags.find(workspace.id, flag_id) for flag_id in range(1, 100)]
        return [flag for flag in found if flag is not None and flag.state is FlagState.OPEN]

    return await harness.bot.database.read(read)


def in_form(view: View) -> str:
    """Everything a form shows, as one text."""
    return str(view.blocks)


async def choose_client(person: Person, typed: str, value_starts: str = "c:") -> None:
    """Type in the list of clients and choose the first that is known, or the offer to add one (`n:`)."""
    offered = await person.suggest(person.view, ids.FLAG_FORM_CLIENT, typed)
    value = next(option["value"] for option in offered.options if option["value"].startswith(value_starts))
    assert (await person.select(person.view, ids.FLAG_FORM_CLIENT, value)).ok


async def fill_in(
    person: Person,
    typed: str = "Acme",
    *,
    value_starts: str = "c:",
    category: str = "late_payment",
    severity: str = "2",
    what_happened: str = "Invoice 17 is four weeks late.",
    **others: Any,
) -> None:
    """Fill in the form in front; `others` are values by the name of their constant in `ids`."""
    await choose_client(person, typed, value_starts)
    assert (await person.select(person.view, ids.FLAG_FORM_CATEGORY, category)).ok
    await person.select(person.view, ids.FLAG_FORM_SEVERITY, severity, block_id=f"{ids.FLAG_FORM_SEVERITY}:{category}")
    await person.type(person.view, ids.FLAG_FORM_HAPPENED, what_happened)
    for name, value in others.items():
        await person.select(person.view, getattr(ids, name), value)
