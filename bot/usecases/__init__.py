"""What Flagclient does: one story a function, on the ports of `bot.usecases.ports`, without an SDK and without SQL.

A use case is a plain synchronous function `(uow, command, now) -> result`. It runs inside one transaction that
`Database.write` or `Database.read` opened, cannot await, and says what the world must hear by putting notices into
the outbox.
"""
