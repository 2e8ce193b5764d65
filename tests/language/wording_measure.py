"""How well the wording rules do on labelled sentences: precision and recall by language, kind and label."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from msgspec import Struct

from bot.domain.wording.check import check_flag, check_letter
from bot.domain.wording.marks import SPECIAL, Kind, Mark

FINE = "ok"
_LABELS = {Kind.GUESS: "guess_motive", Kind.APOLOGY: "empty_apology"} | dict.fromkeys(SPECIAL, "special_category")


class Sentence(Struct, frozen=True):
    """A sentence and the labels of which any counts as found; a fine one has `FINE` alone."""

    language: str
    use: str
    label: str
    text: str
    also: frozenset[str] = frozenset()

    def marks(self) -> tuple[Mark, ...]:
        """What the rules mark in it."""
        return check_flag(self.text) if self.use == "flag" else check_letter(self.text, self.language)

    def labels(self) -> set[str]:
        """The labels of its marks."""
        return {_LABELS.get(mark.kind, mark.kind.value) for mark in self.marks()}


class Figures(Struct, frozen=True):
    """What was counted: sentences by what became of them, and the labels with how many were found."""

    marked: int
    wrongly: int
    fine: int
    found: int
    all: int
    by_label: dict[str, tuple[int, int]]

    @property
    def precision(self) -> float:
        """The share of marked sentences that are not fine."""
        return (self.marked - self.wrongly) / self.marked if self.marked else 1.0

    @property
    def recall(self) -> float:
        """The share of labelled sentences in which the label or an also-label was found."""
        return self.found / self.all if self.all else 1.0


def read_sentences(name: str) -> list[Sentence]:
    """The sentences of a file beside this one; a label may be followed by also-labels, after commas."""
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_sentence(row) for row in rows]


def _sentence(row: dict[str, str]) -> Sentence:
    label, *also = row["label"].split(",")
    return Sentence(row["lang"], row["kind"], label, row["text"], frozenset((label, *also)))


def measured(sentences: list[Sentence]) -> Figures:
    """The figures of some sentences."""
    marked = wrongly = fine = found = 0
    by_label: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in sentences:
        labels = one.labels()
        marked += bool(labels)
        if one.label == FINE:
            fine += 1
            wrongly += bool(labels)
        else:
            is_found = bool(labels & one.also)
            found += is_found
            by_label[one.label][0] += is_found
            by_label[one.label][1] += 1
    counted = {label: (good, everything) for label, (good, everything) in sorted(by_label.items())}
    return Figures(marked, wrongly, fine, found, sum(pair[1] for pair in counted.values()), counted)


def report(name: str) -> str:
    """The figures of a file as a table in Markdown."""
    sentences = read_sentences(name)
    lines = ["| | precision | recall | fine ones marked |", "| --- | --- | --- | --- |"]
    for use in ("flag", "letter"):
        for language in ("en", "nl"):
            figures = measured([one for one in sentences if (one.use, one.language) == (use, language)])
            recall = f"{figures.recall:.2f} ({figures.found} of {figures.all})"
            disturbed = f"{figures.wrongly} of {figures.fine}"
            lines.append(f"| {use}, {language} | {figures.precision:.2f} | {recall} | {disturbed} |")
    lines += ["", "| label | flags, en | flags, nl | letters, en | letters, nl |", "| --- | --- | --- | --- | --- |"]
    by = {
        (use, language): measured([one for one in sentences if (one.use, one.language) == (use, language)]).by_label
        for use in ("flag", "letter")
        for language in ("en", "nl")
    }
    for label in sorted({label for counted in by.values() for label in counted}):
        cells = [f"{pair[0]} of {pair[1]}" if (pair := counted.get(label)) else "–" for counted in by.values()]
        lines.append(f"| `{label}` | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    import sys

    for chosen in sys.argv[1:]:
        print(f"{chosen}\n{report(chosen)}")  # noqa: T201
