"""What is asked around a flag: why it is withdrawn, and how a colleague sees it."""

from __future__ import annotations

from bot.domain.flag_rules import MAX_REASON_LENGTH, MAX_TEXT_LENGTH
from bot.language import Language
from handlers.features import ids
from handlers.surface.form import Form, Lines
from handlers.surface.message import Paragraph


def build_withdraw_form(t: Language, flag_id: int) -> Form:
    """Asks for the reason."""
    explained = t.gettext(
        "The flag stops counting and its text is removed. Its date and your reason stay, so that others can see "
        "that something was taken back."
    )
    reason = Lines(
        id=ids.FLAG_WITHDRAW_REASON, label=t.gettext("Why do you withdraw it?"), max_length=MAX_REASON_LENGTH
    )
    return Form(
        id=ids.FLAG_WITHDRAW_FORM,
        carried=str(flag_id),
        title=t.gettext("Withdraw a flag"),
        submit=t.gettext("Withdraw"),
        close=t.gettext("Cancel"),
        elements=(Paragraph(explained), reason),
    )


def build_differs_form(t: Language, flag_id: int, known: str) -> Form:
    """Asks for the other view, with what was said before to go on from."""
    explained = t.gettext("Your view stands beside the flag, for everybody who sees it. It changes no points.")
    note = Lines(
        id=ids.FLAG_DIFFERS_NOTE, label=t.gettext("How do you see it?"), text=known, max_length=MAX_TEXT_LENGTH
    )
    return Form(
        id=ids.FLAG_DIFFERS_FORM,
        carried=str(flag_id),
        title=t.gettext("I see it differently"),
        submit=t.gettext("Save") if known else t.gettext("Add my view"),
        close=t.gettext("Cancel"),
        elements=(Paragraph(explained), note),
    )
