"""What the form of a flag asks beside its fields: which client, whether it is the same event, how it is worded."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from bot.domain.amounts import needs_showing, read_number
from bot.domain.errors import ChoiceUnknownError, ClientNameInvalidError, FlagclientError, NotFoundError
from bot.domain.flag_rules import MAX_AMOUNT, MAX_HOURS, CheckedDraft, FlagDraft, checked
from bot.domain.names import clean_name
from bot.domain.score import ScoredFlag
from bot.domain.timetable import local_today
from bot.domain.wording.check import check_flag
from bot.usecases.actor import Actor
from bot.usecases.clients.client_index import ClientIndex
from bot.usecases.flags.form import FlagForm, NamedClient, ReadFigures, SameEvent, typed_figures
from bot.usecases.flags.receipt_view import same_events, visible_flag
from bot.usecases.flags.recording import ClientChoice
from bot.usecases.ports import UnitOfWork

MAX_SAME_EVENTS = 4

_ANY_LEVEL, _NO_NOTE = "1", "-"
"""What stands for the answers that joining does not ask for."""


def check_form(actor: Actor, form: FlagForm, now: datetime) -> CheckedDraft:
    """What the form says, or everything that is wrong with it, its client included."""
    said = _check_joining(actor, form, now) if form.is_joining else check_draft(actor, form.draft, now)
    problem = _client_problem(form.client)
    return said if problem is None else CheckedDraft(None, (*said.problems, problem))


def _check_joining(actor: Actor, form: FlagForm, now: datetime) -> CheckedDraft:
    """What is needed of a form that joins a colleague's flag: the event it is about, and a note if there is one."""
    event = FlagDraft(
        form.draft.category, _ANY_LEVEL, form.draft.happened_on, form.draft.what_happened.strip() or _NO_NOTE
    )
    said = check_draft(actor, event, now)
    if said.content is None or form.draft.what_happened.strip():
        return said
    return CheckedDraft(replace(said.content, what_happened=""))


def check_draft(actor: Actor, draft: FlagDraft, now: datetime) -> CheckedDraft:
    """What a draft of `actor` says, or everything that is wrong with it."""
    settings = actor.settings
    today = local_today(now, actor.zone)
    return checked(draft, settings.categories, today, actor.person.language, settings.currency)


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
    unseen = () if form.hints_shown else check_flag(f"{form.draft.what_happened}\n{form.draft.my_view}")
    is_open = (asking.resembling and form.confirmed is None) or (asking.same_event and form.joined is None)
    figures = None if form.is_joining else _figures(actor, form)
    if not is_open and not unseen and figures is None:
        return None
    shown = typed_figures(form.draft) if figures is not None else form.figures_shown
    seen = form.hints_shown or bool(unseen)
    return replace(asking, hints=unseen, hints_shown=seen, figures=figures, figures_shown=shown)


def _figures(actor: Actor, form: FlagForm) -> ReadFigures | None:
    """The numbers as they are read, where that could be wrong and was not looked at yet."""
    draft, language = form.draft, actor.person.language
    if not (needs_showing(draft.impact_hours) or needs_showing(draft.impact_amount)):
        return None
    if form.figures_shown == typed_figures(draft):
        return None
    hours = read_number(draft.impact_hours, language, MAX_HOURS)
    amount = read_number(draft.impact_amount, language, MAX_AMOUNT)
    return ReadFigures(hours, amount, draft.currency or actor.settings.currency)


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


def _near(uow: UnitOfWork, index: ClientIndex, actor: Actor, form: FlagForm) -> tuple[SameEvent, ...]:
    """Flags of colleagues that may tell of the same event, as far as the form says what it is about."""
    client_id, category = client_meant(index, actor, form).client_id, form.draft.category
    try:
        happened_on = date.fromisoformat(form.draft.happened_on)
    except ValueError:
        return ()
    if client_id is None or not category:
        return ()
    near = same_events(uow, actor, client_id, category, happened_on)
    return tuple(_same_event(uow, actor, flag) for flag in near[:MAX_SAME_EVENTS])


def _same_event(uow: UnitOfWork, actor: Actor, flag: ScoredFlag) -> SameEvent:
    """A flag as `actor` may know it: what was ticked, and what was written for who may see it."""
    found = uow.flags.find(actor.workspace_id, flag.id)
    if found is None:
        return SameEvent(flag)
    try:
        visible_flag(uow, actor, flag.id)
    except NotFoundError:
        return SameEvent(flag, found.content.signals)
    return SameEvent(flag, found.content.signals, found.content.what_happened)
