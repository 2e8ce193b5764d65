"""Everything that knows SQL: tables, migrations, repositories, and the two databases behind one port."""
