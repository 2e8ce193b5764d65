"""Everything that the workspace remembers, as plain data that can be written to JSON and read back."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter

JSON = dict[str, Any]
ChannelKind = Literal["public", "private", "im", "mpim"]
SYSTEM_SUBTYPES = frozenset(
    {
        "channel_join",
        "channel_leave",
        "channel_topic",
        "channel_purpose",
        "channel_name",
        "channel_archive",
        "channel_unarchive",
        "tombstone",
    }
)
"""The lines in a conversation that Slack itself writes."""


@dataclass
class User:
    """A person or bot of the workspace, or of another organisation when `team_id` differs."""

    id: str
    team_id: str
    name: str
    real_name: str = ""
    display_name: str = ""
    email: str = ""
    title: str = ""
    locale: str = "en-US"
    tz: str = "Europe/Amsterdam"
    is_admin: bool = False
    is_owner: bool = False
    is_primary_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = 0


@dataclass
class Note:
    """A channel's topic or purpose: what it says, who set it, and when (seconds since 1970)."""

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass
class Pin:
    """A pinned message."""

    ts: str
    user: str
    created: int


@dataclass
class Channel:
    """A conversation of any kind; `members` are user ids in order of joining."""

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    topic: Note = field(default_factory=Note)
    purpose: Note = field(default_factory=Note)
    pins: list[Pin] = field(default_factory=list)
    previous_names: list[str] = field(default_factory=list)
    is_general: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False
    is_org_shared: bool = False
    is_pending_ext_shared: bool = False
    connected_team_ids: list[str] = field(default_factory=list)
    last_ts: str = "0000000000.000000"


@dataclass
class Message:
    """A message; `ephemeral_to` names the only person who sees it, `from_app` says that the app wrote it.

    `replies` are the timestamps of its thread, oldest first, when it is a parent.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    thread_ts: str | None = None
    replies: list[str] = field(default_factory=list)
    broadcast: bool = False
    subtype: str | None = None
    metadata: JSON | None = None
    edited: JSON | None = None
    files: list[str] = field(default_factory=list)
    from_app: bool = False
    ephemeral_to: str | None = None
    sent_with: JSON = field(default_factory=dict)


@dataclass
class File:
    """A file; it exists for others once `complete`, after its bytes were received."""

    __pydantic_config__: ClassVar = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    id: str
    user: str
    name: str
    title: str
    mimetype: str
    size: int
    created: int
    ticket: str
    alt_txt: str = ""
    content: bytes | None = None
    complete: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass
class View:
    """A modal or Home tab of one person. `values` is what the person filled in, by block id and action id."""

    id: str
    user: str
    type: str
    hash: str
    content: JSON
    root_view_id: str
    previous_view_id: str | None = None
    values: dict[str, dict[str, JSON]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[JSON]] = field(default_factory=dict)

    @property
    def blocks(self) -> list[JSON]:
        """The view's blocks as the app sent them, with the ids that Slack added."""
        blocks: list[JSON] = self.content["blocks"]
        return blocks


@dataclass
class ResponseUrl:
    """Where the app may answer one interaction; `expires` is in seconds since 1970 on the workspace's clock."""

    key: str
    channel: str
    user: str
    expires: float
    uses: int = 0
    source_ts: str | None = None
    thread_ts: str | None = None


@dataclass
class Workspace:
    """The whole workspace: people, conversations, messages, files, views, and the one app that is installed.

    `url` is where the server listens, with a slash at the end, and changes with each start. `revoked_tokens` are the
    bot tokens from before the app was removed and installed anew. `last_read` says by user and channel up to which `ts`
    was read. `example` is a name that the page may use where it says what to type.
    """

    team_id: str
    domain: str
    name: str
    app_id: str
    app_name: str
    bot_id: str
    bot_user_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    url: str = ""
    revoked_tokens: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    installed: bool = True
    guests_invitable: bool = False
    example: str = ""
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: dict[str, dict[str, Message]] = field(default_factory=dict)
    last_read: dict[str, dict[str, str]] = field(default_factory=dict)
    ephemerals: dict[str, list[Message]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    stacks: dict[str, list[str]] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    external_ids: dict[str, str] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    message_values: dict[str, dict[str, dict[str, JSON]]] = field(default_factory=dict)
    message_options: dict[str, dict[str, list[JSON]]] = field(default_factory=dict)


def dump(workspace: Workspace) -> bytes:
    """The whole state as JSON."""
    return _adapter().dump_json(workspace)


def load(data: bytes | str) -> Workspace:
    """The state that `dump` wrote; anything else raises pydantic's ValidationError."""
    return _adapter().validate_json(data)


@cache
def _adapter() -> TypeAdapter[Workspace]:
    return TypeAdapter(Workspace)
