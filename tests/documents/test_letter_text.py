"""Letters in words: every text survives, a gap is shown, and scripts have all their parts."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.documents.letter.blocks import BlockKind
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.script import write_script
from bot.documents.letter.text import as_text, body_text, write_letter
from bot.domain.catalogue import CATEGORIES
from bot.domain.farewell.letter.letter import Letter, LetterStep, LetterTerms
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterKind, LetterStyle
from bot.domain.remedy_kinds import RemedyKind
from bot.language import LANGUAGES

TYPED = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co", "Zl", "Zp", "Zs"]), min_size=1, max_size=40)
DAY = date(2027, 1, 4)


def sample(kind: LetterKind = LetterKind.FAREWELL, code: str = "nl", style: LetterStyle = LetterStyle.FORMAL) -> Letter:
    return sample_letter(kind, code, FormOfAddress.FORMAL, style)


@given(TYPED, TYPED, TYPED, st.sampled_from(LANGUAGES))
def test_any_text_stands_in_a_letter_as_it_was_typed(client: str, work: str, words: str, code: str) -> None:
    letter = replace(sample(code=code), client=client, own_words=words, terms=LetterTerms(work=f"x{work}"))
    written = as_text(write_letter(letter))
    assert client in written
    assert f"x{work}" in written
    assert words.removeprefix("- ") in written


@pytest.mark.parametrize(("kind", "code"), list(product(LetterKind, LANGUAGES)))
def test_every_reason_and_every_step_has_words(kind: LetterKind, code: str) -> None:
    steps = tuple(LetterStep(step, DAY, DAY.replace(day=29)) for step in RemedyKind)
    letter = replace(sample(kind, code), reasons=CATEGORIES, steps=steps)
    bare = as_text(write_letter(replace(letter, reasons=(), steps=())))
    for one in CATEGORIES:
        assert len(as_text(write_letter(replace(letter, reasons=(one,), steps=())))) > len(bare) + 20
    for step in steps:
        assert len(as_text(write_letter(replace(letter, reasons=(), steps=(step,))))) > len(bare) + 20
    assert as_text(write_letter(letter)).count("4 januari 2027" if code == "nl" else "4 January 2027") == len(steps)


def test_what_is_not_filled_in_yet_shows_as_a_gap() -> None:
    draft = replace(sample(), ends_on=None, terms=LetterTerms(), signed_by="", letterhead=Letterhead())
    assert as_text(write_letter(draft)).count("[nog in te vullen]") == 7
    assert write_letter(draft).blocks[-1].text == "[nog in te vullen]"
    assert "[still to be filled in]" in as_text(write_letter(replace(sample(LetterKind.WARNING, "en"), ask="")))


def test_paragraphs_lists_and_line_breaks_of_the_writer_stay() -> None:
    words = "Twee dingen:\n\n- het archief\n- de posters\n\nKade 1\n1234 AB Amsterdam"
    terms = LetterTerms(work="Nog:\n- de kassa\n\n- de handleiding", invoice="x", handover="y")
    text = write_letter(replace(sample(style=LetterStyle.EMAIL), own_words=words, terms=terms))
    written = body_text(text)
    assert words in written
    assert "- Werk: Nog:\n  - de kassa\n  - de handleiding\n- Slotfactuur" in written
    items = [block.text for block in text.blocks if block.kind is BlockKind.ITEM]
    assert items[:3] == ["het archief", "de posters", "Werk: Nog:\n- de kassa\n- de handleiding"]
    assert text.blocks[-1].kind is BlockKind.SIGNATURE


def test_only_paper_has_a_letterhead() -> None:
    formal, email = (as_text(write_letter(sample(style=style))) for style in LetterStyle)
    for field in ("company_address", "company_email", "company_registration", "client_address"):
        assert f"[{field}]" in formal
        assert f"[{field}]" not in email
    assert "[company_phone]" in email
    assert (formal.count("Betreft: "), email.count("Onderwerp: ")) == (1, 1)


@pytest.mark.parametrize(
    ("contact", "formal", "informal"),
    [
        ("Petra de Vries", "Geachte Petra de Vries,", "Beste Petra,"),
        ("Bo Smit", "Geachte Bo Smit,", "Beste Bo,"),
        ("P. de Vries", "Geachte P. de Vries,", "Beste P. de Vries,"),
        ("van der Berg", "Geachte van der Berg,", "Beste van der Berg,"),
        ("Mevrouw De Vries", "Geachte Mevrouw De Vries,", "Beste Mevrouw De Vries,"),
        ("Dr Smit", "Geachte Dr Smit,", "Beste Dr Smit,"),
        ("", "Geachte heer of mevrouw,", "Beste relatie,"),
    ],
)
def test_a_letter_greets_by_first_name_only_where_it_is_one(contact: str, formal: str, informal: str) -> None:
    for form, greeting in ((FormOfAddress.FORMAL, formal), (FormOfAddress.INFORMAL, informal)):
        letter = replace(sample(), contact=contact, form=form)
        assert write_letter(letter).blocks[0].text == greeting
    assert write_letter(replace(sample(), greeting="Geachte mevrouw,")).blocks[0].text == "Geachte mevrouw,"


@pytest.mark.parametrize(("kind", "code", "form"), list(product(LetterKind, LANGUAGES, FormOfAddress)))
def test_a_script_opens_says_why_answers_three_things_and_stops(
    kind: LetterKind, code: str, form: FormOfAddress
) -> None:
    letter = sample_letter(kind, code, form, LetterStyle.FORMAL)
    parts = write_script(letter)
    assert len(parts) == 6
    assert all(part.heading and len(part.text) > 60 for part in parts)
    said = " ".join(part.text for part in parts)
    assert ("[ask]" in said) == (kind is not LetterKind.FAREWELL)
    without = " ".join(part.text for part in write_script(replace(letter, reasons=())))
    assert len(without) != len(said)


def test_dutch_with_u_never_says_je_and_the_other_way_round() -> None:
    for kind, style in product(LetterKind, LetterStyle):
        for form, others in ((FormOfAddress.FORMAL, "je jij jou jouw jullie"), (FormOfAddress.INFORMAL, "u uw")):
            letter = sample_letter(kind, "nl", form, style)
            bare = replace(letter, thanks="", interest="", wishes="", follows="", reasons=CATEGORIES)
            spoken = " ".join(part.text for part in write_script(bare))
            words = set(f"{as_text(write_letter(bare))} {spoken}".lower().replace(",", " ").replace(".", " ").split())
            assert not words & set(others.split())
