"""The buttons under a colleague's flag."""

from __future__ import annotations

from bot.language import Language
from handlers.features import ids
from handlers.surface.message import Button


def view_buttons(t: Language, flag_id: int) -> tuple[Button, Button]:
    """ "I saw this too" and "I see it differently"."""
    return (
        Button(t.gettext("I saw this too"), ids.FLAG_WITNESS, str(flag_id)),
        Button(t.gettext("I see it differently"), ids.FLAG_DIFFERS, str(flag_id)),
    )
