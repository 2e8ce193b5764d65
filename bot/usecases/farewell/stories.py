"""What the farewell does by itself."""

from __future__ import annotations

from bot.domain.notices import DiscussionLetter, LetterToApprove, Notice
from bot.usecases.farewell.waits import letter_waits
from bot.usecases.ports import UnitOfWork
from bot.usecases.stories import Stories


def _letter(uow: UnitOfWork, workspace_id: int, letter_id: int) -> Notice | None:
    record = uow.letters.find(workspace_id, letter_id)
    if record is None or record.discussion_id is None:
        return None
    return DiscussionLetter(record.discussion_id, letter_id)


STORIES = Stories(
    "farewell",
    redraws={"letter": _letter, "letter_approval": lambda _, __, *ids: LetterToApprove(*ids)},
    waits=letter_waits,
)
