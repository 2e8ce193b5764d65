"""What each text that a workspace can replace is for, in a sentence, wherever they are listed."""

from __future__ import annotations

from bot.domain.message import N_
from bot.language import Language

TEXT_EXPLANATIONS: dict[str, str] = {
    "letter_farewell": N_("The template of the farewell letter."),
    "letter_warning": N_("The template of a written warning."),
    "letter_boundary": N_("The template of a boundary in writing."),
    "script_parting": N_("What can be said when you part."),
    "script_conversation": N_("What can be said in a conversation that asks for something."),
    "letter_sentences": N_("How letters say reasons and what was tried, and the words around a letter."),
    "letter_word": N_("The Word file that letters are written on."),
    "checklist": N_("What is to be done after a farewell letter was sent."),
    "closing_check": N_("The points to look at before a farewell letter."),
    "policy": N_("What to do, and whom to call, when a client insults or threatens somebody."),
}


def text_explanation(t: Language, name: str) -> str:
    """What a text is for."""
    return t.gettext(TEXT_EXPLANATIONS[name])
