"""What Slack refuses of an app's answers: menu options, answers to a submitted view, answers with a message."""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks import check_message, check_view
from bot.playground.blocks_identity import objects
from bot.playground.blocks_objects import MENU_OPTION, OPTION_GROUP
from bot.playground.blocks_schema import (
    Problem,
    Report,
    anything,
    array,
    boolean,
    exactly_one,
    fields,
    one_of,
    string,
)

_OPTIONS = fields(
    {},
    {
        "options": array(MENU_OPTION, 0, "select.options"),
        "option_groups": array(OPTION_GROUP, 0, "select.option_groups"),
    },
    [exactly_one("options", "option_groups")],
)
_TEXT = string(empty=True)
_MESSAGE = fields(
    {},
    {
        "attachments": anything,
        "blocks": anything,
        "delete_original": boolean,
        "link_names": boolean,
        "metadata": anything,
        "mrkdwn": boolean,
        "parse": one_of("none", "full", "mrkdwn", "false"),
        "replace_original": boolean,
        "response_type": one_of("ephemeral", "in_channel"),
        "text": _TEXT,
        "thread_ts": string(),
        "unfurl_links": boolean,
        "unfurl_media": boolean,
    },
)


def check_options(response: Any) -> list[Problem]:
    """What Slack refuses of the answer to a `block_suggestion`; an empty list of options is a good answer."""
    report = Report("invalid_options")
    _OPTIONS(response, "", report)
    return report.problems


def check_response_action(body: Any, view: Mapping[str, Any]) -> list[Problem]:
    """What Slack refuses of the answer to a `view_submission` of `view`; an empty answer closes the view.

    Errors may be given only for input blocks that are in the view, each with a text.
    """
    if body is None or body == "" or body == {}:
        return []
    report = Report("invalid_response_action")
    if not isinstance(body, Mapping):
        report.add("", "must provide an object")
        return report.problems
    action = body.get("response_action")
    if action == "errors":
        fields({"response_action": anything, "errors": anything})(body, "", report)
        _check_errors(body.get("errors"), view, report)
    elif action in ("update", "push"):
        fields({"response_action": anything, "view": anything})(body, "", report)
        report.problems += check_view(body.get("view"))
        if isinstance(body.get("view"), Mapping) and body["view"].get("type") == "home":
            report.add("/view/type", "unsupported type: home")
    elif action == "clear":
        fields({"response_action": anything})(body, "", report)
    else:
        report.add("/response_action", "must be a valid enum value: errors, update, push, clear")
    return report.problems


def _check_errors(errors: Any, view: Mapping[str, Any], report: Report) -> None:
    if not isinstance(errors, Mapping) or not errors:
        report.add("/errors", "must provide an object with at least one block")
        return
    blocks = view.get("blocks")
    inputs = [
        block.get("block_id")
        for block in objects(blocks if isinstance(blocks, list) else [])
        if block.get("type") == "input"
    ]
    for block_id, text in errors.items():
        if block_id not in inputs:
            report.add(f"/errors/{block_id}", "there is no input block with this block_id")
        string()(text, f"/errors/{block_id}", report)


def check_response_message(body: Any) -> list[Problem]:
    """What Slack refuses of a message in answer to a slash command or sent to a response URL.

    A plain text, and for a command nothing at all, are good answers too. `delete_original` needs no content.
    """
    if body is None or isinstance(body, str):
        return check_message({"text": body}) if body else []
    report = Report("invalid_payload", "message")
    _MESSAGE(body, "", report)
    if not isinstance(body, Mapping) or report.problems or body.get("delete_original") is True:
        return report.problems
    return check_message(body)
