"""What the form of a flag asks beside its fields: which client, whether it is the same event, how it is worded."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from bot.domain.errors import ChoiceUnknownError, ClientNameInvalidError, FlagclientError
from bot.domain.flag_rules import CheckedDraft, checked
from bot.domain.names import clean_name
from bot.domain.score import ScoredFlag
from bot.domain.timetable import local_today
from bot.domain.wording import hints
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.flags.form import FlagForm, NamedClient
from bot.usecases.flags.receipt_view import same_events
from bot.usecases.flags.recording import ClientChoice
from bot.usecases.ports import UnitOfWork


def check_form(actor: Actor, form: FlagForm, now: datetime) -> CheckedDraft:
    """What the form says, or everything that is wrong with it, its client included."""
    said = checked(form.draft, actor.settings.categories, local_today(now, actor.zone))
    problem = _client_problem(form.client)
    return said if problem is None else CheckedDraft(None, (*said.problems, problem))


def _client_problem(client: NamedClient | None) -> FlagclientError | None:
    if client is None:
        return ChoiceUnknownError(field="client")
    if client.client_id is None:
        try:
            clean_name(client.name)
        except ClientNameInvalidError as problem:
            problem.field = "client"
            return problem
    return None


def with_questions(uow: UnitOfWork, index: ClientIndex, actor: Actor, form: FlagForm) -> FlagForm:
    """The form with its client's name as it is now, and with the questions that its choices give rise to."""
    if form.is_edit:
        return form
    return replace(
        form,
        client=_named(uow, actor, form.client),
        resembling=resembling(index, actor, form.client),
        same_event=_near(uow, index, actor, form),
    )


def questions_left(uow: UnitOfWork, index: ClientIndex, actor: Actor, form: FlagForm) -> FlagForm | None:
    """The form to show once more before it is recorded; `None` when every question has its answer.

    Hints on the wording are shown once; who sends the form again means it.
    """
    asking = with_questions(uow, index, actor, form)
    unseen = () if form.hints_shown else hints(f"{form.draft.what_happened}\n{form.draft.my_view}")
    is_open = (asking.resembling and form.confirmed is None) or (asking.same_event and form.joined is None)
    if not is_open and not unseen:
        return None
    return replace(asking, hints=unseen, hints_shown=form.hints_shown or bool(unseen))


def client_meant(index: ClientIndex, actor: Actor, form: FlagForm) -> ClientChoice:
    """The client that was chosen; a new name may be known by now, or stand for a known client."""
    if form.client is None:
        return ClientChoice()
    known = form.client.client_id
    if known is None:
        known = index.exact(actor.workspace_id, form.client.name)
    return ClientChoice(known if known is not None else form.confirmed or None, form.client.name)


def resembling(index: ClientIndex, actor: Actor, client: NamedClient | None) -> tuple[NamedClient, ...]:
    """Known clients that a new name may stand for; none where the name itself is known."""
    workspace_id = actor.workspace_id
    if client is None or client.client_id is not None or index.exact(workspace_id, client.name) is not None:
        return ()
    return tuple(NamedClient(match.shown, match.client_id) for match in index.resembling(workspace_id, client.name))


def _named(uow: UnitOfWork, actor: Actor, client: NamedClient | None) -> NamedClient | None:
    """The client by the name that is shown; `None` where it is gone."""
    if client is None or client.client_id is None:
        return client
    found = uow.clients.find(actor.workspace_id, client.client_id)
    return None if found is None else NamedClient(found.name, client.client_id)


def _near(uow: UnitOfWork, index: ClientIndex, actor: Actor, form: FlagForm) -> tuple[ScoredFlag, ...]:
    """Flags of colleagues that may tell of the same event, as far as the form says what it is about."""
    client_id, category = client_meant(index, actor, form).client_id, form.draft.category
    try:
        happened_on = date.fromisoformat(form.draft.happened_on)
    except ValueError:
        return ()
    return same_events(uow, actor, client_id, category, happened_on) if client_id is not None and category else ()
