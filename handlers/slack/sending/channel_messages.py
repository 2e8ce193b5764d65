"""Messages to channels: only where everybody who reads along may, and living ones in place."""

from __future__ import annotations

from functools import partial

from msgspec import Struct

from bot.domain.delivery_outcome import Delivered, Reason, Refused
from bot.domain.visibility import refusal_for_post, refusal_for_reading
from bot.usecases.ports import UnitOfWork
from bot.usecases.ports.outbox import TrackedMessage
from handlers.slack.painting.message import PaintedMessage
from handlers.slack.sending.posting import Posting, Target, delivered
from handlers.slack.sending.rate_limits import turn_of
from handlers.slack.sending.web_api import CallEndedError
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.members import PLATFORM
from handlers.surface.messenger import Attempt


class KnownPlace(Struct, frozen=True):
    """What our own rows say of a place: Slack's id, the language spoken there, the living message of a subject."""

    channel: str
    language: str
    standing: TrackedMessage | None = None


def _read_place(uow: UnitOfWork, *, workspace_id: int, place_id: int, subject: str | None) -> KnownPlace | None:
    place = uow.people.place(place_id)
    if place is None or place.workspace_id != workspace_id or place.platform != PLATFORM:
        return None
    standing = uow.messages.find(workspace_id, subject) if subject else None
    stands_here = standing is not None and standing.place_id == place_id
    settings = uow.people.workspace(workspace_id).settings
    return KnownPlace(place.external_id, settings.language, standing if stands_here else None)


async def place_of(attempt: Attempt, place_id: int, subject: str | None = None) -> KnownPlace:
    """The place `place_id` of the attempt's workspace; raises `CallEndedError` when we do not know it."""
    known = await attempt.database.read(
        partial(_read_place, workspace_id=attempt.workspace_id, place_id=place_id, subject=subject)
    )
    if known is None:
        raise CallEndedError(Refused(Reason.PLACE_GONE))
    return known


async def require_safe_audience(audience: AudienceReader, attempt: Attempt, channel: str) -> None:
    """Raise `CallEndedError` unless everybody who can read along in a channel right now may."""
    reason = refusal_for_post(await audience.look_up(channel, turn=turn_of(attempt)))
    if reason is not None:
        raise CallEndedError(Refused(reason))


class ChannelMessages:
    """Posts to channels; raises `CallEndedError` when the attempt ends otherwise."""

    def __init__(self, posting: Posting, audience: AudienceReader) -> None:
        self._posting = posting
        self._audience = audience

    async def cover(self, attempt: Attempt, place_id: int, message: str, words: PaintedMessage) -> Delivered:
        """Put other words where a message of ours stands; one that cannot be changed any more is deleted."""
        known = await place_of(attempt, place_id)
        if not await self._posting.update(attempt, Target(known.channel, known.language), message, words):
            await self._posting.delete(attempt, known.channel, message)
        return Delivered()

    async def look(self, attempt: Attempt, place_id: int) -> Delivered:
        """Raise `CallEndedError` unless everybody in a channel may read what stands there, archived or not."""
        known = await place_of(attempt, place_id)
        if known.channel.startswith("D"):
            return Delivered()
        reason = refusal_for_reading(await self._audience.look_up(known.channel, turn=turn_of(attempt)))
        if reason is not None:
            raise CallEndedError(Refused(reason))
        return Delivered()

    async def deliver(
        self, attempt: Attempt, place_id: int, message: PaintedMessage, subject: str | None, thread: str | None
    ) -> Delivered:
        """Update the living message of `subject` where it stands in that place, or else post."""
        known = await place_of(attempt, place_id, subject)
        target = Target(known.channel, known.language, thread)
        if known.standing is not None:
            self._posting.hold_update(attempt)
            await require_safe_audience(self._audience, attempt, target.channel)
            if await self._posting.update(attempt, target, known.standing.external_id, message):
                target = Target(known.channel, known.language, known.standing.thread_external_id)
                return delivered(target, known.standing.external_id, subject)
        self._posting.hold_turn(attempt, target)
        earlier = await self._posting.earlier(attempt, target)
        if earlier.ts is None:
            await require_safe_audience(self._audience, attempt, target.channel)
        return await self._posting.post(attempt, target, message, subject, earlier)
