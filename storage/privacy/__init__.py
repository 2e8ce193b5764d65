"""What is held of a client: gathered, erased, and cleared from the database’s files."""
