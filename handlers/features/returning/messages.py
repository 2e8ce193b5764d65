"""What somebody reads who wrote about a client that has left, or that resembles one."""

from __future__ import annotations

from bot.domain.timetable import local_today
from bot.language.return_words import terms_sentence
from bot.usecases.returning.telling import FormerSeen
from handlers.features import ids
from handlers.surface.message import Button, Message, Paragraph, button_row
from handlers.surface.reading import Reading


def build_former_seen(reading: Reading, seen: FormerSeen) -> Message:
    """How the former client left, and how it could come back; names stand in the elements only."""
    t, former = reading.language, seen.former.client
    date = t.date(former.left_on) if former.left_on else ""
    if seen.client.id == former.id:
        said = t.gettext(
            "You noted something about *{former}*, a client that left on {date}.", former=former.name, date=date
        )
    else:
        said = t.gettext(
            "*{client}* resembles *{former}*, a client that left on {date}. Is it the same one?",
            client=seen.client.name,
            former=former.name,
            date=date,
        )
    buttons = [Button(t.gettext("Open the dossier"), ids.DOSSIER_SHOW, str(former.id))]
    if seen.may_set_terms:
        buttons.append(Button(t.gettext("Terms of return"), ids.RETURN_START, str(former.id)))
    lines = [said, _outcome(reading, seen), terms_sentence(t, seen.former.terms)]
    return Message(
        t.gettext("Something about a client that left."), (Paragraph("\n".join(lines)), button_row(*buttons))
    )


def _outcome(reading: Reading, seen: FormerSeen) -> str:
    t, decision = reading.language, seen.former.decision
    if decision is None:
        return t.gettext("No decision to part is kept: they may have left by themselves.")
    return t.gettext("On {date} you decided to part.", date=t.date(local_today(decision.made_at, reading.zone)))
