"""Structured logs without personal data, at every level.

Only fields on the allow-list are written, so text, names and addresses cannot slip in with a new call; records of
libraries are reduced to where they came from, since some of them print whole request bodies.
"""

from __future__ import annotations

import logging
import sys
import uuid
from collections.abc import MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import count
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "correlation",
        "logger",
        "line",
        "error",
        "reference",
        "interaction_type",
        "person_kind",
        "workspace_id",
        "person_id",
        "client_id",
        "flag_id",
        "alert_id",
        "discussion_id",
        "debrief_id",
        "task_id",
        "intent",
        "kind",
        "reason",
        "code",
        "attempts",
        "count",
        "seconds",
        "state",
        "transport",
        "port",
        "revision",
        "method",
        "status",
        "due_kind",
        "fired",
    }
)
"""Fields that may be logged: ids of ours, counts, codes from closed sets. Never text, names or a platform's ids."""

_correlation: ContextVar[str] = ContextVar("correlation")
_PROCESS = uuid.uuid4().hex[:6]
_running = count(1)
"""A correlation id is the process and a running number: what nobody has to guess needs no randomness each time."""

log: structlog.stdlib.BoundLogger = structlog.get_logger("flagclient")
"""The application's logger: `log.info("flag_recorded", flag_id=…)`, events in the past tense."""


def _with_correlation(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    correlation = _correlation.get(None)
    if correlation is not None:
        event["correlation"] = correlation
    return event


def _only_allowed(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key in ALLOWED}


class OnceASecond(logging.Filter):
    """Lets what a library says at one place of its code pass once a second: a connection that is gone says it a lot."""

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a second has passed since the last record of that place."""
        at = (record.name, record.module, record.lineno)
        last = self._said.get(at)
        if last is not None and record.created - last < 1:
            return False
        self._said[at] = record.created
        return True


class LibraryRecords(logging.Formatter):
    """Formats a library's record as where it came from and what kind of error it carries, without its text."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON line; the message and its arguments stay out of it."""
        event: dict[str, Any] = {
            "event": "library_record",
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "logger": record.name,
            "line": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[0]:
            event["error"] = record.exc_info[0].__name__
        return structlog.processors.JSONRenderer()(None, "", _with_correlation(None, "", event))  # type: ignore[return-value]


def configure_logging(level: str) -> None:
    """Send everything to standard output as JSON lines; libraries speak from WARNING up whatever `level` is."""
    structlog.configure(
        processors=[
            _with_correlation,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(LibraryRecords())
    handler.addFilter(OnceASecond())
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "sqlalchemy", "asyncio", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


def bind_correlation() -> str:
    """Start a new correlation id for everything logged from here on in this task, and return it."""
    correlation = f"{_PROCESS}{next(_running):06x}"
    _correlation.set(correlation)
    return correlation


def where(error: BaseException) -> str:
    """Where an error came from, as module and line: that tells a developer enough, and gives nothing away."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""


def new_reference() -> str:
    """A short id that stands both in the log and in what a person is told."""
    return uuid.uuid4().hex[:6].upper()
