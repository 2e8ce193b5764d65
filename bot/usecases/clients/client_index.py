"""Finding clients by name while somebody types, in memory, for each workspace.

The index holds the names and aliases of the clients that can be chosen; the caller fills it and keeps it in step
with what is stored. Reading is safe from any thread; changes wait for each other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterable
from threading import Lock

from msgspec import Struct, field

from bot.domain.known_names import KnownNames
from bot.domain.names import MAX_NAME_LENGTH, normalized
from bot.usecases.clients.name_block import BLOCK_LENGTH, Block, IndexedName, search_form, telling_words
from bot.usecases.clients.name_search import Match, first_steps, resembling, search_steps

__all__ = ["ClientIndex", "IndexedName", "Match"]

_MAX_QUERY_LENGTH = 2 * MAX_NAME_LENGTH


class _Names(Struct):
    """What is known of one workspace. Blocks are exchanged, never changed, so readers can go on with theirs."""

    blocks: list[Block] = field(default_factory=list)
    known: KnownNames = field(default_factory=KnownNames)
    by_client: dict[int, list[IndexedName]] = field(default_factory=dict)
    by_words: dict[tuple[str, ...], list[IndexedName]] = field(default_factory=dict)

    def add(self, entry: IndexedName) -> None:
        """Make one more name findable."""
        self.note(entry)
        form = search_form(entry.name)
        at = min(range(len(self.blocks)), key=lambda index: len(self.blocks[index]), default=None)
        if at is None or len(self.blocks[at]) >= BLOCK_LENGTH:
            self.blocks.append(Block([form], [entry]))
        else:
            self.blocks[at] = self.blocks[at].with_name(form, entry)

    def note(self, entry: IndexedName) -> None:
        """Remember whose name it is; its place in a block is up to the caller."""
        self.known.put(entry.name, entry.client_id)
        self.by_client.setdefault(entry.client_id, []).append(entry)
        self.by_words.setdefault(telling_words(entry.name), []).append(entry)

    def remove(self, client_id: int) -> None:
        """Forget every name of a client."""
        for entry in self.by_client.pop(client_id, []):
            form = search_form(entry.name)
            self.blocks = [block.without_name(form, entry) for block in self.blocks]
            self.known.drop(entry.name, client_id)
            words = telling_words(entry.name)
            self.by_words[words] = [other for other in self.by_words[words] if other != entry]
            if not self.by_words[words]:
                del self.by_words[words]


class ClientIndex:
    """Names of clients, workspace by workspace.

    Texts may be anything a person typed. A client appears once in an answer, however many of its names fit.
    """

    def __init__(self) -> None:
        self._workspaces: dict[int, _Names] = {}
        self._changing = Lock()

    def knows(self, workspace_id: int) -> bool:
        """Whether the workspace was filled with `replace` or `put`."""
        return workspace_id in self._workspaces

    def replace(self, workspace_id: int, names: Iterable[IndexedName]) -> None:
        """Make `names` all there is to find in the workspace.

        This takes about 12 ms for each thousand names: do it before the workspace is served.
        """
        fresh = _Names()
        pairs: list[tuple[str, IndexedName]] = []
        for entry in dict.fromkeys(names):
            fresh.note(entry)
            pairs.append((search_form(entry.name), entry))
        starts = range(0, len(pairs), BLOCK_LENGTH)
        fresh.blocks = [Block.of(pairs[start : start + BLOCK_LENGTH]) for start in starts]
        with self._changing:
            self._workspaces[workspace_id] = fresh

    def put(self, workspace_id: int, names: Iterable[IndexedName]) -> None:
        """Make `names` all the names of the clients that they belong to; other clients keep theirs."""
        # A client that was merged and taken apart again can have one name twice.
        entries = list(dict.fromkeys(names))
        with self._changing:
            workspace = self._workspaces.setdefault(workspace_id, _Names())
            for client_id in {entry.client_id for entry in entries}:
                workspace.remove(client_id)
            for entry in entries:
                workspace.add(entry)

    def drop(self, client_id: int) -> None:
        """Forget all names of a client, wherever it is; nothing happens when it is not there."""
        with self._changing:
            for workspace in self._workspaces.values():
                workspace.remove(client_id)

    def known(self, workspace_id: int) -> KnownNames:
        """The clients by their names and aliases; it follows what changes."""
        return self._names(workspace_id).known

    def exact(self, workspace_id: int, text: str) -> int | None:
        """The client that has `text` as a name or alias, apart from spelling and legal form."""
        return self._names(workspace_id).known.find(text)

    def is_several(self, workspace_id: int, text: str) -> bool:
        """Whether several clients have `text` as their name, but for their legal form."""
        return self._names(workspace_id).known.is_several(text)

    def loosely(self, workspace_id: int, text: str) -> int | None:
        """The one client that has `text` as a name without accents, or with "and" for "&"; `None` for several."""
        return self._names(workspace_id).known.get_loosely(normalized(text))

    def shown(self, workspace_id: int, client_id: int) -> str | None:
        """A client's own name, whichever of its names was typed."""
        names = self._names(workspace_id).by_client.get(client_id)
        return names[0].shown if names else None

    def search(self, workspace_id: int, text: str, limit: int = 25) -> list[Match]:
        """The clients that answer best to a text that is still being typed; the first by name when it is empty.

        At 100 thousand names this takes 10 ms or more; on an event loop, `type_ahead` gives the same answer in steps.
        """
        steps = self._search_steps(workspace_id, text, limit)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                return list(done.value)

    async def type_ahead(self, workspace_id: int, text: str, limit: int = 25) -> list[Match]:
        """What `search` answers, letting other work go first after every few thousand names.

        Changes to the index in the meantime are not seen.
        """
        steps = self._search_steps(workspace_id, text, limit)
        while True:
            try:
                next(steps)
            except StopIteration as done:
                return list(done.value)
            await asyncio.sleep(0)

    def resembling(self, workspace_id: int, text: str, limit: int = 5) -> list[Match]:
        """The clients that may be meant by a name that is new: "did you mean …?".

        A name in exactly this spelling is left out; another legal form of it counts, as `exact`.
        """
        query = search_form(text[:_MAX_QUERY_LENGTH])
        if not query:
            return []
        names = self._names(workspace_id)
        words = telling_words(text[:_MAX_QUERY_LENGTH])
        same_words = tuple(names.by_words.get(words, ())) if words else ()
        found = resembling(list(names.blocks), query, limit + 1, self.exact(workspace_id, text), same_words)
        return [match for match in found if match.name != text.strip()][:limit]

    def _names(self, workspace_id: int) -> _Names:
        return self._workspaces.get(workspace_id) or _Names()

    def _search_steps(self, workspace_id: int, text: str, limit: int) -> Generator[None, None, list[Match]]:
        blocks = list(self._names(workspace_id).blocks)
        query = search_form(text[:_MAX_QUERY_LENGTH])
        if query:
            return search_steps(blocks, query, limit, self.exact(workspace_id, text))
        return first_steps(blocks, limit)
