"""Windows: opened from a message, pushed from a window, and made into data for Slack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.slack.render.block_json import plain


class ModalClient(AsyncWebClient):
    """A Web API client that makes data of windows quickly: somebody looks at their screen while it does."""

    async def views_open(self, *, view: View | dict[str, Any], **arguments: Any) -> AsyncSlackResponse:
        """Open a window; raises `SlackObjectFormationError` for one that Slack would not take."""
        return await super().views_open(view=plain(view), **arguments)

    async def views_push(self, *, view: View | dict[str, Any], **arguments: Any) -> AsyncSlackResponse:
        """Put a window on top of another; raises as `views_open`."""
        return await super().views_push(view=plain(view), **arguments)

    async def views_update(self, *, view: View | dict[str, Any], **arguments: Any) -> AsyncSlackResponse:
        """Put a window in the place of another; raises as `views_open`."""
        return await super().views_update(view=plain(view), **arguments)


def is_in_modal(body: Mapping[str, Any]) -> bool:
    """Whether the interaction was made in a window of ours."""
    return (body.get("view") or {}).get("type") == "modal"


async def show_modal(client: AsyncWebClient, body: Mapping[str, Any], view: View) -> None:
    """Show `view` for the interaction in `body`: on top of the window it was made in, or as a new one."""
    opens = client.views_push if is_in_modal(body) else client.views_open
    await opens(trigger_id=body["trigger_id"], view=view)
