"""Each interaction gives its story what the story asks for: keywords lose their types on the way."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from handlers.surface.interactions import GIVEN

FEATURES = Path(__file__).parents[3] / "handlers" / "features"


def calls() -> Iterator[tuple[Any, ast.Call, ast.expr]]:
    """Every call of a story through a caller: its module, the call, and the story in it."""
    for path in sorted(FEATURES.rglob("*.py")):
        module = import_module(".".join(path.relative_to(FEATURES.parents[1]).with_suffix("").parts))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="caller"), attr="run" | "read" | "run_once")):
                    yield module, node, node.args[0]


FOUND = list(calls())
CALLS = [
    pytest.param(getattr(module, story.id), call, id=f"{module.__name__}:{call.lineno}")
    for module, call, story in FOUND
    if isinstance(story, ast.Name) and hasattr(module, story.id)
]


def test_every_call_names_its_story() -> None:
    assert len(CALLS) > 50
    assert len(CALLS) == len(FOUND)


@pytest.mark.parametrize(("story", "call"), CALLS)
def test_a_story_gets_what_it_asks_for(story: Any, call: ast.Call) -> None:
    said = {keyword.arg for keyword in call.keywords}
    _, *others = inspect.signature(story).parameters.values()
    needed = {parameter.name for parameter in others if parameter.default is inspect.Parameter.empty}
    if None not in said:
        assert said <= {parameter.name for parameter in others}
        assert needed <= said | set(GIVEN)
