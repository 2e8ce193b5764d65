"""What the texts are for that a workspace can replace: every one of them, and no other, in a sentence."""

from __future__ import annotations

from bot.documents.letter.own_texts import LETTER_TEXTS
from bot.language.text_words import TEXT_EXPLANATIONS
from bot.usecases.checklist.definitions import CHECKLIST_TEXT
from bot.usecases.farewell.closing_check_text import CLOSING_CHECK_TEXT
from bot.usecases.pushback.policy_text import POLICY_TEXT


def test_every_text_is_explained_in_a_sentence() -> None:
    assert list(TEXT_EXPLANATIONS) == [
        kind.name for kind in (*LETTER_TEXTS, CHECKLIST_TEXT, CLOSING_CHECK_TEXT, POLICY_TEXT)
    ]
    assert all(sentence.endswith(".") for sentence in TEXT_EXPLANATIONS.values())
