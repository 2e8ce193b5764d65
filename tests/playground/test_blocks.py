"""What Slack accepts and refuses of messages."""

from typing import Any

import pytest

from bot.playground.blocks import Problem, check_message

Json = dict[str, Any]

PLAIN = {"type": "plain_text", "text": "A"}
MRKDWN = {"type": "mrkdwn", "text": "A"}
SECTION = {"type": "section", "text": MRKDWN}
BUTTON = {"type": "button", "text": PLAIN}
RICH_TEXT = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "A", "style": {"bold": True}}]},
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 1,
            "elements": [{"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "link", "url": "https://a.example"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "broadcast", "range": "here"}]},
    ],
}


def of_blocks(*blocks: Any) -> list[Problem]:
    return check_message({"text": "A", "blocks": list(blocks)})


def of_actions(*elements: Any) -> list[Problem]:
    return of_blocks({"type": "actions", "elements": list(elements)})


@pytest.mark.parametrize(
    "block",
    [
        SECTION,
        {"type": "section", "fields": [PLAIN, MRKDWN], "block_id": "b", "expand": True},
        {"type": "section", "text": {"type": "mrkdwn", "text": "A", "verbatim": True}, "accessory": BUTTON},
        {"type": "header", "text": {"type": "plain_text", "text": "A", "emoji": True}},
        {"type": "context", "elements": [PLAIN, MRKDWN]},
        {"type": "divider"},
        {"type": "image", "alt_text": "A", "image_url": "https://a.example", "title": PLAIN},
        {"type": "input", "label": PLAIN, "element": {"type": "plain_text_input"}, "dispatch_action": True},
        RICH_TEXT,
    ],
)
def test_a_message_may_hold(block: Json) -> None:
    assert of_blocks(block) == []


@pytest.mark.parametrize(
    ("block", "pointer", "message"),
    [
        ({"type": "sections"}, "/blocks/0/type", "unsupported type: sections"),
        ({"text": MRKDWN}, "/blocks/0", "missing required field: type"),
        ({"type": ["section"]}, "/blocks/0/type", "unsupported type: ['section']"),
        ("section", "/blocks/0", "must provide an object"),
        ({"type": "section"}, "/blocks/0", "one of text, fields must be given"),
        (SECTION | {"color": "red"}, "/blocks/0", "invalid additional property: color"),
        (SECTION | {"text": None}, "/blocks/0/text", "must provide an object"),
        (SECTION | {"text": "A"}, "/blocks/0/text", "must provide an object"),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": "A", "emoji": True}},
            "/blocks/0/text",
            "invalid additional property: emoji",
        ),
        (
            {"type": "section", "text": {"type": "plain_text", "text": "A", "verbatim": True}},
            "/blocks/0/text",
            "invalid additional property: verbatim",
        ),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": ""}},
            "/blocks/0/text/text",
            "must be more than 0 characters",
        ),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": 1}},
            "/blocks/0/text/text",
            "must provide a string",
        ),
        ({"type": "header", "text": MRKDWN}, "/blocks/0/text/type", "unsupported type: mrkdwn"),
        ({"type": "header"}, "/blocks/0", "missing required field: text"),
        ({"type": "header", "text": PLAIN, "block_id": ""}, "/blocks/0/block_id", "must be more than 0 characters"),
        ({"type": "section", "fields": []}, "/blocks/0/fields", "no fewer than 1 items allowed"),
        ({"type": "section", "fields": PLAIN}, "/blocks/0/fields", "must provide an array"),
        ({"type": "image", "alt_text": "A"}, "/blocks/0", "missing required field: image_url"),
        (
            {"type": "image", "alt_text": "A", "image_url": "ftp://a"},
            "/blocks/0/image_url",
            "value does not match the expected format",
        ),
        (
            {"type": "input", "label": MRKDWN, "element": {"type": "plain_text_input"}},
            "/blocks/0/label/type",
            "unsupported type: mrkdwn",
        ),
        (
            {"type": "input", "label": PLAIN, "element": {"type": "file_input"}},
            "/blocks/0/element/type",
            "unsupported type: file_input",
        ),
        ({"type": "file", "external_id": "1", "source": "remote"}, "/blocks/0/type", "unsupported type: file"),
        ({"type": "input", "label": PLAIN, "element": "text"}, "/blocks/0/element", "must provide an object"),
    ],
)
def test_a_message_may_not_hold(block: Any, pointer: str, message: str) -> None:
    assert of_blocks(block) == [Problem("invalid_blocks", pointer, message)]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": None, "blocks": []}, "no_text"),
        ({"text": 5}, "invalid_arguments"),
        ({"text": "A", "blocks": "[]"}, "invalid_blocks_format"),
        ({"text": "A", "blocks": {}}, "invalid_blocks_format"),
        ({"text": "A", "attachments": {}}, "invalid_attachments"),
        ({"attachments": [{}]}, "invalid_attachments"),
        ({"attachments": [{"color": "#ff0000"}]}, "invalid_attachments"),
        ({"attachments": [{"blocks": [{"type": "nope"}]}]}, "invalid_attachments"),
        ({"attachments": [{"blocks": "x"}]}, "invalid_attachments"),
        ({"attachments": [{"blocks": [SECTION | {"block_id": "b"}] * 2}]}, "invalid_attachments"),
        ({"attachments": [{"text": "A", "colour": "red"}]}, "invalid_attachments"),
        ({"text": "A", "metadata": "x"}, "invalid_metadata_format"),
        ({"text": "A", "metadata": {"event_type": "e"}}, "invalid_metadata_format"),
        ({"text": "A", "metadata": {"event_type": "", "event_payload": {}}}, "invalid_metadata_format"),
        ({"text": "A", "metadata": {"event_type": "e", "event_payload": []}}, "invalid_metadata_format"),
        ({"text": "A", "metadata": {"event_type": "e", "event_payload": {}, "x": 1}}, "invalid_metadata_format"),
    ],
)
def test_a_message_is_refused_with(arguments: Json, error: str) -> None:
    assert {problem.error for problem in check_message(arguments)} == {error}


@pytest.mark.parametrize(
    "arguments",
    [
        {"text": "A"},
        {"blocks": [SECTION]},
        {"text": "A", "blocks": []},
        {"attachments": [{"color": "good", "blocks": [SECTION]}]},
        {"attachments": [{"text": "A", "fields": [{"title": "T", "value": "V"}]}]},
        {"text": "A", "metadata": {"event_type": "posted", "event_payload": {"id": 1, "deep": {"a": [1]}}}},
        {"text": "A", "thread_ts": "1.2", "channel": "C1", "no": "matter"},
    ],
)
def test_a_message_is_accepted(arguments: Json) -> None:
    assert check_message(arguments) == []


@pytest.mark.parametrize("changed", ["metadata", "file_ids"])
def test_an_update_needs_no_content_beside_metadata_or_files(changed: str) -> None:
    value = {"metadata": {"event_type": "e", "event_payload": {}}, "file_ids": ["F1"]}[changed]
    assert check_message({changed: value}, "chat.update") == []
    assert [problem.error for problem in check_message({changed: value})] == ["no_text"]
    assert [problem.error for problem in check_message({}, "chat.update")] == ["no_text"]


def test_a_block_id_stands_once_in_a_message() -> None:
    twice = [SECTION | {"block_id": "b"}, {"type": "divider", "block_id": "b"}]
    assert of_blocks(*twice) == [Problem("invalid_blocks", "/blocks", "`block_id` of `b` already exists")]
    assert of_blocks(SECTION | {"block_id": "a"}, SECTION | {"block_id": "b"}) == []


def test_an_action_id_stands_once_in_a_block() -> None:
    button = BUTTON | {"action_id": "a"}
    twice = {"type": "actions", "elements": [button, button]}
    assert of_blocks(twice) == [Problem("invalid_blocks", "/blocks", "`action_id` of `a` already exists in its block")]
    once = {"type": "actions", "elements": [button, BUTTON]}
    assert of_blocks(once, once) == []


def test_one_table_counts_over_blocks_and_attachments() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "A"}]]}
    problems = check_message({"blocks": [table], "attachments": [{"blocks": [table]}]})
    assert problems == [Problem("invalid_attachments", "/blocks", "only_one_table_allowed")]


def test_every_problem_of_a_message_is_told_at_once() -> None:
    blocks = [{"type": "nope"}, {"type": "header", "text": MRKDWN}]
    problems = check_message({"text": "A" * 40_001, "blocks": blocks, "metadata": 1})
    assert [problem.error for problem in problems] == [
        "msg_too_long",
        "invalid_blocks",
        "invalid_blocks",
        "invalid_metadata_format",
    ]
