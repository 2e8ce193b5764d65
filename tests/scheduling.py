"""Which tests a worker gets together when several run them."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/test_start.py", "tests/test_contracts.py", "tests/language/test_catalogue.py")
"""How ids begin of tests that share something dear: a browser, what a process said, or all sources once they are read.
"""


class SharingTestsTogether(LoadScopeScheduling):
    """Hands out tests one by one, but those that share something dear all to one worker, and first.

    Groups by mark are no help: xdist writes them into ids that pytest does not let it change any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        """The name of what is handed out together."""
        return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid)
