"""Discussions: opening and closing one, whom it asks in, and how it goes on when its place changes or cannot be had."""

from bot.usecases.discussion.asking_in import ask_in, say_who_takes_part
from bot.usecases.discussion.closing import call_off_unstarted, close_discussion, resume_discussion
from bot.usecases.discussion.delivered import AFTER_DELIVERY
from bot.usecases.discussion.discussion_view import DiscussionView, read_discussion
from bot.usecases.discussion.joining import bring_into_discussion, hasten_discussion, join_discussion
from bot.usecases.discussion.moving import move_on, turn_into_channel
from bot.usecases.discussion.opening import open_discussion, open_discussion_by_hand, open_discussion_by_name

__all__ = [
    "AFTER_DELIVERY",
    "DiscussionView",
    "ask_in",
    "bring_into_discussion",
    "call_off_unstarted",
    "close_discussion",
    "hasten_discussion",
    "join_discussion",
    "move_on",
    "open_discussion",
    "open_discussion_by_hand",
    "open_discussion_by_name",
    "read_discussion",
    "resume_discussion",
    "say_who_takes_part",
    "turn_into_channel",
]
