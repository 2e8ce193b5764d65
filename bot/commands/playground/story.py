"""Stories for the playground to begin with: played by people through the bot itself, each moment at its own time.

Nothing is written past the bot: every flag is a command that somebody sends, and whatever the bot posts about it
stands in the workspace at the hour at which it would have.
"""

from __future__ import annotations

import locale
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from bot.commands.console import CommandError
from bot.commands.playground import story_en, story_nl
from bot.commands.playground.cast import Agency, Cast
from bot.commands.playground.plot import (
    PLOT,
    Confirm,
    Flag,
    GiveView,
    HearClient,
    Interaction,
    Leave,
    LookRound,
    Part,
    Say,
    Scene,
    Settle,
    Take,
)
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import (
    is_quiet,
    local_instant,
    local_today,
    next_working_morning,
    working_day_before,
)
from bot.playground import NotPossible, Outcome, Playground
from bot.playground.elements import interactive
from bot.playground.identifiers import timestamp
from bot.playground.people import Person
from bot.playground.state import Message
from bot.playground.walking import Walker
from bot.usecases.calendar import HolidayCalendar

EMPTY = "empty"
STORIES = ("nl", "en", EMPTY)
"""What a playground can begin with: three months at an agency in Dutch or in English, or the agency alone."""

ZONE = "Europe/Amsterdam"
UNREAD_DAYS = 2
_TAKE, _DONE = "alerts.take", "alerts.done"
_GIVE, _LAST_PAGE, _STATEMENT = "evaluation.give", "evaluation.page_view", "evaluation.statement"
_UNDO_FLAG, _UNDO_LEFT = "flags.undo", "debrief.left_undo"
_DECIDE, _LOOK = "decision.start", "decision.look"
_CASE = "review-"


class StoryError(CommandError):
    """The bot did not take part in the story as it should; the message says where, and how to begin without one."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(
            f"The story to begin with stops {scene.days} working days before its end, at {scene.does}. "
            "Begin without it: flagclient playground --story empty"
        )


class Told(Struct, frozen=True):
    """A language's words for the plot; `level` comes before a severity, `left` marks a client as having left."""

    cast: Cast
    clients: Mapping[str, str]
    categories: Mapping[str, str]
    lines: Mapping[str, str]
    level: str
    left: str


_TOLD = {
    "nl": Told(story_nl.CAST, story_nl.CLIENTS, story_nl.CATEGORIES, story_nl.LINES, story_nl.LEVEL, story_nl.LEFT),
    "en": Told(story_en.CAST, story_en.CLIENTS, story_en.CATEGORIES, story_en.LINES, story_en.LEVEL, story_en.LEFT),
}


def usual_story() -> str:
    """The story in the language of this machine; English where that is not Dutch."""
    return "nl" if (locale.getlocale()[0] or "").startswith("nl") else "en"


def told(story: str) -> Told:
    """The words of a story, those of the usual one for the agency without a story; ValueError where there is none."""
    if story not in STORIES:
        raise ValueError(f"a story is one of {', '.join(STORIES)}")
    return _TOLD[usual_story() if story == EMPTY else story]


def opening_moment(now: datetime) -> datetime:
    """When a new playground opens: `now`, or the next working morning where alerts would wait for that."""
    settings = WorkspaceSettings(zone=ZONE)
    calendar = HolidayCalendar(settings)
    return next_working_morning(now, settings, calendar) if is_quiet(now, settings, calendar) else now


def first_moment(now: datetime) -> datetime:
    """When the story begins that ends at `now`: an hour before its first scene."""
    return moments(now)[0] - timedelta(hours=1)


def working_days_back(now: datetime, count: int) -> list[date]:
    """Today, and then the last `count` working days before it, the latest first."""
    calendar = HolidayCalendar(WorkspaceSettings(zone=ZONE))
    days = [local_today(now, ZONE)]
    while len(days) <= count:
        days.append(working_day_before(days[-1], calendar))
    return days


def moments(now: datetime) -> list[datetime]:
    """When each scene of the plot is played, in UTC, for a story that ends at `now`."""
    days = working_days_back(now, max(scene.days for scene in PLOT))
    return [local_instant(datetime.combine(days[scene.days], time.fromisoformat(scene.at)), ZONE) for scene in PLOT]


class Storyteller:
    """Plays the plot in a furnished workspace in which the bot runs; the clock walks from scene to scene."""

    def __init__(self, world: Playground, words: Told, agency: Agency) -> None:
        self._world = world
        self._words = words
        self._agency = agency
        self._days: list[date] = []

    async def play(self, now: datetime) -> None:
        """Play everything and end at `now`; raises `StoryError` when the bot refuses something."""
        walker = Walker(self._world.world)
        self._days = working_days_back(now, max(scene.days for scene in PLOT))
        for scene, moment in zip(PLOT, moments(now), strict=True):
            await walker.walk(moment)
            await self._act(scene)
        await walker.walk(now)
        self._leave_some_unread(now)

    async def _act(self, scene: Scene) -> None:
        try:
            is_done = await self._do(self._agency.people[scene.who], scene.does)
        except NotPossible as error:
            raise StoryError(scene) from error
        if not is_done:
            raise StoryError(scene)

    async def _do(self, who: Person, does: Interaction) -> bool:
        """Let somebody do something; whether the bot took part as it should."""
        words = self._words
        match does:
            case LookRound():
                return (await who.command("/dossier")).ok
            case Flag(client, category, severity, text):
                verdict = f"{words.categories[category]} {words.level} {severity}"
                typed = f'"{words.clients[client]}" {verdict} {words.lines[text]}'
                return _offers(await who.command("/flagclient", typed), _UNDO_FLAG)
            case Leave(client):
                typed = f"{words.left} {words.clients[client]}"
                return _offers(await who.command("/flagclient", typed), _UNDO_LEFT)
            case Take():
                return await self._press(who, who.read(self._agency.channels["alerts"]), _TAKE)
            case Settle():
                return await self._press(who, who.read(), _DONE)
            case Say(channel, text):
                place = self._case_of(who) if channel == "case" else self._agency.channels[channel].id
                who.say(place, words.lines[text])
                return True
            case GiveView(choice, text):
                await self._press(who, who.read(self._case_of(who)), _GIVE)
                await who.click(who.view, _LAST_PAGE)
                return await _sent(who, {"evaluation.choice": choice, "evaluation.reason": words.lines[text]})
            case HearClient(says, our_part):
                await self._press(who, who.read(self._case_of(who)), _STATEMENT)
                said = {"says": words.lines[says], "our_part": words.lines[our_part]}
                return await _sent(who, {f"{_STATEMENT}_{part}": text for part, text in said.items()})
            case Part():
                return await self._propose(who, does)
            case Confirm():
                await self._press(who, who.read(self._case_of(who)), _LOOK)
                return await _sent(who, {})

    async def _propose(self, who: Person, does: Part) -> bool:
        """Fill in the form of a decision, which asks for the rest once its outcome is chosen."""
        await self._press(who, who.read(self._case_of(who)), _DECIDE)
        await who.select(who.view, "decision.outcome", "part")
        lines = self._words.lines
        values = {"decision.reason": lines[does.why], "decision.no_remedy_possible": lines[does.no_remedy]}
        return await _sent(who, {**values, "decision.next_on:part": self._days[does.ends].isoformat()})

    async def _press(self, who: Person, seen: list[Message], action_id: str) -> bool:
        """Press a button on the newest message that has it."""
        for message in reversed(seen):
            if _has(message, action_id):
                return (await who.click(message, action_id)).ok
        return False

    def _case_of(self, who: Person) -> str:
        for channel in who.channels():
            if channel.name.startswith(_CASE):
                return channel.id
        raise NotPossible(f"{who.user.name} is in no discussion")

    def _leave_some_unread(self, now: datetime) -> None:
        """Everybody has read what was said before the last working days."""
        recent = [moment for scene, moment in zip(PLOT, moments(now), strict=True) if scene.days <= UNREAD_DAYS]
        read_until = timestamp(min(recent))
        for person in self._agency.people.values():
            for channel in (*person.channels(), *person.directs()):
                person.mark_read(channel, read_until)


async def _sent(who: Person, values: dict[str, str]) -> bool:
    """Fill in the form in front and send it; a last word that the bot leaves on the screen is closed."""
    outcome = await who.submit(values=values)
    if outcome.ok and who.views:
        await who.close(everything=True)
    return outcome.ok


def _offers(outcome: Outcome, action_id: str) -> bool:
    """Whether a command was carried out at once: its answer has the button that takes it back."""
    return outcome.ok and outcome.message is not None and _has(outcome.message, action_id)


def _has(message: Message, action_id: str) -> bool:
    return any(element["action_id"] == action_id for _, element in interactive(message.blocks))
