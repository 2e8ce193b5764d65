"""The form that asks on what terms a client could come back."""

from __future__ import annotations

from bot.domain.returning import MAX_TERMS_LENGTH, ReturnStance
from bot.language import Language
from bot.language.marks import bold
from bot.language.return_words import stance_label, terms_sentence
from bot.usecases.returning.terms import TermsToEdit
from handlers.features import ids
from handlers.surface.form import Form, Lines, OneOf, Option, page
from handlers.surface.message import Paragraph


def build_return_form(t: Language, known: TermsToEdit) -> Form:
    """The form, with what was written down before."""
    terms = known.terms
    return Form(
        id=ids.RETURN_FORM,
        carried=str(known.client.id),
        title=t.gettext("Coming back"),
        submit=t.gettext("Save"),
        close=t.gettext("Later"),
        elements=(
            Paragraph(bold(known.client.name)),
            OneOf(
                id=ids.RETURN_STANCE,
                label=t.gettext("Could they come back one day?"),
                options=tuple(Option(stance_label(t, one), one.value) for one in ReturnStance),
                chosen=terms.stance.value if terms else None,
            ),
            Lines(
                id=ids.RETURN_TEXT,
                label=t.gettext("On what terms, or why not?"),
                hint=t.gettext(
                    "Such as payment in advance. Whoever meets them again and may see the dossier reads it."
                ),
                text=terms.text if terms else "",
                is_optional=True,
                max_length=MAX_TERMS_LENGTH,
            ),
        ),
    )


def build_return_saved(t: Language, saved: TermsToEdit) -> Form:
    """What somebody sees who has saved the terms."""
    said = f"{bold(saved.client.name)}\n{terms_sentence(t, saved.terms)}"
    return page(t.gettext("Coming back"), t.gettext("Close"), [Paragraph(said)])
