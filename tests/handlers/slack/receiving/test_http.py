"""Slack over HTTP: whatever comes in, only 200 and 401 go out, and nothing unsigned is read or logged."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import string
import time
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.playground.delivery_http import signature_headers
from handlers.features import ids
from handlers.http import MAX_BODY_BYTES
from handlers.slack.app import EVENTS_PATH
from handlers.slack.painting.text import escaped
from handlers.slack.receiving import http as http_transport
from handlers.slack.words import COMMAND_FLAG
from tests.handlers.slack.receiving.test_signature import signatures, timestamps
from tests.handlers.slack.signed import FORM, answer_to, command, interaction, request_of, signed
from tests.harness import Harness, slack_of

content_types = st.sampled_from([FORM, "application/json", "text/plain; charset=nonsense", "", "multipart/form-data"])
words = st.text(string.ascii_letters + "é_:<>&!", max_size=12)
KEYS = ["type", "team", "id", "user", "view", "actions", "value", "ts", "text", "state", "values", "blocks"]
KINDS = ["block_actions", "block_suggestion", "view_submission", "view_closed", "shortcut", "message_action", "odd"]


def as_header(text: str) -> str:
    """`text` as a header that a made-up request can hold: bytes that are no text are tried on the wire."""
    return text.encode("utf-8", "replace").decode()


def payloads(harness: Harness) -> st.SearchStrategy[Any]:
    """JSON in the outlines of Slack's payloads with anything inside, and in no outlines at all."""
    action_ids = [value for name, value in vars(ids).items() if name.isupper()]
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), words, st.sampled_from(action_ids))
    inner = st.recursive(
        leaves,
        lambda part: st.one_of(st.lists(part, max_size=3), st.dictionaries(st.sampled_from(KEYS), part, max_size=5)),
        max_leaves=8,
    )
    own = st.sampled_from(action_ids)
    view = st.fixed_dictionaries(
        {"id": words, "callback_id": own, "type": st.just("modal"), "private_metadata": words},
        optional={"state": inner, "blocks": inner, "hash": words},
    )
    action = st.fixed_dictionaries({"action_id": own}, optional={"value": inner, "block_id": inner})
    near = st.fixed_dictionaries(
        {
            "type": st.sampled_from(KINDS),
            "team": st.just({"id": harness.world.team_id}),
            "user": st.just({"id": harness.ben.id}),
            "trigger_id": words,
        },
        optional={
            "view": view,
            "actions": st.lists(action, max_size=2),
            "callback_id": own,
            "action_id": own,
            "channel": st.one_of(inner, st.just({"id": harness.general.id})),
            "message": st.one_of(inner, st.fixed_dictionaries({"ts": words, "text": inner})),
            "container": inner,
            "value": inner,
        },
    )
    return st.one_of(near, near, inner)


async def for_all(strategy: st.SearchStrategy[Any], check: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
    """Let hypothesis try `check` on this event loop."""
    loop = asyncio.get_running_loop()

    @settings(max_examples=3 * settings().max_examples, suppress_health_check=list(HealthCheck), database=None)
    @given(strategy)
    def run(example: Any) -> None:
        asyncio.run_coroutine_threadsafe(check(example), loop).result()

    await asyncio.to_thread(run)


async def test_junk_is_refused_whatever_its_headers(http_harness: Harness) -> None:
    async def check(example: tuple[str, str, str, bytes]) -> None:
        timestamp, signature, content_type, body = example
        headers = {
            "X-Slack-Request-Timestamp": as_header(timestamp),
            "X-Slack-Signature": as_header(signature),
            "Content-Type": content_type,
        }
        assert (await answer_to(http_harness, request_of(body, headers))).status == 401

    junk = st.tuples(timestamps, signatures, content_types, st.binary(max_size=300))
    await for_all(junk, check)


async def test_signed_nonsense_is_acknowledged(http_harness: Harness) -> None:
    harness = http_harness

    async def check(example: tuple[bytes, str]) -> None:
        body, content_type = example
        answer = await answer_to(harness, signed(harness, body, content_type))
        assert answer.status == 200

    bodies = st.one_of(
        st.binary(max_size=100),
        words.map(lambda text: f"payload={text}".encode()),
        payloads(harness).map(interaction),
        st.just(b"[" * 50_000),
        st.dictionaries(st.sampled_from(KEYS), words).map(lambda fields: json.dumps(fields).encode()),
    )
    await for_all(st.tuples(bodies, content_types), check)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Slack-Request-Timestamp": "abc", "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "1e9", "X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "", "X-Slack-Signature": ""},
        {"X-Slack-Request-Timestamp": "NOW", "X-Slack-Signature": "v0=é"},
    ],
)
async def test_junk_headers_are_refused_on_the_wire(http_harness: Harness, headers: dict[str, str]) -> None:
    sent = {name: value.replace("NOW", str(int(time.time()))) for name, value in headers.items()}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address(http_harness), data=b"{}", headers=sent) as answer,
    ):
        assert (answer.status, await answer.read()) == (401, b"")


@pytest.mark.parametrize("signature", [b"v0=\xff", b"v0=\xed\xa0\x80", b"\x80"])
async def test_a_header_that_is_no_text_is_refused_on_the_wire(http_harness: Harness, signature: bytes) -> None:
    url = urlsplit(address(http_harness))
    reader, writer = await asyncio.open_connection(url.hostname, url.port)
    head = [b"POST %s HTTP/1.1" % EVENTS_PATH.encode(), b"Host: here", b"Connection: close", b"Content-Length: 2"]
    head += [b"X-Slack-Request-Timestamp: %d" % time.time(), b"X-Slack-Signature: " + signature]
    writer.write(b"\r\n".join([*head, b"", b"{}"]))
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 401 ")


async def test_other_methods_and_bodies_over_a_mebibyte_are_refused(http_harness: Harness) -> None:
    harness = http_harness
    fits, over = b"a" * (MAX_BODY_BYTES - 1), b"a" * (MAX_BODY_BYTES + 1)
    async with aiohttp.ClientSession() as session:
        async with session.get(address(harness)) as answer:
            assert answer.status == 405
        for body, status in ((fits, 200), (over, 413)):
            headers = {"Content-Type": FORM, **signature_headers(harness.world.signing_secret, body, int(time.time()))}
            async with session.post(address(harness), data=io.BytesIO(body), headers=headers) as answer:
                assert answer.status == status


async def test_a_body_that_never_ends_is_given_up(http_harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_transport, "READ_SECONDS", 0.05)

    async def drip() -> Any:
        yield b"{"
        await asyncio.Event().wait()

    async with aiohttp.ClientSession() as session, session.post(address(http_harness), data=drip()) as answer:
        assert answer.status == 408


@pytest.mark.parametrize("text", ["the payload was never paid", "payload={} is what it said", "{1} + half & 50 % ç"])
async def test_a_command_is_read_as_typed(harness: Harness, text: str) -> None:
    """Bolt's parser takes whatever has the word `payload` in it for a form, and finds nothing in it."""
    said = await harness.ben.command(COMMAND_FLAG, f"Acme late 2 {text}")
    assert said.message is not None
    assert (await harness.ben.click(said.message, ids.FLAG_SHOW)).ok
    assert escaped(text) in harness.in_windows(harness.ben)


@pytest.mark.parametrize(("later", "status"), [(300, 200), (-300, 200), (300.5, 401), (-300.5, 401)])
async def test_a_request_is_taken_for_five_minutes(http_harness: Harness, later: float, status: int) -> None:
    slack, secret, moment = slack_of(http_harness.bot), http_harness.world.signing_secret, 1_772_442_000
    transport = http_transport.HttpTransport(slack.dispatch, secret, clock=lambda: moment + later)
    body = command(http_harness, http_harness.ben.id, COMMAND_FLAG, "help")
    request = request_of(body, {"Content-Type": FORM, **signature_headers(secret, body, moment)})
    assert (await transport.receive(request)).status == status


async def test_a_wrong_signature_leaves_nothing_of_the_body_in_the_log(
    http_harness: Harness, capfd: pytest.CaptureFixture[str]
) -> None:
    body = command(http_harness, http_harness.ben.id, COMMAND_FLAG, "Canary late 3 canary-body")
    headers = signature_headers("another secret", body, int(time.time()))
    assert (await answer_to(http_harness, request_of(body, headers))).status == 401
    told = "".join(capfd.readouterr())
    assert "signature_refused" in told
    assert "canary" not in told.lower()


async def test_a_compressed_body_is_refused_unread(http_harness: Harness) -> None:
    body = gzip.compress(command(http_harness, http_harness.ben.id, COMMAND_FLAG, "Acme late 3 invoice open"))
    headers = {
        **signature_headers(http_harness.world.signing_secret, body, int(time.time())),
        "Content-Encoding": "gzip",
    }
    async with (
        aiohttp.ClientSession() as session,
        session.post(address(http_harness), data=body, headers={**headers, "Content-Type": FORM}) as answer,
    ):
        assert answer.status == 415


async def test_slack_can_verify_the_address(http_harness: Harness) -> None:
    assert await http_harness.world.verify_request_url()


def address(harness: Harness) -> str:
    url = harness.world.world.http.url
    assert url is not None
    assert url.endswith(EVENTS_PATH)
    return url
