"""A field's version is part of what Slack knows it by, there and back."""

from __future__ import annotations

import pytest

from handlers.slack.painting.form import paint_form
from handlers.surface.answers import Answers
from handlers.surface.form import Form, Line


@pytest.mark.parametrize(("version", "block_id"), [(None, "a.b"), ("", "a.b:"), ("c", "a.b:c")])
def test_a_field_is_known_by_its_id_and_its_version(version: str | None, block_id: str) -> None:
    form = Form("Title", "Close", (Line(id="a.b", label="Label", version=version, max_length=10),))
    (block,) = paint_form(form, {})["blocks"]
    assert (block["block_id"], block["element"]["action_id"]) == (block_id, "a.b")
    assert Answers("", {block_id: ("typed",)}).text("a.b", version) == "typed"
