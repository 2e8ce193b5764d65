"""Which Slack workspaces a bot serves, and which of them a request or a notice belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Protocol

from aiohttp import ClientSession

from bot.domain.delivery_outcome import DeliveryOutcome, Reason, Refused, RetryLater
from bot.usecases.ports import OutboxItem, Workspace
from handlers.slack.workspaces.workspace import SharedDependencies, SlackWorkspace

_DISCONNECTED = Refused(Reason.APP_DISCONNECTED)
_RENEWED_AFTER = timedelta(seconds=1)


class WorkspaceRegistry(Protocol):
    """The workspaces of one bot process; all methods raise `DatabaseUnavailableError` where they have to look."""

    @property
    def opened(self) -> Iterable[SlackWorkspace]:
        """Those that something has happened in since the start."""
        ...

    @property
    def skew_seconds(self) -> float:
        """How far this machine's clock was from Slack's when we last asked."""
        ...

    def use(self, session: ClientSession) -> None:
        """Make all calls over the connections of `session`."""
        ...

    async def learn(self) -> None:
        """Ask Slack what has to be known before anything is served; raises `SlackApiError` or a network error."""
        ...

    async def by_external_id(self, team_id: str) -> SlackWorkspace | None:
        """The workspace that a request is for, by Slack's id; `None` where we are not installed."""
        ...

    async def by_workspace_id(self, workspace_id: int) -> SlackWorkspace | None:
        """The workspace that a row of ours is about; `None` where we are not installed, or no longer."""
        ...

    async def is_renewed(self, workspace: SlackWorkspace) -> bool:
        """Whether the workspace was installed anew since `workspace` was opened, which is for nothing then."""
        ...

    async def served(self) -> list[Workspace]:
        """Every workspace that we have a token for."""
        ...

    async def owners(self) -> Mapping[int, list[str]]:
        """User ids, by workspace, of who may begin where nobody is admin yet.

        None where Slack cannot be asked, or has not told of everybody yet: asked again it goes on from there.
        """
        ...

    async def refresh(self) -> list[Workspace]:
        """Take over what another process changed; returns the workspaces whose settings or roles did, as they are now.

        The first time there are none, as nothing is known to compare with.
        """
        ...


class Versions:
    """Tells which workspaces have changed since one looked last."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def changed(self, stored: Iterable[Workspace]) -> list[Workspace]:
        """Those of `stored`, all workspaces there are, that were there last time and are not as they were."""
        now = {workspace.id: workspace for workspace in stored}
        before, self._known = self._known, {workspace.id: workspace.settings_version for workspace in now.values()}
        return [now[one] for one in now if before.get(one, now[one].settings_version) != now[one].settings_version]


class SingleWorkspace:
    """The one workspace of a bot that runs on a token from the environment.

    A request for any other workspace reaches its gatekeeper, which knows only its own people. A database that another
    workspace has used before keeps that one's notices back.
    """

    def __init__(self, shared: SharedDependencies, bot_token: str) -> None:
        self._database = shared.database
        self._versions = Versions()
        self.workspace = SlackWorkspace(shared, bot_token)

    @property
    def opened(self) -> Iterable[SlackWorkspace]:
        return (self.workspace,)

    @property
    def skew_seconds(self) -> float:
        return self.workspace.installation.skew_seconds

    def use(self, session: ClientSession) -> None:
        self.workspace.use(session)

    async def learn(self) -> None:
        await self.workspace.installation.learn()

    async def by_external_id(self, team_id: str) -> SlackWorkspace | None:
        return self.workspace

    async def by_workspace_id(self, workspace_id: int) -> SlackWorkspace | None:
        return self.workspace if (await self._workspace()).id == workspace_id else None

    async def is_renewed(self, workspace: SlackWorkspace) -> bool:
        return False

    async def served(self) -> list[Workspace]:
        return [await self._workspace()]

    async def owners(self) -> Mapping[int, list[str]]:
        known = await self._workspace()
        if await self._database.read(lambda uow: bool(uow.people.admins(known.id))):
            return {}
        return {known.id: await self.workspace.owners()}

    async def refresh(self) -> list[Workspace]:
        stored = await self._database.read(lambda uow: uow.people.workspaces())
        self.workspace.members.take_over(stored)
        return self._versions.changed(stored)

    async def _workspace(self) -> Workspace:
        return await self.workspace.members.workspace(self.workspace.installation.known.team_id)


class WorkspaceNotifier:
    """Delivers each notice with the token of the workspace that it is of."""

    def __init__(self, registry: WorkspaceRegistry) -> None:
        self._registry = registry

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt; where we are not installed the notice waits until we are."""
        workspace = await self._registry.by_workspace_id(item.workspace_id)
        if workspace is None:
            return _DISCONNECTED
        outcome = await workspace.notifier.deliver(item)
        is_cut_off = isinstance(outcome, Refused) and outcome.reason is _DISCONNECTED.reason
        if is_cut_off and await self._registry.is_renewed(workspace):
            return RetryLater(Reason.APP_DISCONNECTED, _RENEWED_AFTER, counts=False)
        return outcome
