"""Secrets at rest: sealed with a key that is kept apart from the database."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.usecases.ports.installations import SealBrokenError


class SealingKeyError(ValueError):
    """A key is none; the message says what one looks like."""

    def __init__(self) -> None:
        super().__init__(
            "FLAGCLIENT_ENCRYPTION_KEY holds something that is no key: one is 44 letters and digits that end in “=”. "
            "Without it, what was sealed stays shut; with none sealed yet, leave it empty and be given a new one."
        )


def new_key() -> str:
    """A key that nobody has had before."""
    return Fernet.generate_key().decode()


class FernetSealer:
    """`Sealer` by Fernet (AES-128-CBC with HMAC-SHA256); raises `SealingKeyError` for a key that is none.

    The first key seals; all of them open, so that a new one can be put before those in use.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise SealingKeyError from None

    def seal(self, secret: str) -> str:
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str, within: timedelta | None = None) -> str:
        try:
            # Decoding passes over what is no base64, so that many spellings would open the same seal.
            if base64.urlsafe_b64encode(base64.urlsafe_b64decode(sealed)).decode() != sealed:
                raise SealBrokenError
            return self._fernet.decrypt(
                sealed.encode(), ttl=None if within is None else int(within.total_seconds())
            ).decode()
        except (InvalidToken, ValueError):
            raise SealBrokenError from None
