"""Looks back: three and twelve months after a client has left, against what was expected of the decision to part."""
