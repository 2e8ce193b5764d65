"""How well names answer to what somebody typed.

Likeness runs from 0 to 100. Names that hold what was typed come first, those that start with it before the others;
names that are merely close come after them. Queries are search forms (`search_form` of `name_block`).
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Sequence
from itertools import combinations, islice

from msgspec import Struct, field

from bot.domain.names import LEGAL_FORMS
from bot.usecases.clients.name_block import Block, IndexedName, search_form

EXACT, STARTS, WORD_STARTS, HOLDS, MAX_CLOSENESS, ONE_SLIP = 100.0, 99.0, 98.0, 97.0, 96.0, 90.0
"""Likeness by the way in which a name holds a query; close names stay below them."""

MAX_CACHED = 100
MAX_EXAMINED = 2000
"""How many names that hold a query are ranked, and how many that hold its longest word are read, for each block."""

CLOSE_ENOUGH = 60.0
BEGINNING_CLOSE_ENOUGH = 75.0
MIN_GUESS_LENGTH = 3
"""Below this length of a query, close names are noise."""

MIN_SHARED_LENGTH = 4
_GLUED_FORMS = tuple(form[0] for form in LEGAL_FORMS if len(form) == 1)
_BETWEEN_WORDS = re.compile(r"[\W_]+")
MAX_QUERY_WORDS = 12


class Match(Struct, frozen=True):
    """A client that answers to a text by `name`, the best of its names; `shown` is the client's own name.

    `score` is the likeness; `exact` says that the text is a name of this client in another spelling at most.
    """

    client_id: int
    name: str
    score: float
    exact: bool
    shown: str


class Answers(Struct):
    """The best answer of each client so far; `exact_id` is the client whose name was typed, if any."""

    exact_id: int | None
    best: dict[int, tuple[float, str, IndexedName]] = field(default_factory=dict)

    def add(self, likeness: float, form: str, entry: IndexedName) -> None:
        """Keep an answer unless its client has a better one."""
        known = self.best.get(entry.client_id)
        if known is None or known[0] < likeness:
            self.best[entry.client_id] = (likeness, form, entry)

    def ranked(self, limit: int) -> list[Match]:
        """The best `limit` answers: most alike first, then short names, then the alphabet."""
        order = sorted(
            self.best.values(), key=lambda answer: (-answer[0], len(answer[1]), answer[1], answer[2].client_id)
        )
        return [
            Match(
                entry.client_id,
                entry.name,
                likeness,
                likeness == EXACT and entry.client_id == self.exact_id,
                entry.shown,
            )
            for likeness, _, entry in order[:limit]
        ]


def search_steps(
    blocks: Sequence[Block], query: str, limit: int, exact_id: int | None
) -> Generator[None, None, list[Match]]:
    """The best `limit` answers to a query that is still being typed, a step for each block and kind of search.

    Each kind is only tried where the earlier ones left room.
    """
    answers = Answers(exact_id)
    for collect in (_starting, _holding, _close, _beginning_close):
        if len(answers.best) >= limit:
            break
        for block in blocks:
            collect(block, query, limit, answers)
            yield
    return answers.ranked(limit)


def first_steps(blocks: Sequence[Block], limit: int) -> Generator[None, None, list[Match]]:
    """The first `limit` clients by their own name, a step for each block."""
    first: list[tuple[str, IndexedName]] = []
    for block in blocks:
        own = (
            (form, entry) for form, entry in zip(block.forms, block.entries, strict=True) if entry.name == entry.shown
        )
        first += islice(own, limit)
        yield
    first.sort(key=lambda pair: (pair[0], pair[1].client_id))
    return [Match(entry.client_id, entry.name, 0.0, False, entry.shown) for _, entry in first[:limit]]


def resembling(
    blocks: Iterable[Block], query: str, limit: int, exact_id: int | None, same_words: Iterable[IndexedName] = ()
) -> list[Match]:
    """Names so close to a finished name that the same client may be meant; `same_words` are made of the same ones."""
    answers = Answers(exact_id)
    needed = likeness_needed(query)
    for entry in same_words:
        answers.add(MAX_CLOSENESS, search_form(entry.name), entry)
    for block in blocks:
        for at, likeness in block.close_to(query, needed, limit):
            if _digits(block.forms[at]) == _digits(query):
                answers.add(likeness, block.forms[at], block.entries[at])
        _one_slip(block, query, answers)
        _sharing_words(block, query, answers)
    return answers.ranked(limit)


def likeness_needed(query: str) -> float:
    """How alike a name must be to ask "did you mean"; a single slip is looked for apart."""
    if len(query) <= 3:
        return 100.0
    if len(query) <= 5:
        return 88.0
    return 83.0 if len(query) <= 8 else 85.0


def _starting(block: Block, query: str, limit: int, answers: Answers) -> None:
    for at in block.starting_with(query)[:MAX_CACHED]:
        form = block.forms[at]
        answers.add(EXACT if form == query else STARTS, form, block.entries[at])


def _holding(block: Block, query: str, limit: int, answers: Answers) -> None:
    longest, *others = sorted(query.split(), key=len, reverse=True)
    # A slip in one word leaves nothing to find, however many names hold the longest one.
    if not all(block.holds(word) for word in others):
        return
    examined = islice(block.containing(longest), MAX_EXAMINED)
    held = (at for at in examined if all(word in block.forms[at] for word in others))
    for at in islice(held, MAX_CACHED):
        form = block.forms[at]
        answers.add(WORD_STARTS if f" {query}" in form else HOLDS, form, block.entries[at])


def _close(block: Block, query: str, limit: int, answers: Answers) -> None:
    if len(query) >= MIN_GUESS_LENGTH:
        for at, likeness in block.close_to(query, CLOSE_ENOUGH, limit):
            answers.add(min(likeness, MAX_CLOSENESS), block.forms[at], block.entries[at])


def _beginning_close(block: Block, query: str, limit: int, answers: Answers) -> None:
    if len(query) >= MIN_GUESS_LENGTH:
        for at, likeness in block.beginning_close_to(query, BEGINNING_CLOSE_ENOUGH, limit):
            answers.add(min(likeness, MAX_CLOSENESS), block.forms[at], block.entries[at])


def _one_slip(block: Block, query: str, answers: Answers) -> None:
    """Names that a single slip makes `query`; of names of three letters only two that are swapped are one."""
    if len(query) < MIN_GUESS_LENGTH:
        return
    for at in block.slips_from(query):
        form = block.forms[at]
        if _digits(form) != _digits(query):
            continue
        if max(len(form), len(query)) > MIN_GUESS_LENGTH or sorted(form) == sorted(query):
            answers.add(ONE_SLIP, form, block.entries[at])


def _digits(form: str) -> str:
    """The digits of a name: "Studio 54" and "Studio 55" are two clients, however alike."""
    return "".join(filter(str.isdigit, form))


def _sharing_words(block: Block, query: str, answers: Answers) -> None:
    """Names that hold `query` as whole words, and names that are whole words of it: "Acme" and "Acme Nederland"."""
    if len(query) >= MIN_SHARED_LENGTH:
        held = [*block.starting_with(f"{query} ")[:MAX_CACHED], *islice(block.containing(f" {query}"), MAX_CACHED)]
        for at in held:
            if f" {query} " in f" {block.forms[at]} ":
                answers.add(MAX_CLOSENESS, block.forms[at], block.entries[at])
    for form in _GLUED_FORMS:
        if query.endswith(form) and len(query) - len(form) >= MIN_SHARED_LENGTH:
            for at in block.equal_to(query.removesuffix(form)):
                answers.add(MAX_CLOSENESS, query, block.entries[at])
    words = _BETWEEN_WORDS.split(query)[:MAX_QUERY_WORDS]
    glued = "".join(words)
    if len(words) > 1 and len(glued) >= MIN_SHARED_LENGTH:
        # "O Brien" is how somebody writes "O'Brien Consulting".
        for at in block.starting_with(f"{glued} ")[:MAX_CACHED]:
            answers.add(MAX_CLOSENESS, block.forms[at], block.entries[at])
    for start, end in combinations(range(len(words) + 1), 2):
        part = " ".join(words[start:end])
        if len(part) >= MIN_SHARED_LENGTH and part != query:
            for at in block.equal_to(part):
                answers.add(MAX_CLOSENESS, part, block.entries[at])
