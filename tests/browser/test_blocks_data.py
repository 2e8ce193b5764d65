"""Tables that are sorted and leafed through, and charts that can be seen and read."""

from itertools import pairwise

import pytest
from playwright.async_api import expect

from tests.browser import blocks_gallery as gallery
from tests.browser.blocks_board import Board


async def column(board: Board, index: int) -> list[str]:
    """The texts of a column on the page of a table that is shown."""
    return await board.find(f"tbody tr > :nth-child({index + 1})").all_inner_texts()


async def test_a_data_table_is_leafed_through(board: Board) -> None:
    await board.draw(gallery.DATA_TABLE)
    assert await column(board, 0) == ["Acme", "Brook", "Éclair"]
    await expect(board.page.get_by_role("status")).to_have_text("1–3 of 4")
    before, after = (board.page.get_by_role("button", name=name) for name in ("Previous page", "Next page"))
    assert await before.is_disabled()
    await after.click()
    assert await column(board, 0) == ["Dune"]
    assert await after.is_disabled()
    await before.click()
    assert await column(board, 0) == ["Acme", "Brook", "Éclair"]


async def test_a_data_table_is_sorted_by_numbers_by_words_and_back(board: Board) -> None:
    await board.draw(gallery.DATA_TABLE | {"page_size": 10})
    points = board.page.get_by_role("columnheader", name="Points")
    for order, shown in (
        ("ascending", ["-2.0", "1.5", "3.0", "20.0"]),
        ("descending", ["20.0", "3.0", "1.5", "-2.0"]),
        ("none", ["3.0", "20.0", "1.5", "-2.0"]),
    ):
        await points.get_by_role("button").click()
        assert await points.get_attribute("aria-sort") == order
        assert await column(board, 2) == shown
    await board.page.get_by_role("button", name="Client").click()
    assert await column(board, 0) == ["Acme", "Brook", "Dune", "Éclair"]
    assert await points.get_attribute("aria-sort") == "none"


async def test_numbers_in_words_are_sorted_as_numbers(board: Board) -> None:
    rows = [[gallery.raw(text)] for text in ("Invoice", "Invoice 10", "Invoice 9", "invoice 8")]
    await board.draw({"type": "data_table", "caption": "Invoices", "rows": rows})
    await board.page.get_by_role("button", name="Invoice").click()
    assert await column(board, 0) == ["invoice 8", "Invoice 9", "Invoice 10"]


async def test_sorting_begins_at_the_first_page(board: Board) -> None:
    await board.draw(gallery.DATA_TABLE)
    await board.page.get_by_role("button", name="Next page").click()
    await board.page.get_by_role("button", name="Points").click()
    assert await column(board, 2) == ["-2.0", "1.5", "3.0"]


async def test_a_data_table_without_a_page_size_has_slacks_own(board: Board) -> None:
    rows = [[gallery.raw("Name")], *[[gallery.raw(f"N{number}")] for number in range(7)]]
    await board.draw({"type": "data_table", "caption": "Names", "rows": rows})
    assert len(await column(board, 0)) == 5


async def test_the_heads_of_rows_and_the_caption_are_named(board: Board) -> None:
    await board.draw(gallery.DATA_TABLE | {"row_header_column_index": 1})
    await expect(board.page.get_by_role("table", name="What the score is made of")).to_be_visible()
    assert await board.page.get_by_role("rowheader").all_inner_texts() == ["Late payment", "Tone", "Scope"]


async def test_a_table_has_its_columns_aligned(board: Board) -> None:
    await board.draw(gallery.TABLE)
    sides = await board.page.evaluate(
        "() => [...drawn.querySelectorAll('tbody tr:first-child td')].map(one => getComputedStyle(one).textAlign)"
    )
    assert sides == ["left", "right"]
    assert await board.page.get_by_role("columnheader").all_inner_texts() == ["Name", "Hours"]


@pytest.mark.parametrize(
    ("locale", "name", "figures"),
    [
        ("en", "Score over time, line chart", "Jan 0 4 10 Feb 1.5 4 10"),
        ("nl", "Score over time, lijndiagram", "Jan 0 4 10 Feb 1,5 4 10"),
    ],
)
async def test_a_chart_can_be_read_as_well_as_seen(board: Board, locale: str, name: str, figures: str) -> None:
    await board.draw(gallery.LINE, locale=locale)
    await expect(board.page.get_by_role("img", name=name)).to_be_visible()
    await board.find("summary").click()
    assert await board.page.get_by_role("columnheader").all_inner_texts() == ["Month", "Score", "Watch", "Discuss"]
    words = (await board.find("tbody").inner_text()).split()
    assert " ".join(words[:8]) == figures
    assert await board.find(".legend li").all_inner_texts() == ["Score", "Watch", "Discuss"]


async def test_a_line_rises_where_its_values_do(board: Board) -> None:
    await board.draw(gallery.LINE)
    points = await board.page.evaluate(
        """() => [...drawn.querySelector(".series-1 polyline").points].map(({x, y}) => [x, y])"""
    )
    across, down = zip(*points, strict=True)
    assert list(across) == sorted(across)
    assert [round((down[0] - y) / (down[0] - down[-1]) * 7.9, 1) for y in down] == [0, 1.5, 3, 2.8, 5.1, 7.9]
    titles = await board.find(".series-1 title").all_text_contents()
    assert titles[:2] == ["Score, Jan: 0", "Score, Feb: 1.5"]


async def test_bars_stand_on_zero_and_hang_below_it(board: Board) -> None:
    await board.draw(gallery.BAR)
    bars = await board.page.evaluate(
        """() => [...drawn.querySelectorAll(".series-2 rect")].map(one => {
            const {y, height} = one.getBBox();
            return [y, y + height];
        })"""
    )
    zero = await board.page.evaluate("() => drawn.querySelector('.zero').getBBox().y")
    assert [round(bottom - zero) for _, bottom in (bars[1], bars[4])] == [0, 0]
    assert round(bars[2][0] - zero) == 0
    assert bars[2][1] - zero == pytest.approx(zero - bars[1][0], abs=0.5)
    assert (zero - bars[4][0]) == pytest.approx(2 * (zero - bars[1][0]), rel=0.01)


async def test_a_pie_has_the_shares_of_its_whole(board: Board) -> None:
    await board.draw(gallery.PIE)
    assert await board.find(".legend li").all_inner_texts() == ["Late payment50%", "Tone30%", "Scope20%"]
    whole = {"type": "pie", "segments": [{"label": "All", "value": 3}]}
    await board.draw(gallery.PIE | {"chart": whole})
    assert await board.find("svg circle").count() == 1


async def test_a_chart_with_one_value_or_none_above_zero_is_drawn(board: Board) -> None:
    for value in (0, -3, 1e9, 0.001):
        data = [{"name": "S", "data": [{"label": "A", "value": value}]}]
        for kind in ("line", "bar", "area"):
            chart = {"type": kind, "series": data, "axis_config": {"categories": ["A"]}}
            await board.draw({"type": "data_visualization", "title": "T", "chart": chart})
            assert "NaN" not in await board.find("svg").inner_html()
            assert "Infinity" not in await board.find("svg").inner_html()


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([1, 2], ["0", "1", "2"]),
        ([7.9, 10], ["0", "2", "4", "6", "8", "10"]),
        ([0.5, 2], ["0", "0.5", "1", "1.5", "2"]),
        ([-1, 4], ["-1", "0", "1", "2", "3", "4"]),
        ([12, 13], ["0", "5", "10", "15"]),
        ([1_250_000, 0], ["0", "250,000", "500,000", "750,000", "1,000,000", "1,250,000"]),
    ],
)
async def test_the_scale_is_round_and_whole_for_counts(board: Board, values: list[float], marks: list[str]) -> None:
    points = [{"label": str(index), "value": value} for index, value in enumerate(values)]
    axis = {"categories": [point["label"] for point in points]}
    chart = {"type": "bar", "series": [{"name": "S", "data": points}], "axis_config": axis}
    await board.draw({"type": "data_visualization", "title": "T", "chart": chart})
    assert await board.find("svg g:has(> line) text").all_text_contents() == marks


async def test_crowded_labels_do_not_overlap(board: Board) -> None:
    names = [f"A long label {n:02}" for n in range(20)]
    data = [{"name": "S", "data": [{"label": name, "value": 1} for name in names]}]
    chart = {"type": "bar", "series": data, "axis_config": {"categories": names}}
    await board.page.set_viewport_size({"width": 390, "height": 700})
    await board.draw({"type": "data_visualization", "title": "T", "chart": chart})
    await board.page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    boxes = await board.page.evaluate(
        """() => [...drawn.querySelectorAll("svg > text")].map(one => {
            const {x, width} = one.getBoundingClientRect();
            return [x, x + width];
        })"""
    )
    await board.page.set_viewport_size({"width": 1280, "height": 720})
    assert len(boxes) > 1
    assert all(right <= left for (_, right), (left, _) in pairwise(boxes))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_series_can_be_told_apart_from_their_ground(board: Board, scheme: str) -> None:
    await board.page.emulate_media(color_scheme=scheme)
    await board.draw(gallery.LINE)
    colours = await board.page.evaluate(
        """() => [...drawn.querySelectorAll("svg [class^=series]"), document.body].map((one, index, all) =>
            getComputedStyle(one)[index === all.length - 1 ? "backgroundColor" : "color"])"""
    )
    await board.page.emulate_media(color_scheme="no-preference")
    *series, ground = [luminance(colour) for colour in colours]
    assert len(set(series)) == 3
    assert min((max(one, ground) + 0.05) / (min(one, ground) + 0.05) for one in series) >= 3


def luminance(colour: str) -> float:
    """The relative luminance of a CSS colour such as "rgb(18, 100, 163)"."""
    parts = [int(one) / 255 for one in colour[4:-1].split(",")[:3]]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
