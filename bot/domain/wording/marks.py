"""What a text can hold that it is better without, and where it stands."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """A kind of wording; those of `SPECIAL` are data about a person that the law protects most."""

    INSULT = "insult"
    GUESS = "guess"
    CRIME = "crime"
    HEALTH = "health"
    FAITH = "faith"
    ORIGIN = "origin"
    POLITICS = "politics"
    UNION = "union"
    SEX_LIFE = "sex_life"
    ACCUSATION = "accusation"
    EMOTION = "emotion"
    ABSOLUTE = "absolute"
    THREAT = "threat"
    ADMISSION = "admission"
    APOLOGY = "apology"


SPECIAL = frozenset({Kind.HEALTH, Kind.FAITH, Kind.ORIGIN, Kind.POLITICS, Kind.UNION, Kind.SEX_LIFE})
"""Special categories of personal data (GDPR, article 9, paragraph 1)."""

FLAG_KINDS = frozenset({Kind.INSULT, Kind.GUESS, Kind.CRIME}) | SPECIAL
"""What a flag is read for; a letter is read for all kinds."""


class Mark(Struct, frozen=True):
    """Words that stand out: `text[start:end]` is `words`, counted in characters; `kind` is what they are.

    `better` is an example of what to write instead, in the language of the words; why it is marked and what to do
    is said in the reader's language by `bot.language.wording_words`.
    """

    start: int
    end: int
    kind: Kind
    words: str
    better: str = ""
