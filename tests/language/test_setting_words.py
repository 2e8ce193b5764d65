"""What settings are for: every one of them, and no other, in a sentence."""

from __future__ import annotations

from bot.domain.settings_values import SETTINGS
from bot.language.setting_words import EXPLANATIONS
from bot.usecases.settings import ROLES


def test_every_setting_is_explained_in_a_sentence() -> None:
    assert list(EXPLANATIONS) == [*SETTINGS, *ROLES]
    assert all(sentence.endswith(".") for sentence in EXPLANATIONS.values())
