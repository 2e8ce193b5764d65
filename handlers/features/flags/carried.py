"""What the form of a flag carries along unseen: little, and never what a person typed into it."""

from __future__ import annotations

import json

from bot.domain.flag_rules import FlagDraft
from bot.usecases.flags.form import FlagForm, NamedClient


def carried_by(form: FlagForm) -> str:
    """What comes back with the answers, well within the limit."""
    return json.dumps(
        {
            "flag": form.flag_id,
            "client": form.client.name if form.is_edit and form.client else "",
            "evidence": form.evidence_key,
            "excerpt": form.excerpt,
            "hints": form.hints_shown,
            "currency": form.draft.currency,
            "figures": form.figures_shown,
            # What a witness is not asked comes back where they are none after all.
            "aside": [form.draft.severity, *form.draft.signals] if form.is_joining else [],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def form_carried(carried: str) -> FlagForm:
    """The form that `carried_by` wrote down, with nothing filled in but what it holds aside."""
    stored = json.loads(carried)
    # Windows that were open during an upgrade carry neither of these.
    severity, *signals = stored.get("aside") or [""]
    return FlagForm(
        FlagDraft(severity=severity, signals=tuple(signals), currency=stored.get("currency", "")),
        client=NamedClient(stored["client"]) if stored["flag"] is not None else None,
        flag_id=stored["flag"],
        evidence_key=stored["evidence"],
        excerpt=stored["excerpt"],
        hints_shown=stored["hints"],
        figures_shown=stored.get("figures", ""),
    )
