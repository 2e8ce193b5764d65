"""What is kept of an installation, and that it is good for its own workspace only."""

from __future__ import annotations

import pytest

from bot.usecases.ports.installations import SealBrokenError
from handlers.slack.workspaces.installation import Installation
from handlers.slack.workspaces.installed import opened_secrets, sealed_secrets
from storage.repositories.sealing import FernetSealer, new_key

SEALER = FernetSealer([new_key()])
WHO = Installation("T1", "U1", "B1")


def test_secrets_come_back_as_they_were() -> None:
    assert opened_secrets(SEALER, sealed_secrets(SEALER, "xoxb-1", WHO), "T1") == ("xoxb-1", WHO)


def test_secrets_of_another_workspace_are_refused_in_its_place() -> None:
    with pytest.raises(SealBrokenError):
        opened_secrets(SEALER, sealed_secrets(SEALER, "xoxb-1", WHO), "T2")
