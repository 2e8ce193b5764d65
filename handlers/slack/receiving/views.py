"""Windows of ours, as Slack sends them back."""

from __future__ import annotations

from msgspec import Struct, field


class Chosen(Struct, frozen=True):
    """A choice that was made."""

    value: str


class Element(Struct, frozen=True):
    """What stands in one field of a window."""

    value: str | None = None
    selected_option: Chosen | None = None
    selected_options: list[Chosen] | None = None
    selected_date: str | None = None
    selected_time: str | None = None
    selected_user: str | None = None
    selected_users: list[str] | None = None


class State(Struct, frozen=True):
    """What stands in a window, by block id and action id."""

    values: dict[str, dict[str, Element]] = field(default_factory=dict)


class Block(Struct, frozen=True):
    """A block of a window; only what fields are called is looked at."""

    type: str = ""
    block_id: str = ""


class View(Struct, frozen=True):
    """A window of ours."""

    id: str = ""
    hash: str = ""
    type: str = ""
    callback_id: str = ""
    private_metadata: str = ""
    blocks: list[Block] = field(default_factory=list)
    state: State | None = None

    @property
    def inputs(self) -> list[str]:
        """The block ids of its fields."""
        return [block.block_id for block in self.blocks if block.type == "input"]
