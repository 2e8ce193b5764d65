"""Who did what about a client."""

from __future__ import annotations

from bot.domain.audit import AuditEntry
from bot.language.audit_words import done_label
from bot.usecases.dossier.read_models import DoneToClient
from handlers.surface.form import Form, page
from handlers.surface.message import Element, Heading, Paragraph, small_print
from handlers.surface.reading import Reading

LINES_IN_A_PARAGRAPH = 20


def build_trail(reading: Reading, done: DoneToClient) -> Form:
    """The audit trail of a client, newest first."""
    t = reading.language
    elements: list[Element] = [Heading(done.client_name)]
    lines = [_line(reading, entry) for entry in done.entries]
    for start in range(0, len(lines), LINES_IN_A_PARAGRAPH):
        elements.append(Paragraph("\n".join(lines[start : start + LINES_IN_A_PARAGRAPH])))
    if not lines:
        elements.append(Paragraph(t.gettext("Nothing was done yet beyond flagging.")))
    elements.append(small_print(t.gettext("Entries can’t be changed or deleted; tampering shows.")))
    return page(t.gettext("Who did what"), t.gettext("Close"), elements)


def _line(reading: Reading, entry: AuditEntry) -> str:
    t = reading.language
    when = t.datetime(entry.at, reading.zone)
    what = done_label(t, entry)
    if entry.actor_id is None:
        return f"• {when}: {what}"
    return f"• {when}: {reading.person(entry.actor_id)} {what}"
