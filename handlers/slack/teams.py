"""Which Slack workspaces a bot serves, and which of them a request or a notice belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Protocol

from aiohttp import ClientSession

from bot.domain.delivery import DeliveryOutcome, Reason, Refused, RetryLater
from bot.usecases.ports import OutboxItem, Workspace
from handlers.slack.team import Surroundings, Team

_DISCONNECTED = Refused(Reason.APP_DISCONNECTED)
_RENEWED_AFTER = timedelta(seconds=1)


class Teams(Protocol):
    """The workspaces of one bot process; all methods raise `DatabaseUnavailableError` where they have to look."""

    @property
    def opened(self) -> Iterable[Team]:
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

    async def at(self, team_id: str) -> Team | None:
        """The workspace that a request is for, by Slack's id; `None` where we are not installed."""
        ...

    async def of(self, workspace_id: int) -> Team | None:
        """The workspace that a row of ours is about; `None` where we are not installed, or no longer."""
        ...

    async def is_renewed(self, team: Team) -> bool:
        """Whether the workspace was installed anew since `team` was opened, which is for nothing then."""
        ...

    async def served(self) -> list[Workspace]:
        """Every workspace that we have a token for."""
        ...

    async def owners(self) -> Mapping[int, list[str]]:
        """User ids, by workspace, of who may begin where nobody is admin yet; none where Slack cannot be asked."""
        ...

    async def refresh(self) -> bool:
        """Take over what another process changed; says whether settings or roles did."""
        ...


class OneTeam:
    """The one workspace of a bot that runs on a token from the environment.

    A request for any other workspace reaches its gatekeeper, which knows only its own people. A database that another
    workspace has used before keeps that one's notices back.
    """

    def __init__(self, around: Surroundings, bot_token: str) -> None:
        self.team = Team(around, bot_token)

    @property
    def opened(self) -> Iterable[Team]:
        return (self.team,)

    @property
    def skew_seconds(self) -> float:
        return self.team.installation.skew_seconds

    def use(self, session: ClientSession) -> None:
        self.team.use(session)

    async def learn(self) -> None:
        await self.team.installation.learn()

    async def at(self, team_id: str) -> Team | None:
        return self.team

    async def of(self, workspace_id: int) -> Team | None:
        return self.team if (await self._workspace()).id == workspace_id else None

    async def is_renewed(self, team: Team) -> bool:
        return False

    async def served(self) -> list[Workspace]:
        return [await self._workspace()]

    async def owners(self) -> Mapping[int, list[str]]:
        return {(await self._workspace()).id: await self.team.owners()}

    async def refresh(self) -> bool:
        return await self.team.members.refresh()

    async def _workspace(self) -> Workspace:
        return await self.team.members.workspace(self.team.installation.known.team_id)


class TeamsNotifier:
    """Delivers each notice with the token of the workspace that it is of."""

    def __init__(self, teams: Teams) -> None:
        self._teams = teams

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt; where we are not installed the notice waits until we are."""
        team = await self._teams.of(item.workspace_id)
        if team is None:
            return _DISCONNECTED
        outcome = await team.notifier.deliver(item)
        is_cut_off = isinstance(outcome, Refused) and outcome.reason is _DISCONNECTED.reason
        if is_cut_off and await self._teams.is_renewed(team):
            return RetryLater(Reason.APP_DISCONNECTED, _RENEWED_AFTER, counts=False)
        return outcome
