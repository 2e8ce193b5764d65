"""How decisions look."""
