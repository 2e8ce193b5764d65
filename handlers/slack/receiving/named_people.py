"""Colleagues whom somebody chose in a form: checked with Slack, then known to us as persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from bot.domain.errors import ChoiceUnknownError
from bot.domain.model import PersonKind
from bot.usecases.ports import UnitOfWork
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.members import PLATFORM
from handlers.slack.workspaces.profiles import Profile

MEMBERS_ONLY: Final = frozenset({PersonKind.MEMBER})


async def profile_of(
    directory: Directory, user: str, field: str, kinds: Collection[PersonKind] = MEMBERS_ONLY
) -> Profile:
    """Slack's profile of a chosen user; raises `ChoiceUnknownError` at `field` for one who is none of `kinds`."""
    profile = await directory.profile(user)
    if profile.kind not in kinds:
        raise ChoiceUnknownError(field=field)
    return profile


def person_ids(uow: UnitOfWork, workspace_id: int, profiles: Mapping[str, Profile]) -> dict[str, int]:
    """Our ids of chosen users, who are added when they are new to us."""
    return {user: _person_id(uow, workspace_id, user, profile) for user, profile in profiles.items()}


def _person_id(uow: UnitOfWork, workspace_id: int, user: str, profile: Profile) -> int:
    known = uow.people.person_by_external(workspace_id, PLATFORM, user)
    if known is not None:
        return known.id
    return uow.people.ensure_person(workspace_id, PLATFORM, user, language=profile.language, zone=profile.zone).id
