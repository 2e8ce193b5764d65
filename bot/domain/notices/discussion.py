"""The steps of a discussion, which share one lane, so that they happen in order."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice
from bot.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class DiscussionStep(Notice):
    """Base of the steps that open a discussion; they share one lane, so they run in order."""

    discussion_id: int

    @property
    def lane(self) -> str:
        return f"discussion:{self.discussion_id}"


@dataclass(frozen=True, slots=True)
class DiscussionChannel(DiscussionStep):
    """Create the private channel under the case code."""

    kind: ClassVar[str] = "discussion_channel"


@dataclass(frozen=True, slots=True)
class DiscussionTopic(DiscussionStep):
    """Set topic and purpose, without the client's name."""

    kind: ClassVar[str] = "discussion_topic"


@dataclass(frozen=True, slots=True)
class DiscussionInvite(DiscussionStep):
    """Invite whoever belongs in the discussion and is not in it yet; never guests or outsiders."""

    kind: ClassVar[str] = "discussion_invite"


@dataclass(frozen=True, slots=True)
class DiscussionOpening(DiscussionStep):
    """Post the opening, or bring it up to date."""

    kind: ClassVar[str] = "discussion_opening"


@dataclass(frozen=True, slots=True)
class DiscussionPin(DiscussionStep):
    """Pin the opening."""

    kind: ClassVar[str] = "discussion_pin"


@dataclass(frozen=True, slots=True)
class DiscussionFlag(DiscussionStep):
    """Bring a new flag into an open discussion."""

    kind: ClassVar[str] = "discussion_flag"
    flag_id: int
