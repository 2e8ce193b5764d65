"""The front doors: each chat platform whole in one folder."""
