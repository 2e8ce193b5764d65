"""What has a lasting effect on Slack: every way to end is an outcome, and nothing is said where outsiders read."""
