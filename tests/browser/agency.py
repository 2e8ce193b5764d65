"""The playground with the bot in it, as `flagclient playground` serves it, within the test's own process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.commands.playground import story
from bot.commands.playground.cast import ALERT_CHANNEL, GENERAL
from bot.commands.playground.files import PlaygroundFiles
from bot.commands.playground.story_en import CAST
from bot.commands.playground.world import LivingWorkspace, opened
from bot.playground import Person, Playground
from bot.playground.state import Channel, Message, User
from bot.settings import Settings


class Agency:
    """A living workspace, and who works there by the language that they read."""

    def __init__(self, living: LivingWorkspace) -> None:
        self._living = living

    async def begin(self, story: str) -> None:
        """Start over."""
        await self._living.start_over(story)

    @property
    def world(self) -> Playground:
        """The workspace itself."""
        return self._living.world

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.world.base_url

    @property
    def lead(self) -> Person:
        """The owner of the workspace: admin and reviewer."""
        return next(self.world.person(user) for user in self._users() if user.is_owner)

    @property
    def reviewer(self) -> Person:
        """The other reviewer, who is no admin."""
        name = CAST.colleagues["reviewer"].real_name
        return next(self.world.person(user) for user in self._users() if user.real_name == name)

    @property
    def guest(self) -> Person:
        """Somebody of a client, in one private channel."""
        return next(self.world.person(user) for user in self._users() if user.is_restricted)

    @property
    def outsider(self) -> Person:
        """Somebody of another organisation, in a shared channel."""
        return next(self.world.person(user) for user in self._users() if user.team_id != self.world.team_id)

    def colleague(self, language: str) -> Person:
        """Somebody without any role who reads this language."""
        found = [user for user in self._users() if self._is_plain(user) and user.locale.startswith(language)]
        return self.world.person(found[-1])

    def alerts(self) -> list[Message]:
        """What the bot wrote in the alert channel."""
        return [message for message in self.lead.read(ALERT_CHANNEL) if message.from_app]

    def case(self) -> Channel:
        """The channel of the newest discussion."""
        return [one for one in self.world.state.channels.values() if one.name.startswith("review-")][-1]

    async def settle(self) -> None:
        """Return once the bot has done all that is due."""
        assert self.world.world.levers is not None
        await self.world.world.levers.settle()

    def _users(self) -> list[User]:
        return [user for user in self.world.state.users.values() if not user.is_bot]

    def _is_plain(self, user: User) -> bool:
        return not (user.is_owner or user.is_restricted) and user.team_id == self.world.team_id


@asynccontextmanager
async def living_agency(folder: Path) -> AsyncIterator[Agency]:
    """An agency without a story, on a free port, its files in `folder`."""
    files = PlaygroundFiles(folder)
    files.open(fresh=True)
    language = pytest.MonkeyPatch()
    language.setattr(story, "usual_story", lambda: "en")
    try:
        async with opened(Settings(port=0), files, None, "empty") as living:
            yield Agency(living)
    finally:
        language.undo()


__all__ = ["ALERT_CHANNEL", "GENERAL", "Agency", "living_agency"]
