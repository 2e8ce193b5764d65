"""Keeping to Slack's rates: a call that would come too early is told when its turn is, and keeps that turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from handlers.surface.messenger import Attempt

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
ALL_CHANNELS = Rate(285, 30)
"""Slack takes “several hundred” messages a minute from an app in a workspace, and one a second in a channel."""

POST = "chat.postMessage"

RATES: dict[str, Rate] = {
    "chat.delete": TIER_3,
    POST: ALL_CHANNELS,
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
    "files.delete": TIER_3,
    "files.getUploadURLExternal": TIER_4,
    "pins.add": TIER_2,
    "users.conversations": TIER_3,
    "users.info": Rate(80, 40),
    "users.list": TIER_2,
    "views.publish": Rate(95, 20),
}
"""Slack's published tiers, with room for a burst well inside them; posting is paced per channel as well.

Of `users.info` a part is left for those who do something at this moment: who they are is asked without waiting.
"""


class Turn(Struct, frozen=True):
    """Whose turn it is: the same `who` keeps its turn when it comes back. What is urgent goes before the rest."""

    who: str
    is_urgent: bool = False


def turn_of(attempt: Attempt) -> Turn:
    """The turn of an attempt, which the next attempt at the same notice keeps."""
    return Turn(attempt.intent, attempt.item.notice.is_urgent)


Key = tuple[str, Rate]
"""What is paced, and how fast."""


def keys_of(method: str, channel: str = "") -> tuple[Key, ...]:
    """What a call is paced by, the narrowest first; that is what Slack means when it asks to slow down."""
    whole = (method, RATES.get(method, TIER_3))
    return ((f"{POST} {channel}", ONE_CHANNEL), whole) if method == POST else (whole,)


class RateLimiter:
    """Turns for calls, by key. Time is monotonic, in seconds; one process keeps its own pace."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._busy_until: dict[str, float] = {}
        self._parked_until: dict[str, float] = {}
        self._turns: dict[str, dict[Turn, float]] = {}

    def wait(self, keys: Sequence[Key], turn: Turn) -> float:
        """Seconds until a call may be made that is paced by `keys`; 0 takes the turn in each of them.

        Whoever must wait keeps the turn and asks again then. Nobody queues at a key before it is their turn at those
        before it: what waits for one channel keeps nobody from another.
        """
        seconds = self.hold(keys, turn)
        if seconds == 0:
            for key, _ in keys:
                del self._turns[key][turn]
        return seconds

    def hold(self, keys: Sequence[Key], turn: Turn) -> float:
        """The same, but a turn that has come is kept for a `wait` that follows soon."""
        now = self._monotonic()
        for key, rate in keys:
            turns = self._turns.setdefault(key, {})
            at, rounded = turns.get(turn), _ROUNDED_SECONDS
            if at is None:
                self._forget_missed(key, now)
                at, rounded = self._new_turn(key, rate, turn, now), 0.0
                turns[turn] = at
            if at > now + rounded:
                return at - now
        return 0.0

    def take(self, key: Key) -> float:
        """Seconds until one more call may be made; 0 takes it. No turn is kept, and whoever holds one goes first."""
        name, rate = key
        now = self._monotonic()
        at = self._free_at(name, rate, now)
        if at > now:
            return at - now
        self._busy_until[name] = max(now, self._busy_until.get(name, now)) + rate.interval
        return 0.0

    def parked(self, key: str) -> float:
        """Seconds for which Slack has asked to leave `key` alone."""
        return max(0.0, self._parked_until.get(key, 0.0) - self._monotonic())

    def park(self, key: Key, seconds: float) -> None:
        """Let nobody call under `key` for so long, because Slack asked; turns given out before are given out anew."""
        name, rate = key
        until = self._monotonic() + seconds
        self._parked_until[name] = until
        self._busy_until[name] = until + rate.interval * (rate.burst - 1)
        self._turns.pop(name, None)

    def _free_at(self, key: str, rate: Rate, now: float) -> float:
        return max(now, self._busy_until.get(key, now)) - rate.interval * (rate.burst - 1)

    def _new_turn(self, key: str, rate: Rate, turn: Turn, now: float) -> float:
        """The next turn; for what is urgent, the first of those who can wait, who all move up by one."""
        at = self._free_at(key, rate, now)
        self._busy_until[key] = max(now, self._busy_until.get(key, now)) + rate.interval
        if turn.is_urgent:
            turns = self._turns[key]
            later = [one for one, then in turns.items() if then > now and not one.is_urgent]
            at = min((turns[one] for one in later), default=at)
            for one in later:
                turns[one] += rate.interval
        return at

    def _forget_missed(self, key: str, now: float) -> None:
        turns = self._turns[key]
        for missed in [turn for turn, at in turns.items() if at < now - _TURN_KEPT_SECONDS]:
            del turns[missed]
