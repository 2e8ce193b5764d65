"""Writes what the wording rules take from simplemma: forms of words, and real words that are no typing errors.

Run it after a change of the lexicon: `python -m tests.language.wording_files`. Simplemma's dictionaries take a second
to load and seventy megabytes of memory, so the bot reads these excerpts of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import OSA
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from bot.domain.wording import lexicon as lexicon_module
from bot.domain.wording.text import folded
from bot.domain.wording.typing_errors import MIN_SLIP_LENGTH

FOLDER = Path(lexicon_module.__file__).with_name("lexicon")


def written_forms() -> str:
    """Each word that a phrase takes up as `~word`, with all its forms."""
    wanted = {
        lemma
        for name in lexicon_module.FILES
        for lemma in re.findall(r"~([a-z]+)", (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    }
    forms: dict[str, set[str]] = defaultdict(set)
    for form, lemma in _dictionary():
        if lemma in wanted and form.isalpha():
            forms[lemma].add(form)
    return "".join(f"{lemma}: {' '.join(sorted(forms[lemma] - {lemma}))}\n" for lemma in sorted(wanted))


def written_real_words() -> str:
    """The words that are in a dictionary, and near enough to a word of the lexicon to be taken for it mistyped."""
    groups: dict[tuple[str, int], set[str]] = defaultdict(set)
    vocabulary = lexicon_module.lexicon().vocabulary
    for word in vocabulary:
        if len(word) >= MIN_SLIP_LENGTH:
            groups[word[0], len(word)].add(word)
    real = set()
    for pair in _dictionary():
        for word in pair:
            if word.isalpha() and word not in vocabulary and word not in real and len(word) >= MIN_SLIP_LENGTH - 1:
                near = (
                    one for length in range(len(word) - 1, len(word) + 2) for one in groups.get((word[0], length), ())
                )
                if any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in near):
                    real.add(word)
    return "\n".join(sorted(real)) + "\n"


def _dictionary() -> Iterator[tuple[str, str]]:
    """Every form and its lemma, folded, of both languages."""
    for language in ("en", "nl"):
        for form, lemma in DefaultDictionaryFactory().get_dictionary(language).items():
            yield folded(_text(form)), folded(_text(lemma))


def _text(word: str | bytes) -> str:
    return word.decode() if isinstance(word, bytes) else word


if __name__ == "__main__":
    (FOLDER / "forms.txt").write_text(written_forms(), encoding="utf-8")
    (FOLDER / "real_words.txt").touch()
    (FOLDER / "real_words.txt").write_text(written_real_words(), encoding="utf-8")
