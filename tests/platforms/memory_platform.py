"""A chat platform in memory: the least that a bot process needs of one, so that nothing of Slack's can hide in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.domain.delivery_outcome import Delivered, DeliveryOutcome, Receipt
from bot.domain.model import Person
from bot.language.marks import without_marks
from bot.language.platform_words import PlatformWords
from bot.platforms import Foundation
from bot.usecases.actor import Actor
from bot.usecases.ports import UnitOfWork, Workspace
from handlers.surface.answers import Answers
from handlers.surface.delivery import Delivery
from handlers.surface.form import Form
from handlers.surface.interactions import Caller, Click, Dependencies, Page, RepeatKey, Reply
from handlers.surface.message import Message, texts_of
from handlers.surface.messenger import Attempt, SharedFile, SpaceText
from handlers.surface.platform import Notifier, Receiver

NAME = "memory"

WORDS = PlatformWords(
    platform="Memory",
    flag_command="flag",
    dossier_command="dossier",
    debrief_command="debrief",
    private_message="direct message",
    private_space="private channel",
    invite_me="Invite me there",
    channel_id="room",
    place_link="memory:{workspace}/{place}",
)


class Everything:
    """A measure that anything fits."""

    draws_charts = False

    def fits(self, elements: Sequence[object]) -> bool:
        """It does."""
        return True


@dataclass
class Room:
    """A conversation: what stands in it, who is in it, and what it is for."""

    id: str
    messages: dict[str, Message] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    files: list[SharedFile] = field(default_factory=list)
    highlighted: list[str] = field(default_factory=list)
    text: SpaceText | None = None

    def read(self) -> str:
        """Everything that stands in it."""
        return "\n".join(shown(message) for message in self.messages.values())


def shown(message: Message) -> str:
    """A message as one text."""
    return without_marks("\n".join([message.text, *texts_of(message.elements)]))


class MemoryMessenger:
    """Carries everything out at once; nothing ever fails."""

    words = WORDS

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self._numbers = count(1)

    def room(self, room_id: str) -> Room:
        """A conversation by its id."""
        return self.rooms.setdefault(room_id, Room(room_id))

    async def post_to_place(
        self, attempt: Attempt, place_id: int, message: Message, subject: str | None = None, thread: str | None = None
    ) -> DeliveryOutcome:
        """Post in a place, or update what stands there."""
        room = await self._room_of(attempt, place_id)
        return await self._post(attempt, room, message, subject, thread)

    async def post_to_person(
        self, attempt: Attempt, person_id: int, message: Message, subject: str | None = None
    ) -> DeliveryOutcome:
        """Post privately, or update what stands there."""
        return await self._post(attempt, self.room(f"person-{person_id}"), message, subject, None)

    async def _post(
        self, attempt: Attempt, room: Room, message: Message, subject: str | None, thread: str | None
    ) -> DeliveryOutcome:
        tracked = None
        if subject is not None:
            tracked = await attempt.database.read(lambda uow: uow.messages.find(attempt.workspace_id, subject))
        known = tracked.external_id if tracked is not None and tracked.external_id in room.messages else None
        number = known or f"message-{next(self._numbers)}"
        room.messages[number] = message
        details = {key: value for key, value in (("subject", subject), ("thread", thread)) if value}
        return Delivered(Receipt(room.id, number, details))

    async def take_back(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        """Delete a message."""
        (await self._room_of(attempt, place_id)).messages.pop(message, None)
        return Delivered()

    async def cover(self, attempt: Attempt, place_id: int, message: str, words: Message) -> DeliveryOutcome:
        """Put other words where a message stands."""
        (await self._room_of(attempt, place_id)).messages[message] = words
        return Delivered()

    async def look(self, attempt: Attempt, place_id: int) -> DeliveryOutcome:
        """Everybody here may read everything."""
        return Delivered()

    async def open_space(
        self, attempt: Attempt, code: str, text: SpaceText, person_ids: Iterable[int]
    ) -> DeliveryOutcome:
        """Make a room in which everybody is, and which says what it is for, from the start."""
        room = self.room(code)
        room.text, room.people = text, set(person_ids)
        details = {str(person): "invited" for person in room.people}
        return Delivered(Receipt(room.id, "", {"name": code, "described": "yes", **details}))

    async def describe_space(self, attempt: Attempt, place_id: int, text: SpaceText) -> DeliveryOutcome:
        """Say what a room is for."""
        (await self._room_of(attempt, place_id)).text = text
        return Delivered()

    async def invite(self, attempt: Attempt, place_id: int, person_ids: Iterable[int]) -> DeliveryOutcome:
        """Bring people in."""
        people = set(person_ids)
        (await self._room_of(attempt, place_id)).people |= people
        return Delivered(Receipt(details={str(person): "invited" for person in people}))

    async def highlight(self, attempt: Attempt, place_id: int, message: str) -> DeliveryOutcome:
        """Keep a message in sight."""
        (await self._room_of(attempt, place_id)).highlighted.append(message)
        return Delivered()

    async def close_space(self, attempt: Attempt, place_id: int) -> DeliveryOutcome:
        """There is nothing to close."""
        return Delivered()

    async def share_file(
        self, attempt: Attempt, place_id: int, file: SharedFile, thread: str | None = None
    ) -> DeliveryOutcome:
        """Share a file."""
        room = await self._room_of(attempt, place_id)
        room.files.append(file)
        return Delivered(Receipt(room.id))

    async def _room_of(self, attempt: Attempt, place_id: int) -> Room:
        place = await attempt.database.read(lambda uow: uow.people.place(place_id))
        assert place is not None
        return self.room(place.external_id)


class MemoryPlatform:
    """A `ChatPlatform` with one workspace, in which tests act as whomever they name."""

    name = NAME
    transport = NAME
    posts: Mapping[str, Receiver] = {}
    pages: Mapping[str, Receiver] = {}

    def __init__(self, foundation: Foundation, owner: str) -> None:
        self._foundation = foundation
        self._owner = owner
        self._keys = count(1)
        self.messenger = MemoryMessenger()
        tellings = {notice: telling for face in foundation.faces for notice, telling in face.tellings.items()}
        self.notifier: Notifier = Delivery(
            tellings, self.messenger, foundation.database, foundation.clock, foundation.calendar
        )

    async def begin(self) -> bool:
        """There is nothing to ask."""
        await self.workspace()
        return True

    async def listen(self) -> bool:
        """There is nothing to listen to."""
        return True

    async def served(self) -> list[Workspace]:
        """The one workspace."""
        return [await self.workspace()]

    async def owners(self) -> Mapping[int, Sequence[str]]:
        """Its owner."""
        return {(await self.workspace()).id: [self._owner]}

    async def refresh(self) -> list[Workspace]:
        """Its settings and roles may always have changed."""
        return [await self.workspace()]

    def opened(self) -> set[str]:
        """The one workspace."""
        return {"here"}

    def health(self) -> Mapping[str, bool]:
        """It is well."""
        return {NAME: True}

    async def stop_receiving(self, seconds: float) -> None:
        """Nothing is received."""

    async def drain(self, seconds: float) -> None:
        """Nothing is worked on."""

    async def close(self) -> None:
        """Nothing is held."""

    async def workspace(self) -> Workspace:
        """The workspace as it is stored."""
        now = self._foundation.clock.now()
        return await self._foundation.database.write(lambda uow: uow.people.ensure_workspace(NAME, "here", now))

    async def person(self, who: str) -> Person:
        """Somebody of the workspace."""
        workspace = await self.workspace()

        def ensure(uow: UnitOfWork) -> Person:
            return uow.people.ensure_person(workspace.id, NAME, who, language="en", zone="Europe/Amsterdam")

        return await self._foundation.database.write(ensure)

    async def command(self, who: str, name: str, text: str) -> Reply:
        """Somebody types a command."""
        function = self._bound("commands", name)
        return await function(text, await self._caller(who))

    async def click(self, who: str, action: str, value: str) -> Reply:
        """Somebody clicks a button."""
        function = self._bound("clicks", action)
        return await function(Click(value), await self._caller(who))

    async def choose(self, who: str, form: Form, action: str, choice: str) -> Any:
        """Somebody chooses something in a form that changes with it."""
        answers = _answers(form, {action.rpartition(".")[2]: choice})
        return await self._bound("changes", action)(answers, await self._caller(who))

    async def send(self, who: str, form: Form, **said: str) -> Any:
        """Somebody fills in a form, by the last parts of its fields' ids, and sends it."""
        return await self._bound("forms", form.id)(_answers(form, said), await self._caller(who))

    def _bound(self, table: str, name: str) -> Callable[..., Awaitable[Any]]:
        (function,) = [
            getattr(face.interactions, table)[name]
            for face in self._foundation.faces
            if name in getattr(face.interactions, table)
        ]
        return function  # type: ignore[no-any-return]

    async def _caller(self, who: str) -> Caller:
        person, workspace = await self.person(who), await self.workspace()
        f = self._foundation
        number = next(self._keys)

        async def may_name_clients() -> bool:
            return True

        async def place_id() -> int | None:
            return None

        return Caller(
            Actor(person, workspace.settings),
            Dependencies(f.database, f.clock, f.calendar, f.index, WORDS),
            lambda: RepeatKey(f"memory:{number}", ""),
            may_name_clients,
            place_id,
        )


def _answers(form: Form, said: dict[str, str]) -> Answers:
    """What stands in a form with `said` filled in."""
    left, values = dict(said), {}
    for one in form.elements:
        if hasattr(one, "tells"):
            given = left.pop(one.id.rpartition(".")[2], None)
            values[one.key] = (given,) if given else _standing(one)
    assert not left, f"the form does not ask for {sorted(left)}"
    return Answers(form.carried, values)


def _standing(one: Any) -> tuple[str, ...]:
    chosen = getattr(one, "chosen", None) or getattr(one, "text", "")
    if isinstance(chosen, tuple):
        return tuple(str(part) for part in chosen)
    value = getattr(chosen, "value", chosen)
    return (str(value),) if value else ()


def said_in(reply: Reply) -> str:
    """What somebody reads in an answer."""
    match reply:
        case Message():
            return shown(reply)
        case Form():
            return without_marks("\n".join([reply.title, *texts_of(reply.elements)]))
        case Page():
            return shown(reply.build(Everything()))
    return ""
