"""What a person does with a modal, and what Slack's window makes of the app's answer."""

from typing import Any

from bot.playground.blocks_responses import check_response_action
from bot.playground.elements import interactive
from bot.playground.errors import NotPossible, SlackError
from bot.playground.forms import is_empty, problem_with
from bot.playground.outcome import Outcome
from bot.playground.payloads import Payloads
from bot.playground.state import JSON, View
from bot.playground.world import World

TROUBLE = "We had some trouble connecting. Try again?"
REQUIRED = "Please complete this required field."


class Modals:
    """Submits and closes the modals of one person."""

    def __init__(self, world: World, user_id: str, payloads: Payloads) -> None:
        """Act for the user `user_id`."""
        self._world = world
        self._user_id = user_id
        self._payloads = payloads

    def front(self, wanted: View | None = None) -> View:
        """The modal in front; NotPossible when none is open, or when it is not the `wanted` one."""
        stack = self._world.views.stack(self._user_id)
        if not stack:
            raise NotPossible("no modal is open")
        if wanted is not None and wanted.id != stack[-1].id:
            raise NotPossible("this modal is not the one in front")
        return stack[-1]

    async def submit(self, view: View) -> Outcome:
        """Press the submit button of the modal in front; a form that is not complete is not sent."""
        blocks_have_input = any(block.get("type") == "input" for block in view.blocks)
        if not view.content.get("submit") and not blocks_have_input:
            raise NotPossible("this modal has no submit button")
        view.errors = _mistakes(view)
        if view.errors:
            self._world.changes.touch(users=(self._user_id,))
            return Outcome(errors=view.errors)
        answer = await self._world.dispatcher.ask("interaction", self._payloads.submission(view))
        if not answer.ok or answer.status != 200:
            return Outcome(answer, toast=TROUBLE)
        body: Any = answer.body if answer.body is not None else answer.text.strip()
        if check_response_action(body, self._world.views.render(view)):
            return Outcome(answer, toast=TROUBLE)
        try:
            self._apply(view, body or {})
        except SlackError:
            return Outcome(answer, toast=TROUBLE)
        return Outcome(answer, errors=view.errors)

    async def close(self, view: View, *, everything: bool = False) -> Outcome:
        """Close the modal in front, or all; the app hears of it where a view asked for that."""
        everything = everything or bool(view.content.get("clear_on_close"))
        answer = None
        for closed in self._world.views.close(self._user_id, everything=everything):
            if closed.content.get("notify_on_close"):
                payload = self._payloads.closed(closed, is_cleared=everything)
                answer = await self._world.dispatcher.ask("interaction", payload)
        return Outcome(answer)

    def _apply(self, view: View, body: JSON) -> None:
        action = body.get("response_action")
        if action is None:
            self._close_submitted(view)
        elif action == "clear":
            self._world.views.close(self._user_id, everything=True)
        elif action == "errors":
            view.errors = dict(body["errors"])
            self._world.changes.touch(users=(self._user_id,))
        elif action == "update":
            self._world.views.update(view, body["view"])
        else:
            self._world.views.push(self._user_id, body["view"])

    def _close_submitted(self, view: View) -> None:
        stack = self._world.views.stack(self._user_id)
        if stack and stack[-1].id == view.id:
            self._world.views.close(self._user_id)


def _mistakes(view: View) -> dict[str, str]:
    mistakes = {}
    for block, element in interactive(view.blocks):
        if block.get("type") != "input":
            continue
        value = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        if is_empty(value):
            if not block.get("optional"):
                mistakes[block["block_id"]] = REQUIRED
        elif (problem := problem_with(element, value)) is not None:
            mistakes[block["block_id"]] = problem
    return mistakes
