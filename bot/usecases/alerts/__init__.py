"""Thresholds: what a change to a client's flags sets in motion, and who takes it on."""
