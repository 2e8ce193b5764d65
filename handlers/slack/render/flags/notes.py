"""The buttons under a colleague's flag."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement

from bot.language import Language
from handlers.features import ids
from handlers.slack.render.fragments import button


def view_buttons(t: Language, flag_id: int) -> list[ButtonElement]:
    """What a colleague can add to a flag; whoever reported it is refused when they click."""
    value = str(flag_id)
    return [
        button(t.gettext("I saw this too"), ids.FLAG_WITNESS, value),
        button(t.gettext("I see it differently"), ids.FLAG_DIFFERS, value),
    ]
