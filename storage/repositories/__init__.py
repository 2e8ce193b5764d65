"""One file for each port of `bot.usecases.ports`, in SQL; files beside a port’s own hold parts of it."""
