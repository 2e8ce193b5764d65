"""Secrets at rest: shut for whoever has the database alone."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.ports.installations import SealBrokenError
from storage.repositories.sealing import FernetSealer, SealingKeyError, new_key

KEY = new_key()


@given(st.text())
def test_what_is_sealed_can_be_opened_again_and_not_be_read(secret: str) -> None:
    sealer = FernetSealer([KEY])
    sealed = sealer.seal(secret)
    assert sealer.open(sealed) == secret
    assert len(secret) < 5 or secret not in sealed


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBrokenError):
        FernetSealer([new_key()]).open(FernetSealer([KEY]).seal("xoxb-1"))


@pytest.mark.parametrize("text", ["", "é", "gAAAAA==", "xoxb-1"])
def test_what_was_never_sealed_is_refused(text: str) -> None:
    with pytest.raises(SealBrokenError):
        FernetSealer([KEY]).open(text)


def test_an_old_key_behind_a_new_one_still_opens() -> None:
    newer = new_key()
    both = FernetSealer([newer, KEY])
    assert both.open(FernetSealer([KEY]).seal("xoxb-1")) == "xoxb-1"
    assert FernetSealer([newer]).open(both.seal("xoxb-2")) == "xoxb-2"


def test_a_seal_can_be_too_old() -> None:
    sealed = Fernet(KEY).encrypt_at_time(b"state", int(time.time()) - 601).decode()
    assert FernetSealer([KEY]).open(sealed) == "state"
    with pytest.raises(SealBrokenError):
        FernetSealer([KEY]).open(sealed, timedelta(minutes=10))


@pytest.mark.parametrize("key", ["short", "é" * 44, "A" * 43, "A" * 86 + "=="])
def test_what_is_no_key_is_named(key: str) -> None:
    with pytest.raises(SealingKeyError, match="FLAGCLIENT_ENCRYPTION_KEY"):
        FernetSealer([KEY, key])
