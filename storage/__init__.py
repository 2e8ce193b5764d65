"""Everything that knows SQL.

`tables` says what is stored, `repositories` how each port of `bot.usecases.ports` reads and writes it, `privacy` what
is gathered and erased of a client, `engines` how a database is opened and spoken to, `backup` how it is copied, and
`migrations` how its schema came about.
"""
