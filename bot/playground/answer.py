"""What the app answered to a delivery."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["event", "command", "interaction"]
HTTP_OK = range(200, 300)


@dataclass(frozen=True)
class Answer:
    """The app's answer, or why there is none.

    `failure` is Slack's retry reason: `http_timeout`, `http_error`, `connection_failed` or, over a socket, `timeout`;
    None when the app accepted. `body` is decoded JSON, or None when there was no JSON; `text` is the body as it came.
    """

    transport: str
    status: int | None
    seconds: float
    body: Any = None
    text: str = ""
    failure: str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        """Whether the app accepted the delivery in time."""
        return self.failure is None
