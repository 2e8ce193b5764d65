"""Clients: finding one by name, its card, and (in `merge`, which weighs flags) merging two that are one."""
