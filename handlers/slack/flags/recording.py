"""Recording a flag, from wherever it was typed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from bot.usecases.client_index import IndexedName
from bot.usecases.flags import FlagRecorded, RecordFlag, record_flag, recorded_before
from bot.usecases.once import write_once
from handlers.slack.listener_context import Caller, ListenerContext

Answer = TypeVar("Answer")


async def record(
    door: ListenerContext, caller: Caller, command: RecordFlag, answer: Callable[[FlagRecorded], Answer]
) -> Answer:
    """Record once however often it is delivered, and return the answer, which is made while the disk is at work.

    A client that was added just now can be found at once.
    """

    def with_answer(recorded: FlagRecorded) -> tuple[FlagRecorded, Answer]:
        return recorded, answer(recorded)

    actor, now = caller.actor, door.clock.now()
    recorded, answered = await write_once(
        door.database,
        partial(record_flag, actor=actor, command=command, now=now, calendar=door.calendar(actor.settings)),
        partial(recorded_before, actor=actor, command=command, now=now),
        with_answer,
    )
    if recorded.is_new_client:
        name = recorded.receipt.client_name
        door.index.put(actor.workspace_id, [IndexedName(recorded.client_id, name, name)])
    return answered
