"""Failures on request: what the next call of a method shall meet instead of, or after, its answer."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

ANY_METHOD = "*"


@dataclass
class Fault:
    """One failure. `times` is how many calls it meets, None for all until it is cleared.

    `error` is answered as `{"ok": false, "error": …}` with `details` beside it; `status`, `body` with its type,
    and `retry_after` shape the HTTP answer itself; `drop` breaks the connection "before" the call is carried out or
    "after" it was; `hang` never answers; `delay` waits that many seconds first. With `accepted` the call is carried out
    before the failure shows.
    """

    method: str
    times: int | None = 1
    error: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    status: int | None = None
    body: str | None = None
    content_type: str = "text/html"
    retry_after: str | None = None
    drop: Literal["before", "after"] | None = None
    hang: bool = False
    delay: float = 0.0
    accepted: bool = False

    @property
    def spoils_answer(self) -> bool:
        """Whether the app gets something other than the proper answer."""
        return bool(self.error or self.status or self.body is not None or self.drop or self.hang)

    @property
    def carried_out(self) -> bool:
        """Whether the call still has its effect."""
        return not self.spoils_answer or self.accepted or self.drop == "after"


class Faults:
    """The failures that are lined up, in order; the first that fits a call meets it."""

    def __init__(self) -> None:
        """Start with none."""
        self._lined_up: list[Fault] = []

    def add(self, method: str, **fields: Any) -> Fault:
        """Line up a failure for `method`, or for every method with `*`; `fields` are those of `Fault`."""
        fault = Fault(method, **fields)
        if fault.times is not None and fault.times < 1:
            raise ValueError("a fault happens at least once")
        self._lined_up.append(fault)
        return fault

    def clear(self) -> None:
        """Let everything work again."""
        self._lined_up.clear()

    def meet(self, method: str) -> Fault | None:
        """The failure that this call of `method` meets, used up by one."""
        for fault in self._lined_up:
            if fault.method in (method, ANY_METHOD):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times == 0:
                        self._lined_up.remove(fault)
                return fault
        return None

    def lined_up(self) -> list[dict[str, Any]]:
        """What is still to come, as plain data."""
        return [asdict(fault) for fault in self._lined_up]
