"""What the playground may ask of whoever runs the app in it; it knows nothing else of the app."""

from datetime import date, datetime
from typing import Protocol


class Levers(Protocol):
    """Levers on the app's side. All moments are aware; `world.levers` is None where nobody offers any."""

    async def next_due(self) -> datetime | None:
        """The first moment after now at which the app has something to do by itself."""
        ...

    async def settle(self) -> None:
        """Return once the app has done all that is due now, and nothing is on its way in either direction."""
        ...

    async def next_morning(self) -> datetime:
        """The first working morning after now, as the app reckons working days."""
        ...

    async def morning_of(self, day: date) -> datetime:
        """Nine in the morning of `day` where the app's workspace is."""
        ...

    async def pause_database(self, seconds: float) -> None:
        """Keep the app from its database for that many real seconds; 0 gives it back at once.

        Raises NotPossible where the app's database cannot be kept from it.
        """
        ...

    async def restart(self, story: str) -> None:
        """Start over, the app and the workspace, with a story; ValueError when there is no such story."""
        ...
