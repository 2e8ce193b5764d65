"""A letter as a Word file: how long the first one of a process takes, and the others."""

from __future__ import annotations

import asyncio
import time
from statistics import median

from bot.documents.letter.samples import sample_letter
from bot.documents.letter.text import write_letter
from bot.documents.letter.word import letter_as_word
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from tests.bench.databases import Databases
from tests.bench.figures import at_most
from tests.bench.sizes import Sizes
from tests.bench.tables import Table, judged

BUDGET = at_most(400)
"""Milliseconds for one file, in a thread of its own."""

FILES = 30


async def measure(databases: Databases, sizes: Sizes) -> list[Table]:
    """One table. No database takes part; the first file loads the libraries."""
    letter = sample_letter(LetterKind.FAREWELL, "nl", FormOfAddress.FORMAL, LetterStyle.FORMAL)
    taken = []
    for _ in range(FILES):
        began = time.perf_counter()
        await asyncio.to_thread(lambda: letter_as_word(letter, write_letter(letter)))
        taken.append((time.perf_counter() - began) * 1000)
    table = Table("A letter as a Word file, off the event loop", ("which", "ms", "budget", ""))
    table.add("the first of a process", *judged(taken[0], BUDGET))
    table.add(f"median of {FILES - 1} more", *judged(median(taken[1:]), BUDGET))
    return [table]
