"""How a test run goes: where it writes, what it collects, and what ends a test that hangs."""

from __future__ import annotations

import faulthandler
import gc
import importlib
import os
import signal
import sys
from collections.abc import Generator

import pytest
from pytest_timeout import Settings, is_debugging
from xdist.remote import Producer

from tests.memory import in_memory
from tests.scheduling import SharingTestsTogether


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharingTestsTogether:
    """What spreads the tests over workers, where there are several."""
    return SharingTestsTogether(config, log)


def pytest_configure(config: pytest.Config) -> None:
    """Keep what tests write in memory where there is room; `PYTEST_DEBUG_TEMPROOT` names another place."""
    # An alarm prints where every thread is, and then ends the process as it would by itself.
    faulthandler.register(signal.SIGALRM, os.dup(sys.__stderr__.fileno()), chain=True)
    if place := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))
    if not _only_hands_out_tests(config):
        config.pluginmanager.register(importlib.import_module("tests.fixtures"), "tests.fixtures")


def _only_hands_out_tests(config: pytest.Config) -> bool:
    """Whether others collect the tests and run them, so that this process needs nothing of the bot."""
    is_worker = hasattr(config, "workerinput")
    return not (is_worker or config.option.collectonly or config.getoption("dist", "no") == "no")


def pytest_timeout_set_timer(settings: Settings) -> bool:
    """Have an alarm end the process where a test hangs, whatever holds it: pytest-timeout starts a thread for each."""
    if settings.disable_debugger_detection or not is_debugging():
        signal.setitimer(signal.ITIMER_REAL, settings.timeout)
    return True


def pytest_timeout_cancel_timer() -> bool:
    """Call the alarm off."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    return True


def pytest_enter_pdb() -> None:
    """Let somebody look for as long as they like."""
    signal.setitimer(signal.ITIMER_REAL, 0)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Look for garbage no more: pytest has just done so, and both it and Python would again as they end."""
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage, and never look through the collected tests: they stay until the end.

    From then on it is looked for seldom, as every test builds a bot and a workspace: a tenth of the time went there.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(200_000, 20, 20)
        gc.enable()
