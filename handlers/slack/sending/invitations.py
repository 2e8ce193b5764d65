"""Bringing people into a channel: full members only, and whoever Slack does not let in keeps nobody else out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, Receipt
from bot.domain.model import PersonKind
from bot.domain.visibility import may_act
from bot.usecases.ports import UnitOfWork
from handlers.slack.sending.channel_messages import place_of
from handlers.slack.sending.errors import Family, Next, step_for
from handlers.slack.sending.rate_limits import Turn, turn_of
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.members import PLATFORM
from handlers.slack.workspaces.profiles import Profile
from handlers.surface.messenger import Attempt

INVITED_AT_ONCE = 100

INVITED = "invited"
REFUSED = "refused"
LEFT = "left"


class _Invitees(Struct, frozen=True):
    """Slack's ids of the people to invite, by ours, and who of them still works here."""

    external: Mapping[int, str]
    present: frozenset[int]


class Invitations:
    """Invites people; raises `CallEndedError` when the attempt ends otherwise."""

    def __init__(self, client: AsyncWebClient, calls: WebApi, directory: Directory) -> None:
        self._client = client
        self._calls = calls
        self._directory = directory

    async def invite(self, attempt: Attempt, place_id: int, person_ids: Iterable[int]) -> Delivered:
        """Bring in the full members among `person_ids`; the receipt's details say what became of each, by our id."""
        known = await place_of(attempt, place_id)
        wanted = list(dict.fromkeys(person_ids))
        invitees = await attempt.database.read(partial(_read_invitees, person_ids=wanted))
        profiles = await self._directory.people(invitees.external.values())
        became = {person_id: _expected(person_id, invitees, profiles) for person_id in wanted}
        inside = set(await self._directory.member_ids(known.channel))
        users = {
            invitees.external[person_id]: person_id
            for person_id, state in became.items()
            if state == INVITED and invitees.external[person_id] not in inside
        }
        for refused in await self._bring_in(known.channel, list(users), turn_of(attempt)):
            became[users[refused]] = REFUSED
        return Delivered(Receipt(known.channel, details={str(person): state for person, state in became.items()}))

    async def _bring_in(self, channel: str, users: Sequence[str], turn: Turn) -> list[str]:
        """Invite in batches; returns those whom Slack does not let in."""
        refused: list[str] = []
        for start in range(0, len(users), INVITED_AT_ONCE):
            batch = users[start : start + INVITED_AT_ONCE]
            try:
                refused += await self._refused_of(channel, batch, turn)
            except CallEndedError as ended:
                if not _is_about_people(ended.code):
                    raise
                for user in batch:
                    refused += await self._refused_alone(channel, user, turn)
        return refused

    async def _refused_of(self, channel: str, users: Sequence[str], turn: Turn) -> list[str]:
        answer = await self._calls.make(
            Family.INVITE, self._client.conversations_invite, turn=turn, channel=channel, users=list(users), force=True
        )
        errors = {str(error.get("user")): str(error.get("error")) for error in answer.get("errors") or ()}
        return [user for user in users if user in errors and not _is_inside(errors[user])]

    async def _refused_alone(self, channel: str, user: str, turn: Turn) -> list[str]:
        """Slack refused a batch because of some of it: each one is asked for alone, so that the others get in."""
        try:
            return await self._refused_of(channel, [user], turn)
        except CallEndedError as ended:
            if not _is_about_people(ended.code):
                raise
            return [] if _is_inside(ended.code) else [user]


def _is_about_people(code: str) -> bool:
    return step_for(Family.INVITE, code).next in (Next.MEND, Next.DONE)


def _is_inside(code: str) -> bool:
    return step_for(Family.INVITE, code).next is Next.DONE


def _read_invitees(uow: UnitOfWork, *, person_ids: Sequence[int]) -> _Invitees:
    return _Invitees(uow.people.external_ids(person_ids, PLATFORM), frozenset(uow.people.present(person_ids)))


def _expected(person_id: int, invitees: _Invitees, profiles: Mapping[str, Profile]) -> str:
    if person_id not in invitees.external:
        return REFUSED
    kind = profiles[invitees.external[person_id]].kind
    if person_id not in invitees.present or kind is PersonKind.DEACTIVATED:
        return LEFT
    return INVITED if may_act(kind) else REFUSED
