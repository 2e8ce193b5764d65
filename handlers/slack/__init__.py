"""Slack, whole in one folder; the composition root needs nothing but `SlackFrontDoor` and its configuration."""
