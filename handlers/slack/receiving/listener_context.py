"""What every Slack listener works with: ports, caches, and the one Web API client that may open views."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.ports import Clock, Database
from handlers.slack.painting.message import PaintedMessage
from handlers.slack.receiving.answers import send_to_response_url
from handlers.slack.receiving.lost_answers import LostAnswers
from handlers.slack.receiving.payloads import Payload
from handlers.slack.workspaces.audience import AudienceReader
from handlers.slack.workspaces.directory import Directory
from handlers.slack.workspaces.homes import Homes
from handlers.slack.workspaces.members import Members

ACTOR = "flagclient_actor"
"""The key under which the middleware leaves the `Actor` in Bolt's context."""


class ListenerContext(Struct, frozen=True):
    """The parts a listener may use. Lasting effects on Slack are not among them: those go through the outbox.

    `client` serves `views.open`, `views.push` and `views.update` alone; Home is published by `homes`.
    """

    database: Database
    clock: Clock
    calendar: Callable[[WorkspaceSettings], WorkingCalendar]
    index: ClientIndex
    directory: Directory
    audience: AudienceReader
    client: AsyncWebClient
    members: Members
    homes: Homes
    lost: LostAnswers

    async def say(self, payload: Payload, message: PaintedMessage, *, replace: bool = False) -> None:
        """Say something back to a click, seen only by who clicked; `replace` puts it in place of what was clicked.

        Slack takes five answers within half an hour of the interaction. Where it does not take this one, the person
        hears in a direct message that what they clicked was done.
        """
        is_told = await send_to_response_url(
            payload,
            {
                "text": message.text,
                "blocks": message.blocks,
                "response_type": "ephemeral",
                "replace_original": replace,
            },
        )
        if not is_told:
            await self.lost.tell(payload, done=True)
