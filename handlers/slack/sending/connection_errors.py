"""How an attempt to reach Slack ends that does not succeed."""

from __future__ import annotations

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError

CONNECTION_ERRORS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""Slack said no, or there was no connection, or no answer in time."""


def slack_code(error: Exception) -> str:
    """What Slack refused a call with; empty where nothing that can be read was answered.

    The SDK raises one error for a refusal and for JSON that breaks off, and has the code of the first alone.
    """
    data = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    return str(data.get("error") or "") if isinstance(data, dict) else ""
