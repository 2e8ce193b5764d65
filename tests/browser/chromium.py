"""The Chromium of this machine."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first has no window to draw around a page, which spares a sixth of the time."""
NEEDED = "BROWSER_TESTS"


def chromium() -> str | None:
    """The browser that `CHROMIUM` names, else the first that is installed; None when there is none."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def is_needed() -> bool:
    """Whether these tests must run: without a browser they then fail instead of being skipped."""
    return os.environ.get(NEEDED) == "required"
