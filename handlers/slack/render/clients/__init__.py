"""How a client's card and a merge look."""
