"""What would change a client's standing, in words."""

from __future__ import annotations

from bot.domain.thresholds import Change
from bot.language import Language
from bot.language.vocabulary import category_label, level_label, severity_label


def change_sentence(t: Language, change: Change) -> str:
    """One thing that would lift the client to a level, or let it go down."""
    level = level_label(t, change.level)
    if change.quiet_days is not None:
        return t.gettext("{days} without new flags → {level}", days=t.days(change.quiet_days), level=level)
    if change.category is not None:
        return t.gettext(
            "one more flag about {category} from another colleague → {level}",
            category=category_label(t, change.category),
            level=level,
        )
    return t.gettext(
        "a flag of “{severity}” from another colleague → {level}",
        severity=severity_label(t, "", change.severity or 1),
        level=level,
    )
