"""Loading modules without searching them for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Search nothing for garbage while modules are loaded, and nothing that was loaded ever after.

    Modules stay for good. Searching them takes a fifth of the time to the first acknowledged command.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
