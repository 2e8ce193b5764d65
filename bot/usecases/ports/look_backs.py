"""Forecasts, and looks back on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.domain.look_back import Balance, Hindsight, LookBack


class LookBackRepository(Protocol):
    """What was expected of decisions to part, and what came of it."""

    def keep_forecast(self, decision_id: int, forecast: Balance) -> None:
        """Keep what is expected of a decision; what was kept first stands."""
        ...

    def forecast(self, decision_id: int) -> Balance | None: ...
    def plan(self, workspace_id: int, client_id: int, decision_id: int, months: int, due_on: date) -> LookBack | None:
        """Plan a look back; `None` where that one on the decision is planned or done already."""
        ...

    def find(self, workspace_id: int, look_back_id: int) -> LookBack | None: ...
    def of_client(self, client_id: int) -> list[LookBack]:
        """Those that are done and those to come, in the order in which they were planned."""
        ...

    def waiting(self, workspace_id: int, on: date) -> list[LookBack]:
        """The looks back whose day has come on `on` and that nobody has made."""
        ...

    def answer(self, look_back_id: int, said: Hindsight, answered_by_id: int, now: datetime) -> bool:
        """Keep what somebody says; false when somebody has said it already."""
        ...

    def drop(self, look_back_id: int) -> None:
        """Forget a look back that is still to come."""
        ...
