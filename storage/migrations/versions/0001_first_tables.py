"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

INSTANT = sa.DateTime(timezone=True)


def _where(condition: str) -> dict[str, Any]:
    """What makes an index partial, on either database."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """Create every table that the first version needs."""
    _create_workspaces()
    _create_people()
    _create_clients()
    _create_client_names()
    _create_contacts_and_merges()
    _create_flags()
    _create_flag_additions()
    _create_alerts()
    _create_discussions()
    _create_debriefs()
    _create_outbox()
    _create_inbox_and_messages()
    _create_due_and_meta()


def _create_workspaces() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("settings_version", sa.Integer(), nullable=False),
        sa.Column("last_case_number", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disconnected_at", INSTANT),
        sa.UniqueConstraint("platform", "external_id"),
    )
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.UniqueConstraint("workspace_id", "platform", "external_id"),
        sqlite_autoincrement=True,
    )


def _create_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("is_reviewer", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("left_at", INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_person_workspace_id", "person", ["workspace_id"])
    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.UniqueConstraint("workspace_id", "platform", "external_id"),
    )
    op.create_index("ix_identity_person_id", "identity", ["person_id"])


def _create_clients() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("road", sa.String(), nullable=False),
        sa.Column("alerted", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Float(), nullable=False),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("language", sa.String()),
        sa.Column("yearly_value", sa.Numeric(14, 2)),
        sa.Column("external_reference", sa.String()),
        sa.Column("agreement_kind", sa.String(), nullable=False),
        sa.Column("agreement_ends_on", sa.Date()),
        sa.Column("notice_days", sa.Integer()),
        sa.Column("payment_days", sa.Integer()),
        sa.Column("is_consumer", sa.Boolean()),
        sa.Column("left_on", sa.Date()),
        sa.Column("merged_into_id", sa.Integer(), sa.ForeignKey("client.id")),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_client_owner_id", "client", ["owner_id"])
    op.create_index(
        "ix_client_standing_out", "client", ["workspace_id", sa.text("rank DESC")], **_where("merged_into_id IS NULL")
    )


def _create_client_names() -> None:
    op.create_table(
        "client_name",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("normalized", sa.String(), nullable=False),
        sa.Column("is_alias", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("workspace_id", "normalized"),
    )
    op.create_index("ix_client_name_client_id", "client_name", ["client_id"])
    op.create_table(
        "client_person",
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
    )
    op.create_index("ix_client_person_person_id", "client_person", ["person_id"])


def _create_contacts_and_merges() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("normalized", sa.String(), nullable=False),
        sa.UniqueConstraint("client_id", "normalized"),
    )
    op.create_table(
        "client_merge",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("from_client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("into_client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("merged_at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_client_merge_from_client_id", "client_merge", ["from_client_id"])
    op.create_index("ix_client_merge_into_client_id", "client_merge", ["into_client_id"])


def _create_flags() -> None:
    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("reporter_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("what_happened", sa.String(), nullable=False),
        sa.Column("my_view", sa.String(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("contact_id", sa.Integer(), sa.ForeignKey("contact.id")),
        sa.Column("impact_hours", sa.Numeric(10, 2)),
        sa.Column("impact_amount", sa.Numeric(14, 2)),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON()),
        sa.Column("witness_count", sa.Integer(), nullable=False),
        sa.Column("edited_at", INSTANT),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_reason", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_flag_reporter_id", "flag", ["reporter_id"])
    op.create_index(
        "ix_flag_scoring",
        "flag",
        ["client_id", "happened_on", "id", "category", "severity", "reporter_id", "witness_count", "state"],
    )


def _create_flag_additions() -> None:
    op.create_table(
        "flag_revision",
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flag.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("replaced_at", INSTANT, nullable=False),
    )
    op.create_table(
        "witness",
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flag.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
    )
    op.create_index("ix_witness_person_id", "witness", ["person_id"])
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("flag_id", sa.Integer(), sa.ForeignKey("flag.id")),
        sa.Column("done_at", INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_client_id", "task", ["client_id"])


def _create_alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("post_at", INSTANT, nullable=False),
        sa.Column("taken_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("taken_at", INSTANT),
        sa.Column("acted_at", INSTANT),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_alert_client_id", "alert", ["client_id"])
    op.create_index("uq_alert_open", "alert", ["client_id", "level"], unique=True, **_where("state = 'open'"))


def _create_discussions() -> None:
    op.create_table(
        "discussion",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("views_by", sa.Date(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("alert_id", sa.Integer(), sa.ForeignKey("alert.id")),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id")),
        sa.Column("channel_name", sa.String()),
        sa.Column("thread_reason", sa.String()),
        sa.Column("closed_at", INSTANT),
        sa.UniqueConstraint("workspace_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_discussion_client_id", "discussion", ["client_id"])
    op.create_index("ix_discussion_place_id", "discussion", ["place_id"])
    op.create_index("uq_discussion_open", "discussion", ["client_id"], unique=True, **_where("state = 'open'"))
    op.create_table(
        "discussion_person",
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("state", sa.String(), nullable=False),
    )


def _create_debriefs() -> None:
    op.create_table(
        "debrief",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("local_at", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id")),
        sa.Column("planned_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("planned_at", INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_debrief_client_id", "debrief", ["client_id"])
    op.create_index("uq_debrief_planned", "debrief", ["client_id"], unique=True, **_where("state = 'planned'"))
    op.create_table(
        "debrief_person",
        sa.Column("debrief_id", sa.Integer(), sa.ForeignKey("debrief.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
    )


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("put_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("maybe_sent", sa.Boolean(), nullable=False),
        sa.Column("first_sent_at", INSTANT),
        sa.Column("lease_token", sa.String()),
        sa.Column("lease_until", INSTANT),
        sa.Column("reason", sa.String()),
        sa.Column("code", sa.String()),
        sa.Column("done_at", INSTANT),
        sa.UniqueConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_due", "outbox", ["due_at", "position"], **_where("state IN ('pending', 'sending')"))
    op.create_index(
        "ix_outbox_lane",
        "outbox",
        ["workspace_id", "lane", "position"],
        **_where("state IN ('pending', 'sending', 'parked', 'dead')"),
    )
    op.create_index("ix_outbox_subject", "outbox", ["workspace_id", "kind", "subject"], **_where("state = 'pending'"))


def _create_inbox_and_messages() -> None:
    op.create_table(
        "inbox",
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), primary_key=True),
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON()),
        sa.Column("received_at", INSTANT, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("place.id"), nullable=False),
        sa.Column("external_id", sa.String(), nullable=False),
        sa.Column("thread_external_id", sa.String()),
        sa.UniqueConstraint("workspace_id", "subject"),
    )
    op.create_index("ix_message_place_id", "message", ["place_id"])


def _create_due_and_meta() -> None:
    op.create_table(
        "due",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("local_at", sa.DateTime()),
        sa.Column("zone", sa.String()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", INSTANT),
        sa.UniqueConstraint("workspace_id", "kind", "subject"),
    )
    op.create_index("ix_due_pending", "due", ["due_at", "id"], **_where("state = 'pending'"))
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
    )
