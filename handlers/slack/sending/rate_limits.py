"""Keeping to Slack's rates: a call that would come too early is told when its turn is, and keeps that turn."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

_TURN_KEPT_SECONDS = 120.0

_ROUNDED_SECONDS = 0.001
"""How much too early somebody may come back who was told to wait: what a wait loses when it is rounded to a moment."""


class Rate(Struct, frozen=True):
    """So many calls a minute, of which `burst` may come at once."""

    per_minute: float
    burst: int

    @property
    def interval(self) -> float:
        """Seconds between two calls in the long run."""
        return 60.0 / self.per_minute


TIER_2 = Rate(20, 10)
TIER_3 = Rate(50, 25)
TIER_4 = Rate(100, 50)
ONE_CHANNEL = Rate(60, 3)

RATES: dict[str, Rate] = {
    "chat.delete": TIER_3,
    "chat.postMessage": ONE_CHANNEL,
    "chat.update": TIER_3,
    "conversations.archive": TIER_2,
    "conversations.create": TIER_2,
    "conversations.history": TIER_3,
    "conversations.info": TIER_3,
    "conversations.invite": TIER_3,
    "conversations.members": TIER_4,
    "conversations.open": TIER_3,
    "conversations.replies": TIER_3,
    "conversations.setPurpose": TIER_2,
    "conversations.setTopic": TIER_2,
    "files.completeUploadExternal": TIER_4,
    "files.getUploadURLExternal": TIER_4,
    "pins.add": TIER_2,
    "users.conversations": TIER_3,
    "users.info": TIER_4,
    "users.list": TIER_2,
}
"""Slack's published tiers, with room for a burst well inside them; posting is paced per channel, not per method."""


class RateLimiter:
    """Turns for calls, by key. Time is monotonic, in seconds; one process keeps its own pace."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._busy_until: dict[str, float] = {}
        self._turns: dict[tuple[str, str], float] = {}

    def wait(self, key: str, rate: Rate, who: str) -> float:
        """Seconds until `who` may call; 0 takes the turn. Whoever must wait keeps a turn and asks again then."""
        now = self._monotonic()
        turn, rounded = self._turns.pop((key, who), None), _ROUNDED_SECONDS
        if turn is None:
            busy_until = max(now, self._busy_until.get(key, now))
            turn, rounded = busy_until - rate.interval * (rate.burst - 1), 0.0
            self._busy_until[key] = busy_until + rate.interval
        if turn <= now + rounded:
            return 0.0
        self._turns[key, who] = turn
        self._forget_missed(now)
        return turn - now

    def park(self, key: str, rate: Rate, seconds: float) -> None:
        """Let nobody call under `key` for so long, because Slack asked; turns given out before are given out anew."""
        self._busy_until[key] = self._monotonic() + seconds + rate.interval * (rate.burst - 1)
        for taken in [taken for taken in self._turns if taken[0] == key]:
            del self._turns[taken]

    def _forget_missed(self, now: float) -> None:
        for taken in [taken for taken, turn in self._turns.items() if turn < now - _TURN_KEPT_SECONDS]:
            del self._turns[taken]
