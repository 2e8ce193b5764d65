"""The steps of a discussion, each named for what is wanted; they share one lane, so that they happen in order."""

from __future__ import annotations

from typing import ClassVar

from bot.domain.notices.notice import Notice


class DiscussionStep(Notice, frozen=True):
    """Base of the steps of a discussion; they share one lane, so they run in order."""

    lane_name: ClassVar[str] = "discussion:{0.discussion_id}"
    discussion_id: int


class DiscussionSpace(DiscussionStep, frozen=True):
    """Open a private space under the case code."""

    kind: ClassVar[str] = "discussion_space"
    is_urgent: ClassVar[bool] = True


class DiscussionDescription(DiscussionStep, frozen=True):
    """Say at the space what it is for, without the client's name."""

    kind: ClassVar[str] = "discussion_description"
    is_urgent: ClassVar[bool] = True


class DiscussionPeople(DiscussionStep, frozen=True):
    """Bring in whoever belongs in the discussion and is not in it yet; never guests or outsiders."""

    kind: ClassVar[str] = "discussion_people"
    is_urgent: ClassVar[bool] = True


class DiscussionOpening(DiscussionStep, frozen=True):
    """Post the opening, or bring it up to date."""

    kind: ClassVar[str] = "discussion_opening"
    is_urgent: ClassVar[bool] = True
    is_never_repeated: ClassVar[bool] = True


class DiscussionHighlight(DiscussionStep, frozen=True):
    """Keep the opening in sight."""

    kind: ClassVar[str] = "discussion_highlight"


class SpaceAbandoned(Notice, frozen=True):
    """Close a space that a discussion was to be held in and is not."""

    kind: ClassVar[str] = "space_abandoned"
    lane_name: ClassVar[str] = "place:{0.place_id}"
    discussion_id: int
    place_id: int


class DiscussionVacated(DiscussionStep, frozen=True):
    """Close the space of a discussion that was called off before anybody had used it."""

    kind: ClassVar[str] = "discussion_vacated"


class DiscussionFlag(DiscussionStep, frozen=True):
    """Bring a new flag into an open discussion, or bring what was said of it up to date wherever that stands."""

    kind: ClassVar[str] = "discussion_flag"
    flag_id: int


class FlagEntersDiscussion(Notice, frozen=True):
    """Tell a reporter privately that their flags on a client are being talked about: once in each discussion."""

    kind: ClassVar[str] = "flag_enters_discussion"
    lane_name: ClassVar[str] = "person:{0.person_id}:discussion:{0.discussion_id}"
    discussion_id: int
    person_id: int
