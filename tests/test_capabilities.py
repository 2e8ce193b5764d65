"""A capability is declared once a layer, by one stem, and nothing that it has is forgotten there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.domain.notices import NOTICES, Notice
from bot.usecases.capabilities import ALL_STORIES, REDRAWS
from bot.usecases.waiting import WaitingKind
from handlers.features.faces import FACES
from handlers.features.home.waiting import ASKED
from storage.privacy.tracked_messages import ABOUT

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "bot" / "usecases"


def stem_of(notice: type[Notice]) -> str:
    return notice.__module__.rpartition(".")[2]


def notices() -> Iterator[type[Notice]]:
    """Every kind of notice of ours that is defined, listed or not."""
    waiting = list(Notice.__subclasses__())
    for notice in waiting:
        waiting.extend(notice.__subclasses__())
        if hasattr(notice, "kind") and notice.__module__.startswith("bot."):
            yield notice


def living_subjects() -> set[str]:
    """What the subjects of messages begin with that are kept up to date, as the tellings name them."""
    found = set()
    for path in [*STORIES.glob("*/telling.py"), STORIES / "flags" / "editing.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                found.add(str(node.values[0].value).partition(":")[0])
            if isinstance(node, ast.keyword) and node.arg == "subject" and ast.unparse(node.value) == "notice.lane":
                found.add(path.parent.name.removesuffix("s"))
    return found


def test_stories_and_faces_go_by_the_same_stems() -> None:
    folders = {path.parent.name for path in STORIES.glob("*/telling.py")} - {"ports"}
    stems = {face.stem for face in FACES}
    assert folders <= stems
    assert {path.parent.name for path in STORIES.glob("*/stories.py")} == {stories.stem for stories in ALL_STORIES}
    assert {stories.stem for stories in ALL_STORIES} <= stems
    assert {path.parent.name for path in (ROOT / "handlers" / "features").glob("*/face.py")} == stems


def test_every_notice_is_told_by_the_face_of_its_stem() -> None:
    told = {(face.stem, notice) for face in FACES for notice in face.tellings}
    assert {(stem_of(notice), notice) for notice in notices()} == told
    assert set(NOTICES.values()) == set(notices())


def test_every_message_that_is_kept_up_to_date_can_be_drawn_anew() -> None:
    assert living_subjects() == set(REDRAWS)
    assert set(REDRAWS) <= set(ABOUT)


def test_everything_that_can_wait_for_somebody_is_found_and_shown_at_home() -> None:
    declared = {stories.stem for stories in ALL_STORIES if stories.waits is not None}
    assert declared == {path.parent.name for path in STORIES.glob("*/waits.py")}
    found = {
        node.attr
        for path in STORIES.glob("*/waits.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "WaitingKind"
    }
    assert found == {kind.name for kind in WaitingKind}
    assert set(ASKED) == set(WaitingKind)
