"""Recording a flag, in one transaction that its reporter waits for."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.errors import ClientNameTakenError, NotFoundError
from bot.domain.flag_rules import tells_of_one_event
from bot.domain.model import Client, Flag, FlagContent, Level, Standing
from bot.domain.names import clean_name, normalized
from bot.domain.notices import FlagReceipt
from bot.domain.score import ScoredFlag, weightless_before
from bot.domain.timetable import WorkingCalendar, local_today
from bot.usecases.actor import Actor
from bot.usecases.alerts.weighing import AfterChange, Change, after_change
from bot.usecases.clients.client_index import ClientIndex, IndexedName
from bot.usecases.flags.care import ask_for_care
from bot.usecases.flags.evidence import kept_evidence
from bot.usecases.flags.receipt_view import FlagReceiptView, read_receipt
from bot.usecases.once import RepeatedDeliveryError
from bot.usecases.ports import UnitOfWork
from bot.usecases.returning.watching import watch_for_return

MAX_NAME_ATTEMPTS = 3
"""How often a new name is looked for while others add and undo it at the same moment."""


class ClientChoice(Struct, frozen=True):
    """The client somebody chose: one that is known, or else a new name."""

    client_id: int | None = None
    new_name: str = ""


class RecordFlag(Struct, frozen=True):
    """What is to be recorded.

    `key` and `content_hash` recognise the same submission delivered twice. With `by_message` the receipt also goes
    out as a private message. `evidence_key` names evidence that was kept while the form was open.
    """

    key: str
    content_hash: str
    client: ClientChoice
    content: FlagContent
    by_message: bool = False
    evidence_key: str = ""


class FlagRecorded(Struct, frozen=True):
    """What came of it: the receipt, and the client, whose name is new to the type-ahead where `is_new_client`."""

    receipt: FlagReceiptView
    client_id: int
    is_new_client: bool


def record_flag(
    uow: UnitOfWork, actor: Actor, command: RecordFlag, now: datetime, calendar: WorkingCalendar
) -> FlagRecorded:
    """Record a flag and weigh its client; to be run by `write_once`, with `recorded_before` for a repeated submission.

    Raises `NotFoundError`, `ClientNameInvalidError`, `SubmissionChangedError` or `RepeatedDeliveryError`.
    """
    client, is_new = client_chosen(uow, actor, command.client, now)
    content = command.content
    if command.evidence_key:
        content = replace(content, evidence=kept_evidence(uow, actor, command.evidence_key))
    policy = actor.settings.policy
    since = weightless_before(policy, local_today(now, actor.settings.zone))
    before = [] if is_new else uow.flags.scored(client.id, since)
    flag_id = uow.flags.add(
        actor.workspace_id, client.id, actor.person.id, content, contact_of(uow, client, content), now
    )
    new_flag = ScoredFlag(flag_id, content.category, content.severity, content.happened_on, actor.person.id, 0)
    weighed = after_change(uow, actor.settings, client, Change(before, [*before, new_flag], new_flag), now, calendar)
    care_asked = ask_for_care(uow, actor, client, flag_id, content, now, calendar)
    if is_new or client.left_on is not None or content.contact_name or _may_know_most(actor, client):
        watch_for_return(uow, actor, client.id, now)
    if command.by_message:
        uow.outbox.put(actor.workspace_id, FlagReceipt(flag_id, actor.person.id), now)
    answer = _answer(flag_id, client, is_new, weighed)
    if not uow.inbox.accept(actor.workspace_id, command.key, command.content_hash, now, answer):
        raise RepeatedDeliveryError
    receipt = FlagReceiptView(
        flag=Flag(flag_id, actor.workspace_id, client.id, actor.person.id, content, now),
        client_name=client.name,
        standing_before=weighed.standing_before,
        standing_after=weighed.standing_after,
        fired=weighed.fired,
        care_asked=care_asked,
        same_event=tuple(tells_of_one_event(before, content.category, content.happened_on, actor.person.id, policy)),
        may_undo=True,
        may_edit=True,
        settings=actor.settings,
    )
    return FlagRecorded(receipt, client.id, is_new)


def make_findable(index: ClientIndex, recorded: FlagRecorded) -> None:
    """Let a client that was added just now be found at once; for after the commit."""
    if recorded.is_new_client:
        name = recorded.receipt.client_name
        index.put(recorded.receipt.flag.workspace_id, [IndexedName(recorded.client_id, name, name)])


def recorded_before(uow: UnitOfWork, actor: Actor, command: RecordFlag, now: datetime) -> FlagRecorded | None:
    """What came of the same submission the first time; `None` where this one is the first.

    Raises `NotFoundError` where its flag is gone, and `SubmissionChangedError`.
    """
    answer = uow.inbox.answer(actor.workspace_id, command.key, command.content_hash)
    if answer is None:
        return None
    receipt = read_receipt(uow, actor.workspace_id, int(answer["flag"]), now)
    if receipt is None:
        raise NotFoundError
    first = replace(
        receipt,
        standing_before=Standing(answer["before"]),
        standing_after=Standing(answer["after"]),
        fired=Level(answer["fired"]),
    )
    return FlagRecorded(first, int(answer["client"]), bool(answer["is_new"]))


def client_chosen(uow: UnitOfWork, actor: Actor, choice: ClientChoice, now: datetime) -> tuple[Client, bool]:
    """The chosen client, held against other writers, and whether it was added just now.

    Of two people who add the same name at once, one adds the client and the other finds it; where the first undoes
    that in the same moment, the other adds it after all. Raises `NotFoundError` or `ClientNameInvalidError`.
    """
    if choice.client_id is not None:
        client = uow.clients.locked(actor.workspace_id, choice.client_id)
        if client is None:
            raise NotFoundError
        return client, False
    name = clean_name(choice.new_name)
    for _ in range(MAX_NAME_ATTEMPTS):
        known = uow.clients.by_name(actor.workspace_id, name)
        client = uow.clients.locked(actor.workspace_id, known.id) if known else None
        if client is not None:
            return client, False
        with suppress(ClientNameTakenError):
            return uow.clients.add(actor.workspace_id, name, normalized(name), now), True
    raise NotFoundError


def contact_of(uow: UnitOfWork, client: Client, content: FlagContent) -> int | None:
    """The id of the contact that the content names, added where new; `None` where it names nobody."""
    return uow.clients.ensure_contact(client.id, content.contact_name).id if content.contact_name else None


def _may_know_most(actor: Actor, client: Client) -> bool:
    """Whether somebody is likely to see dossiers, so that a known client is worth another look.

    It depends on who they are alone, and so tells nobody whether there is a former client.
    """
    return actor.person.is_reviewer or client.owner_id == actor.person.id


def _answer(flag_id: int, client: Client, is_new: bool, weighed: AfterChange) -> dict[str, Any]:
    return {
        "flag": flag_id,
        "client": client.id,
        "is_new": is_new,
        "before": weighed.standing_before.value,
        "after": weighed.standing_after.value,
        "fired": weighed.fired.value,
    }
