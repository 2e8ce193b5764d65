"""What lessons do by themselves."""

from __future__ import annotations

from bot.usecases.lessons.moments import DUE, REVIEW
from bot.usecases.lessons.reviewing import ask_whether_it_helped
from bot.usecases.lessons.settling import remind_of_lesson
from bot.usecases.lessons.waits import lesson_waits
from bot.usecases.stories import Stories

STORIES = Stories(
    "lessons",
    due={DUE: remind_of_lesson, REVIEW: ask_whether_it_helped},
    waits=lesson_waits,
)
