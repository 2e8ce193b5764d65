"""Taking over a list of clients that a team keeps elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.audit import AuditAction
from bot.domain.client_list import OWNER, ListedClient
from bot.domain.errors import ClientListedTwiceError, ClientNameTakenError, FlagclientError
from bot.domain.list_doubts import Doubt, DoubtKind
from bot.domain.model import Client
from bot.domain.names import clean_name, normalized
from bot.usecases.audit import note
from bot.usecases.clients.alike import names_alike
from bot.usecases.clients.living import redraw_messages
from bot.usecases.ports import UnitOfWork, Workspace
from bot.usecases.settings import PersonIds, bump_settings_version, person_called


class Outcome(StrEnum):
    """What a line of a list brought to its client."""

    ADDED = "new"
    CHANGED = "changed"
    UNCHANGED = "as it was"


class ImportedLine(Struct, frozen=True):
    """A client as it stands after a line of the list; `before` is the client number that it had, where that changed.

    `owner` is the platform's user id that the line names, empty where it names none.
    """

    line: int
    outcome: Outcome
    name: str
    aliases: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    owner: str = ""
    reference: str = ""
    before: str = ""


class Imported(Struct, frozen=True):
    """How many clients were new, had something added or changed, and were as listed already; and each line by itself.

    `doubts` are lines that were taken over and may not mean what they seem to.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    lines: tuple[ImportedLine, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class ListRefusedError(Exception):
    """Lines of the list cannot be taken over, each for its reason; nothing of the list may be stored."""

    def __init__(self, problems: list[tuple[int, FlagclientError]]) -> None:
        super().__init__(len(problems))
        self.problems = problems


def import_clients(
    uow: UnitOfWork, workspace_id: int, listed: Iterable[ListedClient], now: datetime, ids: PersonIds
) -> Imported:
    """Bring a workspace's clients to what a list says; doing it again changes nothing.

    A client is found by its name or an alias, and keeps its name. What the list says of it is taken over, what it
    leaves empty stays. Owners are the platform's user ids. Raises `ListRefusedError`, naming every line that is wrong.
    """
    workspace = uow.people.workspace(workspace_id)
    clients = list(listed)
    importing = _Import(uow, workspace, now, ids, {normalized(one.name) for one in clients})
    for one in clients:
        importing.take_over(one)
    if importing.problems:
        raise ListRefusedError(importing.problems)
    bump_settings_version(uow, workspace)
    lines = tuple(importing.lines)
    outcomes = [line.outcome for line in lines]
    return Imported(
        outcomes.count(Outcome.ADDED),
        outcomes.count(Outcome.CHANGED),
        outcomes.count(Outcome.UNCHANGED),
        lines,
        (*importing.doubts, *_alike(uow, workspace, lines)),
    )


class _Import:
    """One list on its way in: its lines so far, what is wrong with some, and what is doubtful about others."""

    def __init__(
        self, uow: UnitOfWork, workspace: Workspace, now: datetime, ids: PersonIds, names: Collection[str]
    ) -> None:
        self._uow, self._workspace, self._now, self._ids, self._names = uow, workspace, now, ids, names
        self._listed: dict[int, ListedClient] = {}
        self.lines: list[ImportedLine] = []
        self.problems: list[tuple[int, FlagclientError]] = []
        self.doubts: list[Doubt] = []

    def take_over(self, one: ListedClient) -> None:
        """Bring a client to what its line says, or keep what is wrong with the line."""
        try:
            self.lines.append(self._import(one))
        except FlagclientError as error:
            self.problems.append((one.line, error))

    def _import(self, one: ListedClient) -> ImportedLine:
        name = clean_name(one.name)
        client = self._uow.clients.by_name(self._workspace.id, name)
        is_new = client is None
        if client is None:
            client = self._uow.clients.add(self._workspace.id, name, normalized(name), self._now)
        one = self._without_clash(client, one, name)
        # Every part is taken over, whether or not one before it brought anything.
        changes = [self._aliases(client, one), self._contacts(client, one), self._facts(client, one)]
        outcome = Outcome.ADDED if is_new else Outcome.CHANGED if any(changes) else Outcome.UNCHANGED
        if outcome is Outcome.CHANGED:
            subject = f"client:{client.id}"
            note(
                self._uow,
                self._workspace.id,
                AuditAction.CARD_IMPORTED,
                self._now,
                client_id=client.id,
                subject=subject,
            )
        after = self._uow.clients.find(self._workspace.id, client.id) or client
        names = self._uow.clients.names_of(client.id)
        before = client.external_reference or ""
        return ImportedLine(
            one.line,
            outcome,
            after.name,
            tuple(known.name for known in names if known.is_alias),
            tuple(contact.name for contact in self._uow.clients.contacts(client.id)) if one.contacts else (),
            one.owner,
            after.external_reference or "",
            before if before != after.external_reference else "",
        )

    def _without_clash(self, client: Client, one: ListedClient, name: str) -> ListedClient:
        """The line as it counts: two that disagree about one client would each undo the other.

        Of two with one name nobody knows which is right, and they may well be two clients. A line with another name of
        a client, such as one that was merged into it, gives way to the one with its own, or else to an earlier one.
        """
        is_own, own = normalized(client.name) == normalized(name), normalized(client.name)
        if not is_own and own in self._names:
            return self._giving_way(client, one)
        earlier = self._listed.setdefault(client.id, one)
        said = ((one.reference, earlier.reference), (one.owner, earlier.owner))
        if not any(mine and theirs and mine != theirs for mine, theirs in said):
            return one
        if not is_own:
            return self._giving_way(client, one)
        raise ClientListedTwiceError(name=name, other=earlier.line)

    def _giving_way(self, client: Client, one: ListedClient) -> ListedClient:
        if one.reference or one.owner:
            self.doubts.append(Doubt(one.line, DoubtKind.SECOND_NAME, one.name, client.name))
        return replace(one, reference="", owner="")

    def _aliases(self, client: Client, one: ListedClient) -> bool:
        """Add what is new; what another client is also called stays there, its own name cannot be anybody else's."""
        has_more = False
        for alias in map(clean_name, one.aliases):
            holder = self._uow.clients.by_name(client.workspace_id, alias)
            if holder is not None and holder.id != client.id:
                if normalized(holder.name) == normalized(alias):
                    raise ClientNameTakenError(name=alias)
                self.doubts.append(Doubt(one.line, DoubtKind.ALIAS_TAKEN, alias, holder.name))
            elif holder is None:
                self._uow.clients.add_alias(client.workspace_id, client.id, alias, normalized(alias))
                has_more = True
        return has_more

    def _contacts(self, client: Client, one: ListedClient) -> bool:
        if not one.contacts:
            return False
        before = len(self._uow.clients.contacts(client.id))
        for contact in map(clean_name, one.contacts):
            self._uow.clients.ensure_contact(client.id, contact)
        return len(self._uow.clients.contacts(client.id)) > before

    def _facts(self, client: Client, one: ListedClient) -> bool:
        owner_id = client.owner_id
        if one.owner:
            owner_id = person_called(self._uow, self._workspace, one.owner, OWNER, self._ids).id
        reference = one.reference or client.external_reference
        if (owner_id, reference) == (client.owner_id, client.external_reference):
            return False
        self._uow.clients.change(client.id, owner_id=owner_id, external_reference=reference)
        if owner_id != client.owner_id:
            redraw_messages(self._uow, client, self._now)
        return True


def _alike(uow: UnitOfWork, workspace: Workspace, lines: Sequence[ImportedLine]) -> list[Doubt]:
    """New clients whose names resemble another's, known before or listed above; of all that resemble one, the first."""
    new = {line.name: line.line for line in lines if line.outcome is Outcome.ADDED}
    if not new:
        return []
    doubts: dict[int, Doubt] = {}
    for name, other in names_alike(uow.clients.names(workspace.id), new):
        if new.get(other, 0) < new[name]:
            doubts.setdefault(new[name], Doubt(new[name], DoubtKind.ALIKE, name, other))
    return [doubts[line] for line in sorted(doubts)]
