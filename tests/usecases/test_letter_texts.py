"""A letter is written with the texts that a workspace has put in the place of ours."""

from __future__ import annotations

from msgspec import structs

from bot.documents.letter.own_texts import LETTER_TEXTS
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.script import script_text, write_script
from bot.documents.letter.text import as_text, write_letter
from bot.documents.letter.word import letter_as_word
from bot.documents.letter.word_check import words_of
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.domain.farewell.letter.texts import LetterTexts
from bot.domain.workspace_texts import checked
from bot.usecases.farewell.letter_texts import texts_for
from bot.usecases.ports import Database, UnitOfWork
from bot.usecases.workspace_texts import replace_text, reset_text
from tests.factories import make_person, make_workspace
from tests.frozen_clock import MONDAY_MORNING as NOW

CHANGES = {
    "letter_farewell": ("Bedankt voor het vertrouwen", "Fijn dat het kon, en bedankt voor het vertrouwen"),
    "script_parting": ("Daar wil ik het bij laten.", "Meer zeg ik er niet over."),
    "letter_sentences": ("de afgesproken betaaltermijn", "onze termijn"),
}
SAMPLE = sample_letter(LetterKind.FAREWELL, "nl", FormOfAddress.INFORMAL, LetterStyle.FORMAL)
LETTER = structs.replace(SAMPLE, thanks="")


async def test_what_is_replaced_is_used_until_it_is_reset(database: Database) -> None:
    def replace(uow: UnitOfWork) -> LetterTexts:
        workspace = make_workspace(uow)
        admin = make_person(uow, workspace, is_admin=True)
        for kind in LETTER_TEXTS:
            language = "nl" if "nl" in kind.languages else ""
            old, new = CHANGES.get(kind.name, ("", ""))
            content = kind.default(language)
            content = content.replace(old.encode(), new.encode()) if old else content
            if kind.name in (*CHANGES, "letter_word"):
                replace_text(uow, admin, checked(kind, language, content), NOW)
        return texts_for(uow, workspace.id, LETTER)

    texts = await database.write(replace)
    text = write_letter(LETTER, texts.template, texts.sentences)
    assert "Fijn dat het kon, en bedankt" in as_text(text)
    assert "onze termijn niet gehaald" in as_text(text)
    assert "Meer zeg ik er niet over." in script_text(write_script(LETTER, texts.script, texts.sentences))
    assert any("onze termijn" in words for words in words_of(letter_as_word(LETTER, text, texts.word)))
    assert texts.word is not None

    def reset(uow: UnitOfWork) -> list[LetterTexts]:
        workspace = make_workspace(uow)
        admin = uow.people.admins(workspace.id)[0]
        english = texts_for(uow, workspace.id, structs.replace(LETTER, language="en"))
        reset_text(uow, admin, "letter_farewell", "nl", NOW)
        return [english, texts_for(uow, workspace.id, LETTER)]

    english, dutch = await database.write(reset)
    assert (english.template, english.script, english.sentences) == (None, None, None)
    assert (dutch.template, dutch.script) == (None, texts.script)
