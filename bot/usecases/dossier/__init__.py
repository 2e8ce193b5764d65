"""A client's dossier as one person may see it, and the clients that stand out."""
