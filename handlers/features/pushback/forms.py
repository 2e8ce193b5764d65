"""The form that asks what a client said after a letter."""

from __future__ import annotations

from bot.domain.pushback import MAX_SAID_LENGTH, PushbackKind
from bot.language import Language
from bot.language.pushback_words import pushback_label
from bot.usecases.pushback.noting import PushbackBegin
from handlers.features import ids
from handlers.surface.form import Day, Form, Lines, OneOf, Option
from handlers.surface.message import Paragraph


def build_pushback_form(t: Language, begin: PushbackBegin) -> Form:
    """What they said, when, and what kind of thing it is."""
    said = t.gettext(
        "What does *{client}* say? You get a calm reply to copy, or what to do first. Nothing is sent by itself.",
        client=begin.client_name,
    )
    options = tuple(Option(pushback_label(t, kind), kind.value) for kind in PushbackKind)
    return Form(
        id=ids.PUSHBACK_FORM,
        carried=str(begin.letter_id),
        title=t.gettext("The client answered"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(said),
            OneOf(id=ids.PUSHBACK_KIND, label=t.gettext("What do they do?"), options=options, in_sight=False),
            Lines(
                id=ids.PUSHBACK_SAID,
                label=t.gettext("What did they say, as far as you know in their words?"),
                max_length=MAX_SAID_LENGTH,
            ),
            Day(id=ids.PUSHBACK_ON, label=t.gettext("When"), chosen=begin.today),
        ),
    )
