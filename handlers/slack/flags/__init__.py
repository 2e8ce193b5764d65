"""Flags in Slack: the command, the shortcuts, the form, receipts, witnesses and care."""

from __future__ import annotations

from handlers.slack.flags import care, client_options, command, form, receipt_buttons, shortcuts, witness
from handlers.slack.listener_context import ListenerContext
from handlers.slack.routes import Routes

__all__ = ["register"]


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind everything about flags, what people use most first."""
    for part in (command, client_options, form, receipt_buttons, shortcuts, witness, care):
        part.register(routes, door)
