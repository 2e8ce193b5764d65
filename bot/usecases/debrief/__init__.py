"""Debriefs: a client leaves, the look back is planned, announced, moved, cancelled and reminded of."""
