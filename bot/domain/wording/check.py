"""The two uses of the wording rules: what a flag and what a letter is better without."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.wording.context import Context
from bot.domain.wording.lexicon import Rule, lexicon
from bot.domain.wording.marks import Kind, Mark
from bot.domain.wording.patterns import Found
from bot.domain.wording.text import Text
from bot.domain.wording.typing_errors import read_word

_KINDS = frozenset(kind.value for kind in Kind)


def check_flag(text: str) -> tuple[Mark, ...]:
    """The marks of what a colleague wrote about a client, in Dutch, in English or in both, in the order of the text.

    Any text will do; the time taken grows with its length alone. What others said is a fact and is not marked; data
    that the law protects most are marked whoever told them.
    """
    read = Text(text, read_word)
    told = [one for one in lexicon().telling.find(read) if one.meaning.in_flags]
    return _marks(read, told, is_letter=False, language="")


def check_letter(text: str, language: str) -> tuple[Mark, ...]:
    """The same of a letter to a client, for every `Kind`; `language` (`nl` or `en`) is the letter's."""
    read = Text(text, read_word)
    told = [one for one in lexicon().telling.find(read) if one.meaning.in_letters]
    return _marks(read, told, is_letter=True, language=language)


def _marks(text: Text, told: Iterable[Found[Rule]], *, is_letter: bool, language: str) -> tuple[Mark, ...]:
    """What remains of `told` in its context: of several that overlap and are of one kind, the longest."""
    told = list(told)
    if not told:
        # Most texts end here: nothing else is looked at.
        return ()
    context = Context(text, is_letter)
    kept: list[Found[Rule]] = []
    for one in sorted(told, key=lambda found: (found.first - found.after, found.first)):
        if not context.excuses(one) and not any(_are_one(one, other) for other in kept):
            kept.append(one)
    kept.sort(key=lambda found: (found.first, found.after))
    return tuple(_mark(text, one, language) for one in kept)


def _are_one(one: Found[Rule], other: Found[Rule]) -> bool:
    return one.meaning.kind is other.meaning.kind and one.first < other.after and other.first < one.after


def _mark(text: Text, one: Found[Rule], language: str) -> Mark:
    start, end = text.starts[one.first], text.ends[one.after - 1]
    return Mark(start, end, one.meaning.kind, text.source[start:end], _better(text, one, language))


def _better(text: Text, one: Found[Rule], language: str) -> str:
    """What to write instead: for one of the words if there is something, or for the kind."""
    spoken = language or (one.meaning.language if one.meaning.language != "both" else _spoken(text))
    better = lexicon().better.get(spoken, {})
    for word in text.words[one.first : one.after]:
        if word in better and word not in _KINDS:
            return better[word]
    return better.get(one.meaning.kind.value, "")


def _spoken(text: Text) -> str:
    """The language of a text, by its commonest words; English where they do not tell."""
    dutch, english = lexicon().lists["dutch"], lexicon().lists["english"]
    lead = sum(dutch.fits(word) - english.fits(word) for word in text.words)
    return "nl" if lead > 0 else "en"
