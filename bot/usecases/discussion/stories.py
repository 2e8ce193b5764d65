"""What discussions do by themselves."""

from __future__ import annotations

from bot.domain.notices import (
    AlertCard,
    DiscussionDecision,
    DiscussionDescription,
    DiscussionFlag,
    DiscussionHighlight,
    DiscussionOpening,
    DiscussionPeople,
    DiscussionSpace,
    DiscussionVacated,
    EvaluationNews,
    FlagEntersDiscussion,
    SpaceAbandoned,
)
from bot.usecases.discussion.delivered import (
    abandoned,
    alert_shown,
    described_or_highlighted,
    news_told,
    people_brought_in,
    said,
    space_opened,
)
from bot.usecases.stories import Stories

STORIES = Stories(
    "discussion",
    after_delivery={
        AlertCard: alert_shown,
        DiscussionSpace: space_opened,
        DiscussionDescription: described_or_highlighted,
        DiscussionPeople: people_brought_in,
        DiscussionOpening: said,
        DiscussionHighlight: described_or_highlighted,
        DiscussionVacated: described_or_highlighted,
        DiscussionFlag: said,
        DiscussionDecision: said,
        EvaluationNews: news_told,
        SpaceAbandoned: abandoned,
    },
    redraws={
        "discussion": lambda _, __, discussion_id: DiscussionOpening(discussion_id),
        "flag_enters": lambda _, __, *ids: FlagEntersDiscussion(*ids),
        "discussion_flag": lambda _, __, flag_id, discussion_id: DiscussionFlag(discussion_id, flag_id),
    },
)
