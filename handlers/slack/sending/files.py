"""Sharing a file in a channel: Slack takes it in three steps, and only the last one shows it."""

from __future__ import annotations

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, PlatformDown, Reason, RetryLater
from bot.language import language
from handlers.slack.painting.repeat import repeat_line
from handlers.slack.sending.channel_messages import place_of, require_safe_audience
from handlers.slack.sending.errors import Family, Next, step_for
from handlers.slack.sending.lookup import shares_file
from handlers.slack.sending.posting import Posting, Target, delivered
from handlers.slack.sending.rate_limits import turn_of
from handlers.slack.sending.web_api import CALL_SECONDS, CallEndedError, WebApi
from handlers.slack.workspaces.audience import AudienceReader
from handlers.surface.messenger import Attempt, SharedFile

HTTP_OK = 200
HTTP_SERVER_ERROR = 500


def is_file(message: str) -> bool:
    """Whether what we remember as a message is Slack's id of a file, and not a `ts`."""
    return message.startswith("F")


class Files:
    """Shares files; raises `CallEndedError` when the attempt ends otherwise."""

    def __init__(self, client: AsyncWebClient, calls: WebApi, posting: Posting, audience: AudienceReader) -> None:
        self._client = client
        self._calls = calls
        self._posting = posting
        self._audience = audience

    async def share(self, attempt: Attempt, place_id: int, file: SharedFile, thread: str | None) -> Delivered:
        """Share a file in a channel or thread; the file of an earlier attempt counts when it stands there."""
        known = await place_of(attempt, place_id)
        target = Target(known.channel, known.language, thread)
        earlier = await self._posting.earlier(attempt, target, shares_file(file.name))
        if earlier.ts is not None:
            return delivered(target, earlier.ts, None)
        comment = None if earlier.is_certain else repeat_line(language(target.language))
        try:
            file_id = await self._share(attempt, target, file, comment)
        except CallEndedError as ended:
            if thread is None or step_for(Family.UPLOAD, ended.code).next is not Next.MEND:
                raise
            target = Target(target.channel, target.language)
            file_id = await self._share(attempt, target, file, comment)
        return delivered(target, file_id, None)

    async def delete(self, attempt: Attempt, file_id: str) -> Delivered:
        """Delete a file of ours; one that is gone already is as good."""
        await self._calls.make(Family.DELETE, self._client.files_delete, turn=turn_of(attempt), file=file_id)
        return Delivered()

    async def _upload(self, attempt: Attempt, file: SharedFile) -> str:
        """Hand Slack the bytes; nobody sees them yet, so a failure here leaves nothing behind."""
        ticket = await self._calls.make(
            Family.READ,
            self._client.files_getUploadURLExternal,
            turn=turn_of(attempt),
            filename=file.name,
            length=len(file.content),
        )
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(str(ticket["upload_url"]), data=file.content) as response,
            ):
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise CallEndedError(PlatformDown()) from error
        if status >= HTTP_SERVER_ERROR:
            raise CallEndedError(PlatformDown())
        if status != HTTP_OK:
            raise CallEndedError(RetryLater(Reason.PLATFORM_DOWN), str(status))
        return str(ticket["file_id"])

    async def _share(self, attempt: Attempt, target: Target, file: SharedFile, comment: str | None) -> str:
        """Upload under a new ticket, since a ticket is good for one try, and show it where only members read."""
        self._calls.hold_turn("files.completeUploadExternal", turn=turn_of(attempt))
        file_id = await self._upload(attempt, file)
        await require_safe_audience(self._audience, attempt, target.channel)
        await self._calls.make(
            Family.UPLOAD,
            self._client.files_completeUploadExternal,
            turn=turn_of(attempt),
            files=[{"id": file_id, "title": file.title}],
            channel_id=target.channel,
            thread_ts=target.thread,
            initial_comment=comment,
        )
        return file_id
