"""What Slack sends, decoded once at the edge: after this nobody reads a key of a payload.

What is no payload as Slack makes them is none here either. What a form or button of ours carries inside it is not
looked at: that belongs to who drew it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, get_args

import msgspec
from msgspec import Meta, Struct, field

from handlers.slack.receiving.views import View


class Sender(Struct, frozen=True):
    """Whom a payload is from: Slack's ids, empty where it has none.

    `own_team_id` is the workspace that the person belongs to, where Slack says so.
    """

    team_id: str
    user_id: str
    own_team_id: str | None


class Named(Struct, frozen=True):
    """A team or conversation, by its id."""

    id: str


class User(Struct, frozen=True):
    """Who acted, and the workspace that they belong to."""

    id: str
    team_id: str | None = None


class Container(Struct, frozen=True):
    """Where a button stands; in an ephemeral message only one person sees it."""

    is_ephemeral: bool = False


class Action(Struct, frozen=True):
    """A click, or a choice in a field that tells at once."""

    action_id: str
    value: str | None = None


class Author(Struct, frozen=True):
    """The app that wrote a message."""

    name: str | None = None


Timestamp = Annotated[str, Meta(pattern=r"^[0-9]{1,11}(\.[0-9]{1,9})?$")]
"""What Slack calls a message by within its conversation: seconds since 1970, of which there are not too many."""

Seconds = Annotated[int, Meta(ge=0, le=99_999_999_999)]
"""A moment in seconds since 1970."""


class Message(Struct, frozen=True):
    """A message from which somebody began; `message_words` reads its parts, whatever shape they have."""

    ts: Timestamp
    text: str | None = None
    user: str | None = None
    username: str | None = None
    bot_id: str | None = None
    bot_profile: Author | None = None
    blocks: Any = None
    attachments: Any = None
    files: Any = None


class _Payload(Struct, frozen=True):
    """What a payload has unless its kind says otherwise."""

    interaction_type: ClassVar[str]
    """The kind of interaction, from a closed set that is safe for logs and metrics."""

    @property
    def opens_with(self) -> str:
        """The trigger with which a window can be opened within three seconds; empty where there is none."""
        return ""

    @property
    def answers_at(self) -> str:
        """The address at which five answers are taken within half an hour; empty where there is none."""
        return ""

    @property
    def window(self) -> View | None:
        """The window of ours in which it was made."""
        return None

    @property
    def is_in_modal(self) -> bool:
        """Whether it was made in a window of ours."""
        return self.window is not None and self.window.type == "modal"

    @property
    def is_in_home(self) -> bool:
        """Whether it was made in the Home of whoever made it."""
        return self.window is not None and self.window.type == "home"

    @property
    def screen(self) -> str | None:
        """The conversation on whose screen an answer is read; `None` where it is read in a window."""
        return None

    @property
    def is_direct(self) -> bool:
        """Whether an answer is read in a direct message."""
        return self.screen is not None and self.screen.startswith("D")


class Command(_Payload, frozen=True):
    """A slash command."""

    interaction_type = "command"
    command: str
    team_id: str
    user_id: str
    channel_id: str
    trigger_id: str
    text: str = ""
    response_url: str = ""

    @property
    def bound_to(self) -> str:
        return self.command

    @property
    def sender(self) -> Sender:
        return Sender(self.team_id, self.user_id, None)

    @property
    def opens_with(self) -> str:
        return self.trigger_id

    @property
    def answers_at(self) -> str:
        return self.response_url

    @property
    def screen(self) -> str | None:
        return self.channel_id


class _FromPerson(_Payload, frozen=True, kw_only=True):
    """What somebody did that is no command."""

    user: User
    team: Named | None = None
    trigger_id: str | None = None
    response_url: str | None = None
    view: View | None = None

    @property
    def sender(self) -> Sender:
        team_id = self.team.id if self.team is not None else self.user.team_id
        return Sender(team_id or "", self.user.id, self.user.team_id)

    @property
    def opens_with(self) -> str:
        return self.trigger_id or ""

    @property
    def answers_at(self) -> str:
        return self.response_url or ""

    @property
    def window(self) -> View | None:
        return self.view


class BlockActions(_FromPerson, frozen=True, kw_only=True):
    """A click, or a choice in a field that tells at once."""

    interaction_type = "block_actions"
    trigger_id: str
    actions: list[Action]
    channel: Named | None = None
    container: Container | None = None

    def __post_init__(self) -> None:
        if not self.actions:
            raise ValueError("nothing was clicked")
        if self.view is not None and not self.view.id:
            raise ValueError("a window has an id")

    @property
    def bound_to(self) -> str:
        return self.actions[0].action_id

    @property
    def screen(self) -> str | None:
        return self.channel.id if self.channel is not None and self.view is None else None

    @property
    def is_ephemeral(self) -> bool:
        """Whether only this person sees the message that was clicked."""
        return self.container is not None and self.container.is_ephemeral


class BlockSuggestion(_FromPerson, frozen=True, kw_only=True):
    """Somebody types in a list that asks for what to offer."""

    interaction_type = "block_suggestion"
    action_id: str
    value: str

    @property
    def bound_to(self) -> str:
        return self.action_id


class ViewSubmission(_FromPerson, frozen=True, kw_only=True):
    """A form is sent."""

    interaction_type = "view_submission"
    view: View

    def __post_init__(self) -> None:
        if self.view.state is None or not self.view.id or not self.view.type:
            raise ValueError("a form has a state, an id and a type")

    @property
    def bound_to(self) -> str:
        return self.view.callback_id


class ViewClosed(_FromPerson, frozen=True, kw_only=True):
    """A window is closed."""

    interaction_type = "view_closed"
    view: View

    @property
    def bound_to(self) -> str:
        return self.view.callback_id


class MessageAction(_FromPerson, frozen=True, kw_only=True):
    """A shortcut is started from a message."""

    interaction_type = "message_action"
    callback_id: str
    trigger_id: str
    channel: Named
    message: Message

    @property
    def bound_to(self) -> str:
        return self.callback_id

    @property
    def screen(self) -> str | None:
        return self.channel.id


class Shortcut(_FromPerson, frozen=True, kw_only=True):
    """A shortcut is started from anywhere."""

    interaction_type = "shortcut"
    callback_id: str
    trigger_id: str

    @property
    def bound_to(self) -> str:
        return self.callback_id


class Profile(Struct, frozen=True):
    """A person as an event tells of them."""

    id: str
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False


class Tokens(Struct, frozen=True):
    """The tokens that were revoked."""

    bot: list[str] = field(default_factory=list)


class Event(Struct, frozen=True):
    """What an event tells; each kind has some of this."""

    type: str
    channel: str | Named | None = None
    user: str | Profile | None = None
    old_channel_id: str = ""
    new_channel_id: str = ""
    tokens: Tokens | None = None
    tab: str = ""

    @property
    def channel_id(self) -> str:
        """The conversation that it tells of; empty where it tells of none."""
        return self.channel.id if isinstance(self.channel, Named) else self.channel or ""

    @property
    def tells_of_leaving(self) -> bool:
        """Whether the person it tells of is gone, or only a guest now."""
        user = self.user
        return isinstance(user, Profile) and (user.deleted or user.is_restricted or user.is_ultra_restricted)

    @property
    def tells_of_guest(self) -> bool:
        """Whether the person it tells of is a guest now."""
        user = self.user
        return isinstance(user, Profile) and (user.is_restricted or user.is_ultra_restricted)

    @property
    def user_id(self) -> str:
        """The person that it tells of; empty where it tells of none."""
        return self.user.id if isinstance(self.user, Profile) else self.user or ""


class EventCallback(_Payload, frozen=True):
    """Something happened in a workspace."""

    interaction_type = "event_callback"
    team_id: str
    event_id: str
    event: Event
    event_time: Seconds | None = None

    @property
    def bound_to(self) -> str:
        return self.event.type

    @property
    def sender(self) -> Sender:
        return Sender(self.team_id, "", None)


FromPerson = Command | BlockActions | BlockSuggestion | ViewSubmission | ViewClosed | MessageAction | Shortcut
"""What a person did."""

Payload = FromPerson | EventCallback
"""A payload of any kind: `bound_to` is the id that says which listener it is for, `sender` whom it is from."""

KINDS_FROM_PERSON: tuple[str, ...] = tuple(kind.interaction_type for kind in get_args(FromPerson))

_KINDS: Mapping[str, type[Payload]] = {kind.interaction_type: kind for kind in get_args(Payload) if kind is not Command}
"""What Slack calls each kind in `type`, which a command does not have."""


def payload_in(body: Mapping[str, Any]) -> Payload | None:
    """The payload in what was parsed; `None` for what is none, or of a kind that we know nothing of."""
    said = body.get("type")
    kind: Any = Command if "command" in body else _KINDS.get(said) if isinstance(said, str) else None
    if kind is None:
        return None
    try:
        payload: Payload = msgspec.convert(body, kind)
    except msgspec.ValidationError:
        return None
    return payload
