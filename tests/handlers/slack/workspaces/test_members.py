"""People met in the workspace: recognised once, remembered for five minutes, forgotten when Slack says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.model import PersonKind
from bot.playground.people import Person
from bot.usecases.actor import Actor
from bot.usecases.settings import change_role
from handlers.slack.workspaces.directory import ACTOR_SECONDS
from handlers.slack.workspaces.members import PERSON_IDS, Members, Stranger
from tests.harness import Harness


class Meeting:
    """Ben, as the bot knows him, and how often Slack was asked about him."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.members: Members = harness.workspace.members

    async def ben(self) -> Actor | Stranger:
        """Ben, or why he is none."""
        return await self.members.actor(self.harness.world.team_id, self.harness.ben.id, self.harness.world.team_id)

    def asked(self) -> int:
        """How often Slack was asked who somebody is."""
        return sum(exchange.name == "users.info" for exchange in self.harness.world.inspector.exchanges())


@pytest.fixture
async def meeting(http_harness: Harness) -> Meeting:
    """A bot that has not met Ben yet."""
    http_harness.world.inspector.clear()
    return Meeting(http_harness)


async def test_slack_is_asked_once_in_five_minutes(meeting: Meeting) -> None:
    before = meeting.asked()
    for _ in range(3):
        assert isinstance(await meeting.ben(), Actor)
    first = meeting.asked()
    assert first - before <= 1
    meeting.harness.clock.advance(timedelta(seconds=ACTOR_SECONDS))
    assert isinstance(await meeting.ben(), Actor)
    assert meeting.asked() == first + 1


async def test_whoever_changed_is_asked_about_again(meeting: Meeting) -> None:
    await meeting.ben()
    before = meeting.asked()
    meeting.members.forget(meeting.harness.world.team_id, meeting.harness.ben.id)
    await meeting.ben()
    assert meeting.asked() == before + 1


async def test_a_language_that_changed_in_slack_is_followed(meeting: Meeting) -> None:
    known = await meeting.ben()
    assert isinstance(known, Actor)
    assert known.person.language == "en"
    meeting.harness.world.world.users.change(meeting.harness.ben.id, locale="nl-NL")
    await meeting.harness.world.settled()
    changed = await meeting.ben()
    assert isinstance(changed, Actor)
    assert (changed.person.id, changed.person.language) == (known.person.id, "nl")
    assert meeting.members.speech(meeting.harness.ben.id).code == "nl"


async def test_somebody_of_another_workspace_is_not_even_asked_about(meeting: Meeting) -> None:
    before = meeting.asked()
    stranger = await meeting.members.actor(meeting.harness.world.team_id, meeting.harness.ben.id, "T0OTHER")
    assert stranger == Stranger(PersonKind.OUTSIDER)
    assert meeting.asked() == before


async def test_roles_that_another_process_gave_count_after_a_refresh(meeting: Meeting) -> None:
    await meeting.ben()
    ben: Person = meeting.harness.ben
    workspace = await meeting.members.workspace(meeting.harness.world.team_id)
    now = meeting.harness.clock.now()
    await meeting.harness.bot.database.write(
        lambda uow: change_role(uow, workspace.id, "reviewers", ben.id, now, PERSON_IDS)
    )
    assert await meeting.members.refresh()
    assert not await meeting.members.refresh()
    known = await meeting.ben()
    assert isinstance(known, Actor)
    assert known.person.is_reviewer
