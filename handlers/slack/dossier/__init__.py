"""What the reader of a dossier may do next."""

from handlers.slack.dossier.interactions import register

__all__ = ["register"]
