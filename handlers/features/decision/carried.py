"""What the form of a decision carries: what it is about, and what was typed in fields that it does not show now."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import Struct

from bot.domain.errors import NotFoundError
from handlers.surface.answers import Answers
from handlers.surface.form import MAX_CARRIED_LENGTH
from handlers.surface.values import id_in


class _Carried(Struct, frozen=True):
    id: int
    typed: dict[str, str]


def carry(discussion_id: int, hidden: Mapping[str, str]) -> str:
    """The discussion and what is hidden, as JSON; where that does not fit, what is longest stays behind."""
    kept = dict(sorted(hidden.items(), key=lambda entry: len(entry[1])))
    while True:
        text = msgspec.json.encode(_Carried(discussion_id, kept)).decode()
        if len(text) <= MAX_CARRIED_LENGTH:
            return text
        kept.popitem()


def discussion_in(answers: Answers) -> int:
    """The discussion that a form is about; raises `NotFoundError` where what it carries is none of ours."""
    return id_in(str(_carried(answers).id))


def said_so_far(answers: Answers) -> Answers:
    """What stands in a form, with what it does not show; raises as `discussion_in`."""
    hidden = {key: (said,) for key, said in _carried(answers).typed.items()}
    return Answers(answers.carried, {**hidden, **answers.values})


def _carried(answers: Answers) -> _Carried:
    try:
        return msgspec.json.decode(answers.carried, type=_Carried)
    except msgspec.DecodeError:
        raise NotFoundError from None
