"""The evaluation form at work: opened, kept while it is filled in, leafed through, and given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncBoltContext
from slack_sdk.errors import SlackApiError

from bot.domain.errors import ChoiceUnknownError, FlagclientError, NotFoundError
from bot.domain.evaluation import Topic, ViewChoice
from bot.usecases.actor import Actor
from bot.usecases.evaluation import EvaluationForm, answer_topics, give_view, keep_drafts, read_form
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.features.evaluation.form import PAGE_BUTTONS, Page, build_form, first_page, topic_block, topics_on
from handlers.features.evaluation.messages import build_given
from handlers.slack.action_values import clicked_id, ids_in
from handlers.slack.listener_context import Caller, ListenerContext, caller_of
from handlers.slack.members import PLATFORM
from handlers.slack.modals import show_modal
from handlers.slack.render.reading import Reading
from handlers.slack.routes import Routes


def _read(uow: UnitOfWork, *, actor: Actor, discussion_id: int) -> tuple[EvaluationForm, dict[int, str]]:
    form = read_form(uow, actor, discussion_id)
    named = {answer.person_id for answers in form.others.values() for answer in answers}
    return form, uow.people.external_ids(sorted(named), PLATFORM)


async def _reading(door: ListenerContext, caller: Caller, discussion_id: int) -> tuple[EvaluationForm, Reading]:
    form, users = await door.database.read(partial(_read, actor=caller.actor, discussion_id=discussion_id))
    return form, Reading(caller.language, caller.actor.person.zone, users)


def register(routes: Routes, door: ListenerContext) -> None:
    """Bind the button that opens the form, and what happens inside it."""
    _register_opening(routes, door)
    _register_pages(routes, door)
    _register_submission(routes, door)


def _register_opening(routes: Routes, door: ListenerContext) -> None:
    @routes.action(ids.EVALUATION_GIVE)
    async def give(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Give your view"."""
        form, reading = await _reading(door, caller_of(context), clicked_id(body))
        await show_modal(door.client, body, build_form(reading, form, first_page(form)))
        await ack()

    async def keep(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Something was typed or chosen: keep all that stands in the form, so that closing it loses nothing."""
        await _keep(door, caller_of(context), body["view"])
        await ack()

    for action_id in (ids.EVALUATION_TOPIC, ids.EVALUATION_CHOICE, ids.EVALUATION_REASON):
        routes.action(action_id)(keep)


def _register_pages(routes: Routes, door: ListenerContext) -> None:
    def turn_to(page: Page) -> Any:
        async def turn(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
            """Somebody leafs to another page: what stands on this one is kept, and given with the view."""
            caller = caller_of(context)
            await _keep(door, caller, body["view"])
            form, reading = await _reading(door, caller, page_of(body["view"])[0])
            view = build_form(reading, form, page)
            try:
                await door.client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)
            except SlackApiError as error:
                # A later click has turned the page already.
                if error.response["error"] != "hash_conflict":
                    raise
            await ack()

        return turn

    for page, action_id in PAGE_BUTTONS.items():
        routes.action(action_id)(turn_to(page))


async def _keep(door: ListenerContext, caller: Caller, view: Mapping[str, Any]) -> None:
    discussion_id, page = page_of(view)
    typed, now = typed_on(page, view), door.clock.now()
    await door.database.write(
        partial(keep_drafts, actor=caller.actor, discussion_id=discussion_id, typed=typed, now=now)
    )


def _register_submission(routes: Routes, door: ListenerContext) -> None:
    @routes.view(ids.EVALUATION_FORM)
    async def submit(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        """Somebody clicks "Next", or gives their view on the last page."""
        caller = caller_of(context)
        discussion_id, page = page_of(body["view"])
        try:
            if page is Page.VIEW:
                await _give(door, caller, discussion_id, body["view"])
            else:
                await _answer(door, caller, discussion_id, page, body["view"])
        except FlagclientError as error:
            error.field = _block_of(error.field)
            raise
        form, reading = await _reading(door, caller, discussion_id)
        following = (
            build_given(reading.language, form) if page is Page.VIEW else build_form(reading, form, Page(page + 1))
        )
        await ack(response_action="update", view=following)


async def _answer(
    door: ListenerContext, caller: Caller, discussion_id: int, page: Page, view: Mapping[str, Any]
) -> None:
    answers, now = {Topic(field): said for field, said in typed_on(page, view).items()}, door.clock.now()
    await door.database.write(
        partial(answer_topics, actor=caller.actor, discussion_id=discussion_id, answers=answers, now=now)
    )


async def _give(door: ListenerContext, caller: Caller, discussion_id: int, view: Mapping[str, Any]) -> None:
    typed = typed_on(Page.VIEW, view)
    if typed["choice"] not in set(ViewChoice):
        raise ChoiceUnknownError(field="choice")
    await door.database.write(
        partial(
            give_view,
            actor=caller.actor,
            discussion_id=discussion_id,
            choice=ViewChoice(typed["choice"]),
            reason=typed["reason"],
            now=door.clock.now(),
        )
    )


def page_of(view: Mapping[str, Any]) -> tuple[int, Page]:
    """The discussion that a form is about, and the page that stands in it; raises `NotFoundError`."""
    discussion_id, page = ids_in(view.get("private_metadata"), 2)
    if page not in set(Page):
        raise NotFoundError
    return discussion_id, Page(page)


def typed_on(page: Page, view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the fields of a page, by field: topics, or `choice` and `reason`."""
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    if page is Page.VIEW:
        chosen = _element(values, ids.EVALUATION_CHOICE, ids.EVALUATION_CHOICE).get("selected_option") or {}
        typed = _element(values, ids.EVALUATION_REASON, ids.EVALUATION_REASON).get("value")
        return {"choice": str(chosen.get("value") or ""), "reason": str(typed or "")}
    return {
        topic.value: str(_element(values, topic_block(topic), ids.EVALUATION_TOPIC).get("value") or "")
        for topic in topics_on(page)
    }


def _element(values: Mapping[str, Mapping[str, Any]], block_id: str, action_id: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = values.get(block_id, {}).get(action_id) or {}
    return found


def _block_of(field: str | None) -> str | None:
    """The block of a field, so that what is wrong with it stands there."""
    if field in set(Topic):
        return topic_block(Topic(field))
    return {"choice": ids.EVALUATION_CHOICE, "reason": ids.EVALUATION_REASON}.get(field or "")
