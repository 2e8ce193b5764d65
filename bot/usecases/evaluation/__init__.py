"""Evaluations: what the team thinks and knows about a client, asked in rounds, hidden until it is shown together."""
