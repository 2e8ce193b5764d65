"""Refusals that name clients, kept off screens that others may look on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import ClientAmbiguousError, ClientLeftAlreadyError, NamesWithheldError

NAMING = (ClientAmbiguousError, ClientLeftAlreadyError)
"""Refusals whose sentence names a client that the caller may not have typed in full."""


@contextmanager
def discreet(is_safe: bool) -> Iterator[None]:
    """Let a refusal that names a client through only where `is_safe`; elsewhere raise `NamesWithheldError`."""
    try:
        yield
    except NAMING as error:
        if is_safe:
            raise
        raise NamesWithheldError from error
