"""Marked text as mrkdwn: every character escaped, every mark drawn, nothing cut in two."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.language.marks import MARKS, PERSON, bold, code, link, person, quoted, unmarked, without_marks
from handlers.slack.painting.text import known_key, mrkdwn, plain, said
from tests.wire import alive

KNOWN = {known_key(PERSON, 7): "U7"}
LONG = 10_000

texts = st.text(max_size=40).map(unmarked)
pieces = (
    texts
    | st.sampled_from(["<!channel>", "<@U1>", "&lt;", "*b*", "https://example.org/<x>"])
    | texts.map(bold)
    | texts.map(code)
    | texts.map(lambda text: f"\n{quoted(text)}\n")
    | texts.map(lambda text: link("https://example.org/a|b", " ".join(text.split())))
    | texts.map(lambda text: person(7, text))
    | texts.map(lambda text: person(8, text))
)
marked_texts = st.lists(pieces, max_size=8).map("".join)


@given(marked_texts)
def test_only_whom_we_name_and_what_we_link_comes_to_life(text: str) -> None:
    found = set(alive(mrkdwn(text, KNOWN, LONG)))
    assert {one.partition("|")[0] for one in found} <= {"@U7", "https://example.org/a%7Cb"}


@given(marked_texts)
def test_every_character_of_the_text_is_read_as_it_is(text: str) -> None:
    drawn = re.sub(r"<(?:@U7|[^|<>]*\|([^<>]*))>", lambda found: found[1] or "", mrkdwn(text, KNOWN, LONG))
    unnamed = re.sub(f"{PERSON}7[^\ufddb]*\ufddb", "", text)
    shown = html.unescape(re.sub(r"(?m)^> ", "", drawn))
    assert [sign for sign in without_marks(unnamed) if sign not in "*`_> \n"] == [
        sign for sign in shown if sign not in "*`_> \n"
    ]


@given(marked_texts, st.integers(1, 120))
def test_a_text_that_is_too_long_ends_where_it_can(text: str, longest: int) -> None:
    drawn = mrkdwn(text, KNOWN, longest)
    assert len(drawn) <= longest
    assert not MARKS.search(drawn)
    assert not re.search(r"&(?!amp;|lt;|gt;)", drawn)
    assert drawn.count("<") == drawn.count(">") - len(re.findall(r"(?m)^> ", drawn))


def test_bold_ends_where_the_text_is_cut() -> None:
    assert mrkdwn(bold("a" * 20), {}, 10) == f"*{'a' * 7}…*"


def test_a_notification_says_people_and_drops_emphasis() -> None:
    text = f"{bold('Acme')}: {person(7, 'a colleague')} & {person(8, 'a colleague')}"
    assert said(text, KNOWN, LONG) == "Acme: <@U7> &amp; a colleague"


@given(marked_texts, st.integers(1, 60))
def test_plain_text_has_no_marks_and_fits(text: str, longest: int) -> None:
    shown = plain(text, longest)
    assert len(shown) <= longest
    assert not MARKS.search(shown)
