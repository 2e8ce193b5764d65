"""Whose name a typed name is, in memory."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from bot.domain.names import legal_form, loosely, normalized

Kept = TypeVar("Kept", tuple[int, ...], tuple[tuple[str, int], ...])


class KnownNames:
    """Whose name or alias a typed name is, and how many words the longest of them had at any time."""

    __slots__ = ("_by_name", "_loosely", "most_words")

    def __init__(self, ids: Mapping[str, int] | None = None) -> None:
        self._by_name: dict[str, tuple[tuple[str, int], ...]] = {}
        self._loosely: dict[str, tuple[int, ...]] = {}
        self.most_words = 0
        for name, key in (ids or {}).items():
            self.put(name, key)

    def find(self, typed: str) -> int | None:
        """The id that goes with a name as typed, in any spelling; `None` where two clients differ in legal form."""
        return self.get(normalized(typed), typed)

    def get(self, name: str, typed: str) -> int | None:
        """Like `find`, for who has the normalized `name` of what was `typed` already."""
        holders = self._by_name.get(name)
        if holders is None:
            return None
        if len(holders) == 1 and not holders[0][0]:
            return holders[0][1]
        form = legal_form(typed)
        alike = {key for other, key in holders if other == form}
        if not alike:
            alike = {key for other, key in holders if not form or not other}
        return alike.pop() if len(alike) == 1 else None

    def is_several(self, typed: str) -> bool:
        """Whether a name as typed may be that of several clients, which differ in their legal form."""
        holders = self._by_name.get(normalized(typed), ())
        return len({key for _, key in holders}) > 1 and self.find(typed) is None

    def get_loosely(self, name: str) -> int | None:
        """The id that goes with a normalized name whose accents, or "&", may be typed otherwise; `None` for several."""
        ids = self._loosely.get(loosely(name), ())
        return ids[0] if len(set(ids)) == 1 else None

    def put(self, name: str, key: int) -> None:
        """Let a name belong to `key`, whoever had it before."""
        core, form = normalized(name), legal_form(name)
        others = tuple(holder for holder in self._by_name.get(core, ()) if holder[0] != form)
        self._by_name[core] = (*others, (form, key))
        self._loosely[loosely(core)] = (*self._loosely.get(loosely(core), ()), key)
        self.most_words = max(self.most_words, len(core.split()))

    def drop(self, name: str, key: int) -> None:
        """Forget a name where it belongs to `key`."""
        core, gone = normalized(name), (legal_form(name), key)
        _keep(self._by_name, core, tuple(holder for holder in self._by_name.get(core, ()) if holder != gone))
        ids = list(self._loosely.get(loosely(core), ()))
        if key in ids:
            ids.remove(key)
        _keep(self._loosely, loosely(core), tuple(ids))


def _keep(where: dict[str, Kept], name: str, kept: Kept) -> None:
    if kept:
        where[name] = kept
    else:
        where.pop(name, None)
