"""Slack's Web API as the SDK calls it, whatever else answers in its place."""

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse


class WebClient(AsyncWebClient):
    """The SDK's client, in which an answer that is no object counts as none: a proxy's text, JSON of another kind."""

    async def api_call(self, *args: Any, **kwargs: Any) -> AsyncSlackResponse:
        """Call a method; raises one of `CONNECTION_ERRORS` for everything but an answer that says it worked."""
        try:
            return await super().api_call(*args, **kwargs)
        except AttributeError as error:
            # The SDK looks for `ok` in whatever came with a status of 200.
            raise aiohttp.ClientPayloadError("the answer is no object") from error
