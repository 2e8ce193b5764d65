"""Friendly notes on wording: hints, never blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.message import N_
from bot.domain.wording import Hint
from bot.language import Language

_SENTENCES: Mapping[Hint, str] = {
    Hint.INSULT: N_(
        "Part of this may read as an insult. Write what happened, so that you could show it to the client."
    ),
    Hint.GUESS: N_("Part of this may read as a guess. What did you see or hear yourself?"),
    Hint.CRIME: N_(
        "Part of this may read as an accusation of a crime. Describe what happened, and don’t name an offence."
    ),
    Hint.HEALTH: N_("This seems to tell about someone’s health. That is never needed here."),
    Hint.FAITH: N_("This seems to tell about someone’s faith. That is never needed here."),
    Hint.ORIGIN: N_("This seems to tell about someone’s origin. That is never needed here."),
    Hint.POLITICS: N_("This seems to tell about someone’s politics. That is never needed here."),
    Hint.UNION: N_("This seems to tell about someone’s trade union. That is never needed here."),
    Hint.SEX_LIFE: N_("This seems to be about someone’s sexual orientation or sex life. That is never needed here."),
}


def hint_sentences(t: Language, hints: Sequence[Hint]) -> list[str]:
    """What to tell a person about each hint."""
    return [t.gettext(_SENTENCES[hint]) for hint in hints]
