"""Copies of a database with their manifests, and the quarantine of one that was put back."""
