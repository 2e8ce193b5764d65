"""Each limit lets its own number pass and nothing beyond it."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.arguments import check_arguments
from bot.playground.blocks import Problem, check_message, check_view
from bot.playground.limits import LIMITS, limit

Json = dict[str, Any]
Case = Callable[[int], list[Problem]]


def plain(text: str = "A") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def in_message(*blocks: Json) -> list[Problem]:
    return check_message({"text": "A", "blocks": list(blocks)})


def in_modal(*blocks: Json, **extra: Any) -> list[Problem]:
    view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks)}
    return check_view(view | extra)


def with_input(element: Json, **extra: Any) -> list[Problem]:
    return in_modal({"type": "input", "label": plain(), "element": element, **extra})


def with_action(element: Json) -> list[Problem]:
    return in_message({"type": "actions", "elements": [element]})


def button(**extra: Any) -> Json:
    return {"type": "button", "text": plain()} | extra


def options(count: int) -> list[Json]:
    return [{"text": plain(), "value": str(index)} for index in range(count)]


def option(**extra: Any) -> Json:
    return {"text": plain(), "value": "v"} | extra


def select(**extra: Any) -> Json:
    return {"type": "static_select"} | extra


def confirm(**extra: Any) -> list[Problem]:
    texts = {name: plain() for name in ("title", "text", "confirm", "deny")}
    return with_action(button(confirm=texts | extra))


def dividers(count: int) -> list[Json]:
    return [{"type": "divider"} for _ in range(count)]


def cell(text: str = "A") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: int = 2, cells: int = 1, kind: str = "table", **extra: Any) -> Json:
    block = {"type": kind, "rows": [[cell() for _ in range(cells)] for _ in range(rows)]}
    return block | ({"caption": "A"} if kind == "data_table" else {}) | extra


def table_of(length: int, kind: str) -> list[Problem]:
    rows = [[cell("A")], [cell("A" * (length - 1))]]
    return in_message(table(kind=kind) | {"rows": rows})


def pie(count: int = 1, label: str = "A") -> Json:
    segments = [{"label": label, "value": 1} for _ in range(count)]
    return {"type": "data_visualization", "title": "A", "chart": {"type": "pie", "segments": segments}}


def bars(series: int = 1, points: int = 1, **axis: Any) -> list[Problem]:
    names = [str(index) for index in range(points)]
    data = [{"label": name, "value": 1} for name in names]
    chart = {
        "type": "bar",
        "series": [{"name": str(index), "data": data} for index in range(series)],
        "axis_config": {"categories": names} | axis,
    }
    return in_message({"type": "data_visualization", "title": "A", "chart": chart})


def image(**extra: Any) -> list[Problem]:
    return in_message({"type": "image", "alt_text": "A", "image_url": "https://a.example"} | extra)


def url(length: int) -> str:
    return "https://a.example/".ljust(length, "a")


def group(count: int = 1, label: str = "A") -> Json:
    return {"label": plain(label), "options": options(count)}


def view_of(size: int) -> list[Problem]:
    # an unknown property makes the view big without breaking another limit
    empty = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": [], "x": ""}
    overhead = len('{"type":"modal","title":{"type":"plain_text","text":"A"},"blocks":[],"x":""}')
    problems = check_view(empty | {"x": "a" * (size - overhead)})
    return [problem for problem in problems if problem.message != "invalid additional property: x"]


def metadata(size: int) -> list[Problem]:
    overhead = len('{"event_type":"e","event_payload":{"a":""}}')
    payload = {"event_type": "e", "event_payload": {"a": "x" * (size - overhead)}}
    return check_message({"text": "A", "metadata": payload})


def many_texts(length: int) -> list[Problem]:
    texts = ["A" * 3000] * (length // 3000) + ["A" * (length % 3000)] * (length % 3000 > 0)
    return in_message(*({"type": "section", "text": plain(text)} for text in texts))


MOST: dict[str, Case] = {
    "action_id": lambda n: with_action(button(action_id="a" * n)),
    "actions.elements": lambda n: in_message({"type": "actions", "elements": [button()] * n}),
    "attachment.blocks": lambda n: check_message({"attachments": [{"blocks": dividers(n)}]}),
    "attachment.footer": lambda n: check_message({"attachments": [{"footer": "A" * n}]}),
    "block_id": lambda n: in_message({"type": "divider", "block_id": "b" * n}),
    "button.accessibility_label": lambda n: with_action(button(accessibility_label="A" * n)),
    "button.text": lambda n: with_action(button(text=plain("A" * n))),
    "button.url": lambda n: with_action(button(url=url(n))),
    "button.value": lambda n: with_action(button(value="v" * n)),
    "channel.name": lambda n: check_arguments("conversations.create", {"name": "a" * n}),
    "channel.purpose": lambda n: check_arguments("conversations.setPurpose", {"channel": "C1", "purpose": "a" * n}),
    "channel.topic": lambda n: check_arguments("conversations.setTopic", {"channel": "C1", "topic": "a" * n}),
    "chart.axis_label": lambda n: bars(x_label="A" * n) + bars(y_label="A" * n),
    "chart.count": lambda n: in_message(*([pie()] * n)),
    "chart.label": lambda n: in_message(pie(label="A" * n)),
    "chart.points": lambda n: bars(points=n),
    "chart.segments": lambda n: in_message(pie(count=n)),
    "chart.series": lambda n: bars(series=n),
    "chart.title": lambda n: in_message(pie() | {"title": "A" * n}),
    "chat.update.text": lambda n: check_message({"text": "A" * n}, "chat.update"),
    "choice.options": lambda n: with_action({"type": "checkboxes", "options": options(n)}),
    "confirm.confirm": lambda n: confirm(confirm=plain("A" * n)),
    "confirm.deny": lambda n: confirm(deny=plain("A" * n)),
    "confirm.text": lambda n: confirm(text=plain("A" * n)),
    "confirm.title": lambda n: confirm(title=plain("A" * n)),
    "context.elements": lambda n: in_message({"type": "context", "elements": [mrkdwn("A")] * n}),
    "data_table.columns": lambda n: in_message(table(cells=n, kind="data_table")),
    "data_table.page_size": lambda n: in_message(table(kind="data_table", page_size=n)),
    "data_table.rows": lambda n: in_message(table(rows=n, kind="data_table")),
    "data_table.text": lambda n: table_of(n, "data_table"),
    "file.alt_txt": lambda n: check_arguments(
        "files.getUploadURLExternal", {"filename": "a", "length": 1, "alt_txt": "a" * n}
    ),
    "file.channels": lambda n: check_arguments(
        "files.completeUploadExternal", {"files": [], "channels": ",".join(["C1"] * n)}
    ),
    "file_input.max_files": lambda n: with_input({"type": "file_input", "max_files": n}),
    "header.text": lambda n: in_message({"type": "header", "text": plain("\N{BANANA}" * n)}),
    "image.alt_text": lambda n: image(alt_text="A" * n),
    "image.image_url": lambda n: image(image_url=url(n)),
    "image.title": lambda n: image(title=plain("A" * n)),
    "input.hint": lambda n: with_input({"type": "plain_text_input"}, hint=plain("A" * n)),
    "input.label": lambda n: with_input({"type": "plain_text_input"}, label=plain("A" * n)),
    "invite.users": lambda n: check_arguments("conversations.invite", {"channel": "C1", "users": ",".join(["U1"] * n)}),
    "message.attachments": lambda n: check_message({"attachments": [{"text": "A"}] * n}),
    "message.blocks": lambda n: in_message(*dividers(n)),
    "message.blocks.text": many_texts,
    "message.text": lambda n: check_message({"text": "A" * n}),
    "metadata.size": metadata,
    "open.users": lambda n: check_arguments("conversations.open", {"users": ",".join(["U1"] * n)}),
    "option.description": lambda n: with_action(select(options=[option(description=plain("A" * n))])),
    "option.text": lambda n: with_action(select(options=[option(text=plain("A" * n))])),
    "option.value": lambda n: with_action(select(options=[option(value="v" * n)])),
    "option_group.label": lambda n: with_action(select(option_groups=[group(label="A" * n)])),
    "option_group.options": lambda n: with_action(select(option_groups=[group(n)])),
    "page.limit": lambda n: check_arguments("conversations.list", {"limit": str(n)}),
    "placeholder": lambda n: with_input({"type": "plain_text_input", "placeholder": plain("A" * n)}),
    "plain_text_input.initial_value": lambda n: with_input({"type": "plain_text_input", "initial_value": "A" * n}),
    "plain_text_input.max_length": lambda n: with_input({"type": "plain_text_input", "max_length": n}),
    "plain_text_input.min_length": lambda n: with_input({"type": "plain_text_input", "min_length": n}),
    "section.field": lambda n: in_message({"type": "section", "fields": [mrkdwn("A" * n)]}),
    "section.fields": lambda n: in_message({"type": "section", "fields": [mrkdwn("A")] * n}),
    "section.text": lambda n: in_message({"type": "section", "text": mrkdwn("A" * n)}),
    "select.option_groups": lambda n: with_action(select(option_groups=[group()] * n)),
    "select.options": lambda n: with_action(select(options=options(n))),
    "table.cells": lambda n: in_message(table(cells=n)),
    "table.column_settings": lambda n: in_message(table(column_settings=[None] * n)),
    "table.count": lambda n: in_message(*([table()] * n)),
    "table.rows": lambda n: in_message(table(rows=n)),
    "table.text": lambda n: table_of(n, "table"),
    "text.max": lambda n: in_message({"type": "context", "elements": [mrkdwn("A" * n)]}),
    "view.blocks": lambda n: in_modal(*dividers(n)),
    "view.callback_id": lambda n: in_modal(callback_id="c" * n),
    "view.close": lambda n: in_modal(close=plain("A" * n)),
    "view.external_id": lambda n: in_modal(external_id="e" * n),
    "view.private_metadata": lambda n: in_modal(private_metadata="m" * n),
    "view.size": view_of,
    "view.submit": lambda n: in_modal(submit=plain("A" * n)),
    "view.title": lambda n: in_modal(title=plain("A" * n)),
}
LEAST: dict[str, Case] = {
    "actions.elements.min": lambda n: in_message({"type": "actions", "elements": [button()] * n}),
    "choice.options.min": lambda n: with_action({"type": "radio_buttons", "options": options(n)}),
    "context.elements.min": lambda n: in_message({"type": "context", "elements": [mrkdwn("A")] * n}),
    "data_table.rows.min": lambda n: in_message(table(rows=n, kind="data_table")),
    "max_selected_items.min": lambda n: with_input(
        {"type": "multi_static_select", "options": options(2), "max_selected_items": n}
    ),
    "option_group.options.min": lambda n: with_action(select(option_groups=[group(n)])),
    "raw_text.min": lambda n: in_message(table() | {"rows": [[cell("A" * n)]]}),
    "select.options.min": lambda n: with_action(select(options=options(n))),
    "text.min": lambda n: in_message({"type": "context", "elements": [mrkdwn("A" * n)]}),
}


@pytest.mark.parametrize("limit_id", MOST)
def test_the_most_passes_and_one_more_is_refused(limit_id: str) -> None:
    assert MOST[limit_id](limit(limit_id)) == []
    assert MOST[limit_id](limit(limit_id) + 1) != []


@pytest.mark.parametrize("limit_id", LEAST)
def test_the_least_passes_and_one_less_is_refused(limit_id: str) -> None:
    assert LEAST[limit_id](limit(limit_id)) == []
    assert LEAST[limit_id](limit(limit_id) - 1) != []


def test_every_enforced_limit_is_tried_on_both_sides() -> None:
    enforced = {one.id for one in LIMITS.values() if one.enforced}
    assert enforced == MOST.keys() | LEAST.keys()


def test_every_limit_names_its_page_and_its_evidence() -> None:
    for one in LIMITS.values():
        assert one.page
        assert one.number >= 1
        assert one.evidence in {"docs", "method", "package", "staff", "third", "none"}
        # what Slack itself says is never mere advice
        assert one.enforced or one.evidence in {"staff", "third", "none"}


def test_an_unknown_limit_is_an_error() -> None:
    with pytest.raises(KeyError):
        limit("no.such")


@pytest.mark.parametrize(
    ("problems", "error"),
    [
        (MOST["message.text"](40_001), "msg_too_long"),
        (MOST["chat.update.text"](4_001), "msg_too_long"),
        (MOST["message.blocks"](51), "invalid_blocks"),
        (MOST["message.blocks.text"](12_001), "msg_blocks_too_long"),
        (MOST["message.attachments"](101), "too_many_attachments"),
        (MOST["table.count"](2), "invalid_attachments"),
        (MOST["metadata.size"](8_001), "metadata_too_large"),
        (MOST["view.size"](250_001), "view_too_large"),
        (MOST["view.title"](25), "invalid_arguments"),
        (MOST["channel.topic"](251), "too_long"),
        (MOST["channel.name"](81), "invalid_name_maxlength"),
        (MOST["open.users"](9), "too_many_users"),
        (MOST["page.limit"](1000), "invalid_limit"),
    ],
)
def test_a_broken_limit_has_the_error_that_slack_gives(problems: list[Problem], error: str) -> None:
    assert {problem.error for problem in problems} == {error}
