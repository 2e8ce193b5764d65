"""Text as people read it: Slack's markup, dates in the reader's zone, emoji, and hostile text that stays text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.browser.blocks_board import Board
from tests.browser.blocks_gallery import MOMENT


@pytest.mark.parametrize(
    ("markup", "drawn"),
    [
        ("plain", "div{plain}"),
        ("*bold* _italic_ ~struck~", "div{b{bold} i{italic} s{struck}}"),
        ("*_both_*", "div{b{i{both}}}"),
        ("_*both*, one_", "div{i{b{both}, one}}"),
        ("2*3*4 a_b_c", "div{2*3*4 a_b_c}"),
        ("a*b* *b*c", "div{a*b* *b*c}"),
        ("* not * _ this _", "div{* not * _ this _}"),
        ("*not\nbold*", "div{*not\nbold*}"),
        ("**", "div{**}"),
        ("(*yes*), *yes*.", "div{(b{yes}), b{yes}.}"),
        ("`*code*`", "div{code{*code*}}"),
        ("*`code` bold*", "div{b{code{code} bold}}"),
        ("a\n```\nx = *1*\n  y\n```\nb", "div{a}pre{x = *1*\n  y}div{b}"),
        ("&gt; one\n&gt; *two*\nthree", "blockquote{one\nb{two}}div{three}"),
        ("> raw", "blockquote{raw}"),
        ("a\n&gt;&gt;&gt; b\n\nc", "div{a}blockquote{b\n\nc}"),
        ("• one\n• *two*\n1. three", "item{• one}item{• b{two}}item{1. three}"),
        ("<https://a.example/x_y_z|a *b*>", "div{a[https://a.example/x_y_z]{a *b*}}"),
        ("<https://a.example?a=1&amp;b=2>", "div{a[https://a.example?a=1&b=2]{https://a.example?a=1&b=2}}"),
        ("<mailto:a@b.example|mail>", "div{a[mailto:a@b.example]{mail}}"),
        ("see https://a.example/b.", "div{see a[https://a.example/b]{https://a.example/b}.}"),
        ("*<https://a.example|bold link>*", "div{b{a[https://a.example]{bold link}}}"),
        ("_see <https://a.example/x_y> now_", "div{i{see a[https://a.example/x_y]{https://a.example/x_y} now}}"),
        ("<@UANNA> <@UNONE|zoe> <@UNONE>", "div{@user{@Anna} @user{@zoe} @user{@UNONE}}"),
        ("<#CCARE> <#CNONE|old>", "div{@channel{#client-care} @channel{#old}}"),
        ("<!here> <!channel|channel>", "div{@broadcast{@here} @broadcast{@channel}}"),
        ("<!subteam^S1|@care> <!subteam^S1>", "div{@usergroup{@care} @usergroup{@S1}}"),
        ("&lt;b&gt; &amp;lt; &amp;amp;", "div{<b> &lt; &amp;}"),
        (":tada: :+1::skin-tone-3: :no_such: 10:30:00", "div{span{🎉} span{👍🏼} :no_such: 10:30:00}"),
        ("<javascript:alert(1)|press>", "div{span{press}}"),
        ("<JaVaScRiPt:alert(1)>", "div{span{JaVaScRiPt:alert(1)}}"),
        ("<data:text/html,x|press>", "div{span{press}}"),
        ("<img src=x onerror=alert(1)>", "div{span{img src=x onerror=alert(1)}}"),
        ("", ""),
    ],
)
async def test_markup_is_drawn_as_slack_draws_it(board: Board, markup: str, drawn: str) -> None:
    assert await board.page.evaluate("text => drawMrkdwn(text)", markup) == drawn


@pytest.mark.parametrize(
    ("token", "english", "dutch"),
    [
        ("{date_num}", "2026-01-31", "2026-01-31"),
        ("{date_slash}", "01/31/2026", "31/01/2026"),
        ("{date}", "January 31st, 2026", "31 januari 2026"),
        ("{date_long}", "Saturday, January 31st, 2026", "zaterdag 31 januari 2026"),
        ("{date_short}", "Jan 31, 2026", "31 jan 2026"),
        ("{date_pretty} {time}", "Today 10:00 AM", "Vandaag 10:00"),
        ("{date_long_pretty}", "Today", "Vandaag"),
        ("{date_short_pretty}", "Today", "Vandaag"),
        ("{time_secs}", "10:00:00 AM", "10:00:00"),
        ("{ago}", "1 hour ago", "1 uur geleden"),
    ],
)
async def test_dates_are_in_the_readers_language(board: Board, token: str, english: str, dutch: str) -> None:
    for locale, expected in (("en", english), ("nl", dutch)):
        shown = await board.page.evaluate(
            "([at, token, locale]) => dateText(at, token, {locale})", [MOMENT, token, locale]
        )
        assert shown.replace("\u202f", " ") == expected


async def test_dates_are_in_the_readers_zone(board: Board) -> None:
    shown = await board.page.evaluate(
        "at => ['Asia/Tokyo', 'America/New_York'].map(zone => dateText(at, '{date_num} {time}', {zone, locale: 'nl'}))",
        MOMENT,
    )
    assert shown == ["2026-01-31 18:00", "2026-01-31 04:00"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-01-30T12:00:00Z", "Tomorrow"),
        ("2026-01-31T22:59:00Z", "Today"),
        ("2026-01-31T23:01:00Z", "Yesterday"),
        ("2026-03-01T12:00:00Z", "Jan 31, 2026"),
    ],
)
async def test_near_dates_follow_the_readers_midnight(board: Board, now: str, expected: str) -> None:
    shown = await board.page.evaluate("([at, now]) => dateText(at, '{date_short_pretty}', {now})", [MOMENT, now])
    assert shown == expected


@pytest.mark.parametrize(
    ("markup", "drawn"),
    [
        (f"<!date^{MOMENT}^on {{date_num}}|then>", "div{time{on 2026-01-31}}"),
        (f"<!date^{MOMENT}^{{date_num}}^https://a.example/|then>", "div{a[https://a.example/]{time{2026-01-31}}}"),
        (f"<!date^{MOMENT}^{{no_such}}|then &amp; there>", "div{time{then & there}}"),
        ("<!date^soon^{date}|then>", "div{time{then}}"),
        (f"<!date^{MOMENT}^{{date_num}}^javascript:alert(1)|then>", "div{span{time{2026-01-31}}}"),
    ],
)
async def test_dates_in_markup(board: Board, markup: str, drawn: str) -> None:
    assert await board.page.evaluate("text => drawMrkdwn(text)", markup) == drawn


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("*not bold* <@UANNA> &lt;i&gt;", "*not bold* <@UANNA> <i>"),
        (":wave: hello", "span{👋} hello"),
        ({"type": "plain_text", "text": ":wave:", "emoji": False}, ":wave:"),
    ],
)
async def test_plain_text_has_emoji_and_nothing_else(board: Board, text: Any, drawn: str) -> None:
    assert await board.page.evaluate("text => drawPlain(text)", text) == drawn


MARKS = st.sampled_from(
    [*"*_~`<>|&;:@#!^{}[]()\n -•", "&gt;", "&lt;", "```", "<@U1>", "<!date^1^{time}|x>", "a", "é", "👍"]
)


@settings(max_examples=20)
@given(st.lists(st.lists(MARKS, max_size=40).map("".join), min_size=50, max_size=50))
async def test_no_text_becomes_anything_but_text(shared_board: Board, texts: list[str]) -> None:
    kinds = await shared_board.page.evaluate(
        """texts => texts.flatMap(text => {
            drawMrkdwn(text);
            return [...drawn.querySelectorAll("*")].map(one => one.localName);
        })""",
        texts,
    )
    allowed = {"div", "b", "i", "s", "code", "pre", "blockquote", "span", "time", "a"}
    assert set(kinds) <= allowed


async def test_a_long_hostile_text_takes_no_longer_than_others(board: Board) -> None:
    slower = await board.page.evaluate(
        """() => {
            const took = part => Math.min(...[1, 2, 3].map(() => {
                const from = performance.now();
                drawMrkdwn(part.repeat(40000 / part.length));
                return performance.now() - from;
            }));
            const usual = took("some words with a :wave: and *bold* ones\\n");
            return ["*a ", "_<", "`*_~", "<!", "&gt;", ":a", "*_", "x~"].map(part => took(part) / usual);
        }"""
    )
    # looking at every pair of marks would take hundreds of times as long
    assert max(slower) < 40
