"""Ids that an administrator typed: the platform is asked whether they are anybody, where it can be."""

from __future__ import annotations

import asyncio

from bot.commands.console import Exit, fail, load_settings, say
from bot.commands.workspaces import chosen_workspace, rehearse
from bot.platforms import StoredWorkspace, TypedIds, configured
from bot.usecases.ports import UnitOfWork
from handlers.surface.platform import PlatformSilentError


def refuse_who_is_not_there(team: str, typed: TypedIds) -> None:
    """End the command where the platform does not know who or what was typed, before anything is stored.

    `team` is the workspace as it was named. Where no token is set nobody is asked, and a platform that does not answer
    is told of: ids that are nobody are found by `doctor` as well.
    """
    settings = load_settings()
    kits = [kit for kit in configured(settings) if kit.what_is_missing(settings) is None]
    if not kits or not (typed.people or typed.place):
        return

    def stored(uow: UnitOfWork) -> StoredWorkspace:
        chosen = chosen_workspace(uow, team)
        installation = uow.installations.find(chosen.id)
        return StoredWorkspace(chosen.external_id, "", installation.sealed if installation else None)

    workspace = rehearse(stored)
    for kit in kits:
        try:
            refused = asyncio.run(kit.refusals(settings, workspace, typed))
        except PlatformSilentError:
            say("Slack could not be asked whether they are there. Look later with: flagclient doctor")
            continue
        if refused:
            raise fail(" ".join(["Nothing was changed.", *refused]), Exit.USAGE)
