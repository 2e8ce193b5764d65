"""Templates that a workspace writes: what cannot be used is refused with its line, and nothing reaches further."""

from __future__ import annotations

from contextlib import suppress
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.letter.environment import (
    LetterTemplateError,
    TemplateFieldError,
    TemplatePartError,
    TemplateTooLongError,
    TemplateUnreadableError,
)
from bot.documents.letter.samples import sample_letter
from bot.documents.letter.script import check_script_template
from bot.documents.letter.sentences import SentencesInvalidError, default_sentences, read_sentences
from bot.documents.letter.template import MAX_TEMPLATE_LENGTH, default_template
from bot.documents.letter.text import (
    TemplateEmptyError,
    TemplateIncompleteError,
    as_text,
    check_letter_template,
    write_letter,
)
from bot.domain.farewell.letter.options import FormOfAddress, LetterKind, LetterStyle
from bot.language import LANGUAGES, language

SAMPLE = sample_letter(LetterKind.BOUNDARY, "en", FormOfAddress.FORMAL, LetterStyle.EMAIL)
OWN = """About us

{{ greeting }}

{% if reasons %}
{% for reason in reasons %}
- {{ reason }}
{% endfor %}
{% endif %}

{{ thanks }} {{ steps | join("; ") }} {{ own_words }} {{ ask }} {{ ask_by }} {{ follows }} {{ interest }} {{ wishes }}

{{ colleague }}

{{ signature }}
"""


@pytest.mark.parametrize(("kind", "code"), list(product(LetterKind, LANGUAGES)))
def test_the_templates_that_come_with_the_bot_can_be_used(kind: LetterKind, code: str) -> None:
    check_letter_template(kind, code, default_template(kind.value, code))
    check_script_template(
        kind, code, default_template(f"script_{'parting' if kind == 'farewell' else 'conversation'}", code)
    )


def test_a_workspace_writes_its_own() -> None:
    check_letter_template(LetterKind.BOUNDARY, "en", OWN)
    written = as_text(write_letter(SAMPLE, OWN))
    assert written.startswith("Subject: About us\n\nDear [contact],\n\n- ")


@pytest.mark.parametrize(
    ("line", "error", "values"),
    [
        ("{% if reasons %}{{ thanks }", TemplateUnreadableError, {}),
        ("{% if %}", TemplateUnreadableError, {}),
        ("{{ thanks | shout }}", TemplateUnreadableError, {}),
        ("{{ either('a') }}", TemplateUnreadableError, {}),
        ("{{ listing(1) }}", TemplateUnreadableError, {}),
        ("{{ score }}", TemplateFieldError, {"name": "score"}),
        ("{% if false %}{{ reporter }}{% endif %}", TemplateFieldError, {"name": "reporter"}),
        ("{% for one in flags %}{{ one }}{% endfor %}", TemplatePartError, {"part": "for"}),
        ("{% for a in steps %}{% for b in steps %}{% endfor %}{% endfor %}", TemplatePartError, {"part": "for"}),
        ("{% for a in thanks %}{{ a }}{% endfor %}", TemplatePartError, {"part": "for"}),
        ("{{ thanks.__class__ }}", TemplatePartError, {"part": "getattr"}),
        ("{{ thanks['x'] }}", TemplatePartError, {"part": "getitem"}),
        ("{{ 'x' * 1000000 }}", TemplatePartError, {"part": "mul"}),
        ("{{ range(9) }}", TemplatePartError, {"part": "(…)"}),
        ("{{ thanks() }}", TemplatePartError, {"part": "(…)"}),
        ("{% include 'secrets' %}", TemplatePartError, {"part": "include"}),
        ("{% macro m() %}{% endmacro %}", TemplatePartError, {"part": "macro"}),
        ("{% set x = 1 %}", TemplatePartError, {"part": "assign"}),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line(line: str, error: type[LetterTemplateError], values: Any) -> None:
    with pytest.raises(error) as raised:
        check_letter_template(LetterKind.BOUNDARY, "en", f"About us\n\n{line}\n\n{OWN}")
    assert raised.value.values["line"] == 3
    assert values.items() <= raised.value.values.items()
    for code in LANGUAGES:
        assert "3" in language(code).sentence(raised.value)


def test_a_template_that_leaves_something_out_is_refused_by_its_name() -> None:
    for field in ("ask", "ask_by", "own_words", "wishes", "colleague", "signature"):
        with pytest.raises(TemplateIncompleteError) as raised:
            check_letter_template(LetterKind.BOUNDARY, "en", OWN.replace(f"{{{{ {field} }}}}", ""))
        assert raised.value.values["fields"] == [field]


def test_a_farewell_that_says_none_nowhere_is_refused() -> None:
    template = default_template("farewell", "nl").replace("{% if no_invoice %}", "{% if false %}")
    with pytest.raises(TemplateIncompleteError) as raised:
        check_letter_template(LetterKind.FAREWELL, "nl", template)
    assert raised.value.values["fields"] == ["no_invoice"]


@pytest.mark.parametrize("template", ["", "Only a subject", "\n\n{# nothing #}\n"])
def test_a_template_without_a_letter_is_refused(template: str) -> None:
    with pytest.raises(TemplateEmptyError):
        write_letter(SAMPLE, template)


@pytest.mark.parametrize(
    "template",
    ["x" * (MAX_TEMPLATE_LENGTH + 1), "{% if email %}" * 400 + "{% endif %}" * 400, "{{ " + "(" * 3000 + ")" * 3000],
)
def test_a_template_that_is_too_much_is_refused(template: str) -> None:
    with pytest.raises((TemplateTooLongError, TemplateUnreadableError)):
        write_letter(SAMPLE, template)


PARTS = [*"{}%#|'ab .()[]_*", "\n", "{{", "}}", "{% if ", " %}", "ask", "endif"]


@given(st.lists(st.sampled_from(PARTS), max_size=60))
def test_any_template_is_used_or_refused(parts: list[str]) -> None:
    with suppress(LetterTemplateError):
        write_letter(SAMPLE, "".join(parts))


def test_sentences_can_be_a_workspace_s_own() -> None:
    own = default_sentences("nl").replace("de afgesproken betaaltermijn", "de termijn")
    letter = sample_letter(LetterKind.FAREWELL, "nl", FormOfAddress.FORMAL, LetterStyle.FORMAL)
    assert "de termijn niet gehaald" in as_text(write_letter(letter, sentences=own))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[reasons]", "[reasons", "line 6"),
        ("integrity =", "honesty =", "integrity"),
        ("pause =", "paused =", "paus"),
        ("{begins}", "{begins.__class__}", "{begins.__class__}"),
        ("{begins}", "{score}", "{score}"),
        ("{begins}", "{begins", "expected '}'"),
        ('phone = "Telefoon"', "", "phone"),
    ],
)
def test_sentences_that_lack_something_are_refused_with_the_reason(old: str, new: str, reason: str) -> None:
    with pytest.raises(SentencesInvalidError) as raised:
        read_sentences(default_sentences("nl").replace(old, new))
    assert reason in str(raised.value.values["reason"])
