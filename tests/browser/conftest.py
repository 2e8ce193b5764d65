"""One browser for all tests in this folder, which share an event loop, and one worker where there are several."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from pytest_asyncio import is_async_test

from tests.browser.agency import Agency, living_agency
from tests.browser.blocks_board import board, shared_board
from tests.browser.chromium import NAMES, chromium, is_needed
from tests.browser.stand_in import lasting_stand_in, stand_in

__all__ = ["board", "browser", "lasting_stand_in", "shared_board", "stand_in"]

FEW_PROCESSES = ("--disable-gpu", "--in-process-gpu", "--enable-features=NetworkServiceInProcess2")
"""What the browser does in one process instead of several, which saves a sixth of its time."""

NOBODY_SEES = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess")
"""Pages that the browser loads for its own address bar, and a process in reserve: more than a context itself costs."""

UNASKED = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright turns off itself: the browser heeds the last such list only."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring the tests of this folder together on the loop on which the browser lives."""
    for item in items:
        if Path(__file__).parent in item.path.parents and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The Chromium of this machine. Fixtures that use it need `loop_scope="session"` as well."""
    path = chromium()
    if path is None:
        reason = f"no browser: none of {', '.join(NAMES)} is installed, and CHROMIUM names none"
        pytest.fail(reason) if is_needed() else pytest.skip(reason)
    async with async_playwright() as driver:
        off = ",".join((*NOBODY_SEES, *UNASKED))
        args = ["--no-sandbox", *FEW_PROCESSES, f"--disable-features={off}"]
        launched = await driver.chromium.launch(executable_path=path, args=args)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def living(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Agency]:
    """The one agency of the test run; ask for `agency` instead."""
    async with living_agency(tmp_path_factory.mktemp("playground")) as agency:
        yield agency


@pytest_asyncio.fixture(loop_scope="session")
async def agency(living: Agency) -> Agency:
    """An agency at which nothing has happened yet."""
    await living.begin("empty")
    return living
