"""Carrying out lasting effects on Slack: every way to end is an outcome, and nothing is said where outsiders read."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome
from handlers.slack.painting.message import PaintedMessage, paint_message
from handlers.slack.sending.channel_messages import ChannelMessages, place_of
from handlers.slack.sending.channels import Channels
from handlers.slack.sending.direct_messages import DirectMessages
from handlers.slack.sending.files import Files, is_file
from handlers.slack.sending.invitations import Invitations
from handlers.slack.sending.known import known_in
from handlers.slack.sending.lookup import Lookup
from handlers.slack.sending.own_channels import OwnChannels
from handlers.slack.sending.posting import Posting
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.words import WORDS
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.directory import Directory
from handlers.surface.message import Message
from handlers.surface.messenger import Attempt, SharedFile, SpaceText


class SlackMessenger:
    """`Messenger` on Slack.

    Messages for channels pass the audience gate at the moment of posting, those for people go to full members only.
    Messages and threads are Slack's `ts`.
    """

    words = WORDS

    def __init__(
        self,
        client: AsyncWebClient,
        calls: WebApi,
        audience: AudienceReader,
        directory: Directory,
    ) -> None:
        posting = self._posting = Posting(client, calls, Lookup(client, calls))
        self._channel_messages = ChannelMessages(posting, audience)
        self._direct_messages = DirectMessages(client, calls, posting, audience, directory)
        self._channels = Channels(client, calls, OwnChannels(client, calls, directory))
        self._invitations = Invitations(client, calls, directory)
        self._files = Files(client, calls, posting, audience)

    async def post_to_place(
        self,
        attempt: Attempt,
        place_id: int,
        message: Message,
        subject: str | None = None,
        thread: str | None = None,
    ) -> DeliveryOutcome:
        """Post in a channel, in the thread of the message `thread` where given.

        With `subject` the message lives on: where it stands in that place already, it is updated instead.
        """
        return await _outcome(
            self._channel_messages.deliver(attempt, place_id, await _painted(attempt, message), subject, thread)
        )

    async def post_to_person(
        self, attempt: Attempt, person_id: int, message: Message, subject: str | None = None
    ) -> DeliveryOutcome:
        """Post in the direct message with a person; `subject` as for a place."""
        return await _outcome(
            self._direct_messages.deliver(attempt, person_id, await _painted(attempt, message), subject)
        )

    async def take_back(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        """Delete our message `message` of a channel or of a direct message; once it is gone there is nothing to do."""
        return await _outcome(self._take_back(attempt, place_id, message))

    async def _take_back(self, attempt: Attempt, place_id: int, message: str) -> Delivered:
        known = await place_of(attempt, place_id)
        if is_file(message):
            return await self._files.delete(attempt, message)
        return await self._posting.delete(attempt, known.channel, message)

    async def cover(self, attempt: Attempt, place_id: int, message: str, words: Message) -> DeliveryOutcome:
        """Put `words`, which anybody may read, where our message `message` stands; delete it where it is a file."""
        return await _outcome(self._cover(attempt, place_id, message, await _painted(attempt, words)))

    async def _cover(self, attempt: Attempt, place_id: int, message: str, words: PaintedMessage) -> Delivered:
        if is_file(message):
            return await self._files.delete(attempt, message)
        return await self._channel_messages.cover(attempt, place_id, message, words)

    async def look(self, attempt: Attempt, place_id: int) -> DeliveryOutcome:
        """Whether messages about clients may stand in a channel now."""
        return await _outcome(self._channel_messages.look(attempt, place_id))

    async def open_space(
        self, attempt: Attempt, code: str, text: SpaceText, person_ids: Iterable[int]
    ) -> DeliveryOutcome:
        """Make the private channel `code`, or `code-2` where that name is taken; see `Messenger.open_space`."""
        return await _outcome(self._channels.create(attempt, code))

    async def describe_space(self, attempt: Attempt, place_id: int, text: SpaceText) -> DeliveryOutcome:
        """Set a channel's topic and purpose."""
        return await _outcome(self._channels.describe(attempt, place_id, text.topic, text.purpose))

    async def invite(self, attempt: Attempt, place_id: int, person_ids: Iterable[int]) -> DeliveryOutcome:
        """Bring people into a channel, full members only; see `Messenger.invite`."""
        return await _outcome(self._invitations.invite(attempt, place_id, person_ids))

    async def highlight(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        """Pin the message `message` of a channel."""
        return await _outcome(self._channels.pin(attempt, place_id, message))

    async def close_space(self, attempt: Attempt, place_id: int) -> DeliveryOutcome:
        """Archive a channel."""
        return await _outcome(self._channels.archive(attempt, place_id))

    async def share_file(
        self, attempt: Attempt, place_id: int, file: SharedFile, thread: str | None = None
    ) -> DeliveryOutcome:
        """Share a file in a channel, or in the thread of the message `thread`."""
        return await _outcome(self._files.share(attempt, place_id, file, thread))


async def _painted(attempt: Attempt, message: Message) -> PaintedMessage:
    return paint_message(message, await known_in(attempt.database, message.texts()))


async def _outcome(work: Awaitable[Delivered]) -> DeliveryOutcome:
    try:
        return await work
    except CallEndedError as ended:
        return ended.outcome
