"""A place for the files of a test run that need not outlast it: writing them out took a quarter of its time."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 (directories of our own are made in it)
ROOM = 1 << 30
"""Bytes that must be free: a database server takes some 100 MB, and every worker of a test run has one."""


def in_memory() -> Path | None:
    """A directory that is kept in memory, if there is one with room."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None
