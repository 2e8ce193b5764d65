"""What fits into a message or a window."""
