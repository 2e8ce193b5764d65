"""The words of blocks: every one in both languages, and what Slack's own window says in the person's language."""

import re
from pathlib import Path

import pytest

from bot.playground.clicks import FAILED
from bot.playground.forms import problem_with
from bot.playground.modals import REQUIRED, TROUBLE
from bot.playground.page import routes
from tests.browser.blocks_board import Board
from tests.browser.blocks_gallery import field

BLOCKS = Path(routes.__file__).with_name("static") / "blocks"
NUMBER = {"type": "number_input", "min_value": "1", "max_value": "5"}
SAID = [
    REQUIRED,
    TROUBLE,
    FAILED,
    "We could not load the options.",
    "That shortcut did not work. Try again?",
    '/echo failed with the error "dispatch_failed"',
    problem_with({"type": "plain_text_input", "min_length": 3}, {"value": "a"}),
    problem_with(NUMBER, {"value": "a"}),
    problem_with(NUMBER, {"value": "2.5"}),
    problem_with(NUMBER, {"value": "0"}),
    problem_with(NUMBER, {"value": "9"}),
]


def words_of(language: str) -> dict[str, str]:
    """The sentences of the page in one language, by their keys."""
    table = (BLOCKS / "words.js").read_text(encoding="utf-8")
    part = re.search(rf"^  {language}: \{{\n(.*?)^  \}},", table, re.DOTALL | re.MULTILINE)
    assert part
    return dict(re.findall(r'^    (\w+): "(.*)",$', part[1], re.MULTILINE))


def test_both_languages_have_the_same_sentences_with_the_same_placeholders() -> None:
    english, dutch = words_of("en"), words_of("nl")
    assert english.keys() == dutch.keys()
    for key, sentence in english.items():
        assert re.findall(r"\{\w+\}", sentence) == re.findall(r"\{\w+\}", dutch[key]), key


def test_every_sentence_is_said_and_none_is_missing() -> None:
    modules = [file.read_text(encoding="utf-8") for file in BLOCKS.glob("*.js") if file.name != "words.js"]
    code = "\n".join(modules)
    known = words_of("en")
    assert set(re.findall(r'word\([\w.]+, "(\w+)"', code)) <= known.keys()
    unused = [key for key in known if f'"{key}"' not in code and not key.startswith("chart_")]
    assert unused == []


@pytest.mark.parametrize("sentence", SAID)
async def test_what_slacks_window_says_is_said_in_dutch(board: Board, sentence: str) -> None:
    said = "text => ['en', 'nl'].map(locale => slackWords(text, {locale}))"
    english, dutch = await board.page.evaluate(said, sentence)
    assert english == sentence
    assert dutch != sentence
    assert re.findall(r"[\d/]\w*|dispatch_failed", dutch) == re.findall(r"[\d/]\w*|dispatch_failed", sentence)


async def test_what_an_app_says_is_left_alone(board: Board) -> None:
    block = field("Name", {"type": "plain_text_input", "action_id": "n"})
    for error, shown in ((REQUIRED, "Vul dit verplichte veld in."), ("Please be kind.", "Please be kind.")):
        await board.draw(block, errors={"n_in": error}, locale="nl")
        assert await board.find(".error").inner_text() == shown
