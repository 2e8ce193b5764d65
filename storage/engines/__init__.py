"""How a database is opened, migrated and spoken to: SQLite and PostgreSQL behind one port."""
