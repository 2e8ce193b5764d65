"""The workspaces of a bot that is installed over OAuth: each opened when something first happens in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from aiohttp import ClientSession

from bot.log import log
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.ports.installations import SealBrokenError, Sealer, StoredInstallation
from handlers.slack.sending.web_client import WebClient
from handlers.slack.workspaces.installation import Installation, skew_seconds
from handlers.slack.workspaces.members import PLATFORM
from handlers.slack.workspaces.registry import Versions
from handlers.slack.workspaces.workspace import API_TIMEOUT_SECONDS, SharedDependencies, SlackWorkspace


def sealed_secrets(sealer: Sealer, bot_token: str, who: Installation) -> str:
    """What is kept of an installation: our token, and whom it makes us, which names the workspace it is for."""
    secrets = {"bot_token": bot_token, "team_id": who.team_id, "bot_user_id": who.bot_user_id, "bot_id": who.bot_id}
    return sealer.seal(json.dumps(secrets))


def opened_secrets(sealer: Sealer, sealed: str, team_id: str) -> tuple[str, Installation]:
    """Our token in a workspace, and who we are there.

    Raises `SealBrokenError`, also where the secrets of another workspace were put in their place.
    """
    secrets = json.loads(sealer.open(sealed))
    if secrets["team_id"] != team_id:
        raise SealBrokenError
    return secrets["bot_token"], Installation(team_id, secrets["bot_user_id"], secrets["bot_id"])


class InstalledWorkspaces:
    """`WorkspaceRegistry` as the database has them: installations come and go while we run, in other processes too."""

    def __init__(self, shared: SharedDependencies, sealer: Sealer) -> None:
        self._shared = shared
        self._sealer = sealer
        self._session: ClientSession | None = None
        self._opened: dict[str, SlackWorkspace] = {}
        self._workspaces: dict[int, str] = {}
        self._since: dict[str, datetime] = {}
        self._versions = Versions()
        self.skew_seconds = 0.0

    @property
    def opened(self) -> Iterable[SlackWorkspace]:
        return tuple(self._opened.values())

    def use(self, session: ClientSession) -> None:
        self._session = session

    async def learn(self) -> None:
        client = WebClient(base_url=self._shared.api_url, retry_handlers=[], timeout=API_TIMEOUT_SECONDS)
        client.session = self._session
        self.skew_seconds = skew_seconds((await client.api_test()).headers)

    async def by_external_id(self, team_id: str) -> SlackWorkspace | None:
        known = self._opened.get(team_id)
        if known is not None:
            return known
        stored = await self._shared.database.read(lambda uow: _installation(uow, team_id))
        if stored is None:
            return None
        # Somebody else may have opened it while we were reading.
        return self._opened.get(team_id) or self._open(team_id, stored)

    async def by_workspace_id(self, workspace_id: int) -> SlackWorkspace | None:
        team_id = self._workspaces.get(workspace_id)
        if team_id is None:
            workspace = await self._shared.database.read(lambda uow: uow.people.workspace(workspace_id))
            team_id = self._workspaces[workspace_id] = workspace.external_id
        return await self.by_external_id(team_id)

    async def is_renewed(self, workspace: SlackWorkspace) -> bool:
        team_id = workspace.installation.known.team_id
        stored = await self._shared.database.read(lambda uow: _installation(uow, team_id))
        if stored is None or (self._opened.get(team_id) is workspace and stored.installed_at == self._since[team_id]):
            return False
        self.forget(team_id)
        return True

    async def served(self) -> list[Workspace]:
        return await self._shared.database.read(_installed)

    async def owners(self) -> Mapping[int, list[str]]:
        found = {}
        for workspace in await self._shared.database.read(_without_admin):
            opened = await self.by_external_id(workspace.external_id)
            found[workspace.id] = await opened.owners() if opened is not None else []
        return found

    async def refresh(self) -> list[Workspace]:
        stored, since = await self._shared.database.read(_as_stored)
        for team_id in list(self._opened):
            if since.get(team_id) != self._since[team_id]:
                self.forget(team_id)
        for workspace in self.opened:
            workspace.members.take_over(stored)
        return self._versions.changed(stored)

    def forget(self, team_id: str) -> None:
        """Open the workspace anew when something next happens there: its installation has changed, or is gone."""
        self._opened.pop(team_id, None)

    def _open(self, team_id: str, installation: StoredInstallation) -> SlackWorkspace | None:
        try:
            bot_token, known = opened_secrets(self._sealer, installation.sealed, team_id)
        except SealBrokenError:
            log.error("installation_unreadable")
            return None
        workspace = SlackWorkspace(self._shared, bot_token, known)
        if self._session is not None:
            workspace.use(self._session)
        self._opened[team_id] = workspace
        self._since[team_id] = installation.installed_at
        return workspace


def _installed(uow: UnitOfWork) -> list[Workspace]:
    installed = uow.installations.installed_at()
    return [workspace for workspace in uow.people.workspaces() if workspace.id in installed]


def _without_admin(uow: UnitOfWork) -> list[Workspace]:
    return [workspace for workspace in _installed(uow) if not uow.people.admins(workspace.id)]


def _installation(uow: UnitOfWork, team_id: str) -> StoredInstallation | None:
    workspace = uow.people.workspace_by_external(PLATFORM, team_id)
    return uow.installations.find(workspace.id) if workspace else None


def _as_stored(uow: UnitOfWork) -> tuple[list[Workspace], dict[str, datetime]]:
    """All workspaces, and since when we are installed in those that we are installed in, by Slack's id."""
    workspaces = uow.people.workspaces()
    since = uow.installations.installed_at()
    return workspaces, {one.external_id: since[one.id] for one in workspaces if one.id in since}
