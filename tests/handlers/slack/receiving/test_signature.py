"""Slack's signature: what is let in, and that nothing in a header makes the check fail."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.playground.delivery_http import signature_headers
from handlers.slack.receiving.signature import TOLERANCE_SECONDS, is_signed

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_772_442_000

headers_text = st.text(st.characters(codec=None, exclude_characters="\r\n\0"), max_size=80)
"""Anything a header can hold, surrogates for undecodable bytes included."""

timestamps = st.one_of(
    headers_text, st.integers().map(str), st.sampled_from(["abc", "", "1e9", "-1", "٣", "9" * 400, str(NOW)])
)
signatures = st.one_of(
    headers_text,
    headers_text.map("v0={}".format),
    st.binary(min_size=32, max_size=32).map(lambda digest: f"v0={digest.hex()}"),
)


@given(timestamps, signatures, st.binary(max_size=200))
@example(str(NOW), "\ud800", b"")
@example(str(NOW), "\udcff", b"")
def test_what_slack_did_not_sign_stays_out_and_raises_nothing(timestamp: str, signature: str, body: bytes) -> None:
    headers = {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature}
    assert not is_signed(SECRET, headers, body, NOW)


@given(st.binary(max_size=200), st.integers(-TOLERANCE_SECONDS, TOLERANCE_SECONDS))
def test_what_slack_signed_gets_in_for_five_minutes(body: bytes, skew: int) -> None:
    assert is_signed(SECRET, signature_headers(SECRET, body, NOW + skew), body, NOW)


@pytest.mark.parametrize(("skew", "passes"), [(-301, False), (-299, True), (299, True), (301, False)])
def test_old_and_future_signatures_stay_out(skew: int, *, passes: bool) -> None:
    assert is_signed(SECRET, signature_headers(SECRET, b"x", NOW + skew), b"x", NOW) is passes


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_signature_is_for_one_body_and_one_secret(body: bytes, data: st.DataObject) -> None:
    headers = signature_headers(SECRET, body, NOW)
    place = data.draw(st.integers(0, len(body) - 1))
    other = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
    assert not is_signed(SECRET, headers, other, NOW)
    assert not is_signed(SECRET + "x", headers, body, NOW)
    assert not is_signed("", signature_headers("", body, NOW), body, NOW)


def test_a_signature_of_bytes_that_are_no_text_stays_out() -> None:
    headers = {"X-Slack-Request-Timestamp": str(NOW), "X-Slack-Signature": "v0=\udcff"}
    assert not is_signed(SECRET, headers, b"", NOW)


def test_without_headers_nothing_is_signed() -> None:
    assert not is_signed(SECRET, {}, b"", NOW)
