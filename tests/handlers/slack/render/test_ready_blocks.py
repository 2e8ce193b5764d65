"""Ready blocks are what the SDK's models come to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.slack.render import fragments, ready_blocks

TEXTS = st.text(min_size=1, max_size=40).map(lambda text: text * 80) | st.text(min_size=1)


@given(TEXTS, TEXTS)
def test_ready_blocks_are_those_of_the_sdk(text: str, other: str) -> None:
    ready, typed = ready_blocks.button(text, "act", "7"), fragments.button(text, "act", "7")
    assert ready == typed.to_dict()
    assert ready_blocks.section(text) == fragments.section(text).to_dict()
    assert ready_blocks.section(text, ready) == fragments.section(text, accessory=typed).to_dict()
    assert ready_blocks.context(text, other) == fragments.context(text, other).to_dict()
    assert ready_blocks.actions(ready, ready) == fragments.actions(typed, typed).to_dict()
