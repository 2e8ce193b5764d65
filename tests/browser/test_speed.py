"""With a thousand messages in a channel a click is answered within a tenth of a second."""

from __future__ import annotations

import os

import pytest
from playwright.async_api import Browser, Page, expect

from bot.playground import Playground
from tests.browser.window import window

BUDGET_MS = 100
MESSAGES = 1_000
MAX_ATTEMPTS = 3

_TIMED = """([target, sign, text]) => new Promise((done) => {
  const start = performance.now();
  const isThere = () => [...document.querySelectorAll(sign)].some((node) => node.textContent.includes(text));
  const answered = () => requestAnimationFrame(() => done(performance.now() - start));
  const watch = new MutationObserver(() => { if (isThere()) { watch.disconnect(); answered(); } });
  watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  document.querySelector(target).click();
})"""


_TO_THE_BEGINNING = """() => new Promise((done) => {
  const back = () => {
    const older = document.querySelector('#messages .older');
    older?.click();
    if (older) requestAnimationFrame(back);
    else done();
  };
  back();
})"""


def allowed() -> float:
    """The budget, and as many times that as there are processes waiting for each processor."""
    return BUDGET_MS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


async def timed(page: Page, target: str, sign: str, text: str) -> float:
    """Milliseconds from a click on `target` until a node at `sign` with `text` in it is about to be painted."""
    taken: float = await page.evaluate(_TIMED, [target, sign, text])
    return taken


def fill(playground: Playground, channel: str, users: list[str]) -> None:
    """A thousand messages, every third with blocks and buttons, the last one with a thread."""
    place = playground.channel(channel)
    button = {"type": "button", "action_id": "press", "text": {"type": "plain_text", "text": "Press"}}
    for number in range(MESSAGES):
        text = f"*Number {number}* about <@{users[0]}> and what follows from it, in a line or two"
        section = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
        blocks = [section, {"type": "actions", "elements": [button]}] if number % 3 == 0 else []
        message = playground.world.messages.post(place, users[number % 2], text, blocks=blocks)
    playground.world.messages.post(place, users[0], "A reply", thread_ts=message.ts)


async def test_a_click_is_answered_within_a_tenth_of_a_second(
    browser: Browser, stand_in: Playground, record_property: pytest.RecordProperty
) -> None:
    anna, bram = stand_in.add_user("anna", real_name="Anna"), stand_in.add_user("bram", real_name="Bram")
    stand_in.add_channel("small", anna, bram)
    stand_in.add_channel("large", anna, bram)
    fill(stand_in, "large", [anna.id, bram.id])
    large, small = (f'[data-key="{stand_in.channel(name).id}"]' for name in ("large", "small"))
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{stand_in.channel('small').id}") as page:
        best: dict[str, float] = {}

        async def measure(name: str, target: str, sign: str, text: str) -> None:
            taken = await timed(page.page, target, sign, text)
            best[name] = min(taken, best.get(name, taken))

        for _ in range(MAX_ATTEMPTS):
            await measure("open a channel", large, "#messages .message", f"Number {MESSAGES - 1}")
            await measure("open a thread", ".replies", "#side .message", "A reply")
            await measure("close a thread", "#side .pane-head button", "#side[hidden]", "")
            await measure("leave a channel", small, "#messages .beginning", "#small")
        await page.go("large")
        await page.page.evaluate(_TO_THE_BEGINNING)
        assert await page.messages.count() == MESSAGES + 2
        await page.page.evaluate("document.querySelector('#messages').scrollTo(0, 1e9)")
        for number in range(MAX_ATTEMPTS):
            await measure("open a thread below all messages", ".replies", "#side .message", "A reply")
            await page.composer.fill(f"Said {number}")
            await measure("say something below all messages", "#foot .send", "#messages .message", f"Said {number}")
            await measure("close a thread beside all messages", "#side .pane-head button", "#side[hidden]", "")
        for name, taken in best.items():
            record_property(name, round(taken, 1))
        print("milliseconds:", {name: round(taken) for name, taken in best.items()})  # noqa: T201
        assert {name: taken for name, taken in best.items() if taken > allowed()} == {}


async def test_only_what_changed_is_drawn_again(browser: Browser, stand_in: Playground) -> None:
    anna, bram = stand_in.add_user("anna", real_name="Anna"), stand_in.add_user("bram", real_name="Bram")
    general = stand_in.add_channel("general", anna, bram)
    said = [anna.say(general, f"Number {number}") for number in range(30)]
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as page:
        await page.sees("Number 29")
        await page.page.evaluate(
            "document.querySelectorAll('#messages .message').forEach((node) => { node.old = true; })"
        )
        stand_in.world.messages.update(said[7], marked=True, text="Number seven")
        bram.say(general, "And one more")
        await page.sees("Number seven", "And one more")
        new = (
            "[...document.querySelectorAll('#messages .message')].filter((node) => !node.old).map((n) => n.dataset.ts)"
        )
        assert await page.page.evaluate(new) == [said[7].ts, general.last_ts]


async def test_earlier_messages_come_without_moving_the_reader(browser: Browser, stand_in: Playground) -> None:
    anna = stand_in.add_user("anna", real_name="Anna")
    general = stand_in.add_channel("general", anna)
    said = [anna.say(general, f"Number {number}").ts for number in range(150)]
    top = f"document.querySelector('[data-ts=\"{said[-50]}\"]').getBoundingClientRect().top"
    async with window(browser, f"{stand_in.base_url}/#{anna.id}/{general.id}") as page:
        await page.sees("Number 149")
        await page.page.evaluate("document.querySelector('#messages').scrollTop = 300")
        before = await page.page.evaluate(top)
        await page.page.locator("#messages .older").evaluate("node => node.click()")
        await expect(page.message("Number 31")).to_be_attached()
        assert abs(await page.page.evaluate(top) - before) <= 2
