"""Journeys through an evaluation, as people see it: views that stay hidden until they stand together."""

from __future__ import annotations

from bot.domain.model import Role
from bot.playground.people import Person
from bot.playground.state import Message, View
from handlers.slack import ids
from tests.handlers.slack.scenes import meet
from tests.stage import Stage, words


async def talked_about(stage: Stage) -> Message:
    """Dirk reports something unacceptable about Acme: Anna, who reviews, and Dirk are asked; returns the overview."""
    await meet(stage, stage.anna, role=Role.REVIEWER)
    assert (await stage.dirk.command("/flagclient", "Acme disrespect 4 shouted at me")).ok
    await stage.settle()
    return overview(stage)


def overview(stage: Stage, by: Person | None = None) -> Message:
    """The pinned opening as it stands now."""
    person = by or stage.anna
    return next(one for one in person.read(stage.channel_of_case()) if ids.EVALUATION_READ in str(one.blocks))


async def view_of(stage: Stage, person: Person, choice: str, reason: str = "") -> View:
    """Give a view from the overview, leaving every topic empty."""
    assert (await person.click(overview(stage, person), ids.EVALUATION_GIVE)).ok
    assert (await person.click(person.view, ids.EVALUATION_PAGE_VIEW)).ok
    outcome = await person.submit(values={ids.EVALUATION_CHOICE: choice, ids.EVALUATION_REASON: reason})
    assert outcome.ok, outcome
    return person.view


async def test_views_are_hidden_until_everybody_has_answered_and_then_stand_together(both_stage: Stage) -> None:
    stage = both_stage
    await talked_about(stage)
    await view_of(stage, stage.dirk, "part", "They shout at us.")
    await stage.dirk.close()
    await stage.settle()
    assert "They shout" not in words(overview(stage))
    await view_of(stage, stage.anna, "put_right", "Eerst een gesprek.")
    await stage.settle()
    assert "They shout" in words(overview(stage))
