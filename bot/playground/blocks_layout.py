"""Shapes of Slack's layout blocks, and on which surface each may stand.

The surfaces are "message", "modal" and "home". The `file` block is none of them: Slack shows it for remote
files and refuses it from an app.
"""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks_charts import DATA_VISUALIZATION
from bot.playground.blocks_elements import ACCESSORY, ACTIONS, BUTTON, CONTEXT, CONTEXT_ACTIONS, IMAGE, INPUT
from bot.playground.blocks_objects import SLACK_FILE, URL, any_text, plain_text
from bot.playground.blocks_rich_text import RICH_TEXT
from bot.playground.blocks_schema import (
    Report,
    Rule,
    Shape,
    array,
    at_least_one,
    boolean,
    by_type,
    constant,
    exactly_one,
    fields,
    one_of,
    string,
)
from bot.playground.blocks_tables import DATA_TABLE, TABLE
from bot.playground.limits import limit


def _block(
    kind: str, required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *rules: Rule
) -> Shape:
    return fields({"type": constant(kind), **required}, {"block_id": string("block_id"), **(optional or {})}, rules)


def _element_fits_surface(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    element = value.get("element")
    if not isinstance(element, Mapping):
        return
    if element.get("type") == "file_input" and report.surface != "modal":
        report.add(f"{pointer}/element/type", "unsupported type: file_input")
    if element.get("response_url_enabled") is True and report.surface != "modal":
        report.add(f"{pointer}/element", "response_url_enabled works in input blocks of modals only")


def _no_response_url(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    elements = value.get("elements")
    for element in [value.get("accessory"), *(elements if isinstance(elements, list) else [])]:
        if isinstance(element, Mapping) and element.get("response_url_enabled") is True:
            report.add(pointer, "response_url_enabled works in input blocks of modals only")


def _collapse(value: Mapping[str, Any], pointer: str, report: Report) -> None:
    if value.get("default_collapsed") is True and value.get("is_collapsible") is not True:
        report.add(pointer, "default_collapsed requires is_collapsible")
    if value.get("has_header_divider") is True and value.get("is_collapsible") is True:
        report.add(pointer, "has_header_divider cannot be set when is_collapsible is true")


SECTION = _block(
    "section",
    {},
    {
        "text": any_text("section.text"),
        "fields": array(any_text("section.field"), 1, "section.fields"),
        "accessory": by_type(ACCESSORY),
        "expand": boolean,
    },
    at_least_one("text", "fields"),
    _no_response_url,
)
_CARD = _block(
    "card",
    {},
    {
        "hero_image": by_type({"image": IMAGE}),
        "icon": by_type({"image": IMAGE}),
        "slack_icon": fields({"type": constant("icon"), "name": string()}),
        "title": any_text("card.title"),
        "subtitle": any_text("card.subtitle"),
        "body": any_text("card.body"),
        "subtext": any_text("card.subtext"),
        "actions": array(by_type(BUTTON), 1, "card.actions"),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)
_TASK_CARD = _block(
    "task_card",
    {"task_id": string(), "title": string(), "status": one_of("pending", "in_progress", "complete", "error")},
    {
        "details": by_type({"rich_text": RICH_TEXT}),
        "output": by_type({"rich_text": RICH_TEXT}),
        "sources": array(
            fields({"type": constant("url"), "url": string("url_source.url", pattern=URL), "text": string()})
        ),
    },
)
_VIDEO = _block(
    "video",
    {
        "alt_text": string("video.alt_text"),
        "title": plain_text("video.title"),
        "thumbnail_url": string(pattern=URL),
        "video_url": string(pattern=r"https://\S+"),
    },
    {
        "author_name": string("video.author_name"),
        "description": plain_text("video.description"),
        "provider_icon_url": string(pattern=URL),
        "provider_name": string("video.provider_name"),
        "title_url": string(pattern=r"https://\S+"),
    },
)
_EVERYWHERE: dict[str, Shape] = {
    "actions": _block(
        "actions",
        {"elements": array(by_type(ACTIONS), limit("actions.elements.min"), "actions.elements")},
        None,
        _no_response_url,
    ),
    "card": _CARD,
    "context": _block(
        "context",
        {"elements": array(by_type(CONTEXT), limit("context.elements.min"), "context.elements")},
    ),
    "divider": _block("divider", {}),
    "header": _block("header", {"text": plain_text("header.text")}),
    "image": _block(
        "image",
        {"alt_text": string("image.alt_text")},
        {
            "image_url": string("image.image_url", pattern=URL),
            "slack_file": SLACK_FILE,
            "title": plain_text("image.title"),
        },
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        "input",
        {"label": plain_text("input.label"), "element": by_type(INPUT)},
        {"hint": plain_text("input.hint"), "optional": boolean, "dispatch_action": boolean},
        _element_fits_surface,
    ),
    "rich_text": RICH_TEXT,
    "section": SECTION,
    "video": _VIDEO,
}
_MESSAGES_AND_HOME: dict[str, Shape] = {
    "carousel": _block(
        "carousel",
        {"elements": array(by_type({"card": _CARD}), limit("carousel.elements.min"), "carousel.elements")},
    ),
    "table": TABLE,
    "data_table": DATA_TABLE,
}
_MESSAGES: dict[str, Shape] = {
    "context_actions": _block("context_actions", {"elements": array(CONTEXT_ACTIONS, 1, "context_actions.elements")}),
    "data_visualization": DATA_VISUALIZATION,
    "markdown": _block("markdown", {"text": string("markdown.total")}),
    "plan": _block("plan", {"title": string()}, {"tasks": array(by_type({"task_card": _TASK_CARD}), 1)}),
    "task_card": _TASK_CARD,
}


def _container(children: Mapping[str, Shape]) -> dict[str, Shape]:
    shape = _block(
        "container",
        {"child_blocks": array(by_type(children), 1, "container.child_blocks")},
        {
            "title": plain_text("container.title"),
            "rich_text_title": by_type({"rich_text": RICH_TEXT}),
            "subtitle": any_text("container.subtitle"),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": by_type({"image": IMAGE}),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        at_least_one("title", "rich_text_title"),
        _collapse,
    )
    return {"container": shape}


_HOME = _EVERYWHERE | _MESSAGES_AND_HOME
_ALERT = _block(
    "alert",
    {"text": any_text("alert.text")},
    {"level": one_of("default", "info", "warning", "error", "success")},
)
SURFACES: Mapping[str, Mapping[str, Shape]] = {
    "message": _HOME | _MESSAGES | _container(_HOME | _MESSAGES),
    "home": _HOME | _container(_HOME),
    "modal": _EVERYWHERE | {"alert": _ALERT},
}
"""The block types that each surface allows, with their shapes."""
