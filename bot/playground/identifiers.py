"""Ids, tokens and message timestamps in the forms that Slack gives them."""

import secrets
import string
from datetime import datetime

_ALPHABET = string.ascii_uppercase + string.digits
_LETTERS = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """A fresh id such as `U0A1B2C3D4E`: the prefix says what it names."""
    return f"{prefix}0{_characters(_ALPHABET, 9)}"


def short_id() -> str:
    """A fresh id of five characters, as Slack gives to blocks and actions that came without one."""
    return _characters(_LETTERS, 5)


def new_hash(now: datetime) -> str:
    """A fresh `hash` of a view, which changes with each of its versions."""
    return f"{int(now.timestamp())}.{secrets.token_hex(4)}"


def new_token(prefix: str) -> str:
    """A fresh token such as `xoxb-…`."""
    return f"{prefix}-{secrets.randbelow(10**12):012d}-{secrets.token_hex(16)}"


def new_client_id() -> str:
    """A fresh client id of an app, such as `123456789012.1234567890123`."""
    return f"{_digits(12)}.{_digits(13)}"


def new_client_secret() -> str:
    """A fresh client secret of an app."""
    return secrets.token_hex(16)


def new_code() -> str:
    """A fresh code with which an app fetches its token."""
    return f"{_digits(13)}.{_digits(13)}.{secrets.token_hex(32)}"


def timestamp(now: datetime, after: str | None = None) -> str:
    """The `ts` for `now`: seconds and six decimals, and always later than `after`."""
    micros = round(now.timestamp() * 1_000_000)
    if after is not None:
        micros = max(micros, as_micros(after) + 1)
    return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"


def as_micros(ts: str) -> int:
    """A `ts` (or a number of seconds) as a whole number of microseconds; ValueError when it is neither."""
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int((fraction + "000000")[:6])


def _characters(alphabet: str, count: int) -> str:
    # From one number: asking the system for each character costs more than all else about an id.
    number, size = secrets.randbelow(len(alphabet) ** count), len(alphabet)
    return "".join(alphabet[number // size**place % size] for place in range(count))


def _digits(count: int) -> str:
    return f"{secrets.randbelow(10**count):0{count}d}"
