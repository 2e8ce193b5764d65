"""Direct messages, to full members of the workspace and nobody else."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, Reason, Refused
from bot.domain.model import PersonKind
from bot.domain.visibility import may_act
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.slack.painting.message import PaintedMessage
from handlers.slack.sending.errors import Family
from handlers.slack.sending.posting import Posting, Target, delivered
from handlers.slack.sending.rate_limits import turn_of
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.members import PLATFORM
from handlers.surface.messenger import Attempt


class DirectMessages:
    """Posts to people; raises `CallEndedError` when the attempt ends otherwise."""

    def __init__(
        self,
        client: AsyncWebClient,
        calls: WebApi,
        posting: Posting,
        audience: AudienceReader,
        directory: Directory,
    ) -> None:
        self._client = client
        self._calls = calls
        self._posting = posting
        self._audience = audience
        self._directory = directory
        self._channels: dict[str, str] = {}

    async def deliver(
        self, attempt: Attempt, person_id: int, message: PaintedMessage, subject: str | None
    ) -> Delivered:
        """Post to a person who is a full member right now, or update the living message of `subject`."""
        user_id = await self._user_id(attempt, person_id)
        await self._require_member(attempt, user_id)
        target = Target(await self._open(attempt, user_id), await attempt.language_of(person_id))
        standing = await self._standing(attempt, target, subject)
        if standing is not None and await self._posting.update(attempt, target, standing.external_id, message):
            return delivered(target, standing.external_id, subject)
        self._posting.hold_turn(attempt, target)
        earlier = await self._posting.earlier(attempt, target)
        try:
            return await self._posting.post(attempt, target, message, subject, earlier)
        except CallEndedError as ended:
            if ended.code == "account_inactive":
                # Slack says this of their account and of ours; asking about the person anew tells which it is.
                self._directory.invalidate(user_id)
                await self._require_member(attempt, user_id)
            raise

    async def _user_id(self, attempt: Attempt, person_id: int) -> str:
        external = await attempt.database.read(lambda uow: uow.people.external_ids([person_id], PLATFORM))
        if person_id not in external:
            raise CallEndedError(Refused(Reason.PERSON_UNREACHABLE, PersonKind.UNKNOWN.value))
        return external[person_id]

    async def _require_member(self, attempt: Attempt, user_id: str) -> None:
        profile = await self._directory.reader(user_id, turn_of(attempt))
        if not may_act(profile.kind):
            raise CallEndedError(Refused(Reason.PERSON_UNREACHABLE, profile.kind.value))

    async def _open(self, attempt: Attempt, user_id: str) -> str:
        known = self._channels.get(user_id)
        if known is None:
            answer = await self._calls.make(
                Family.OPEN, self._client.conversations_open, turn=turn_of(attempt), users=user_id
            )
            known = self._channels[user_id] = str(answer["channel"]["id"])
            self._audience.remember_direct(known)
        return known

    async def _standing(self, attempt: Attempt, target: Target, subject: str | None) -> TrackedMessage | None:
        if subject is None:
            return None
        workspace_id = attempt.workspace_id

        def read(uow: UnitOfWork) -> TrackedMessage | None:
            standing = uow.messages.find(workspace_id, subject)
            place = uow.people.place(standing.place_id) if standing else None
            return standing if place is not None and place.external_id == target.channel else None

        return await attempt.database.read(read)
