"""Letters of many kinds, in both languages and both forms of address, from `letter_cases.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.options import FormOfAddress

CASES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

FORMS: dict[str, tuple[str, FormOfAddress]] = {
    "nl-u": ("nl", FormOfAddress.FORMAL),
    "nl-je": ("nl", FormOfAddress.INFORMAL),
    "en-formal": ("en", FormOfAddress.FORMAL),
    "en-informal": ("en", FormOfAddress.INFORMAL),
}


def letters() -> Iterator[tuple[str, Letter]]:
    """Every letter, with the name of its situation and of how it addresses its reader."""
    for form, (code, address) in FORMS.items():
        for name, given in CASES[code].items():
            fields = {"style": "formal", **CASES["default"], **given, "language": code, "form": address.value}
            fields["steps"] = [CASES["steps"][step] for step in given.get("steps", ())]
            yield f"{name}.{form}", msgspec.convert(fields, Letter)
