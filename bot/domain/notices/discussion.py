"""The steps of a discussion, which share one lane, so that they happen in order."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class DiscussionStep(Notice, frozen=True):
    """Base of the steps that open a discussion; they share one lane, so they run in order."""

    discussion_id: int

    @property
    def lane(self) -> str:
        return f"discussion:{self.discussion_id}"


class DiscussionChannel(DiscussionStep, frozen=True):
    """Create the private channel under the case code."""

    kind: ClassVar[str] = "discussion_channel"


class DiscussionTopic(DiscussionStep, frozen=True):
    """Set topic and purpose, without the client's name."""

    kind: ClassVar[str] = "discussion_topic"


class DiscussionInvite(DiscussionStep, frozen=True):
    """Invite whoever belongs in the discussion and is not in it yet; never guests or outsiders."""

    kind: ClassVar[str] = "discussion_invite"


class DiscussionOpening(DiscussionStep, frozen=True):
    """Post the opening, or bring it up to date."""

    kind: ClassVar[str] = "discussion_opening"
    is_never_repeated: ClassVar[bool] = True


class DiscussionPin(DiscussionStep, frozen=True):
    """Pin the opening."""

    kind: ClassVar[str] = "discussion_pin"


class DiscussionFlag(DiscussionStep, frozen=True):
    """Bring a new flag into an open discussion."""

    kind: ClassVar[str] = "discussion_flag"
    flag_id: int
