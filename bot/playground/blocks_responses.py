"""What Slack refuses of an app's answers: menu options, answers to a submitted view, answers with a message."""

from collections.abc import Mapping
from typing import Any

from bot.playground.blocks import BLOCKS, check_message, check_view
from bot.playground.schema import Problem


def check_options(response: Any) -> list[Problem]:
    """What Slack refuses of the answer to a `block_suggestion`; an empty list of options is a good answer."""
    return BLOCKS.problems("suggested_options", response, "invalid_options")


def check_response_action(body: Any, view: Mapping[str, Any]) -> list[Problem]:
    """What Slack refuses of the answer to a `view_submission` of `view`; an empty answer closes the view.

    Errors may be given only for input blocks that are in the view, each with a text.
    """
    if body is None or body == "" or body == {}:
        return []
    error = "invalid_response_action"
    problems = BLOCKS.problems("response_action", body, error)
    if problems:
        return problems
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    problems += [
        Problem(error, f"/errors/{block_id}", "there is no input block with this block_id")
        for block_id in body.get("errors", ())
        if block_id not in inputs
    ]
    if "view" in body:
        problems += check_view(body["view"])
        if isinstance(body["view"], Mapping) and body["view"].get("type") == "home":
            problems.append(Problem(error, "/view/type", "unsupported type: home"))
    return problems


def check_response_message(body: Any) -> list[Problem]:
    """What Slack refuses of a message in answer to a slash command or sent to a response URL.

    A plain text, and for a command nothing at all, are good answers too. `delete_original` needs no content.
    """
    if body is None or isinstance(body, str):
        return check_message({"text": body}) if body else []
    problems = BLOCKS.problems("response_message", body, "invalid_payload")
    return problems if problems or body.get("delete_original") is True else check_message(body)
