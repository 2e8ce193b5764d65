"""A discussion on harness in which people give their views."""

from __future__ import annotations

from bot.domain.evaluation import Topic
from bot.domain.model import Role
from bot.playground.outcome import Outcome
from bot.playground.people import Person
from bot.playground.state import Message
from handlers.features import ids
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.common_setup import leave_it_to_an_admin, meet
from tests.harness import Harness


async def talked_about(harness: Harness, *others: str) -> Message:
    """Dirk reports something unacceptable about Acme: Anna, who reviews, Dirk and `others`, who saw it, are asked.

    Returns the overview.
    """
    witnesses: list[Person] = [getattr(harness, name) for name in others]
    await leave_it_to_an_admin(harness)
    await meet(harness, harness.anna, *witnesses)
    await meet(harness, harness.anna, role=Role.REVIEWER)
    for person in (harness.dirk, *witnesses):
        assert (await person.command(COMMAND_FLAG, "Acme disrespect (4) shouted at me")).ok
    await harness.settle()
    return overview(harness)


def overview(harness: Harness, by: Person | None = None) -> Message:
    """The pinned opening as it stands now."""
    person = by or harness.anna
    return next(one for one in person.read(harness.channel_of_case()) if ids.EVALUATION_READ in str(one.blocks))


async def opened_form(harness: Harness, person: Person, *, page: str | None = None) -> None:
    """Open the form from the overview, at the page of a button's id where one is given."""
    assert (await person.click(overview(harness, person), ids.EVALUATION_GIVE)).ok
    if page is not None:
        assert (await person.click(person.view, page)).ok


def topic_block(topic: Topic) -> str:
    """The block id of a topic's field."""
    return f"{ids.EVALUATION_TOPIC}:{topic.value}"


async def type_about(person: Person, topic: Topic, text: str) -> Outcome:
    """Type an answer into the page in front."""
    return await person.type(person.view, ids.EVALUATION_TOPIC, text, block_id=topic_block(topic))


def typed_about(person: Person, topic: Topic) -> str:
    """What stands in a topic's field."""
    return str(person.view.values.get(topic_block(topic), {}).get(ids.EVALUATION_TOPIC, {}).get("value") or "")


async def give(harness: Harness, person: Person, choice: str, reason: str = "So I see it.") -> None:
    """Give a view from the overview, leaving every topic empty, and let what follows from it happen."""
    await opened_form(harness, person, page=ids.EVALUATION_PAGE_VIEW)
    outcome = await person.submit(values={ids.EVALUATION_CHOICE: choice, ids.EVALUATION_REASON: reason})
    assert outcome.ok, outcome
    assert not outcome.errors
    await person.close()
    await harness.settle()
