"""Windows on top of one another: opened from a message, pushed from a window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient


def is_in_window(body: Mapping[str, Any]) -> bool:
    """Whether the gesture was made in a window of ours."""
    return (body.get("view") or {}).get("type") == "modal"


async def show_window(client: AsyncWebClient, body: Mapping[str, Any], view: View) -> None:
    """Show `view` for the gesture in `body`: on top of the window it was made in, or as a new one."""
    opens = client.views_push if is_in_window(body) else client.views_open
    await opens(trigger_id=body["trigger_id"], view=view)
