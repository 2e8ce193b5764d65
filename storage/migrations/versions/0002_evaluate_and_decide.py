"""Evaluations, the client's side, remedies, decisions, and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables; discussions that are open get a first round with the deadline they were opened with."""
    _create_rounds()
    _create_words()
    _create_statements()
    _create_remedies()
    _create_decisions()
    _create_audit()
    op.execute(
        "INSERT INTO evaluation_round (discussion_id, number, begun_at, views_by, shown_as) "
        "SELECT id, 1, opened_at, views_by, 'names' FROM discussion WHERE state = 'open'"
    )


def _create_rounds() -> None:
    op.create_table(
        "evaluation_round",
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("views_by", sa.Date(), nullable=False),
        sa.Column("shown_as", sa.String(), nullable=False),
        sa.Column("extended_at", INSTANT),
        sa.Column("shown_at", INSTANT),
        sa.Column("ended_at", INSTANT),
    )
    op.create_table(
        "evaluation_away",
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), primary_key=True),
        sa.Column("round", sa.Integer(), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("said_at", INSTANT, nullable=False),
    )


def _create_words() -> None:
    op.create_table(
        "evaluation_view",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("deals_with", sa.Boolean(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evaluation_view_round", "evaluation_view", ["discussion_id", "round", "person_id"])
    op.create_table(
        "evaluation_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_evaluation_answer_topic", "evaluation_answer", ["discussion_id", "topic", "person_id"])
    op.create_table(
        "evaluation_draft",
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), primary_key=True),
        sa.Column("person_id", sa.Integer(), sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", INSTANT, nullable=False),
    )


def _create_statements() -> None:
    op.create_table(
        "client_statement",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False, index=True),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id")),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("our_part", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sqlite_autoincrement=True,
    )


def _create_remedies() -> None:
    op.create_table(
        "remedy",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False, index=True),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), index=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("test", sa.String(), nullable=False),
        sa.Column("test_category", sa.String()),
        sa.Column("test_points", sa.Float()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("judged", sa.String()),
        sa.Column("judged_flags", sa.Integer()),
        sa.Column("judged_score", sa.Float()),
        sa.Column("judged_at", INSTANT),
        sa.Column("outcome", sa.String()),
        sa.Column("outcome_note", sa.String(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("ended_at", INSTANT),
        sqlite_autoincrement=True,
    )


def _create_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), nullable=False, index=True),
        sa.Column("discussion_id", sa.Integer(), sa.ForeignKey("discussion.id"), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("learned", sa.String(), nullable=False),
        sa.Column("against_majority", sa.String(), nullable=False),
        sa.Column("no_remedy_possible", sa.String(), nullable=False),
        sa.Column("client_side_waived", sa.String(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("confirmed_at", INSTANT),
        sa.Column("reopened_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("reopened_at", INSTANT),
        sa.Column("reopen_reason", sa.String(), nullable=False),
        sa.Column("declined_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("declined_at", INSTANT),
        sa.Column("decline_reason", sa.String(), nullable=False),
        sa.Column("followed_up_by_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("followed_up_at", INSTANT),
        sa.Column("letter_sent_at", INSTANT),
        sqlite_autoincrement=True,
    )
    stands = sa.text("state IN ('proposed', 'taken')")
    op.create_index(
        "uq_decision_stands",
        "decision",
        ["discussion_id", "round"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_id", sa.Integer(), sa.ForeignKey("person.id")),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("client_id", sa.Integer(), sa.ForeignKey("client.id"), index=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.UniqueConstraint("workspace_id", "number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit_head",
        sa.Column("workspace_id", sa.Integer(), sa.ForeignKey("workspace.id"), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
    )
