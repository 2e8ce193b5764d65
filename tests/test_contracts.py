"""What holds over the whole tree: each rule here is one that prose alone would not keep."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec import Struct
from msgspec.structs import replace

from bot.domain.notices import FlagReceipt
from bot.domain.policy import WorkspaceSettings
from bot.playground.arguments import METHODS, scopes_needed
from bot.playground.arguments_manifest import check_manifest
from bot.settings import Settings
from handlers.features import ids
from handlers.slack.workspaces.events import NAME_EVENTS, PLACE_EVENTS
from tests.harness import Harness

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for folder in ("bot", "handlers", "storage") for path in (ROOT / folder).rglob("*.py"))
LISTENERS = [path for path in SOURCES if path.is_relative_to(ROOT / "handlers")]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yaml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

BROAD_EXCEPTS = {
    "bot/relay.py",
    "bot/scheduler.py",
    "bot/usecases/due.py",
    "storage/engines/sqlite_threads.py",
}
"""Where everything may be caught: the relay, the clock with its due rows, and the thread that hands errors back.

The third boundary of the application, the error listener, is called by Bolt and needs no `except` of its own.
"""

OPEN_TO_CHANGE = {"Answers", "Job", "OpenHome", "_Names"}
"""Data that is written to while it is in use."""

MAX_FILE_LINES = 400


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Everything in a file, the module itself first."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls_in(path: Path) -> Iterator[ast.Call]:
    return (node for node in nodes_of(path) if isinstance(node, ast.Call))


def ids_in(node: ast.AST) -> Iterator[str]:
    """Values of the `ids.X` that are mentioned in a piece of code."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id == "ids":
            yield getattr(ids, part.attr)


def listened_for(harness: Harness, kind: str) -> set[str]:
    """Ids that some listener of a kind of interaction is bound to."""
    return harness.workspace.routes.bound(kind)


def test_imports_point_inwards() -> None:
    finished = subprocess.run(  # noqa: S603 (our own interpreter, fixed arguments)
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout


def test_the_manifest_is_one_that_slack_takes() -> None:
    assert check_manifest(MANIFEST) == []


async def test_every_command_of_the_manifest_has_a_listener(http_harness: Harness) -> None:
    commands = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
    assert commands == listened_for(http_harness, "command")


async def test_every_shortcut_of_the_manifest_has_a_listener(http_harness: Harness) -> None:
    shortcuts = {shortcut["callback_id"] for shortcut in MANIFEST["features"]["shortcuts"]}
    assert shortcuts == listened_for(http_harness, "shortcut") | listened_for(http_harness, "message_action")


def test_every_event_of_the_manifest_has_a_listener() -> None:
    source = (ROOT / "handlers/slack/workspaces/events.py").read_text(encoding="utf-8")
    literal = set(re.findall(r'routes\.event\("([a-z_]+)"\)', source))
    assert set(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == literal | set(PLACE_EVENTS) | set(
        NAME_EVENTS
    )


def test_scopes_are_those_that_calls_and_events_need() -> None:
    called = {
        node.attr
        for path in LISTENERS
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and "_" in node.attr
    }
    methods = {method for method in METHODS if method.replace(".", "_") in called}
    assert {"chat.postMessage", "conversations.create", "views.open"} <= methods
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    granted = set(MANIFEST["oauth_config"]["scopes"]["bot"])
    needed = scopes_needed(methods, events)
    assert not {name: scopes for name, scopes in needed.items() if scopes and not scopes & granted}
    useful = {scope for scopes in needed.values() for scope in scopes} | {"commands"}
    assert granted <= useful


def test_every_scope_is_explained() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Scopes, and why each")[1]
    explained = set(re.findall(r"`([a-z]+(?::[a-z]+)?)`", table.split("## More")[0]))
    assert explained == set(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_ids_are_unique() -> None:
    values = [value for name, value in vars(ids).items() if name.isupper()]
    assert [value for value, count in Counter(values).items() if count > 1] == []


def drawn_by(names: set[str], keyword: str = "") -> set[str]:
    """Ids that stand in calls of `names`, or in their argument `keyword`."""
    return {
        value
        for path in SOURCES
        for call in calls_in(path)
        if isinstance(call.func, ast.Name) and call.func.id in names
        for part in (call.keywords if keyword else [call])
        if not isinstance(part, ast.keyword) or part.arg == keyword
        for value in ids_in(part)
    }


async def test_every_button_has_a_listener(http_harness: Harness) -> None:
    drawn = drawn_by({"Button", "button"})
    assert drawn
    assert drawn - listened_for(http_harness, "block_actions") == set()


async def test_every_form_has_a_listener(http_harness: Harness) -> None:
    drawn = drawn_by({"Form"}, "id") | drawn_by({"View"}, "callback_id")
    assert drawn
    assert drawn - listened_for(http_harness, "view_submission") == set()


def test_everything_is_caught_at_the_named_boundaries_only() -> None:
    found = set()
    for path in SOURCES:
        for node in nodes_of(path):
            if isinstance(node, ast.ExceptHandler):
                caught = (
                    [] if node.type is None else [part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)]
                )
                is_raised_again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if not is_raised_again and (node.type is None or {"Exception", "BaseException"} & set(caught)):
                    found.add(name_of(path))
    assert found <= BROAD_EXCEPTS


def test_only_storage_commits() -> None:
    for path in SOURCES:
        if path.is_relative_to(ROOT / "storage"):
            continue
        assert not [
            call for call in calls_in(path) if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
        ]


def test_nothing_is_pickled_or_evaluated() -> None:
    banned = {"pickle", "marshal", "shelve", "SQLAlchemyJobStore"}
    for path in SOURCES:
        for node in nodes_of(path):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not banned & {alias.name for alias in node.names}, name_of(path)
                assert getattr(node, "module", "") not in banned, name_of(path)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, name_of(path)


def test_data_is_frozen_unless_it_has_to_change() -> None:
    classes = [node for path in SOURCES for node in nodes_of(path) if isinstance(node, ast.ClassDef)]
    structs = [one for one in classes if "Struct" in map(ast.unparse, one.bases)]
    changing = {one.name for one in structs if "frozen=True" not in map(_written, one.keywords)}
    assert len(structs) > 200
    assert changing == OPEN_TO_CHANGE
    assert [one.name for one in classes if "frozen=False" in map(_written, one.keywords)] == []


@pytest.mark.parametrize("made", [WorkspaceSettings(), FlagReceipt(1, 2)], ids=lambda made: type(made).__name__)
def test_frozen_data_refuses_a_change(made: Struct) -> None:
    for field in made.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(made, field, getattr(made, field))
        with pytest.raises(AttributeError):
            delattr(made, field)
    with pytest.raises(TypeError):
        replace(made, unheard_of=1)


def _written(given: ast.keyword) -> str:
    return f"{given.arg}={ast.unparse(given.value)}"


def test_every_file_fits_in_the_head() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {name: length for name, length in lengths.items() if length > MAX_FILE_LINES} == {}


def test_every_module_says_what_it_is() -> None:
    written = [path for path in SOURCES if path.read_text(encoding="utf-8").strip()]
    modules = {name_of(path): nodes_of(path)[0] for path in written}
    assert [
        name for name, module in modules.items() if not isinstance(module, ast.Module) or not ast.get_docstring(module)
    ] == []


def test_our_package_names_are_ours_alone() -> None:
    providers = importlib.metadata.packages_distributions()
    for name in ("bot", "handlers", "storage"):
        assert [provider for provider in providers.get(name, []) if provider != "flagclient"] == []


@cache
def names_of_tests() -> frozenset[str]:
    """Names of the functions and files that hold tests."""
    files = list((ROOT / "tests").rglob("test_*.py"))
    functions = (re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.M) for path in files)
    return frozenset([*(path.stem for path in files), *(name for found in functions for name in found)])


def decisions() -> list[str]:
    """What was decided, each with its check."""
    return (ROOT / "DECISIONS.md").read_text(encoding="utf-8").split("\n## ")[1:]


def missing_from(text: str) -> list[str]:
    """Files, tests and contracts that a text names and that are not there.

    A path has a slash or the ending of a file. Contracts stand in typographic quotes, where a text says what checks it.
    """
    written = re.findall(r"`([^`\s]+)`", text)
    paths = [name for name in written if "/" in name or re.search(r"\.(py|toml|yaml|po|md|lock)$", name)]
    tests = [name for name in written if re.fullmatch(r"test_\w+", name)]
    _, _, check = text.partition("*Check:*")
    contracts = {contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]}
    return [
        *(name for name in paths if not (ROOT / name).exists()),
        *(name for name in tests if name not in names_of_tests()),
        *(name for name in re.findall(r"“([^”]+)”", check) if name not in contracts),
    ]


@pytest.mark.parametrize("decision", decisions(), ids=lambda decision: decision.partition("\n")[0])
def test_a_decision_names_a_check_that_is_there(decision: str) -> None:
    assert decision.count("*Check:*") == 1
    assert missing_from(decision) == []


def test_a_check_that_is_not_there_is_missed() -> None:
    said = (
        "Look at `bot/app.py`, `bot/nowhere.py`, `nowhere.toml` and “nowhere”.\n"
        "*Check:* `tests/test_nowhere.py`, `test_our_package_names_are_ours_alone`, `test_app`, `test_of_nothing`, "
        "“SQL stays in storage” and “nowhere”."
    )
    missing = ["bot/nowhere.py", "nowhere.toml", "tests/test_nowhere.py", "test_of_nothing", "nowhere"]
    assert missing_from(said) == missing


def test_every_variable_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        variable = alias.choices[0] if alias is not None and hasattr(alias, "choices") else name.upper()
        assert f"`{variable}`" in readme


def test_lock_files_name_no_host() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        pins = re.findall(r"^[A-Za-z0-9_.\[\]-]+==\S+", text, re.MULTILINE)
        assert len(pins) > 20
        assert text.count("--hash=sha256:") >= len(pins)
