"""What comes after a decision to part, wherever that decision is shown."""

from __future__ import annotations

from bot.domain.decision import Decision, DecisionOutcome, DecisionState
from bot.language import Language
from handlers.features import ids
from handlers.surface.message import Button, Paragraph, Weight


def is_to_part(decision: Decision) -> bool:
    """Whether it stands that ways are parted."""
    return decision.state is DecisionState.TAKEN and decision.outcome is DecisionOutcome.PART


def what_comes_now(t: Language, decision: Decision) -> Paragraph:
    """The next steps, with what to look at before anything is written beside them."""
    steps = t.gettext(
        "Look at what to check, speak with them before you write, and agree on what you still do and hand over. "
        "When the last day has passed I ask whether they have left."
    )
    check = Button(t.gettext("Before you write"), ids.FAREWELL_CHECK, str(decision.id), Weight.MAIN)
    return Paragraph("\n".join([t.gettext("*What comes now*"), steps]), check)
