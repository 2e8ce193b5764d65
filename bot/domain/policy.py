"""The numbers a workspace can adjust, with the defaults of the product."""

from __future__ import annotations

from datetime import time

from msgspec import Struct, field

from bot.domain.catalogue import CATEGORIES
from bot.domain.evaluation import ViewsShown
from bot.domain.farewell.letter.options import FormOfAddress, Letterhead, LetterStyle, Profession
from bot.domain.model import DiscussionStyle


class Policy(Struct, frozen=True):
    """How flags become a score, and what a score sets in motion.

    Scores are in points; days are calendar days unless the name says working days. `warning_days` says for a category
    how long a written warning must have run before a farewell letter can be approved.
    """

    half_life_days: int = 90
    weights: dict[str, float] = field(default_factory=dict)
    witness_bonus: float = 0.25
    witness_bonus_most: float = 1.0
    reporter_cap_points: float = 6.0
    reporter_cap_days: int = 30
    watch_score: float = 4.0
    discuss_score: float = 8.0
    discuss_people: int = 2
    pattern_flags: int = 3
    pattern_days: int = 60
    rearm_share: float = 0.75
    witness_days: int = 3
    undo_minutes: int = 15
    edit_hours: int = 24
    views_working_days: int = 5
    alert_working_days: int = 3
    debrief_working_days: int = 5
    debrief_at: time = time(10, 0)
    warning_days: dict[str, int] = field(default_factory=dict)

    def weight(self, category: str) -> float:
        """The weight of a category: 1 unless the workspace says otherwise."""
        return self.weights.get(category, 1.0)


class WorkspaceSettings(Struct, frozen=True):
    """What a workspace has chosen; `alert_place` is our id of the place for alerts.

    `workdays` are ISO weekdays (1 is Monday); `quiet_from` to `quiet_until` is the time of day in which alerts wait.
    """

    language: str = "en"
    country: str = "NL"
    zone: str = "Europe/Amsterdam"
    currency: str = "EUR"
    alert_place: int | None = None
    discussion_style: DiscussionStyle = DiscussionStyle.CHANNEL
    views_shown: ViewsShown = ViewsShown.NAMES
    categories: tuple[str, ...] = CATEGORIES
    workdays: tuple[int, ...] = (1, 2, 3, 4, 5)
    quiet_from: time = time(18, 0)
    quiet_until: time = time(9, 0)
    profession: Profession = Profession.OTHER
    letter_style: LetterStyle = LetterStyle.FORMAL
    letter_address: FormOfAddress = FormOfAddress.FORMAL
    letterhead: Letterhead = Letterhead()
    policy: Policy = field(default_factory=Policy)
