"""Slack, whole in one folder; the composition root needs nothing but `SlackPlatform` and its configuration."""
