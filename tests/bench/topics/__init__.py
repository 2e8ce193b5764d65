"""What is measured, a file for each question; each has a `measure` that returns tables."""
