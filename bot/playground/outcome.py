"""What came of something a person did."""

from dataclasses import dataclass, field
from typing import Any

from bot.playground.answer import Answer
from bot.playground.state import JSON, Message


@dataclass(frozen=True)
class Outcome:
    """What the app answered and what the person now sees.

    `answer` is None when nothing was sent, because Slack's own window stopped it. `toast` is the notice that something
    went wrong, `errors` what stands under fields by block id, `message` what the answer itself put on the screen,
    `options` what a type-ahead offers, `option_groups` the same under its headings where it has any.
    """

    answer: Answer | None = None
    toast: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    message: Message | None = None
    options: list[JSON] = field(default_factory=list)
    option_groups: list[JSON] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the app accepted it in time and the person was shown no error."""
        return self.answer is not None and self.answer.ok and self.toast is None and not self.errors

    @property
    def status(self) -> int | None:
        """The HTTP status of the answer (200 for an acknowledged socket payload), None without an answer."""
        return self.answer.status if self.answer else None

    @property
    def seconds(self) -> float:
        """Real seconds until the app acknowledged, or until it was given up; 0 when nothing was sent."""
        return self.answer.seconds if self.answer else 0.0

    @property
    def body(self) -> Any:
        """The decoded body of the answer, its text when it was not JSON, None when empty."""
        if self.answer is None:
            return None
        return self.answer.body if self.answer.body is not None else (self.answer.text or None)
