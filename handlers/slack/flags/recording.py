"""Recording a flag, from wherever it was typed."""

from __future__ import annotations

from functools import partial

from bot.usecases.client_index import IndexedName
from bot.usecases.flags import FlagRecorded, RecordFlag, record_flag, recorded_before
from bot.usecases.once import write_once
from handlers.slack.front_door import Caller, FrontDoor


async def record(door: FrontDoor, caller: Caller, command: RecordFlag) -> FlagRecorded:
    """Record once however often it is delivered, and make a client that was added just now findable at once."""
    actor, now = caller.actor, door.clock.now()
    recorded = await write_once(
        door.database,
        partial(record_flag, actor=actor, command=command, now=now, calendar=door.calendar(actor.settings)),
        partial(recorded_before, actor=actor, command=command, now=now),
    )
    if recorded.is_new_client:
        name = recorded.receipt.client_name
        door.index.put(actor.workspace_id, [IndexedName(recorded.client_id, name, name)])
    return recorded
