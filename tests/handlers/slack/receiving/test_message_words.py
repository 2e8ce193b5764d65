"""What a reader saw of a message in words: typed, forwarded, built of blocks, or from an integration."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.slack.receiving.message_words import Forwarded, MessageWords, words_in

THREAT = "If this is not done by noon I will make sure nobody hires you again"
FROM_PIET = {
    "is_share": True,
    "author_name": "Piet Client",
    "text": "Nobody will hire you &amp; yours",
    "ts": "1772441000.000100",
    "from_url": "https://x.slack.com/archives/C1/p1772441000000100",
}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*Invoice 17* is &lt;open&gt;"}}


def words(text: str | None = "", *, is_of_app: bool = False, **parts: Any) -> MessageWords:
    given = {"blocks": None, "attachments": None, "files": None, **parts}
    return words_in(text, **given, is_of_app=is_of_app)


def line(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ({"text": "We are *not* paying &amp; never will"}, "We are *not* paying & never will"),
        ({"attachments": [FROM_PIET]}, "Piet Client: Nobody will hire you & yours"),
        ({"text": "See this", "attachments": [FROM_PIET]}, "See this\n\nPiet Client: Nobody will hire you & yours"),
        ({"attachments": [{"text": "Ticket 4: angry"}], "is_of_app": True}, "Ticket 4: angry"),
        ({"attachments": [{"text": "Ticket 4: angry"}]}, "Ticket 4: angry"),
        (
            {"attachments": [{"pretext": "New", "title": "Ticket", "fields": [{"title": "From", "value": "Piet"}]}]},
            "New\nTicket\nFrom: Piet",
        ),
        ({"attachments": [{"fallback": "Ticket 4"}], "is_of_app": True}, "Ticket 4"),
        ({"attachments": [{"blocks": [SECTION]}], "is_of_app": True}, "*Invoice 17* is <open>"),
        ({"blocks": [SECTION]}, "*Invoice 17* is <open>"),
        ({"text": "This content can't be displayed.", "blocks": [SECTION]}, "*Invoice 17* is <open>"),
        ({"text": "Invoice", "blocks": [SECTION], "is_of_app": True}, "*Invoice 17* is <open>"),
        ({"text": "Only this", "is_of_app": True}, "Only this"),
        ({"blocks": [line({"type": "text", "text": "They "}, {"type": "link", "url": "https://a.example"})]},
         "They https://a.example"),
        ({"text": "Typed", "blocks": [line({"type": "text", "text": "Typed"})]}, "Typed"),
        (
            {
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_list",
                                "elements": [
                                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                                    {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]},
                                ],
                            },
                            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "said"}]},
                        ],
                    }
                ]
            },
            "• one\n• @…\nsaid",
        ),
        (
            {"blocks": [{"type": "section", "fields": [{"type": "plain_text", "text": "Late"}]}, {"type": "actions"}]},
            "Late",
        ),
        ({"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Angry"}}]}, "Angry"),
        ({"blocks": [{"type": "a_later_kind", "body": {"type": "mrkdwn", "text": "New words"}}]}, "New words"),
        (
            {"blocks": [{"type": "table", "rows": [[{"type": "raw_text", "text": "17"}, line({"type": "text",
             "text": "open"})]]}]},
            "17 · open",
        ),
        ({"text": "", "files": [{"name": "mail.pdf"}]}, "📎 mail.pdf"),
        ({"text": "Look", "files": [{"title": "The mail", "name": "a.pdf"}]}, "Look\n📎 The mail"),
        (
            {"text": "https://a.example", "attachments": [{"original_url": "https://a.example", "text": "Buy now"}]},
            "https://a.example",
        ),
        (
            {"attachments": [{"is_msg_unfurl": True, "author_name": "Piet",
             "message_blocks": [{"message": {"blocks": [line({"type": "text", "text": "Never"})]}}]}]},
            "Piet: Never",
        ),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_words_are_found_wherever_they_stand(parts: dict[str, Any], whole: str) -> None:
    assert words(**parts).whole == whole


def test_a_forwarded_message_keeps_who_wrote_it_when_and_where() -> None:
    assert words(attachments=[FROM_PIET]) == MessageWords(
        "",
        (Forwarded("Nobody will hire you & yours", "Piet Client", "1772441000.000100", FROM_PIET["from_url"]),),
    )


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "fields", "blocks", "is_share", "author_name", "message_blocks", "rows"]
            ),
            inner | st.sampled_from(["rich_text", "rich_text_section", "section", "table", "mrkdwn"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(NONSENSE, NONSENSE, NONSENSE, st.booleans())
@example([{"type": []}], [], [], False)
def test_parts_of_any_shape_are_passed_over(blocks: Any, attachments: Any, files: Any, is_of_app: bool) -> None:
    assert isinstance(words("x", blocks=blocks, attachments=attachments, files=files, is_of_app=is_of_app).whole, str)
