"""Every block that the stand-in knows is drawn; one that nobody knows is shown as it came."""

from typing import Any

import pytest

from bot.playground.blocks import BLOCKS, check_message, check_view
from bot.playground.blocks_rules import elements_of
from bot.playground.state import JSON
from tests.browser import blocks_gallery as gallery
from tests.browser.blocks_board import Board

EVERY = [*gallery.MESSAGE, *gallery.OTHER_CHARTS, *gallery.FORM]
PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def kinds(definition: str) -> set[str]:
    """The types that one of the stand-in's definitions has shapes for."""
    return set(BLOCKS.schemas[definition]["discriminator"]["mapping"])


def test_the_gallery_holds_what_slack_takes_and_all_of_it() -> None:
    assert check_message({"blocks": gallery.MESSAGE}) == []
    assert check_message({"blocks": gallery.OTHER_CHARTS}) == []
    assert check_view(gallery.MODAL) == []
    assert check_view(gallery.HOME) == []
    assert {block["type"] for block in EVERY} >= kinds("message_block") | kinds("home_block") | kinds("modal_block")
    elements = {element["type"] for block in EVERY for _, element in elements_of(block)}
    # files cannot be handed in on the page
    assert elements >= (kinds("accessory") | kinds("action") | kinds("input_element")) - {"file_input"}


@pytest.mark.parametrize("locale", ["en", "nl"])
async def test_each_is_drawn(board: Board, locale: str) -> None:
    blocks = [{"block_id": "b", **block} for block in EVERY]
    drawn = await board.page.evaluate(
        """([blocks, locale]) => blocks.map(block => {
            drawBlocks([block], {locale});
            const known = drawn.querySelectorAll(".unknown").length === 0;
            return known && drawn.children.length === 1 && drawn.firstChild.classList.contains("blocks");
        })""",
        [blocks, locale],
    )
    assert [block for block, fine in zip(blocks, drawn, strict=True) if not fine] == []


async def test_an_unknown_block_is_shown_as_it_came_with_a_warning(board: Board) -> None:
    await board.draw({"type": "hologram", "text": "<b>hi</b>"}, {"type": "divider"})
    shown = await board.find(".unknown").inner_text()
    assert "This page does not know blocks of the type “hologram”" in shown
    assert '"text": "<b>hi</b>"' in shown
    assert await board.find("#drawn > hr").count() == 1


async def test_an_inherited_name_is_no_block_that_is_known(board: Board) -> None:
    await board.draw({"type": "toString"}, {"type": "constructor"})
    assert await board.find(".unknown").count() == 2


async def test_unknown_elements_are_shown_as_they_came(board: Board) -> None:
    unknown: JSON = {"type": "dial", "action_id": "a"}
    await board.draw(
        {"type": "actions", "block_id": "b", "elements": [unknown, gallery.button("known", "Known")]},
        {"type": "input", "block_id": "c", "label": gallery.plain("Turn"), "element": unknown},
        {"type": "rich_text", "elements": [{"type": "rich_text_riddle"}]},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "smell", "name": "rose"}]}],
        },
    )
    assert await board.find(".unknown").count() == 4
    assert await board.find("button").count() == 1
    assert "Turn" in await board.find(".field").inner_text()


async def test_a_section_has_its_fields_and_its_accessory(board: Board) -> None:
    await board.draw(
        {
            "type": "section",
            "block_id": "b",
            "text": gallery.mrkdwn("*Acme*"),
            "fields": [gallery.mrkdwn("*Owner*\n<@UANNA>"), gallery.plain("Since 2019")],
            "accessory": gallery.button("open", "Open"),
        }
    )
    assert await board.find(".words > .text b").inner_text() == "Acme"
    assert await board.find(".fields > div").all_inner_texts() == ["Owner\n@Anna", "Since 2019"]
    await board.find(".accessory button").click()
    assert await board.acts() == [["click", {"block_id": "b", "action_id": "open", "value": "open"}]]


async def test_headings_are_headings_and_plain_text_stays_plain(board: Board) -> None:
    await board.draw({"type": "header", "text": gallery.plain("*Acme* &amp; <!here> :wave:")})
    assert await board.page.get_by_role("heading").inner_text() == "*Acme* & <!here> 👋"


async def test_rich_text_has_its_styles_lists_and_mentions(board: Board) -> None:
    drawn = await board.page.evaluate("block => drawBlocks([block])", gallery.RICH_TEXT)
    assert drawn.replace("\u202f", " ") == (
        "div{div{b{Bold}i{, italic}s{, struck}code{, code}s{i{b{ and all of it}}}; with @user{@Anna}, "
        "@channel{#client-care}, @usergroup{@SCARE}, @broadcast{@here}, @team{@T1}, span{🎉}, "
        "a[https://example.com]{a link}, span{code{#c2571a}span{}} on "
        "time{Saturday, January 31st, 2026 at 10:00 AM}}"
        "ul{li{one}li{two}}ol{li{within two}}blockquote{What was said}pre{a = 1\nb = 2}}"
    )


async def test_hostile_text_in_any_place_stays_text(board: Board) -> None:
    hostile = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>'

    def poisoned(thing: Any, key: str = "") -> Any:
        if isinstance(thing, dict):
            return {name: poisoned(inner, name) for name, inner in thing.items()}
        if isinstance(thing, list):
            return [poisoned(inner, key) for inner in thing]
        return hostile if key in ("text", "title", "label", "name", "alt_text", "caption", "hint") else thing

    await board.draw(*[poisoned({"block_id": "b", **block}) for block in EVERY if "chart" not in block])
    assert await board.find("#drawn script, #drawn img, #drawn [onerror]").count() == 0
    assert await board.page.evaluate("() => window.hit") is None
    assert hostile in await board.find("#drawn h3").inner_text()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,hi", "vbscript:x", " javascript:alert(1)"])
async def test_no_link_leads_anywhere_unsafe(board: Board, url: str) -> None:
    await board.draw(
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": url}]}],
        },
        {"type": "file", "file": {"title": "F", "permalink": url}},
    )
    assert await board.find("a").count() == 0


async def test_pictures_come_from_here_or_are_told_in_words(board: Board) -> None:
    own = await board.page.evaluate("() => location.origin + '/page/static/none.png'")
    sources = [PIXEL, "https://example.com/a.png", own]
    await board.draw(*[{"type": "image", "image_url": url, "alt_text": f"A picture {url[:5]}"} for url in sources])
    await board.find(".no-image").nth(1).wait_for()
    assert await board.find("img").count() == 1
    assert [text.strip() for text in await board.find(".no-image").all_inner_texts()] == [
        "A picture https",
        "A picture http:",
    ]
    board.wrong.clear()  # the browser tells of the picture that is not there


async def test_a_picture_from_elsewhere_is_not_even_asked_for(board: Board) -> None:
    asked: list[str] = []
    board.page.on("request", lambda request: asked.append(request.url))
    await board.draw(*[{"block_id": "b", **block} for block in EVERY])
    await board.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert [url for url in asked if "example.com" in url] == []


async def test_attachments_have_their_parts(board: Board) -> None:
    attachment = {
        "color": "#c2571a",
        "pretext": "*Before*",
        "title": "Title",
        "title_link": "https://example.com",
        "text": "Body",
        "fields": [{"title": "Field", "value": "_value_", "short": True}],
        "footer": "Foot",
        "blocks": [{"type": "divider"}],
    }
    drawn = await board.page.evaluate("list => drawAttachments(list)", [attachment, {"fallback": "Fallback only"}])
    assert drawn == (
        "div{div{div{b{Before}}}div{b{a[https://example.com]{Title}}div{Body}hr{}"
        "div{div{b{Field}div{i{value}}}}small{Foot}}}div{div{div{Fallback only}}}"
    )
    assert await board.page.evaluate("() => drawn.querySelector('.bar').style.borderColor") == "rgb(194, 87, 26)"


async def test_nothing_spills_over_a_narrow_page(board: Board) -> None:
    await board.page.set_viewport_size({"width": 390, "height": 700})
    await board.draw(*[{"block_id": "b", **block} for block in EVERY])
    wide = await board.page.evaluate("() => drawn.scrollWidth - drawn.clientWidth")
    await board.page.set_viewport_size({"width": 1280, "height": 720})
    assert wide <= 0
