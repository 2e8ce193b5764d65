"""Trigger ids: the right to open a modal, for three seconds after a person did something, once."""

import secrets
import time
from dataclasses import dataclass

from bot.playground.errors import SlackError

_REMEMBERED = 10_000


@dataclass
class Trigger:
    """Whom a trigger id may show a modal, until when (monotonic seconds), and whether it was used."""

    user: str
    expires: float
    used: bool = False


class Triggers:
    """All trigger ids that were handed out, in real time: moving the workspace's clock changes nothing."""

    def __init__(self, life: float) -> None:
        """Let each id live for `life` seconds."""
        self._life = life
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str) -> str:
        """A fresh trigger id with which the app may open a modal for `user`."""
        while len(self._issued) >= _REMEMBERED:
            del self._issued[next(iter(self._issued))]
        key = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self._issued[key] = Trigger(user=user, expires=time.monotonic() + self._life)
        return key

    def exchange(self, key: str) -> str:
        """Use up a trigger id and return its user's id; SlackError as Slack's own when it is of no use."""
        trigger = self._issued.get(key)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() > trigger.expires:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def expire_all(self) -> None:
        """Let three seconds pass for every id that is out, without waiting for them."""
        for trigger in self._issued.values():
            trigger.expires = 0.0

    def clear(self) -> None:
        """Forget every id."""
        self._issued.clear()
