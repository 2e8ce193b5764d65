"""Which columns hold what people typed or what tells who somebody is, and which only codes, ids and the like.

A column of text or JSON is in exactly one of these lists, so that whoever adds one decides what an erasure does to it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, String

FREE_TEXT: dict[str, tuple[str, ...]] = {
    "flag": ("what_happened", "my_view", "withdrawn_reason", "links", "evidence"),
    "flag_revision": ("content",),
    "witness": ("note",),
    "evaluation_view": ("reason",),
    "evaluation_answer": ("text",),
    "evaluation_draft": ("text",),
    "client_statement": ("says", "our_part"),
    "remedy": ("description", "outcome_note"),
    "decision": (
        "reason",
        "learned",
        "against_majority",
        "no_remedy_possible",
        "client_side_waived",
        "reopen_reason",
        "decline_reason",
        "snapshot",
    ),
}
"""What people wrote, by table: an erased contact is taken out of it, word for word."""

NAMES: dict[str, tuple[str, ...]] = {
    "client": ("name", "external_reference"),
    "client_name": ("name", "normalized"),
    "client_merge": ("moved",),
    "contact": ("name", "normalized"),
    "inbox": ("answer",),
}
"""What a client or contact is called, and messages that wait to be flagged: it goes whole, or stays as it is."""

TECHNICAL: dict[str, tuple[str, ...]] = {
    "alert": ("rule", "figures", "state"),
    "audit": ("action", "subject", "details", "seal"),
    "audit_head": ("seal",),
    "client": ("stage", "language", "agreement_kind"),
    "client_statement": ("source",),
    "debrief": ("state", "zone", "uid"),
    "decision": ("outcome", "state"),
    "discussion": ("style", "state", "channel_name", "thread_reason"),
    "discussion_person": ("state",),
    "due": ("kind", "subject", "state", "zone"),
    "evaluation_answer": ("topic",),
    "evaluation_draft": ("field",),
    "evaluation_round": ("shown_as",),
    "evaluation_view": ("choice",),
    "flag": ("state", "category", "signals"),
    "identity": ("platform", "external_id"),
    "inbox": ("key", "content_hash"),
    "installation": ("sealed",),
    "message": ("subject", "external_id", "thread_external_id"),
    "meta": ("key", "value"),
    "outbox": ("id", "lane", "kind", "subject", "payload", "state", "lease_token", "reason", "code"),
    "person": ("language", "zone"),
    "place": ("platform", "external_id", "state"),
    "remedy": ("kind", "test", "test_category", "state", "judged", "outcome"),
    "task": ("kind",),
    "witness": ("kind",),
    "workspace": ("platform", "external_id", "settings"),
}
"""Codes, ids of ours and of a platform's, settings, and digests: nothing of them tells of a client."""


def is_text(column: Column[Any]) -> bool:
    """Whether a column holds text of any length, also by a type of its own."""
    return isinstance(getattr(column.type, "impl", column.type), String)


def is_json(column: Column[Any]) -> bool:
    """Whether a column holds JSON."""
    return isinstance(column.type, JSON)
