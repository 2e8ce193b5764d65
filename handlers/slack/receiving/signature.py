"""Slack's signature on a request: the one proof that Slack sent this body, and sent it just now."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

TOLERANCE_SECONDS = 300
"""How far a request's time may be from ours; an older one may be somebody's recording."""

_MAX_TIMESTAMP_LENGTH = 12


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether `body` carries Slack's signature of within five minutes of `now`, in seconds since 1970.

    Never raises, whatever the headers hold; without a secret nothing is signed.
    """
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not secret or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _MAX_TIMESTAMP_LENGTH):
        return False
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    signed = b"v0:" + timestamp.encode() + b":" + body
    expected = "v0=" + hmac.digest(secret.encode(), signed, "sha256").hex()
    # A header can hold bytes that are no text.
    return signature.isascii() and hmac.compare_digest(expected, signature)
