"""From the surface to Block Kit, within Slack's limits, and back: the only place that knows mrkdwn and escaping."""
