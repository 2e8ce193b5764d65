"""Being taken into a workspace, and out of it again."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from bot.usecases.outbox_delivery import reconnect
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.settings import ensure_first_admin


class InstallationRepeatedError(Exception):
    """An attempt to install came back a second time."""


class NewInstallation(Struct, frozen=True):
    """What a platform says of a workspace that took us in; ids are the platform's, `sealed` holds its secrets.

    `attempt` names the visit to our page with which it began.
    """

    platform: str
    external_id: str
    installer_external_id: str
    sealed: str
    attempt: str


def install(uow: UnitOfWork, new: NewInstallation, now: datetime) -> Workspace:
    """A workspace took us in, for the first time or anew. Raises `InstallationRepeatedError` for an attempt of before.

    Where nobody is admin yet, who installed us is. What waited to be sent there goes out now.
    """
    workspace = uow.people.ensure_workspace(new.platform, new.external_id, now)
    if not uow.inbox.accept(workspace.id, f"installed:{new.attempt}", "", now):
        raise InstallationRepeatedError
    uow.installations.save(workspace.id, new.sealed, now)
    ensure_first_admin(uow, workspace.id, [new.installer_external_id])
    reconnect(uow, workspace.id, now)
    return uow.people.workspace(workspace.id)


def uninstalled(uow: UnitOfWork, workspace_id: int, happened_at: datetime, now: datetime) -> None:
    """We were removed from a workspace, or our token was revoked: what is to be sent waits until we are back.

    News of a removal can come late, when we have been installed again since; that changes nothing then.
    """
    installation = uow.installations.find(workspace_id)
    if installation is not None and installation.installed_at > happened_at:
        return
    uow.installations.remove(workspace_id)
    if not uow.people.workspace(workspace_id).is_disconnected:
        uow.people.set_disconnected(workspace_id, now)
