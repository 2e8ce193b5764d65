"""Flagclient, the application: its rules, its use cases and its wiring.

`bot.domain` and `bot.usecases` are the innermost rings; `bot.app` and `bot.__main__` are the doorstep that
knows every concrete class. At package level `bot` and `handlers` import each other, at module level there is no
cycle: the import contracts in `pyproject.toml` hold that.
"""
