"""Figures for Prometheus; labels come from closed sets and never identify a person, client or channel."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()

ACK_SECONDS = Histogram(
    "flagclient_ack_seconds",
    "Time from a request of Slack to our answer.",
    ["interaction_type"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5, 3),
    registry=REGISTRY,
)
ACCESS_DENIED = Counter(
    "flagclient_access_denied_total",
    "Interactions of people who may do nothing here.",
    ["interaction_type"],
    registry=REGISTRY,
)
LATE_ANSWERS = Counter(
    "flagclient_late_answers_total",
    "Interactions that took longer than Slack waits.",
    ["interaction_type"],
    registry=REGISTRY,
)
REJECTED = Counter(
    "flagclient_signature_refused_total", "Requests without a valid signature of Slack's.", registry=REGISTRY
)
UNHANDLED = Counter(
    "flagclient_unhandled_total",
    "Interactions and events that nothing listens to.",
    ["interaction_type"],
    registry=REGISTRY,
)
EVENTS_WITHHELD = Counter(
    "flagclient_events_withheld_total",
    "Minutes in which Slack kept events back, as there were too many.",
    registry=REGISTRY,
)
FAILURES = Counter(
    "flagclient_failures_total", "Unexpected errors, by the boundary that caught them.", ["boundary"], registry=REGISTRY
)
DELIVERY_RETRIES = Counter(
    "flagclient_slack_delivery_retries_total",
    "Deliveries that Slack repeated, by the reason it gave.",
    ["reason"],
    registry=REGISTRY,
)
DELIVERIES = Counter(
    "flagclient_deliveries_total", "Attempts to deliver a notice, by outcome.", ["kind", "outcome"], registry=REGISTRY
)
RATE_LIMITED = Counter(
    "flagclient_rate_limited_total", "Calls that Slack asked to wait with.", ["method"], registry=REGISTRY
)
OUTBOX = Gauge("flagclient_outbox_items", "Notices in the outbox, by state.", ["state"], registry=REGISTRY)
OUTBOX_AGE = Gauge("flagclient_outbox_oldest_due_seconds", "Age of the oldest notice that is due.", registry=REGISTRY)
DUE_LATE_SECONDS = Histogram(
    "flagclient_due_late_seconds",
    "How late due work was done.",
    buckets=(0.5, 1, 2, 5, 15, 60, 300, 3600),
    registry=REGISTRY,
)
SOCKET_AGE = Gauge(
    "flagclient_socket_silence_seconds", "Time since the last sign of life on Socket Mode.", registry=REGISTRY
)
SOCKET_RECONNECTS = Counter(
    "flagclient_socket_reconnects_total", "Socket Mode connections that were rebuilt.", registry=REGISTRY
)


def exposition() -> bytes:
    """All figures in Prometheus' text format."""
    return generate_latest(REGISTRY)
