"""How an attempt to reach Slack ends that does not succeed."""

from __future__ import annotations

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError

CONNECTION_ERRORS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)
"""Slack said no, or there was no connection, or no answer in time."""
