"""The form in which a letter is written; every field tells at once what is filled in, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from bot.domain.errors import ChoiceUnknownError
from bot.domain.farewell.drafting import MAX_LINE_LENGTH, LetterContent, step_key
from bot.domain.farewell.letter.letter import MAX_LETTER_PART_LENGTH
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.language import LANGUAGES, Language
from bot.language.letter_words import (
    LANGUAGE_NAMES,
    address_label,
    field_label,
    letter_kind_label,
    letter_style_label,
    step_label,
)
from bot.language.vocabulary import category_label
from bot.usecases.farewell.letters import LetterView
from handlers.features import ids
from handlers.surface.answers import Answers
from handlers.surface.form import Day, Field, Form, Line, Lines, OneOf, Option, SomeOf, Tells, key_of
from handlers.surface.message import Element, Paragraph, small_print
from handlers.surface.reading import Reading
from handlers.surface.values import ids_in

LINES = ("contact", "greeting", "signed_by", "signer_role", "colleague")
TEXTS = ("client_address", "thanks", "own_words", "interest", "wishes", "ask", "follows")
OF_A_FAREWELL = ("colleague", "thanks", "interest", "wishes")
OF_OTHERS = ("ask", "ask_by", "follows")


def build_letter_form(reading: Reading, view: LetterView) -> Form:
    """The form, filled in with what stands, or with what was typed and not saved."""
    t = reading.language
    content = view.copy.content if view.copy is not None else view.content
    base = view.copy.base if view.copy is not None else view.number
    return Form(
        id=ids.LETTER_FORM,
        carried=f"{view.record.id}:{base}",
        title=letter_kind_label(t, view.record.kind),
        submit=t.gettext("Save and read"),
        close=t.gettext("Later"),
        elements=(
            *_head(reading, view),
            *_choices(t, view, content),
            *_sentences(t, view, content),
            *_words(t, view, content),
        ),
    )


def read_content(answers: Answers) -> tuple[int, int, LetterContent]:
    """The letter, the version that was begun from, and what stands in the form.

    Raises `ChoiceUnknownError`, `DateUnreadableError` or `NotFoundError`.
    """
    letter_id, base = ids_in(answers.carried, 2)
    texts: dict[str, Any] = {name: answers.text(ids.LETTER_FIELD, name) for name in (*LINES, *TEXTS)}
    language = answers.text(ids.LETTER_FIELD, "language")
    if language not in LANGUAGES:
        raise ChoiceUnknownError(field=field_of("language"))
    content = LetterContent(
        style=answers.choice(field_of("style"), LetterStyle),
        language=language,
        form=answers.choice(field_of("form"), FormOfAddress),
        reasons=answers.all(ids.LETTER_FIELD, "reasons"),
        steps=answers.all(ids.LETTER_FIELD, "steps"),
        ask_by=answers.day_if_any(field_of("ask_by")),
        **texts,
    )
    return letter_id, base, content


def field_of(name: str) -> str:
    """What a field of a letter is called in the form."""
    return key_of(ids.LETTER_FIELD, name)


def _head(reading: Reading, view: LetterView) -> list[Element]:
    t = reading.language
    said = t.gettext(
        "To *{client}*. The client will read what you write here. It is kept while you type, and a colleague can take "
        "it up.",
        client=view.client.name,
    )
    elements: list[Element] = [Paragraph(said)]
    if view.copy is not None and view.versions and view.copy.base < view.number:
        whose = reading.person(view.versions[-1].saved_by_id)
        elements.append(
            Paragraph(t.gettext("{person} has saved another version since. Yours becomes a new one.", person=whose))
        )
    elif view.copy is not None and view.copy.kept_at is not None:
        whose = reading.person(view.copy.person_id)
        elements.append(small_print(t.gettext("Begun by {person} and not saved yet.", person=whose)))
    return elements


def _choices(t: Language, view: LetterView, content: LetterContent) -> list[Field]:
    fields: list[Field] = [
        _one_of("style", [(one.value, letter_style_label(t, one)) for one in LetterStyle], content.style.value),
        _one_of("language", [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES], content.language),
        _one_of("form", [(one.value, address_label(t, one)) for one in FormOfAddress], content.form.value),
    ]
    if view.reasons:
        offered = [(key, category_label(t, key)) for key in view.reasons]
        fields.append(_some_of("reasons", offered, content.reasons))
    if view.steps:
        tried = [(step_key(step), step_label(t, step_key(step))) for step in view.steps]
        fields.append(_some_of("steps", tried, content.steps))
    return [replace(field, label=field_label(t, str(field.version))) for field in fields]


def _sentences(t: Language, view: LetterView, content: LetterContent) -> list[Element]:
    """What the letter says for each reason that can be ticked, in its own language."""
    # A bot that writes no letter does without the templates.
    from bot.documents.letter.sentences import default_sentences, read_sentences

    own = view.texts.sentences if content.language == view.letter.language else None
    sentences = read_sentences(default_sentences(content.language) if own is None else own)
    lines = [
        t.gettext("{reason}: “{sentence}”", reason=category_label(t, key), sentence=said)
        for key in view.reasons
        for said in sentences.reasons_of(view.record.kind, (key,))
    ]
    return [small_print("\n".join([t.gettext("This is how the letter says each reason:"), *lines]))] if lines else []


def _words(t: Language, view: LetterView, content: LetterContent) -> list[Field]:
    left_out = OF_OTHERS if view.record.kind is LetterKind.FAREWELL else OF_A_FAREWELL
    fields: list[Field] = []
    for name in ("contact", "greeting", "client_address", "ask", "ask_by", "follows", "thanks", "own_words"):
        fields.append(_typed(name, content))
    for name in ("interest", "wishes", "colleague", "signed_by", "signer_role"):
        fields.append(_typed(name, content))
    hints = {
        "thanks": t.gettext("Leave it empty for the sentence that the letter has."),
        "interest": t.gettext("Leave it empty for the sentence that the letter has."),
        "wishes": t.gettext("Leave it empty for the sentence that the letter has."),
        "greeting": t.gettext("Leave it empty for the usual one."),
    }
    return [
        replace(field, label=field_label(t, str(field.version)), hint=hints.get(str(field.version)))
        for field in fields
        if field.version not in left_out
    ]


def _typed(name: str, content: LetterContent) -> Field:
    given: dict[str, Any] = {"id": ids.LETTER_FIELD, "label": "", "version": name, "is_optional": True}
    stands = getattr(content, name)
    if name == "ask_by":
        return Day(**given, chosen=stands, tells=Tells.WHEN_CHOSEN)
    if name in LINES:
        return Line(**given, text=stands, max_length=MAX_LINE_LENGTH, tells=Tells.WHILE_TYPING)
    return Lines(**given, text=stands, max_length=MAX_LETTER_PART_LENGTH, tells=Tells.WHILE_TYPING)


def _one_of(name: str, offered: Sequence[tuple[str, str]], chosen: str) -> Field:
    options = tuple(Option(label, value) for value, label in offered)
    return OneOf(
        id=ids.LETTER_FIELD,
        label="",
        version=name,
        options=options,
        chosen=chosen,
        in_sight=False,
        tells=Tells.WHEN_CHOSEN,
    )


def _some_of(name: str, offered: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Field:
    options = tuple(Option(label, value) for value, label in offered)
    return SomeOf(
        id=ids.LETTER_FIELD,
        label="",
        version=name,
        options=options,
        chosen=tuple(chosen),
        is_optional=True,
        tells=Tells.WHEN_CHOSEN,
    )
