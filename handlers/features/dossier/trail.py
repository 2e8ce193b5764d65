"""Who did what about a client, as a window."""

from __future__ import annotations

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from bot.domain.audit import AuditEntry
from bot.language.audit_words import action_label
from bot.usecases.dossier import DoneToClient
from handlers.slack.render.fragments import context, header, section
from handlers.slack.render.reading import Reading

LINES_IN_A_SECTION = 20


def build_trail(reading: Reading, done: DoneToClient) -> View:
    """The audit trail of a client, newest first."""
    t = reading.language
    blocks: list[Block] = [header(done.client_name)]
    lines = [_line(reading, entry) for entry in done.entries]
    for start in range(0, len(lines), LINES_IN_A_SECTION):
        blocks.append(section("\n".join(lines[start : start + LINES_IN_A_SECTION])))
    if not lines:
        blocks.append(section(t.gettext("Nothing was done yet beyond flagging.")))
    blocks.append(context(t.gettext("This list is only ever added to, and shows when somebody tampers with it.")))
    return View(
        type="modal",
        title=PlainTextObject(text=t.gettext("Who did what")),
        close=PlainTextObject(text=t.gettext("Close")),
        blocks=blocks,
    )


def _line(reading: Reading, entry: AuditEntry) -> str:
    t = reading.language
    when = t.datetime(entry.at, reading.zone)
    what = action_label(t, entry.action)
    if entry.actor_id is None:
        return f"• {when}: {what}"
    return f"• {when}: {reading.person(entry.actor_id)} {what}"
