"""Load from callers that each send a request, wait for its answer, and send the next, over one connection each."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from tests.bench.figures import percentile
from tests.bench.processes import Server

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = b"content-length:"
ANSWER_SECONDS = 30.0

IsRight = Callable[[bytes], bool]
"""Whether the body of an answer is the one that was hoped for."""


class WrongAnswerError(Exception):
    """A request got another answer than expected, so there is nothing worth measuring."""


@dataclass(slots=True)
class Sample:
    """What came of one stretch of load: how long each answer took, all together, and what the server used."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def cpu_per_request(self) -> float:
        """Seconds of processor time of the server for each answer."""
        return self.cpu_seconds / len(self.latencies)

    def percentile(self, share: float) -> float:
        """How long the answers took that `share` of all were not slower than."""
        return percentile(self.latencies, share)


class _Caller(asyncio.Protocol):
    """One connection; `done` is set once there is nothing more to send, or something is wrong."""

    def __init__(self, requests: Iterator[bytes], deadline: float, is_right: IsRight, sample: Sample) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._requests = requests
        self._deadline = deadline
        self._is_right = is_right
        self._sample = sample
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._send()

    def _send(self) -> None:
        now = time.perf_counter()
        request = next(self._requests, None) if now < self._deadline else None
        if request is None or self._transport is None:
            self.done.set_result(None)
            return
        self._sent_at = now
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(_END_OF_HEAD)
        if not end or len(body) < _length(head):
            return
        self._sample.latencies.append(time.perf_counter() - self._sent_at)
        if not head.startswith(b"HTTP/1.1 200") or not self._is_right(body):
            self._fail(WrongAnswerError((head.partition(b"\r")[0] + b" " + body[:600]).decode(errors="replace")))
            return
        self._received = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(WrongAnswerError("the server closed the connection"))

    def _fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


def _length(head: bytes) -> int:
    lines = head.lower().split(b"\r\n")
    return int(next(line for line in lines if line.startswith(_LENGTH)).removeprefix(_LENGTH))


async def load(
    server: Server, requests: Iterable[bytes], *, callers: int, is_right: IsRight, seconds: float = ANSWER_SECONDS
) -> Sample:
    """Let `callers` send `requests` until they or the `seconds` run out.

    Raises `WrongAnswerError` for an answer that is not right, `TimeoutError` when answers stay out.
    """
    server.check_alive()
    sample = Sample()
    queue = iter(requests)
    loop = asyncio.get_running_loop()
    before, began = server.cpu_seconds(), time.perf_counter()
    connected = [
        await loop.create_connection(
            lambda: _Caller(queue, began + seconds, is_right, sample), "127.0.0.1", server.port
        )
        for _ in range(callers)
    ]
    try:
        async with asyncio.timeout(seconds + ANSWER_SECONDS):
            await asyncio.gather(*(caller.done for _, caller in connected))
    finally:
        for _, caller in connected:
            caller.close()
    sample.seconds = time.perf_counter() - began
    sample.cpu_seconds = server.cpu_seconds() - before
    return sample
