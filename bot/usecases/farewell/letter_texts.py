"""The texts of a workspace's own by which its letters are written."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.farewell.letter.letter import Letter
from bot.domain.farewell.letter.texts import SENTENCES, WORD, LetterTexts, as_read, script_name, template_name
from bot.domain.workspace_texts import ALL_LANGUAGES
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork
from bot.usecases.workspace_texts import own_text


def texts_for(
    uow: UnitOfWork, workspace_id: int, letter: Letter, versions: Mapping[str, int] | None = None
) -> LetterTexts:
    """The texts for one letter, in the language that it is written in: those in use, or those of earlier `versions`."""

    def content(kind: str, language: str) -> bytes | None:
        if versions is None:
            return own_text(uow, workspace_id, kind, language)
        kept = {one.version: one.content for one in uow.texts.versions(workspace_id, kind, language)}
        return kept.get(versions.get(kind, 0))

    def own(kind: str) -> str | None:
        found = content(kind, letter.language)
        return None if found is None else as_read(found)

    return LetterTexts(
        template=own(template_name(letter.kind)),
        script=own(script_name(letter.kind)),
        sentences=own(SENTENCES),
        word=content(WORD, ALL_LANGUAGES),
    )


def versions_for(uow: UnitOfWork, workspace_id: int, letter: Letter) -> dict[str, int]:
    """The versions of the workspace's own texts by which a letter is written today, by their names."""
    languages = {
        template_name(letter.kind): letter.language,
        script_name(letter.kind): letter.language,
        SENTENCES: letter.language,
        WORD: ALL_LANGUAGES,
    }
    newest = {name: uow.texts.newest(workspace_id, name, language) for name, language in languages.items()}
    return {name: text.version for name, text in newest.items() if text is not None}


def read_texts(uow: UnitOfWork, actor: Actor, letter: Letter) -> LetterTexts:
    """The texts for one letter of somebody's workspace."""
    return texts_for(uow, actor.workspace_id, letter)
