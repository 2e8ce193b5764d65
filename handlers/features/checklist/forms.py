"""The forms of a checklist: how it is known that something is done, and who sees to it until when."""

from __future__ import annotations

from bot.domain.checklist import MAX_PROOF_LENGTH, Item
from bot.language import Language
from bot.usecases.checklist.definitions import words_of
from handlers.features import ids
from handlers.surface.form import Day, Form, Line, Lines, PersonField
from handlers.surface.message import Paragraph


def build_proof_form(t: Language, item: Item) -> Form:
    """How it is known that something is done."""
    return Form(
        id=ids.CHECKLIST_PROOF_FORM,
        carried=str(item.id),
        title=t.gettext("How do you know?"),
        submit=t.gettext("Done"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(words_of(item, t.code)),
            Lines(
                id=ids.CHECKLIST_PROOF,
                label=t.gettext("A note or a link"),
                hint=t.gettext("Such as: confirmed by their director by e-mail on 3 May."),
                text=item.proof,
                max_length=MAX_PROOF_LENGTH,
            ),
        ),
    )


def build_change_form(t: Language, item: Item) -> Form:
    """Who sees to something, and until when."""
    return Form(
        id=ids.CHECKLIST_CHANGE_FORM,
        carried=str(item.id),
        title=t.gettext("Give or move"),
        submit=t.gettext("Save"),
        close=t.gettext("Cancel"),
        elements=(
            Paragraph(words_of(item, t.code)),
            PersonField(id=ids.CHECKLIST_OWNER, label=t.gettext("Who is responsible?"), chosen=item.owner_id),
            Day(id=ids.CHECKLIST_DUE, label=t.gettext("By which day"), chosen=item.due_on),
            Line(
                id=ids.CHECKLIST_REASON,
                label=t.gettext("Why another day?"),
                is_optional=True,
                max_length=MAX_PROOF_LENGTH,
            ),
        ),
    )
