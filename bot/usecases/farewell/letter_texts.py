"""The texts of a workspace's own by which its letters are written."""

from __future__ import annotations

from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.texts import SENTENCES, WORD, LetterTexts, as_read, script_name, template_name
from bot.domain.workspace_texts import ALL_LANGUAGES
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text


def texts_for(uow: UnitOfWork, workspace_id: int, letter: Letter) -> LetterTexts:
    """The texts for one letter, in the language that it is written in."""

    def own(kind: str) -> str | None:
        found = own_text(uow, workspace_id, kind, letter.language)
        return None if found is None else as_read(found)

    return LetterTexts(
        template=own(template_name(letter.kind)),
        script=own(script_name(letter.kind)),
        sentences=own(SENTENCES),
        word=own_text(uow, workspace_id, WORD, ALL_LANGUAGES),
    )


def read_texts(uow: UnitOfWork, actor: Actor, letter: Letter) -> LetterTexts:
    """The texts for one letter of somebody's workspace."""
    return texts_for(uow, actor.workspace_id, letter)
