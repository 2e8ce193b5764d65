"""What a failing connection means: only what surely did not arrive is simply sent again."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, PlatformDown, Reason, RetryLater
from bot.domain.notices import AlertCard
from handlers.slack.sending import web_api
from handlers.slack.sending.errors import ONCE_ONLY, Family
from handlers.slack.sending.web_api import CallEndedError, WebApi, retry_after
from handlers.surface.messenger import SpaceText
from tests.handlers.slack.outgoing_harness import CARD, OutgoingHarness, to_channel
from tests.harness import UNHURRIED

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HTML = "<html><body>Bad gateway</body></html>"
AMBIGUOUS: dict[str, dict[str, Any]] = {
    "500 as a page": {"status": 500, "body": HTML},
    "500 as JSON": {"status": 500},
    "502 as a page": {"status": 502, "body": HTML},
    "503": {"status": 503},
    "504": {"status": 504, "body": HTML},
    "200 with half of the answer": {"body": '{"ok": tru'},
    "200 with a page": {"body": HTML},
    "200 with nothing": {"body": ""},
    "dropped before": {"drop": "before"},
    "dropped after": {"drop": "after"},
    "no answer": {"hang": True},
}


async def _ended(work: Any) -> DeliveryOutcome:
    with pytest.raises(CallEndedError) as ended:
        await work
    return ended.value.outcome


@pytest.fixture(params=AMBIGUOUS)
def fault(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What goes wrong with a call; an answer that never comes is not waited for as long as others are."""
    fault = AMBIGUOUS[request.param]
    monkeypatch.setattr(web_api, "CALL_SECONDS", 1.0 if "hang" in fault else UNHURRIED)
    return fault


async def test_a_post_without_an_answer_may_have_happened(back: OutgoingHarness, fault: dict[str, Any]) -> None:
    back.world.faults.add("chat.postMessage", times=None, **fault)
    outcome = await back.messenger.post_to_place(back.attempt(), await back.place(back.alerts), CARD)
    assert outcome == PlatformDown(maybe_sent=True)
    assert len(back.calls("chat.postMessage")) == 1


async def test_what_changes_nothing_when_repeated_is_simply_repeated_later(
    back: OutgoingHarness, fault: dict[str, Any]
) -> None:
    back.world.faults.add("conversations.setTopic", times=None, **fault)
    outcome = await back.messenger.describe_space(
        back.attempt(), await back.place(back.alerts), SpaceText("topic", "purpose")
    )
    assert outcome == PlatformDown()
    assert len(back.calls("conversations.setTopic")) == 1


@pytest.mark.parametrize("family", Family)
async def test_nobody_listening_means_that_nothing_was_sent(family: Family) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = AsyncWebClient(base_url=f"http://127.0.0.1:{unused.getsockname()[1]}/", retry_handlers=[])
        outcome = await _ended(WebApi().make(family, client.api_test))
    assert outcome == PlatformDown()


@pytest.mark.parametrize("family", Family)
async def test_a_name_that_does_not_resolve_means_that_nothing_was_sent(family: Family) -> None:
    client = AsyncWebClient(base_url="http://slack.invalid/", retry_handlers=[])
    assert await _ended(WebApi().make(family, client.api_test)) == PlatformDown()


async def test_whatever_answers_in_an_outage_only_what_makes_something_new_may_have_happened(
    back: OutgoingHarness, fault: dict[str, Any]
) -> None:
    back.world.faults.add("api.test", times=None, **fault)
    for family in (Family.READ, Family.POST, Family.UPDATE):
        ended = await _ended(WebApi().make(family, back.client.api_test))
        assert ended == PlatformDown(maybe_sent=family in ONCE_ONLY), family


@pytest.mark.parametrize("header", ["7", None, "0", "999999999", "Fri, 31 Dec 1999 23:59:59 GMT", "soon"])
async def test_too_many_requests_is_waited_for_and_never_counted(back: OutgoingHarness, header: str | None) -> None:
    back.world.faults.add("api.test", status=429, retry_after=header, times=None)
    for family in Family:
        outcome = await _ended(WebApi().make(family, back.client.api_test))
        assert isinstance(outcome, RetryLater), family
        assert (outcome.reason, outcome.counts) == (Reason.RATE_LIMITED, False), family
        assert outcome.after is not None, family
        assert timedelta(seconds=1) <= outcome.after <= timedelta(hours=1), family


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30),
        ("0", 1),
        ("-5", 1),
        ("1.5", 1.5),
        ("86400", 3600),
        ("", 30),
        ("soon", 30),
        ("inf", 30),
        ("nan", 30),
        ("Mon, 02 Mar 2026 09:00:20 GMT", 20),
        ("Mon, 02 Mar 2026 08:00:00 GMT", 1),
    ],
)
def test_retry_after_is_read_in_each_of_its_forms(header: str, seconds: float) -> None:
    assert retry_after({"Retry-After": header}, NOW) == timedelta(seconds=seconds)
    assert retry_after({"retry-after": header}, NOW) == timedelta(seconds=seconds)


def test_without_retry_after_half_a_minute_is_waited() -> None:
    assert retry_after({}, NOW) == timedelta(seconds=30)


@given(header=st.text())
def test_no_retry_after_breaks_anything_or_lasts_for_ever(header: str) -> None:
    assert timedelta(seconds=1) <= retry_after({"Retry-After": header}, NOW) <= timedelta(hours=1)


async def test_a_limit_on_one_channel_does_not_hold_up_another(back: OutgoingHarness) -> None:
    other = back.world.add_channel("elsewhere", back.anna, back.world.bot_user_id, kind="private")
    back.world.faults.add("chat.postMessage", status=429, retry_after="30")
    places = [await back.place(back.alerts), await back.place(other)]
    outcomes = [await back.messenger.post_to_place(back.attempt(), place, CARD) for place in (places[0], *places)]
    assert [type(outcome) for outcome in outcomes] == [RetryLater, RetryLater, Delivered]
    assert len(back.calls("chat.postMessage")) == 2


async def test_the_sdk_left_to_itself_posts_twice_and_we_do_not(back: OutgoingHarness) -> None:
    careless = AsyncWebClient(token=back.world.bot_token, base_url=back.world.api_url)
    back.world.faults.add("chat.postMessage", drop="after")
    await careless.chat_postMessage(channel=back.alerts.id, text="twice")
    assert len(back.posted(back.alerts)) == 2
    back.world.faults.add("chat.postMessage", drop="after")
    intent = await back.put(AlertCard(1))
    relay = back.relay({AlertCard: to_channel(await back.place(back.alerts))})
    await back.pass_time(relay, timedelta(seconds=10))
    assert (await back.outbox())[intent] == "sent"
    assert len(back.posted(back.alerts)) == 3
