"""How often the app may call, per method and, for posting, per channel."""

import math
from dataclasses import dataclass

from bot.playground.clock import Clock

_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
_TIERS = {
    "api.test": 4,
    "apps.connections.open": 1,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.archive": 2,
    "conversations.create": 2,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.invite": 3,
    "conversations.join": 3,
    "conversations.kick": 3,
    "conversations.leave": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.rename": 2,
    "conversations.replies": 3,
    "conversations.setPurpose": 2,
    "conversations.setTopic": 2,
    "conversations.unarchive": 2,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "pins.add": 2,
    "pins.list": 2,
    "pins.remove": 2,
    "users.conversations": 3,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
_SPECIAL_PER_MINUTE = 300
_HISTORY = ("conversations.history", "conversations.replies")
_POST_BURST = 5
_POST_PER_SECOND = 1.0


@dataclass
class _Bucket:
    tokens: float
    seen: float


class RateLimits:
    """Slack's tiers as buckets that fill up again with the workspace's clock; off unless `enabled`.

    With `restricted_history` the two reading methods are held to one call a minute, whether or not the rest is enabled.
    """

    def __init__(self, clock: Clock, *, enabled: bool) -> None:
        """Start with full buckets."""
        self._clock = clock
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self.enabled = enabled
        self.restricted_history = False

    def retry_after(self, method: str, channel: str = "") -> int | None:
        """Count a call; None when it may pass, otherwise the whole seconds to wait, and it is not counted."""
        if self.restricted_history and method in _HISTORY:
            return self._take((method, ""), burst=1.0, per_second=1 / 60)
        if not self.enabled:
            return None
        if method == "chat.postMessage":
            held = self._take((method, channel), burst=_POST_BURST, per_second=_POST_PER_SECOND)
            if held is not None:
                return held
        per_minute = _PER_MINUTE[_TIERS[method]] if method in _TIERS else _SPECIAL_PER_MINUTE
        return self._take((method, ""), burst=float(per_minute), per_second=per_minute / 60)

    def clear(self) -> None:
        """Forget what was called: all buckets are full again."""
        self._buckets.clear()

    def _take(self, key: tuple[str, str], *, burst: float, per_second: float) -> int | None:
        now = self._clock.now().timestamp()
        bucket = self._buckets.setdefault(key, _Bucket(tokens=burst, seen=now))
        passed = max(0.0, now - bucket.seen)
        bucket.tokens = min(burst, bucket.tokens + passed * per_second)
        bucket.seen = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return None
        return max(1, math.ceil((1 - bucket.tokens) / per_second))
