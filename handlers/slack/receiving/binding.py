"""Features on Slack: what they bind becomes listeners, and what they reply becomes Slack's answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.log import log
from bot.usecases.actor import Actor
from handlers.slack.painting.form import paint_form, paint_options
from handlers.slack.painting.home import paint_home
from handlers.slack.painting.measure import IN_MESSAGE, IN_MODAL
from handlers.slack.painting.message import MAX_ANSWER_LENGTH, Block, PaintedMessage, paint_message
from handlers.slack.receiving.answers import LOST, answered, errors_at_fields
from handlers.slack.receiving.captured import captured_message
from handlers.slack.receiving.filled_in import answers_in
from handlers.slack.receiving.idempotency_keys import idempotency_key
from handlers.slack.receiving.listener_context import ACTOR, ListenerContext
from handlers.slack.receiving.message_text import plain_text
from handlers.slack.receiving.payloads import (
    BlockActions,
    BlockSuggestion,
    Command,
    MessageAction,
    Payload,
    Shortcut,
    ViewSubmission,
)
from handlers.slack.receiving.routes import Routes
from handlers.slack.receiving.views import View
from handlers.slack.sending.connection_errors import slack_code
from handlers.slack.sending.known import known_in
from handlers.slack.words import COMMAND_DEBRIEF, COMMAND_DOSSIER, COMMAND_FLAG, WORDS
from handlers.slack.workspaces.homes import Draw, Drawn
from handlers.slack.workspaces.members import PLATFORM
from handlers.surface.answers import Answers
from handlers.surface.form import Form, page
from handlers.surface.interactions import (
    AllClosed,
    Caller,
    Click,
    Dependencies,
    HomePage,
    InPlace,
    Interactions,
    Page,
    Problems,
    RepeatKey,
    Replacing,
    Reply,
    Submitted,
)
from handlers.surface.message import Message, Paragraph

Listener = Callable[..., Awaitable[BoltResponse]]

COMMANDS: Mapping[str, str] = {"flag": COMMAND_FLAG, "dossier": COMMAND_DOSSIER, "debrief": COMMAND_DEBRIEF}
"""The slash command of each command that features bind."""

OVERTAKEN = frozenset({"hash_conflict", "not_found"})
"""What Slack says of a window that a later choice has drawn anew, or that somebody has closed."""


class Binding:
    """Binds the interactions of features to the listeners of one workspace."""

    def __init__(self, routes: Routes, door: ListenerContext) -> None:
        self._routes = routes
        self._door = door
        self._shared = Dependencies(door.database, door.clock, door.calendar, door.index, WORDS)

    def bind(self, interactions: Interactions) -> None:
        """Have everything that a feature answers answered."""
        for action, click in interactions.clicks.items():
            self._routes.action(action)(self._clicked(click))
        for field, change in interactions.changes.items():
            self._routes.action(field)(self._changed(change, interactions.former_colleagues))
        for form, submit in interactions.forms.items():
            self._routes.view(form)(self._submitted(submit, interactions.former_colleagues))
        for field, offer in interactions.lists.items():
            self._routes.options(field)(self._typed_in_list(offer))
        for name, command in interactions.commands.items():
            self._routes.command(COMMANDS[name])(self._commanded(command))
        for shortcut, start in interactions.starts.items():
            self._routes.global_shortcut(shortcut)(self._started(start))
        for shortcut, capture in interactions.captures.items():
            self._routes.message_shortcut(shortcut)(self._captured(capture))
        for home in interactions.homes:
            self._door.homes.bind(self._drawn(home))

    def _clicked(self, click: Callable[[Click, Caller], Awaitable[Reply]]) -> Listener:
        async def clicked(payload: BlockActions, request: AsyncBoltRequest) -> BoltResponse:
            caller = self._caller(payload, request)
            reply = await click(_click_in(payload), caller)
            answer = await self._reply_to_click(payload, caller, reply)
            if payload.is_in_home and not isinstance(reply, HomePage):
                await self._door.homes.changed(payload.user.id)
            return answer

        return clicked

    async def _reply_to_click(self, payload: BlockActions, caller: Caller, reply: Reply) -> BoltResponse:
        match reply:
            case Message() as message:
                await self._say(payload, caller, message)
            case Replacing(message=message) if payload.is_in_modal:
                await self._update(payload, _saying(caller, message))
            case Replacing(message=message, is_for_all=is_for_all) if payload.is_ephemeral or is_for_all:
                await self._door.say(payload, await self._painted_message(message), replace=True)
            case Replacing(message=message):
                await self._say(payload, caller, message)
            case Form() as form:
                await self._show(payload, form)
            case InPlace(form=form):
                await self._update(payload, form)
            case HomePage() as home:
                await self._door.homes.turned(payload.user.id, await self._home(home))
            case Page() as shown if payload.is_ephemeral and await _may_be_message(payload, caller, shown):
                painted = await self._painted_message(shown.build(IN_MESSAGE))
                await self._door.say(payload, painted, replace=True)
            case Page() as shown:
                put = self._update if shown.follows and payload.is_in_modal else self._show
                await put(payload, _as_form(caller, shown))
        return answered()

    async def _say(self, payload: Payload, caller: Caller, message: Message) -> None:
        """Say it in a window: a message would stand at the end of the conversation, where whoever clicked is not.

        What was clicked is done by now, so where Slack opens no window any more, it is said there all the same.
        """
        try:
            await self._show(payload, _saying(caller, message))
        except LOST as error:
            log.warning("window_lost", error=type(error).__name__)
            await self._door.say(payload, await self._painted_message(message))

    async def _painted_message(self, message: Message) -> PaintedMessage:
        return paint_message(message, await self._known(message.texts()), MAX_ANSWER_LENGTH)

    def _changed(
        self, change: Callable[[Answers, Caller], Awaitable[Form | None]], former_colleagues: set[str]
    ) -> Listener:
        async def changed(payload: BlockActions, request: AsyncBoltRequest) -> BoltResponse:
            caller = self._caller(payload, request)
            answers = await answers_in(
                payload.view or View(), caller.actor.workspace_id, self._door, former_colleagues, is_sent=False
            )
            form = await change(answers, caller)
            if form is not None:
                await self._redraw(payload, form)
            return answered()

        return changed

    def _submitted(
        self, submit: Callable[[Answers, Caller], Awaitable[Submitted]], former_colleagues: set[str]
    ) -> Listener:
        async def submitted(payload: ViewSubmission, request: AsyncBoltRequest) -> BoltResponse:
            caller = self._caller(payload, request)
            answers = await answers_in(payload.view, caller.actor.workspace_id, self._door, former_colleagues)
            match await submit(answers, caller):
                case Form() as form:
                    return answered({"response_action": "update", "view": await self._painted(form)})
                case Problems(errors=errors):
                    return answered(errors_at_fields(payload.view, errors, caller.language))
                case AllClosed():
                    return answered({"response_action": "clear"})
                case Page() as shown:
                    return answered({"response_action": "update", "view": await self._painted(_as_form(caller, shown))})
            return answered()

        return submitted

    def _typed_in_list(self, offer: Callable[[str, Caller], Awaitable[Iterable[Any]]]) -> Listener:
        async def typed_in_list(payload: BlockSuggestion, request: AsyncBoltRequest) -> BoltResponse:
            options = await offer(payload.value, self._caller(payload, request))
            return answered({"options": paint_options(options)})

        return typed_in_list

    def _commanded(self, command: Callable[[str, Caller], Awaitable[Reply]]) -> Listener:
        async def commanded(payload: Command, request: AsyncBoltRequest) -> BoltResponse:
            caller = self._caller(payload, request)
            reply = await command(plain_text(payload.text).strip(), caller)
            if isinstance(reply, Page) and await _may_be_message(payload, caller, reply):
                reply = reply.build(IN_MESSAGE)
            match reply:
                case Message() as message:
                    return await self._said_to_command(message)
                case Form() as form:
                    await self._show(payload, form)
                case Page() as shown:
                    await self._show(payload, _as_form(caller, shown))
                    beside = shown.beside or ("" if await caller.may_name_clients() else _elsewhere(caller))
                    return await self._said_to_command(Message(beside)) if beside else answered()
            return answered()

        return commanded

    async def _said_to_command(self, message: Message) -> BoltResponse:
        painted = await self._painted_message(message)
        blocks = {"blocks": painted.blocks} if painted.blocks else {}
        return answered({"response_type": "ephemeral", "text": painted.text, **blocks})

    def _started(self, start: Callable[[Caller], Awaitable[Form]]) -> Listener:
        async def started(payload: Shortcut, request: AsyncBoltRequest) -> BoltResponse:
            await self._show(payload, await start(self._caller(payload, request)))
            return answered()

        return started

    def _captured(self, capture: Callable[[Any, Caller], Awaitable[Form]]) -> Listener:
        async def captured(payload: MessageAction, request: AsyncBoltRequest) -> BoltResponse:
            message = await captured_message(self._door.client, payload)
            await self._show(payload, await capture(message, self._caller(payload, request)))
            return answered()

        return captured

    def _drawn(self, home: Callable[[Caller, int], Awaitable[HomePage]]) -> Draw:
        async def draw(actor: Actor, page: int) -> Drawn:
            return await self._home(await home(self._reader(actor), page))

        return draw

    async def _home(self, home: HomePage) -> Drawn:
        return Drawn(paint_home(home.message, await self._known(home.message.texts())), home.page)

    def _reader(self, actor: Actor) -> Caller:
        """Somebody who reads a page of their own and does nothing."""

        def repeat_key() -> RepeatKey:
            raise RuntimeError("reading is no delivery")

        async def may_name_clients() -> bool:
            return True

        async def place_id() -> int | None:
            return None

        return Caller(actor, self._shared, repeat_key, may_name_clients, place_id)

    def _caller(self, payload: Payload, request: AsyncBoltRequest) -> Caller:
        actor, place = request.context[ACTOR], payload.screen

        def repeat_key() -> RepeatKey:
            key = idempotency_key(request.body)
            return RepeatKey(key.key, key.content_hash)

        async def may_name_clients() -> bool:
            return place is None or await self._door.audience.is_safe_here(actor.workspace_id, place)

        async def place_id() -> int | None:
            if place is None:
                return None
            found = await self._door.database.read(
                lambda uow: uow.people.place_by_external(actor.workspace_id, PLATFORM, place)
            )
            return found.id if found is not None else None

        carried = payload.window.private_metadata if payload.window is not None else ""
        return Caller(actor, self._shared, repeat_key, may_name_clients, place_id, carried)

    async def _show(self, payload: Payload, form: Form) -> None:
        """Open a window, on top of the one in which the interaction was made."""
        opens = self._door.client.views_push if payload.is_in_modal else self._door.client.views_open
        await opens(trigger_id=payload.opens_with, view=await self._painted(form))

    async def _update(self, payload: Payload, form: Form, **unless_changed: str) -> None:
        """Draw the window anew, unless it was closed meanwhile."""
        view = payload.window or View()
        try:
            await self._door.client.views_update(view_id=view.id, view=await self._painted(form), **unless_changed)
        except SlackApiError as error:
            if slack_code(error) not in OVERTAKEN:
                raise

    async def _redraw(self, payload: Payload, form: Form) -> None:
        """Draw the window anew, unless a later choice did already: that one saw everything that this one would show."""
        await self._update(payload, form, hash=(payload.window or View()).hash)

    async def _painted(self, form: Form) -> Block:
        return paint_form(form, await self._known(form.texts(), form.chosen_people()))

    async def _known(self, texts: Iterable[str], people: Iterable[int] = ()) -> Mapping[str, str]:
        return await known_in(self._door.database, texts, people)


def _click_in(payload: BlockActions) -> Click:
    return Click(payload.actions[0].value or "", payload.is_in_modal, payload.is_ephemeral)


async def _may_be_message(payload: Payload, caller: Caller, shown: Page) -> bool:
    return (payload.is_direct or not shown.holds_text) and await caller.may_name_clients()


def _as_form(caller: Caller, shown: Page) -> Form:
    return page(shown.title, caller.language.gettext("Close"), shown.build(IN_MODAL).elements)


def _saying(caller: Caller, message: Message) -> Form:
    """A window that says something."""
    elements = message.elements or (Paragraph(message.text),)
    return page(caller.language.gettext("Flagclient"), caller.language.gettext("Close"), elements)


def _elsewhere(caller: Caller) -> str:
    return caller.language.gettext(
        "Others may look on here, so I answered in a window of your own. In a message to me I can answer right away."
    )
