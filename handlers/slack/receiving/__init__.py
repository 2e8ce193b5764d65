"""What Slack sends us: from a request to the feature that answers it, and back."""
