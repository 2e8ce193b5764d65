"""The pages of an installation: in the reader's language, and safe whatever a workspace is called."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language import language
from handlers.slack.painting.install_page import build_failed_page, build_installed_page, preferred_language
from tests.hostile import HOSTILE


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("code", ["en", "nl"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_and_nothing_else(code: str, name: str) -> None:
    plain = Tags(build_installed_page(language(code), "Agency", "https://slack.com/"))
    page = Tags(build_installed_page(language(code), name, "https://slack.com/"))
    assert page.tags == plain.tags


@given(st.text(alphabet="&<>\"'=ab;/", max_size=40))
@example('"><b id="')
def test_an_address_stays_inside_its_link(url: str) -> None:
    page = Tags(build_failed_page(language("en"), "No.", url))
    assert page.links == [url]
    assert page.tags == Tags(build_failed_page(language("en"), "No.", "/")).tags


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("nl", "nl"),
        ("nl-BE,en;q=0.5", "nl"),
        ("en-US,nl;q=0.5", "en"),
        ("fr-FR, NL;q=0.8", "nl"),
        ("", "en"),
        ("*", "en"),
        (";;,,nlx", "nl"),
    ],
)
def test_the_first_language_that_we_speak_counts(accepted: str, code: str) -> None:
    assert preferred_language(accepted) == code
