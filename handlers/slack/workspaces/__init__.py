"""The Slack workspaces that we serve: our tokens there, their people and places, and what Slack tells of them."""
