"""Names of a whole list that may be those of one client, told before the list counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.domain.names import are_other_forms
from bot.usecases.clients.name_block import Block, IndexedName, search_form, telling_words
from bot.usecases.ports.clients import ClientName

MAX_COMPARED = 3000
"""Up to so many names each is looked at for slips: that compares every name with every other."""

MIN_LENGTH = 4
"""Shorter names differ by a letter because they are other names."""


def names_alike(known: Sequence[ClientName], new: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each of the names `new` with one in `known` of another client that may be the same, some pairs perhaps twice.

    They are made of the same words, in another order, with an article or as one word; or a slip makes one the other.
    Names with two legal forms, or with other numbers, are two clients.
    """
    by_words: dict[str, list[ClientName]] = {}
    for one in known:
        for key in _keys(one.name):
            by_words.setdefault(key, []).append(one)
    for group in by_words.values():
        yield from _pairs([one for one in group if one.name in new], group)
    if len(known) <= MAX_COMPARED:
        names = {one.name: one for one in known}
        block = Block.of((search_form(one.name), IndexedName(one.client_id, one.name, one.name)) for one in known)
        for name in new:
            form = search_form(name)
            if len(form) >= MIN_LENGTH and name in names:
                near = (block.entries[at].name for at in block.slips_from(form))
                yield from _pairs([names[name]], [names[other] for other in near if _digits(other) == _digits(name)])


def _keys(name: str) -> set[str]:
    return {" ".join(telling_words(name)), " ".join(telling_words("".join(name.split())))} - {""}


def _pairs(ones: Sequence[ClientName], others: Sequence[ClientName]) -> Iterator[tuple[str, str]]:
    for one in ones:
        for other in others:
            if one.client_id != other.client_id and not are_other_forms(one.name, other.name):
                yield one.name, other.name


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))
