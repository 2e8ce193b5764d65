"""How flags look in Slack: the form, receipts, help, care."""
