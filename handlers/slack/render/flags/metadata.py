"""What a form carries along unseen: little, and never what a person typed into it."""

from __future__ import annotations

import json

from msgspec import Struct

MAX_EXCERPT_LENGTH = 200


class FormMetadata(Struct, frozen=True):
    """The private metadata of the flag form.

    `flag_id` and `client_name` belong to an edit; `evidence_key` and `excerpt` to a form that began at a message;
    `hints_shown` says that the wording hints were shown once.
    """

    flag_id: int | None = None
    client_name: str = ""
    evidence_key: str = ""
    excerpt: str = ""
    hints_shown: bool = False

    def encoded(self) -> str:
        """The metadata as Slack carries it, well within its limit."""
        return json.dumps(
            {
                "flag": self.flag_id,
                "client": self.client_name,
                "evidence": self.evidence_key,
                "excerpt": self.excerpt,
                "hints": self.hints_shown,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )


def decoded(private_metadata: str) -> FormMetadata:
    """What `FormMetadata.encoded` made."""
    stored = json.loads(private_metadata)
    return FormMetadata(stored["flag"], stored["client"], stored["evidence"], stored["excerpt"], stored["hints"])
