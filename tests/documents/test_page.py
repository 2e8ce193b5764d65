"""A document as HTML: what people typed is shown, never obeyed."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.documents.page import Entry, Page, Section, as_html

TYPED = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    st.sampled_from(
        ["<script>alert(1)</script>", "</p><img src=x onerror=y>", "{{ page }}", "&lt;b&gt;", "\"'>", "{% x"]
    ),
)

FRAME = {"html", "head", "meta", "title", "style", "body", "main"}
KNOWN = FRAME | {"section", "article", "h1", "h2", "h3", "dl", "dt", "dd", "p"}


class Reader(HTMLParser):
    """What a browser would show of a page, and the elements that it is made of."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown = ""
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        self.shown += data


@given(TYPED, TYPED, TYPED, TYPED)
def test_any_text_is_shown_as_it_is(title: str, lead: str, value: str, text: str) -> None:
    section = Section(lead, (Entry(text, ((value, title),), ((title, text),)),), (lead,))
    reader = Reader()
    reader.feed(as_html(Page("en", title, (lead,), (section,))))
    for typed in (title, lead, value, text):
        assert typed in reader.shown
    assert reader.elements <= KNOWN


def test_nothing_is_fetched_or_run() -> None:
    page = as_html(Page("nl", "Wat wij bewaren", (), ()))
    assert '<html lang="nl">' in page
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
