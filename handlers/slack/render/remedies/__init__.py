"""How remedies look."""
