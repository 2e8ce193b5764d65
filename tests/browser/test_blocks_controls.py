"""What a person does with buttons, menus and fields, by mouse and by keyboard, and what the app then gets."""

from typing import Any

import pytest
from playwright.async_api import expect

from bot.playground.state import JSON
from tests.browser.blocks_board import Board
from tests.browser.blocks_gallery import CONFIRM, button, field, mrkdwn, options, plain


def actions(*elements: JSON) -> JSON:
    """An actions block."""
    return {"type": "actions", "block_id": "b", "elements": list(elements)}


def click(action_id: str, **more: Any) -> list[Any]:
    """What the workspace is told of a press in `actions`."""
    return ["click", {"block_id": "b", "action_id": action_id, **more}]


async def answered(board: Board) -> None:
    """Wait until the answer to a confirmation has come: its dialog is closed first, and then taken away."""
    await expect(board.find("dialog.confirm")).to_have_count(0)


class TestButtons:
    """Buttons, links, and what asks before something is done."""

    async def test_a_press_is_told_with_its_value(self, board: Board) -> None:
        await board.draw(actions(button("go", "Go :wave:", style="primary", accessibility_label="Start now")))
        await board.page.get_by_role("button", name="Start now").click()
        assert await board.acts() == [click("go", value="go")]
        assert "primary" in (await board.find("button").get_attribute("class") or "")

    async def test_a_button_that_is_busy_is_not_pressed_twice(self, board: Board) -> None:
        await board.draw(actions(button("go", "Go")))
        pressed = await board.page.evaluate(
            """() => { const one = drawn.querySelector("button"); one.click(); one.click(); return acts.length; }"""
        )
        assert pressed == 1

    @pytest.mark.parametrize(
        ("answer", "told"),
        [("Yes, take it back", True), ("No, keep it", False), ("Escape", False), ("beside", False)],
    )
    async def test_a_confirmation_is_asked_first(self, board: Board, answer: str, told: bool) -> None:
        await board.draw(actions(button("go", "Go", confirm=CONFIRM)))
        await board.page.evaluate("() => { window.leaked = 0; onkeydown = () => { leaked += 1; }; }")
        await board.find("#drawn button").click()
        dialog = board.page.get_by_role("alertdialog", name="Are you sure?")
        assert "all of it" in await dialog.inner_text()
        if answer == "Escape":
            await board.page.keyboard.press("Escape")
        elif answer == "beside":
            await board.page.mouse.click(5, 5)
        else:
            await dialog.get_by_role("button", name=answer).click()
        await answered(board)
        assert await board.acts() == ([click("go", value="go")] if told else [])
        assert await board.page.evaluate("() => document.activeElement.innerText") == "Go"
        # the page below would close its own window on Escape
        assert await board.page.evaluate("() => { onkeydown = null; return leaked; }") == 0

    async def test_a_link_button_opens_its_page_and_tells(self, board: Board) -> None:
        await board.draw(actions(button("go", "Go", url="https://example.com/a")))
        await board.page.evaluate("() => { window.open = (...how) => { window.opened = how; }; }")
        await board.find("button").click()
        await board.page.wait_for_function("() => window.opened")
        assert await board.page.evaluate("() => opened") == ["https://example.com/a", "_blank", "noopener"]
        assert await board.acts() == [click("go", value="go")]

    async def test_nothing_can_be_done_where_nothing_may(self, board: Board) -> None:
        static = {"type": "static_select", "action_id": "s", "options": options("A")}
        await board.draw(actions(button("go", "Go"), static, {"type": "datepicker", "action_id": "d"}), readonly=True)
        assert await board.find("#drawn :is(button, input):enabled").count() == 0


class TestFields:
    """Fields into which people type, with their labels, hints and errors."""

    async def test_label_hint_and_error_belong_to_the_field(self, board: Board) -> None:
        block = field("Name", {"type": "plain_text_input", "action_id": "n"}, hint=plain("In full"), optional=True)
        await board.draw(block, errors={"n_in": "Too short"}, locale="nl")
        typed = board.page.get_by_label("Name (optioneel)")
        assert await typed.get_attribute("aria-invalid") == "true"
        described = (await typed.get_attribute("aria-describedby") or "").split()
        assert [await board.find(f"#{one}").inner_text() for one in described] == ["Too short", "In full"]

    async def test_what_is_typed_is_kept_when_the_field_is_left(self, board: Board) -> None:
        element = {"type": "plain_text_input", "action_id": "n"}
        await board.draw(field("Name", element), values={"n_in": {"n": {"value": "Ac"}}})
        typed = board.page.get_by_label("Name")
        assert await typed.input_value() == "Ac"
        await typed.fill("Acme")
        await typed.blur()
        await typed.focus()
        await typed.blur()
        kept = {"block_id": "n_in", "action_id": "n", "choice": "Acme", "dispatch": False}
        assert await board.acts() == [["select", kept]]

    async def test_what_is_typed_is_kept_when_the_form_is_sent_before_the_field_is_left(self, board: Board) -> None:
        await board.draw(field("Name", {"type": "plain_text_input", "action_id": "n"}))
        await board.page.get_by_label("Name").fill("Acme")
        # told before anything else can be, so that what is sent next comes after it
        told = await board.page.evaluate("() => { unsent.forEach(send => send()); return acts.length; }")
        assert told == 1
        assert await board.chosen() == "Acme"

    async def test_an_emptied_field_holds_nothing(self, board: Board) -> None:
        element = {"type": "plain_text_input", "action_id": "n"}
        await board.draw(field("Name", element), values={"n_in": {"n": {"value": "Ac"}}})
        await board.page.get_by_label("Name").fill("")
        await board.page.get_by_label("Name").blur()
        assert await board.chosen() is None

    @pytest.mark.parametrize(
        ("config", "told"),
        [
            (None, [("Ac", None)]),
            ({"trigger_actions_on": ["on_enter_pressed"]}, [("Ac", None)]),
            ({"trigger_actions_on": ["on_character_entered"]}, [("A", None), ("Ac", None)]),
        ],
    )
    async def test_the_app_hears_of_keys_where_it_wants_to(self, board: Board, config: Any, told: list[Any]) -> None:
        element = {"type": "plain_text_input", "action_id": "n", "dispatch_action_config": config}
        await board.draw(field("Name", element, dispatch_action=True))
        await board.page.get_by_label("Name").press_sequentially("Ac")
        await board.page.get_by_label("Name").press("Enter")
        heard = [(body["choice"], body.get("dispatch")) for _, body in await board.acts()]
        assert heard == told

    async def test_a_counter_says_how_much_may_still_be_typed(self, board: Board) -> None:
        await board.draw(field("Name", {"type": "plain_text_input", "action_id": "n", "max_length": 25}))
        await board.page.get_by_label("Name").fill("Acme")
        assert await board.find(".counter").inner_text() == "4/25"
        await board.page.get_by_label("Name").fill("x" * 30)
        assert await board.page.get_by_label("Name").input_value() == "x" * 25
        assert await board.page.get_by_role("status").inner_text() == "0 characters left"

    async def test_a_long_text_is_counted_once_it_nears_its_end(self, board: Board) -> None:
        await board.draw(field("Story", {"type": "plain_text_input", "action_id": "n", "multiline": True}))
        await board.page.get_by_label("Story").fill("x" * 2000)
        await expect(board.find(".counter")).to_be_hidden()
        await board.page.get_by_label("Story").fill("x" * 4000)
        await expect(board.find(".counter")).to_contain_text("3000/3000")

    async def test_long_text_has_lines(self, board: Board) -> None:
        await board.draw(field("Story", {"type": "plain_text_input", "action_id": "n", "multiline": True}))
        await board.page.get_by_label("Story").press_sequentially("one\ntwo")
        await board.page.get_by_label("Story").blur()
        assert await board.chosen() == "one\ntwo"

    @pytest.mark.parametrize(
        ("element", "typed"),
        [
            ({"type": "number_input", "is_decimal_allowed": True}, "2.5"),
            ({"type": "datepicker"}, "2026-02-03"),
            ({"type": "timepicker"}, "09:30"),
        ],
    )
    async def test_other_fields_give_what_is_typed(self, board: Board, element: JSON, typed: str) -> None:
        await board.draw(field("Field", element | {"action_id": "n"}))
        await board.page.get_by_label("Field").fill(typed)
        await board.page.get_by_label("Field").blur()
        assert await board.chosen() == typed

    async def test_a_date_is_told_once_it_is_whole_and_stands_there_in_words(self, board: Board) -> None:
        await board.draw(actions({"type": "datepicker", "action_id": "d", "placeholder": plain("Day")}), locale="nl")
        picker = board.page.get_by_label("Day")
        for half in ("0002-02-03", "0020-02-03", "0202-02-03", "2026-02-03"):
            await picker.fill(half)
        await expect(board.find(".picked")).to_have_text("dinsdag 3 februari 2026")
        assert [body["choice"] for _, body in await board.acts()] == ["2026-02-03"]

    async def test_a_date_that_is_taken_back_is_as_it_was(self, board: Board) -> None:
        element = {"type": "datepicker", "action_id": "d", "placeholder": plain("Day"), "confirm": CONFIRM}
        await board.draw(actions(element), values={"b": {"d": {"selected_date": "2026-01-31"}}})
        await board.page.get_by_label("Day").fill("2026-02-03")
        await board.page.get_by_role("button", name="No, keep it").click()
        await expect(board.page.get_by_label("Day")).to_have_value("2026-01-31")
        assert await board.acts() == []


class TestChoices:
    """Checkboxes and radio buttons."""

    async def test_boxes_give_all_that_is_chosen(self, board: Board) -> None:
        named = {"text": mrkdwn("*Three*"), "value": "3", "description": mrkdwn("_more_")}
        element = {"type": "checkboxes", "action_id": "c", "options": [*options("One", "Two"), named]}
        values = {"c_in": {"c": {"selected_options": options("Two")}}}
        await board.draw(field("Which?", element, hint=plain("Any")), values=values, errors={"c_in": "Pick"})
        group = board.page.get_by_role("group", name="Which?")
        assert await group.get_by_role("checkbox", checked=True).count() == 1
        assert await group.locator("b").inner_text() == "Three"
        assert await group.locator("[aria-invalid=true]").count() == 1
        await group.get_by_role("checkbox", name="Three").check()
        assert await board.chosen() == ["Two", "3"]
        await group.get_by_role("checkbox", name="Two").uncheck()
        assert await board.chosen() == ["3"]

    async def test_radio_buttons_give_one_by_arrow_keys_too(self, board: Board) -> None:
        await board.draw(field("How bad?", {"type": "radio_buttons", "action_id": "r", "options": options("1", "2")}))
        await board.page.get_by_role("radio", name="1").check()
        await board.page.keyboard.press("ArrowDown")
        assert [body["choice"] for _, body in await board.acts()] == ["1", "2"]

    async def test_two_questions_do_not_mix(self, board: Board) -> None:
        asked = [field(n, {"type": "radio_buttons", "action_id": n, "options": options("1", "2")}) for n in "AB"]
        await board.draw(*asked)
        for name in "AB":
            await board.page.get_by_role("group", name=name).get_by_role("radio", name="1").check()
        assert await board.page.get_by_role("radio", checked=True).count() == 2

    async def test_a_choice_that_is_taken_back_is_as_it_was(self, board: Board) -> None:
        element = {"type": "checkboxes", "action_id": "c", "options": options("One"), "confirm": CONFIRM}
        await board.draw(actions(element))
        await board.page.get_by_role("checkbox").click()
        await board.page.get_by_role("button", name="No, keep it").click()
        await expect(board.page.get_by_role("checkbox")).not_to_be_checked()
        assert await board.acts() == []
