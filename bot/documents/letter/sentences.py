"""The sentences of a language that letters are made with: reasons, steps, and the words around a letter.

They stand in a file of each language, `templates/sentences.*.toml`, which a workspace can replace.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib import resources
from string import Formatter

import msgspec
from msgspec import Struct

from bot.domain.catalogue import CATEGORIES
from bot.domain.errors import FlagclientError
from bot.domain.farewell.letter.letter import LetterStep
from bot.domain.farewell.letter.options import LetterKind
from bot.domain.message import N_
from bot.domain.remedy_kinds import RemedyKind
from bot.language import Language

_DAYS = ("begins", "ends")


class Frame(Struct, frozen=True, forbid_unknown_fields=True):
    """The fixed words around a letter."""

    subject_letter: str
    subject_email: str
    attention: str
    unfilled: str
    greeting_formal: str
    greeting_informal: str
    greeting_nobody_formal: str
    greeting_nobody_informal: str
    phone: str
    registration: str


class Sentences(Struct, frozen=True, forbid_unknown_fields=True):
    """The sentences of one language: `reasons` of a farewell, and `asking` of what comes before one.

    `steps` have a place for `{begins}` and `{ends}`.
    """

    reasons: Mapping[str, str]
    asking: Mapping[str, str]
    steps: Mapping[RemedyKind, str]
    frame: Frame

    def reasons_of(self, kind: LetterKind, categories: Iterable[str]) -> tuple[str, ...]:
        """The neutral sentence of each category that has one."""
        said = self.reasons if kind is LetterKind.FAREWELL else self.asking
        return tuple(said[category] for category in categories if category in said)

    def step(self, t: Language, step: LetterStep) -> str:
        """An attempt with its days, as the middle of a sentence."""
        return self.steps[step.kind].format(begins=_day(t, step.starts_on), ends=_day(t, step.ends_on))


class SentencesInvalidError(FlagclientError):
    """A file of sentences that cannot be used; `reason` is said in English by what reads it."""

    message = N_("These sentences can’t be used: {reason}. What you had stays as it is.")


@cache
def default_sentences(language: str) -> str:
    """The file of sentences that comes with the bot, in a language that letters are written in."""
    folder = resources.files("bot.documents.letter").joinpath("templates")
    return folder.joinpath(f"sentences.{language}.toml").read_text(encoding="utf-8")


@cache
def read_sentences(text: str) -> Sentences:
    """The sentences of a file; raises `SentencesInvalidError` for one that lacks something or has it wrong."""
    try:
        sentences = msgspec.toml.decode(text, type=Sentences)
        for category in CATEGORIES:
            if not (sentences.reasons.get(category) and sentences.asking.get(category)):
                raise SentencesInvalidError(reason=f"{category} is missing under [reasons] or [asking]")
        for kind in RemedyKind:
            if kind not in sentences.steps:
                raise SentencesInvalidError(reason=f"{kind.value} is missing under [steps]")
            for _, name, form, conversion in Formatter().parse(sentences.steps[kind]):
                if name is not None and (name not in _DAYS or form or conversion):
                    raise SentencesInvalidError(
                        reason=f"steps have a place for {{begins}} and {{ends}}, not {{{name}}}"
                    )
    except (msgspec.DecodeError, ValueError) as error:
        raise SentencesInvalidError(reason=str(error)) from None
    return sentences


def _day(t: Language, day: date) -> str:
    return t.date(day)
