"""What a flag says, as columns and as the JSON of its revisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.domain.model import Evidence, Flag, FlagContent, FlagState


def columns_of(content: FlagContent, contact_id: int | None) -> dict[str, Any]:
    """`content` as columns of the flag table; the contact's name stands in a row of its own."""
    return {
        "category": content.category,
        "severity": content.severity,
        "happened_on": content.happened_on,
        "what_happened": content.what_happened,
        "my_view": content.my_view,
        "signals": list(content.signals),
        "contact_id": contact_id,
        "impact_hours": content.impact_hours,
        "impact_amount": content.impact_amount,
        "impact_currency": content.impact_currency or None,
        "links": list(content.links),
        "evidence": evidence_json(content.evidence),
    }


def evidence_json(evidence: Evidence | None) -> dict[str, str] | None:
    """Evidence as JSON, its instant in ISO form."""
    if evidence is None:
        return None
    return {
        "text": evidence.text,
        "author": evidence.author,
        "sent_at": evidence.sent_at.isoformat(),
        "permalink": evidence.permalink,
    }


def evidence_from(stored: dict[str, str] | None) -> Evidence | None:
    """What `evidence_json` stored."""
    if stored is None:
        return None
    return Evidence(
        text=stored["text"],
        author=stored["author"],
        sent_at=datetime.fromisoformat(stored["sent_at"]),
        permalink=stored["permalink"],
    )


def content_json(content: FlagContent) -> dict[str, Any]:
    """A whole content as JSON, for a revision."""
    return {
        "category": content.category,
        "severity": content.severity,
        "happened_on": content.happened_on.isoformat(),
        "what_happened": content.what_happened,
        "my_view": content.my_view,
        "signals": list(content.signals),
        "contact_name": content.contact_name,
        "impact_hours": None if content.impact_hours is None else str(content.impact_hours),
        "impact_amount": None if content.impact_amount is None else str(content.impact_amount),
        "impact_currency": content.impact_currency,
        "links": list(content.links),
        "evidence": evidence_json(content.evidence),
    }


def content_from_json(stored: dict[str, Any]) -> FlagContent:
    """What `content_json` stored."""
    return FlagContent(
        category=stored["category"],
        severity=stored["severity"],
        happened_on=date.fromisoformat(stored["happened_on"]),
        what_happened=stored["what_happened"],
        my_view=stored["my_view"],
        signals=tuple(stored["signals"]),
        contact_name=stored["contact_name"],
        impact_hours=None if stored["impact_hours"] is None else Decimal(stored["impact_hours"]),
        impact_amount=None if stored["impact_amount"] is None else Decimal(stored["impact_amount"]),
        # Revisions of the first versions have none: the workspace's was meant.
        impact_currency=stored.get("impact_currency", ""),
        links=tuple(stored["links"]),
        evidence=evidence_from(stored["evidence"]),
    )


def flag_from(row: Mapping[str, Any]) -> Flag:
    """A flag from a row of the flag table with its contact's name beside it."""
    content = FlagContent(
        category=row["category"],
        severity=row["severity"],
        happened_on=row["happened_on"],
        what_happened=row["what_happened"],
        my_view=row["my_view"],
        signals=tuple(row["signals"]),
        contact_name=row["contact_name"] or "",
        impact_hours=row["impact_hours"],
        impact_amount=row["impact_amount"],
        impact_currency=row["impact_currency"] or "",
        links=tuple(row["links"]),
        evidence=evidence_from(row["evidence"]),
    )
    return Flag(
        id=row["id"],
        workspace_id=row["workspace_id"],
        client_id=row["client_id"],
        reporter_id=row["reporter_id"],
        content=content,
        recorded_at=row["recorded_at"],
        state=FlagState(row["state"]),
        edited_at=row["edited_at"],
        withdrawn_at=row["withdrawn_at"],
        withdrawn_reason=row["withdrawn_reason"],
        witness_count=row["witness_count"],
    )
