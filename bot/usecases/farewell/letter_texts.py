"""The texts of a workspace's own that a letter is written with."""

from __future__ import annotations

from bot.domain.farewell.letter.options import LetterKind
from bot.domain.farewell.letter.texts import SENTENCES, WORD, LetterTexts, as_read, script_name, template_name
from bot.domain.workspace_texts import ALL_LANGUAGES
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text


def read_letter_texts(uow: UnitOfWork, workspace_id: int, kind: LetterKind, language: str) -> LetterTexts:
    """What to give to `write_letter`, `write_script` and `letter_as_word` for a letter of a kind in a language."""

    def text(name: str) -> str | None:
        content = own_text(uow, workspace_id, name, language)
        return None if content is None else as_read(content)

    return LetterTexts(
        template=text(template_name(kind)),
        script=text(script_name(kind)),
        sentences=text(SENTENCES),
        word=own_text(uow, workspace_id, WORD, ALL_LANGUAGES),
    )
