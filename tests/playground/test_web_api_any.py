"""Whatever is sent to a method, the answer is Slack's kind of answer."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import Playground
from bot.playground.api.call import METHODS
from bot.playground.api.dispatch import answer_call
from bot.playground.arguments import ARGUMENTS
from bot.playground.arguments import METHODS as KNOWN
from tests.playground.app_side import MANIFEST

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=6,
)


def a_playground() -> tuple[Playground, list[Any]]:
    """A workspace, and values that mean something in it."""
    playground = Playground(MANIFEST)
    anna = playground.add_user("anna")
    channel = playground.add_channel("general", anna, playground.bot_user_id)
    message = anna.say(channel, "hi")
    trigger = playground.world.triggers.issue(anna.id)
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    return playground, [anna.id, channel.id, message.ts, trigger, view, f"{anna.id},U404", "1", True]


@given(method=st.sampled_from(sorted(METHODS)), data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_arguments_are_answered(method: str, data: st.DataObject) -> None:
    playground, meaningful = a_playground()
    schema = ARGUMENTS.schemas[method]
    values = st.sampled_from(meaningful) | JUNK
    arguments = {
        name: data.draw(values)
        for name in sorted(schema["properties"])
        if name in schema.get("required", ()) or data.draw(st.booleans())
    }
    token = playground.app_token if method == "apps.connections.open" else playground.bot_token
    reply = answer_call(playground.world, method, token, arguments)
    assert reply.body["ok"] is True or isinstance(reply.body["error"], str)
    playground.dump()


def test_every_method_has_its_facts() -> None:
    assert METHODS.keys() == KNOWN.keys()
