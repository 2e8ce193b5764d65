"""Which tests a worker gets together when several run them."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/browser/", "tests/test_start.py", "tests/test_contracts.py", "tests/language/test_catalogue.py")
"""How ids begin of tests that share something dear: a browser, what a process said, or all sources once they are read.
"""

QUICK = ("tests/documents/", "tests/domain/", "tests/handlers/slack/render/", "tests/language/", "tests/playground/")
"""Where tests are so quick that handing out each by itself costs more than it spreads."""


class SharingTestsTogether(LoadScopeScheduling):
    """Hands out tests one by one, but those that share something dear all to one worker, and quick ones by the file.

    Groups by mark are no help: xdist writes them into ids that pytest does not let it change any more.
    """

    def _split_scope(self, nodeid: str) -> str:
        """The name of what is handed out together; where there is most of it goes first."""
        if nodeid.startswith(QUICK):
            nodeid = nodeid.partition("::")[0]
        return next((start for start in TOGETHER if nodeid.startswith(start)), nodeid)
