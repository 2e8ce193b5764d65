"""Select menus of every source, as comboboxes that the mouse and the keyboard can work."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.playground.state import JSON
from tests.browser.blocks_board import Board
from tests.browser.blocks_gallery import CONFIRM, field, options, plain

GROUPS = [
    {"label": plain("Money"), "options": options("Late payment", "Haggling")},
    {"label": plain("People"), "options": options("Tone", "Après ski")},
]


async def combobox(board: Board, element: JSON, *, values: Any = None, **block: Any) -> Locator:
    """The field of a select menu in a form, labelled "Pick"."""
    held = {"s_in": {"s": values}} if values else {}
    await board.draw(field("Pick", {"action_id": "s", **element}, **block), values=held)
    return board.page.get_by_role("combobox", name="Pick")


def offered(board: Board) -> Locator:
    """The options that the open list offers."""
    return board.page.get_by_role("listbox").get_by_role("option")


async def answer(board: Board, script: str) -> None:
    """Let `script`, a function of what was asked, answer for the app."""
    await board.page.evaluate(f"() => {{ window.answers = {script}; }}")


class TestOne:
    """Menus with one choice."""

    async def test_by_mouse_with_groups(self, board: Board) -> None:
        box = await combobox(board, {"type": "static_select", "option_groups": GROUPS})
        await box.click()
        await expect(box).to_have_attribute("aria-expanded", "true")
        assert await offered(board).all_inner_texts() == ["Late payment", "Haggling", "Tone", "Après ski"]
        await board.page.get_by_role("group", name="People").get_by_role("option", name="Tone").click()
        assert await board.chosen() == "Tone"
        await expect(box).to_have_value("Tone")
        await expect(board.page.get_by_role("listbox")).to_be_hidden()
        await expect(box).to_be_focused()

    async def test_typing_narrows_without_case_and_accents(self, board: Board) -> None:
        box = await combobox(board, {"type": "static_select", "option_groups": GROUPS})
        await box.press_sequentially("APRES")
        await expect(offered(board)).to_have_text(["Après ski"])
        await expect(board.page.get_by_role("status").first).to_have_text("1 found")
        await box.press("Enter")
        assert await board.chosen() == "Après ski"

    async def test_by_arrow_keys(self, board: Board) -> None:
        box = await combobox(board, {"type": "static_select", "options": options("A", "B", "C")})
        await box.press("ArrowDown")
        await expect(offered(board)).to_have_count(3)
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
            await box.press(key)
        front = await box.get_attribute("aria-activedescendant")
        assert await board.find(f"#{front}").inner_text() == "C"
        await box.press("Enter")
        assert await board.chosen() == "C"

    async def test_what_is_chosen_is_in_front_when_it_opens(self, board: Board) -> None:
        held = {"selected_option": options("B")[0]}
        box = await combobox(board, {"type": "static_select", "options": options("A", "B")}, values=held)
        await expect(box).to_have_value("B")
        await box.click()
        assert await board.page.get_by_role("option", selected=True).inner_text() == "B"
        await box.press("Enter")
        assert await board.acts() == []

    async def test_escape_closes_the_list_and_nothing_else(self, board: Board) -> None:
        held = {"selected_option": options("B")[0]}
        box = await combobox(board, {"type": "static_select", "options": options("A", "B")}, values=held)
        await board.page.evaluate("() => { window.leaked = 0; onkeydown = () => { leaked += 1; }; }")
        await box.fill("zzz")
        await expect(board.page.get_by_text("Nothing found").first).to_be_visible()
        await box.press("Escape")
        await expect(board.page.get_by_role("listbox")).to_be_hidden()
        await expect(box).to_have_value("B")
        assert await board.page.evaluate("() => leaked") == 0
        await box.press("Escape")
        assert await board.page.evaluate("() => { onkeydown = null; return leaked; }") == 1
        assert await board.acts() == []

    async def test_what_is_typed_and_not_chosen_is_forgotten(self, board: Board) -> None:
        box = await combobox(board, {"type": "static_select", "options": options("A", "B")})
        await box.fill("B")
        await box.blur()
        await expect(box).to_have_value("")
        assert await board.acts() == []

    @pytest.mark.parametrize("way", ["button", "emptied"])
    async def test_an_optional_choice_can_be_taken_away(self, board: Board, way: str) -> None:
        held = {"selected_option": options("B")[0]}
        element = {"type": "static_select", "options": options("A", "B")}
        box = await combobox(board, element, values=held, optional=True)
        if way == "button":
            await board.page.get_by_role("button", name="Clear the choice").click()
        else:
            await box.fill("")
            await box.blur()
        assert await board.chosen() is None

    async def test_a_needed_choice_stays(self, board: Board) -> None:
        held = {"selected_option": options("B")[0]}
        box = await combobox(board, {"type": "static_select", "options": options("A", "B")}, values=held)
        assert await board.page.get_by_role("button", name="Clear the choice").count() == 0
        await box.fill("")
        await box.blur()
        await expect(box).to_have_value("B")
        assert await board.acts() == []

    async def test_a_choice_that_is_taken_back_is_as_it_was(self, board: Board) -> None:
        element = {"type": "static_select", "action_id": "s", "options": options("A", "B"), "confirm": CONFIRM}
        await board.draw({"type": "actions", "block_id": "b", "elements": [element]})
        await board.page.get_by_role("combobox").click()
        await offered(board).first.click()
        await board.page.get_by_role("button", name="No, keep it").click()
        await expect(board.page.get_by_role("combobox")).to_have_value("")
        assert await board.acts() == []

    @pytest.mark.parametrize(
        ("kind", "shown", "value"),
        [
            ("users_select", ["@Anna", "@Bram"], "UANNA"),
            ("conversations_select", ["@Bram", "@Echo", "#client-care", "#review-1", "#talk"], "DBRAM"),
        ],
    )
    async def test_people_and_places(self, board: Board, kind: str, shown: list[str], value: str) -> None:
        box = await combobox(board, {"type": kind})
        await box.click()
        assert await offered(board).all_inner_texts() == shown
        await offered(board).first.click()
        assert await board.chosen() == value

    @pytest.mark.parametrize(
        ("limits", "shown"),
        [
            ({"include": ["private", "im"]}, ["@Bram", "@Echo", "#review-1"]),
            ({"exclude_external_shared_channels": True}, ["@Bram", "@Echo", "#review-1", "#talk"]),
            ({"include": ["im"], "exclude_bot_users": True}, ["@Bram"]),
        ],
    )
    async def test_a_filter_limits_the_conversations(self, board: Board, limits: JSON, shown: list[str]) -> None:
        box = await combobox(board, {"type": "conversations_select", "filter": limits})
        await box.click()
        assert await offered(board).all_inner_texts() == shown


class TestAsked:
    """Menus whose options the app looks up."""

    async def test_the_app_is_asked_once_typing_pauses(self, board: Board) -> None:
        box = await combobox(board, {"type": "external_select", "min_query_length": 2})
        await answer(
            board,
            """({typed}) => ({options: [{text: {type: "plain_text", text: typed + "me &amp; Co"}, value: "c1",
               description: {type: "plain_text", text: "3 flags"}}]})""",
        )
        await box.press_sequentially("a")
        await expect(board.page.get_by_role("listbox")).to_have_text("Type at least 2 characters")
        await box.press_sequentially("c")
        await expect(offered(board)).to_have_text("acme & Co3 flags")
        assert await board.page.evaluate("() => asked") == [
            ["suggest", {"block_id": "s_in", "action_id": "s", "typed": "ac"}]
        ]
        await box.press("Enter")
        assert await board.chosen() == "c1"

    async def test_without_a_least_length_slacks_own_holds(self, board: Board) -> None:
        box = await combobox(board, {"type": "external_select"})
        await box.fill("ac")
        await expect(board.page.get_by_role("listbox")).to_have_text("Type at least 3 characters")
        assert await board.page.evaluate("() => asked") == []

    async def test_headings_come_along(self, board: Board) -> None:
        box = await combobox(board, {"type": "external_select", "min_query_length": 0})
        groups = [{"label": plain("Yours"), "options": options("Acme")}]
        await board.page.evaluate("groups => { window.answers = () => ({option_groups: groups}); }", groups)
        await box.click()
        await expect(board.page.get_by_role("group", name="Yours").get_by_role("option")).to_have_text("Acme")

    async def test_what_the_app_cannot_answer_is_said(self, board: Board) -> None:
        box = await combobox(board, {"type": "external_select", "min_query_length": 0})
        await answer(board, "() => ({toast: 'We could not load the options.', options: []})")
        await box.click()
        await expect(board.page.get_by_role("listbox")).to_have_text("The options could not be loaded.")

    async def test_a_late_answer_to_an_earlier_question_does_not_count(self, board: Board) -> None:
        box = await combobox(board, {"type": "external_select", "min_query_length": 1})
        await answer(
            board,
            """({typed}) => new Promise(done => { (window.held ??= {})[typed] = () =>
               done({options: [{text: {type: "plain_text", text: typed}, value: typed}]}); })""",
        )
        await board.page.evaluate("() => { window.held = {}; }")
        await box.fill("a")
        await board.page.wait_for_function("() => held.a")
        await box.fill("ab")
        await board.page.wait_for_function("() => held.ab")
        await board.page.evaluate("() => { held.ab(); held.a(); }")
        await expect(offered(board)).to_have_text("ab")

    async def test_a_late_answer_does_not_open_a_list_that_was_left(self, board: Board) -> None:
        box = await combobox(board, {"type": "external_select", "min_query_length": 0})
        await answer(board, "() => new Promise(done => { window.release = done; })")
        await box.click()
        await board.page.wait_for_function("() => window.release")
        await box.blur()
        await board.page.evaluate("() => release({options: []})")
        await expect(board.page.get_by_role("listbox")).to_be_hidden()


class TestSeveral:
    """Menus with several choices."""

    async def test_choices_stand_as_chips_and_go_again(self, board: Board) -> None:
        held = {"selected_options": options("B")}
        box = await combobox(board, {"type": "multi_static_select", "options": options("A", "B", "C")}, values=held)
        await box.click()
        await offered(board).filter(has_text="C").click()
        assert await board.chosen() == ["B", "C"]
        await box.press("Backspace")
        assert await board.chosen() == ["B"]
        await board.page.get_by_role("button", name="Remove B").click()
        assert await board.chosen() == []
        await expect(box).to_be_focused()

    async def test_a_second_click_takes_a_choice_back(self, board: Board) -> None:
        held = {"selected_options": options("B")}
        box = await combobox(board, {"type": "multi_static_select", "options": options("A", "B")}, values=held)
        await box.click()
        await board.page.get_by_role("option", selected=True).click()
        assert await board.chosen() == []

    async def test_no_more_than_may_be(self, board: Board) -> None:
        element = {"type": "multi_static_select", "options": options("A", "B", "C"), "max_selected_items": 1}
        box = await combobox(board, element)
        for name in ("A", "B"):
            await box.click()
            await offered(board).filter(has_text=name).click()
        await expect(board.page.get_by_text("No more than 1 can be chosen.")).to_be_visible()
        assert [body["choice"] for _, body in await board.acts()] == [["A"]]

    async def test_what_was_found_earlier_stays_chosen(self, board: Board) -> None:
        box = await combobox(board, {"type": "multi_external_select", "min_query_length": 1})
        await answer(board, "({typed}) => ({options: [{text: {type: 'plain_text', text: typed}, value: typed}]})")
        for name in ("x", "y"):
            await box.fill(name)
            await expect(offered(board)).to_have_text(name)
            await box.press("Enter")
        assert await board.chosen() == ["x", "y"]

    async def test_people(self, board: Board) -> None:
        box = await combobox(board, {"type": "multi_users_select"}, values={"selected_users": ["UBRAM"]})
        assert await board.find(".chip").count() == 1
        await box.click()
        await offered(board).first.click()
        assert await board.chosen() == ["UBRAM", "UANNA"]


async def test_a_list_stays_on_the_page_and_at_its_field(board: Board) -> None:
    element = {"type": "static_select", "action_id": "s", "options": options(*(f"Option {n}" for n in range(60)))}
    await board.draw(*[field(f"Pick {n}", element | {"action_id": f"s{n}"}) for n in range(6)])
    for name in ("Pick 0", "Pick 5"):
        box = board.page.get_by_role("combobox", name=name)
        await box.click()
        place = await board.page.get_by_role("listbox").bounding_box()
        at = await box.bounding_box()
        assert place is not None
        assert at is not None
        assert place["y"] >= 0
        assert place["height"] > 250
        assert place["y"] + place["height"] <= 720
        assert abs(place["x"] - at["x"]) <= 8
        assert min(abs(place["y"] - at["y"] - at["height"]), abs(at["y"] - place["y"] - place["height"])) < 8
        await box.press("Escape")
