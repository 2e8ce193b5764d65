"""Which tests a worker gets together when several run them."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

BROWSER_TESTS = "tests/browser/"


class BrowserTestsTogether(LoadScopeScheduling):
    """Hands out tests one by one, but those in a browser all to one worker, and first: they share a browser.

    Groups by mark are no help: xdist writes them into ids that pytest does not let it change any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        """The name of what is handed out together."""
        return BROWSER_TESTS if nodeid.startswith(BROWSER_TESTS) else nodeid
