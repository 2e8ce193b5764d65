"""The button that says that a client has left, with its question."""

from __future__ import annotations

from bot.language import Language
from handlers.features import ids
from handlers.surface.message import Button, Question, Weight


def left_button(t: Language, client_id: int, weight: Weight = Weight.MAIN) -> Button:
    """Say that the client has left, after a question."""
    sure = Question(
        t.gettext("Has this client left?"),
        t.gettext("A debrief is planned with those involved. You can take this back."),
        t.gettext("Yes, it has left"),
        t.gettext("Not yet"),
    )
    return Button(t.gettext("This client has left"), ids.DOSSIER_LEFT, str(client_id), weight, sure)
