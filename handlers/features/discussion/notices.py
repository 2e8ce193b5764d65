"""Who decides what a discussion wants and what is told in it, and who puts it into words."""

from __future__ import annotations

from bot.domain.notices import (
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionVacated,
    FlagEntersDiscussion,
    SpaceAbandoned,
)
from bot.usecases.discussion.telling import (
    tell_abandoned,
    tell_description,
    tell_flag,
    tell_flag_enters,
    tell_highlight,
    tell_opening,
    tell_people,
    tell_space,
    tell_vacated,
)
from handlers.features.discussion.messages import build_flag_in_discussion, build_flag_is_discussed, build_space_text
from handlers.features.discussion.overview import build_opening
from handlers.surface.delivery import Telling, Tellings

TELLINGS: Tellings = {
    DiscussionSpace: Telling(tell_space, build_space_text),
    DiscussionDescription: Telling(tell_description, build_space_text),
    DiscussionPeople: Telling(tell_people),
    DiscussionOpening: Telling(tell_opening, build_opening),
    DiscussionHighlight: Telling(tell_highlight),
    DiscussionVacated: Telling(tell_vacated),
    DiscussionFlag: Telling(tell_flag, build_flag_in_discussion),
    SpaceAbandoned: Telling(tell_abandoned),
    FlagEntersDiscussion: Telling(tell_flag_enters, build_flag_is_discussed),
}
