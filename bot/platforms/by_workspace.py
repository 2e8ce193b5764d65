"""Which platform a notice goes out on: that of its workspace."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.delivery_outcome import DeliveryOutcome, Reason, Refused
from bot.usecases.ports import Database, OutboxItem
from handlers.surface.platform import Notifier


class NotifierByWorkspace:
    """Hands each notice to the notifier of its workspace's platform; where that is not served, the notice waits."""

    def __init__(self, notifiers: Mapping[str, Notifier], database: Database) -> None:
        self._notifiers = notifiers
        self._database = database
        self._platforms: dict[int, str] = {}

    async def deliver(self, item: OutboxItem) -> DeliveryOutcome:
        """What came of one attempt."""
        notifier = self._notifiers.get(await self._platform_of(item.workspace_id))
        return await notifier.deliver(item) if notifier is not None else Refused(Reason.APP_DISCONNECTED)

    async def _platform_of(self, workspace_id: int) -> str:
        known = self._platforms.get(workspace_id)
        if known is None:
            workspace = await self._database.read(lambda uow: uow.people.workspace(workspace_id))
            known = self._platforms[workspace_id] = workspace.platform
        return known
