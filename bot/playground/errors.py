"""What can go wrong, as Slack names it and as a person meets it."""

from typing import Any


class SlackError(Exception):
    """A Web API call is refused: `error` is Slack's own name for it, `details` goes into the answer beside it."""

    def __init__(self, error: str, **details: Any) -> None:
        """Refuse with the error name `error`."""
        super().__init__(error)
        self.error = error
        self.details = details

    def body(self) -> dict[str, Any]:
        """The body that Slack would answer with."""
        return {"ok": False, "error": self.error, **self.details}


class NotPossible(Exception):  # noqa: N818 - it reads as what a person is told
    """A person tried what Slack's own window would not let them do, such as clicking a button that is not there."""
