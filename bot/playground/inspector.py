"""The record of what went over the line, in both directions, newest last."""

from collections import deque
from dataclasses import dataclass
from typing import Any, Literal

from bot.playground.clock import Clock

KEPT = 1_000


@dataclass(frozen=True)
class Exchange:
    """One request and its response.

    `name` is the Web API method, or what was delivered to the app ("event app_home_opened", "command /x", "interaction
    view_submission"). `at` is ISO time on the workspace's clock, `seconds` the real time until the answer. `status` is
    None when no answer came, and `failure` then says why.
    """

    number: int
    direction: Literal["from_app", "to_app"]
    name: str
    transport: str
    at: str
    request: Any
    status: int | None
    response: Any
    seconds: float
    failure: str | None = None
    attempt: int = 0


class Inspector:
    """A bounded log: the oldest exchange makes room for the newest. `number` is that of the newest."""

    def __init__(self, clock: Clock, kept: int = KEPT) -> None:
        """Keep the last `kept` exchanges."""
        self._clock = clock
        self.number = 0
        self._exchanges: deque[Exchange] = deque(maxlen=kept)

    def record(self, direction: Literal["from_app", "to_app"], name: str, **fields: Any) -> Exchange:
        """Add an exchange that has just ended; `fields` are the rest of `Exchange`."""
        self.number += 1
        at = self._clock.now().isoformat()
        exchange = Exchange(number=self.number, direction=direction, name=name, at=at, **fields)
        self._exchanges.append(exchange)
        return exchange

    def exchanges(self, direction: str | None = None, name: str | None = None) -> list[Exchange]:
        """What was recorded, oldest first, optionally of one direction and one name."""
        return [
            exchange
            for exchange in self._exchanges
            if direction in (None, exchange.direction) and name in (None, exchange.name)
        ]

    def since(self, number: int) -> list[Exchange]:
        """What was recorded after the exchange with this number, oldest first."""
        return [exchange for exchange in self._exchanges if exchange.number > number]

    def clear(self) -> None:
        """Forget what was recorded; numbers go on."""
        self._exchanges.clear()
