"""What people do, and how a feature answers: a feature binds functions here, and a platform calls them.

A function gets what was done and its `Caller`, runs one story through the caller, and returns what the person is to
see. Who acts, the clock, the calendar, the transaction and the key of a repeated delivery come from the caller.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import cache, cached_property, partial
from typing import Any, TypeVar

from msgspec import Struct

from bot.domain.errors import FlagclientError
from bot.domain.policy import WorkspaceSettings
from bot.domain.timetable import WorkingCalendar
from bot.language import Language, language
from bot.language.platform_words import PlatformWords
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.once import write_once
from bot.usecases.ports import Clock, Database
from handlers.surface.answers import Answers
from handlers.surface.form import Form, Option
from handlers.surface.message import Measure, Message
from handlers.surface.reading import Reading
from handlers.surface.values import id_in, ids_in

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Function = TypeVar("Function", bound=Callable[..., Awaitable[Any]])


class RepeatKey(Struct, frozen=True):
    """`key` is the same for every delivery of one interaction, and `content_hash` for everything that it said."""

    key: str
    content_hash: str


class Dependencies(Struct, frozen=True):
    """What all callers of a workspace share."""

    database: Database
    clock: Clock
    calendar: Callable[[WorkspaceSettings], WorkingCalendar]
    index: ClientIndex
    words: PlatformWords


class Caller(Struct, frozen=True, dict=True):
    """Who acts, and what their stories run on.

    `repeat_key` names the delivery. `may_name_clients` tells whether an answer that only this person sees may name a
    client where they acted: others may look on there. `place_id` is our id of the conversation in which they acted, if
    we know it; `carried` is what the form carries in which they acted.
    """

    actor: Actor
    shared: Dependencies
    repeat_key: Callable[[], RepeatKey]
    may_name_clients: Callable[[], Awaitable[bool]]
    place_id: Callable[[], Awaitable[int | None]]
    carried: str = ""

    @cached_property
    def language(self) -> Language:
        """The person's own language."""
        return language(self.actor.person.language, self.shared.words)

    @cached_property
    def reading(self) -> Reading:
        """The person as the reader of an answer."""
        return Reading(self.language, self.actor.zone)

    @property
    def now(self) -> datetime:
        """The present instant, aware and in UTC."""
        return self.shared.clock.now()

    async def run(self, story: Callable[..., Result], **said: Any) -> Result:
        """Do a story in one transaction.

        `actor`, `now`, `calendar`, `index`, and `key` and `content_hash` of the delivery are given to a story that
        names them.
        """
        return await self.shared.database.write(self._bound(story, said))

    async def read(self, story: Callable[..., Result], **said: Any) -> Result:
        """Like `run`, for a story that changes nothing."""
        return await self.shared.database.read(self._bound(story, said))

    async def run_once(
        self,
        story: Callable[..., Result],
        first: Callable[..., Result | None],
        answer: Callable[[Result], Answer],
        **said: Any,
    ) -> Answer:
        """Do a story that most deliveries do for the first time; see `write_once`. `answer` must have no effect."""
        return await write_once(self.shared.database, self._bound(story, said), self._bound(first, said), answer)

    def _bound(self, story: Callable[..., Result], said: dict[str, Any]) -> Callable[..., Result]:
        wanted = _parameters(story)
        given = {name: make(self) for name, make in GIVEN.items() if name in wanted and name not in said}
        return partial(story, **said, **given)


GIVEN: dict[str, Callable[[Caller], Any]] = {
    "actor": lambda caller: caller.actor,
    "now": lambda caller: caller.shared.clock.now(),
    "calendar": lambda caller: caller.shared.calendar(caller.actor.settings),
    "index": lambda caller: caller.shared.index,
    "key": lambda caller: caller.repeat_key().key,
    "content_hash": lambda caller: caller.repeat_key().content_hash,
}
"""The parameters of a story that a caller fills in by itself."""


@cache
def _parameters(story: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(story).parameters)


class Click(Struct, frozen=True):
    """A button of ours was clicked: `value` is what it carries.

    `is_in_dialog` says that it stands in a window of ours, `is_private` that only this person sees the message.
    """

    value: str
    is_in_dialog: bool = False
    is_private: bool = False

    @property
    def id(self) -> int:
        """The id that the button carries; raises `NotFoundError` where it carries none."""
        return id_in(self.value)

    def ids(self, count: int) -> tuple[int, ...]:
        """The ids that the button carries; raises `NotFoundError` where it does not carry so many."""
        return ids_in(self.value, count)


class CapturedMessage(Struct, frozen=True):
    """A message from which somebody began, as it was at that moment."""

    text: str
    author: str
    sent_at: datetime
    permalink: str


class Replacing(Struct, frozen=True):
    """Takes the place of the window in which the click was made, or of the message where only this person sees that.

    Elsewhere it is said in a window. With `is_for_all` it takes the place of the message for everybody who sees it.
    """

    message: Message
    is_for_all: bool = False


class InPlace(Struct, frozen=True):
    """Takes the place of the window in which the interaction was made."""

    form: Form


class Page(Struct, frozen=True):
    """Something private to read, drawn for the place where it is shown.

    Where only this person sees the message that it was asked from, it takes the place of that; so it does in a window,
    where it `follows` the page there. Elsewhere it is shown in a window of its own, and `beside` is said where the
    person acted, if that is a conversation. What `holds_text` that somebody typed is a message in a conversation with
    us alone, and a window everywhere else: what was said in a channel is out of our hands.
    """

    title: str
    build: Callable[[Measure], Message]
    follows: bool = False
    beside: str = ""
    holds_text: bool = False


class Problems(Struct, frozen=True):
    """What is wrong with a form, each at its field."""

    errors: Sequence[FlagclientError]


class AllClosed(Struct, frozen=True):
    """The form closes, and so do the windows under it."""


class HomePage(Struct, frozen=True):
    """Takes the place of the person's own page on the platform; `page` is the part that they leafed to, from 0."""

    message: Message
    page: int = 0


Reply = Message | Replacing | Form | InPlace | Page | HomePage | None
"""How an interaction is answered, for this person alone.

A `Message` is said where they look: below a command, and after a click in a window (on top of the one in which they
clicked). A `Form` opens, and with `None` there is nothing to say.
"""

Submitted = Form | Page | Problems | AllClosed | None
"""How a form that was sent is answered: another one or a page takes its place, it stays with what is wrong, or
closes, perhaps with the windows under it.
"""


class Interactions:
    """What a feature answers, each by its id; an id can be bound once."""

    def __init__(self) -> None:
        self.clicks: dict[str, Callable[[Click, Caller], Awaitable[Reply]]] = {}
        self.changes: dict[str, Callable[[Answers, Caller], Awaitable[Form | None]]] = {}
        self.forms: dict[str, Callable[[Answers, Caller], Awaitable[Submitted]]] = {}
        self.lists: dict[str, Callable[[str, Caller], Awaitable[list[Option]]]] = {}
        self.commands: dict[str, Callable[[str, Caller], Awaitable[Reply]]] = {}
        self.starts: dict[str, Callable[[Caller], Awaitable[Form]]] = {}
        self.captures: dict[str, Callable[[CapturedMessage, Caller], Awaitable[Form]]] = {}
        self.homes: list[Callable[[Caller, int], Awaitable[HomePage]]] = []
        self.openers: set[str] = set()
        self.former_colleagues: set[str] = set()

    def click(self, *actions: str) -> Callable[[Function], Function]:
        """Bind to buttons whose answer is said, or is a `Page`."""
        return self._bind(self.clicks, *actions)

    def opens(self, *actions: str) -> Callable[[Function], Function]:
        """Bind to buttons that open a form."""
        self.openers.update(actions)
        return self._bind(self.clicks, *actions)

    def change(self, *fields: str) -> Callable[[Function], Function]:
        """Bind to fields that tell what is filled in, and to buttons inside a form, which leave what is filled in.

        The function returns the form as it looks then, or `None` where it stays as it is.
        """
        return self._bind(self.changes, *fields)

    def form(self, form: str, *, former_colleagues: Sequence[str] = ()) -> Callable[[Function], Function]:
        """Bind to a form that is sent; in the fields `former_colleagues` those who have left can stay chosen."""
        self.former_colleagues.update(former_colleagues)
        return self._bind(self.forms, form)

    def list(self, field: str) -> Callable[[Function], Function]:
        """Bind to a field that offers choices while somebody types."""
        return self._bind(self.lists, field)

    def command(self, name: str) -> Callable[[Function], Function]:
        """Bind to a command; the function gets what was typed after it."""
        return self._bind(self.commands, name)

    def start(self, shortcut: str) -> Callable[[Function], Function]:
        """Bind to a shortcut that starts from anywhere."""
        return self._bind(self.starts, shortcut)

    def capture(self, shortcut: str) -> Callable[[Function], Function]:
        """Bind to a shortcut that starts from a message."""
        return self._bind(self.captures, shortcut)

    def home(
        self, function: Callable[[Caller, int], Awaitable[HomePage]]
    ) -> Callable[[Caller, int], Awaitable[HomePage]]:
        """Bind to the page that each person has on the platform for themselves; the function gets the part they are on.

        It is called when they open it, and again from time to time while it may be open.
        """
        self.homes.append(function)
        return function

    def _bind(self, table: dict[str, Any], *names: str) -> Callable[[Function], Function]:
        def bind(function: Function) -> Function:
            for name in names:
                if name in table:
                    raise ValueError(f"{name} is bound already")
                table[name] = function
            return function

        return bind
