"""Remedies: starting a trial, judging it at its end, and what its outcome means for the client."""
