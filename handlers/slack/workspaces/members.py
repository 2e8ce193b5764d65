"""Who is behind a request: from Slack's ids to an `Actor`, remembered so that an interaction costs no look-up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from msgspec import Struct

from bot.domain.errors import PersonUnverifiedError
from bot.domain.model import Person, PersonKind
from bot.domain.visibility import may_act
from bot.language import DEFAULT, Language, language
from bot.usecases.actor import Actor
from bot.usecases.ports import Clock, Database, UnitOfWork, Workspace
from bot.usecases.settings import PersonIds, PlaceIds
from handlers.slack.sending.web_api import CallEndedError
from handlers.slack.words import WORDS
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.profiles import Profile

PLATFORM = "slack"
"""The name of this front door in identity, place and workspace rows."""

PERSON_IDS = PersonIds("[UW][A-Z0-9]+", example="U012AB3CD")
PLACE_IDS = PlaceIds("[CG][A-Z0-9]+", example="C0123456789")


class Stranger(Struct, frozen=True):
    """Somebody who may do nothing here, and why, for the log alone."""

    kind: PersonKind
    language: str = "en"


def _ensured(uow: UnitOfWork, workspace_id: int, user_id: str, profile: Profile) -> Person:
    return uow.people.ensure_person(workspace_id, PLATFORM, user_id, language=profile.language, zone=profile.zone)


class Members:
    """The workspace of this app and the people met in it.

    Slack's profile of a person is never older than the directory allows; our own row of them is remembered until the
    settings or roles of the workspace change.
    """

    def __init__(self, database: Database, directory: Directory, clock: Clock) -> None:
        self._database = database
        self._directory = directory
        self._clock = clock
        self._workspaces: dict[str, Workspace] = {}
        self._people: dict[tuple[str, str], tuple[Profile, Person]] = {}
        self._languages: dict[str, str] = {}

    async def workspace(self, team_id: str) -> Workspace:
        """The workspace of a team, added when new; raises `DatabaseUnavailableError`."""
        known = self._workspaces.get(team_id)
        if known is None:
            now = self._clock.now()
            known = await self._database.write(lambda uow: uow.people.ensure_workspace(PLATFORM, team_id, now))
            self._workspaces[team_id] = known
        return known

    async def actor(self, team_id: str, user_id: str, user_team_id: str | None) -> Actor | Stranger:
        """The full member behind a user id, or why there is none.

        Raises `PersonUnverifiedError` where Slack cannot be asked: they may well be a member.
        """
        if user_team_id is not None and user_team_id != team_id:
            return Stranger(PersonKind.OUTSIDER)
        try:
            profile = await self._directory.look_up(user_id)
        except CallEndedError as ended:
            raise PersonUnverifiedError from ended
        if not may_act(profile.kind):
            return Stranger(profile.kind, profile.language)
        self._languages[user_id] = profile.language
        workspace = await self.workspace(team_id)
        known = self._people.get((team_id, user_id))
        if known is None or known[0] != profile:
            person = await self._database.write(
                partial(_ensured, workspace_id=workspace.id, user_id=user_id, profile=profile)
            )
            known = (profile, person)
            self._people[team_id, user_id] = known
        return Actor(known[1], workspace.settings)

    async def meet(self, team_id: str, user_ids: Iterable[str]) -> None:
        """Know people in their own language before they hear anything, which may be before they do anything."""
        workspace = await self.workspace(team_id)
        for user_id in user_ids:
            profile = await self._directory.profile(user_id)
            if may_act(profile.kind):
                await self._database.write(
                    partial(_ensured, workspace_id=workspace.id, user_id=user_id, profile=profile)
                )

    def speech(self, user_id: str) -> Language:
        """The language of a person as far as it is known without asking anybody."""
        return language(self.spoken_by(user_id) or DEFAULT, WORDS)

    def spoken_by(self, user_id: str) -> str | None:
        """The two-letter language of a person who has been here, as it was then."""
        return self._languages.get(user_id)

    async def refresh(self) -> bool:
        """Read settings and roles again if another process changed them; says whether it did."""
        return self.take_over(await self._database.read(lambda uow: uow.people.workspaces()))

    def take_over(self, stored: Iterable[Workspace]) -> bool:
        """Know the workspace as it is `stored` now; says whether its settings or roles had changed."""
        changed = False
        for workspace in stored:
            known = self._workspaces.get(workspace.external_id)
            if known is None or workspace.platform != PLATFORM:
                continue
            if known.settings_version != workspace.settings_version:
                self._people.clear()
                changed = True
            self._workspaces[workspace.external_id] = workspace
        return changed

    def forget(self, team_id: str, user_id: str) -> None:
        """Drop what is remembered of a person, after Slack said that something about them changed."""
        self._people.pop((team_id, user_id), None)
        self._directory.invalidate(user_id)
