"""Discussions: opening and closing one, whom it asks in, and how it goes on when its place changes or cannot be had."""
