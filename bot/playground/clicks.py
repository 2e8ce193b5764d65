"""What a person does with the elements of a message or view: clicking, choosing, typing, looking up options."""

from typing import Any

from bot.playground.answer import Answer
from bot.playground.blocks_responses import check_options
from bot.playground.elements import interactive
from bot.playground.errors import NotPossible
from bot.playground.forms import chosen_value, options_of
from bot.playground.outcome import Outcome
from bot.playground.payloads import Payloads
from bot.playground.sight import Sight
from bot.playground.state import JSON, Message, View
from bot.playground.world import World

FAILED = "Something went wrong. Try again?"
Target = Message | View


class Clicks:
    """Works the elements that one person sees."""

    def __init__(self, world: World, user_id: str, sight: Sight, payloads: Payloads) -> None:
        """Act for the user `user_id`."""
        self._world = world
        self._user_id = user_id
        self._sight = sight
        self._payloads = payloads

    async def click(
        self, target: Target, action_id: str, value: str | None, block_id: str | None, confirm: bool
    ) -> Outcome:
        """Press a button."""
        target = self._now(target)
        block, element = find_element(target.blocks, action_id, block_id, value)
        if "confirm" in element and not confirm:
            return Outcome()
        if element["type"] != "button":
            raise NotPossible(f"{action_id} is a {element['type']}: choose or type, do not click")
        about: JSON = {key: element[key] for key in ("text", "value", "style") if key in element}
        return await self._tell(
            target, {"type": "button", "action_id": action_id, "block_id": block["block_id"], **about}
        )

    async def choose(
        self, target: Target, action_id: str, choice: Any, block_id: str | None, confirm: bool, dispatch: bool
    ) -> Outcome:
        """Fill in an element. The app hears of it at once, except from a form field without `dispatch_action`.

        Without `dispatch` a form field keeps what was typed and the app does not hear of it yet.
        """
        target = self._now(target)
        block, element = find_element(target.blocks, action_id, block_id)
        offered = self._offered(target).get(f"{block['block_id']}/{action_id}", [])
        held = self._values(target).get(block["block_id"], {}).get(action_id) or {}
        value = chosen_value(element, choice, [*offered, *(held.get("selected_options") or [])])
        if "confirm" in element and not confirm:
            return Outcome()
        self._values(target).setdefault(block["block_id"], {})[action_id] = value
        self._touch(target)
        if isinstance(target, View):
            target.errors.pop(block["block_id"], None)
        if block.get("type") == "input" and not (dispatch and block.get("dispatch_action")):
            return Outcome()
        return await self._tell(target, {**value, "action_id": action_id, "block_id": block["block_id"]})

    async def suggest(self, target: Target, action_id: str, typed: str, block_id: str | None) -> Outcome:
        """Type into a select whose options the app looks up; below its minimum length nothing is asked."""
        target = self._now(target)
        block, element = find_element(target.blocks, action_id, block_id)
        if not element["type"].endswith("external_select"):
            raise NotPossible(f"{action_id} does not look up its options")
        if len(typed) < int(element.get("min_query_length", 3)):
            return Outcome()
        payload = self._payloads.suggestion(block["block_id"], action_id, typed, target)
        answer = await self._world.dispatcher.ask("interaction", payload)
        options = _options_from(answer)
        if options is None:
            return Outcome(answer, toast="We could not load the options.")
        groups = answer.body.get("option_groups") or []
        self._offered(target)[f"{block['block_id']}/{action_id}"] = options
        self._touch(target)
        return Outcome(answer, options=options, option_groups=groups)

    def _now(self, target: Target) -> Target:
        if isinstance(target, Message):
            return self._sight.current(target)[1]
        home = self._world.views.home(self._user_id)
        if home is not None and home.id == target.id:
            return home
        stack = self._world.views.stack(self._user_id)
        if not stack or stack[-1].id != target.id:
            raise NotPossible("this view is not the one in front")
        return stack[-1]

    async def _tell(self, target: Target, action: JSON) -> Outcome:
        if isinstance(target, View):
            payload = self._payloads.view_action(target, action)
        else:
            channel, message = self._sight.current(target)
            payload = self._payloads.message_action(channel, message, action, self._values(target))
        answer = await self._world.dispatcher.ask("interaction", payload)
        return Outcome(answer, toast=None if answer.ok else FAILED)

    def _touch(self, target: Target) -> None:
        if isinstance(target, Message):
            self._world.changes.touch_message(target)
        self._world.changes.touch(users=(self._user_id,))

    def _values(self, target: Target) -> JSON:
        if isinstance(target, View):
            return target.values
        key = f"{self._user_id}/{target.channel}/{target.ts}"
        return self._world.state.message_values.setdefault(key, {})

    def _offered(self, target: Target) -> dict[str, list[JSON]]:
        if isinstance(target, View):
            return target.options
        key = f"{self._user_id}/{target.channel}/{target.ts}"
        return self._world.state.message_options.setdefault(key, {})


def find_element(
    blocks: list[JSON], action_id: str, block_id: str | None, value: str | None = None
) -> tuple[JSON, JSON]:
    """The one element with this action id, with its block; NotPossible when there is none, or more than one fits."""
    found = [
        (block, element)
        for block, element in interactive(blocks)
        if element["action_id"] == action_id
        and block_id in (None, block["block_id"])
        and (value is None or element.get("value") == value)
    ]
    if len(found) != 1:
        there = sorted({element["action_id"] for _, element in interactive(blocks)})
        raise NotPossible(f"{len(found)} elements fit {action_id!r} (value {value!r}); there are {there}")
    return found[0]


def _options_from(answer: Answer) -> list[JSON] | None:
    """The options of a `block_suggestion` answer, groups flattened; None when Slack would not show them."""
    if not answer.ok or check_options(answer.body):
        return None
    return options_of(answer.body)
