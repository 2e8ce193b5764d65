"""Decisions: taking, confirming and reopening them, and what each sets in motion."""
