"""Reading the flag form back from what Slack sends of it, and saying what is wrong at each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from bot.domain.errors import FlagclientError
from bot.domain.flag_rules import FlagDraft
from bot.language import Language
from handlers.features import ids
from handlers.features.flags.forms import NamedClient, confirm_block, join_block, severity_block, signals_block
from handlers.slack.action_values import id_in
from handlers.slack.render.flags.metadata import FormMetadata, decoded


class ReadForm(Struct, frozen=True):
    """What a person typed and chose in the form; `confirmed` and `joined` are empty where nothing was asked."""

    draft: FlagDraft
    client: NamedClient | None
    metadata: FormMetadata
    confirmed: str
    joined: str


def read_form(view: Mapping[str, Any]) -> ReadForm:
    """The form behind a view in a payload. Answers to questions that belong to other choices are left out."""
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    metadata = decoded(view["private_metadata"])
    draft = _draft(values)
    client = _client(_element(values, ids.FLAG_FORM_CLIENT, ids.FLAG_FORM_CLIENT))
    if metadata.flag_id is not None:
        client = NamedClient(metadata.client_name)
    confirmed = _selected(values, confirm_block(client), ids.FLAG_CLIENT_CONFIRM) if client else ""
    joined = _selected(values, join_block(client, confirmed, draft), ids.FLAG_JOIN) if client else ""
    return ReadForm(draft, client, metadata, confirmed, joined)


def _draft(values: Mapping[str, Mapping[str, Any]]) -> FlagDraft:
    category = _selected(values, ids.FLAG_FORM_CATEGORY, ids.FLAG_FORM_CATEGORY)
    ticked = _element(values, signals_block(category), ids.FLAG_FORM_SIGNALS).get("selected_options") or ()
    return FlagDraft(
        category=category,
        severity=_severity(values),
        happened_on=_element(values, ids.FLAG_FORM_DATE, ids.FLAG_FORM_DATE).get("selected_date") or "",
        what_happened=_typed(values, ids.FLAG_FORM_HAPPENED),
        my_view=_typed(values, ids.FLAG_FORM_VIEW),
        signals=tuple(option["value"] for option in ticked),
        contact_name=_typed(values, ids.FLAG_FORM_CONTACT),
        impact_hours=_typed(values, ids.FLAG_FORM_HOURS),
        impact_amount=_typed(values, ids.FLAG_FORM_AMOUNT),
        links=_typed(values, ids.FLAG_FORM_LINKS),
    )


def _severity(values: Mapping[str, Mapping[str, Any]]) -> str:
    """The chosen severity, also when it was chosen for the category that was shown before."""
    chosen = (_selected(values, block_id, ids.FLAG_FORM_SEVERITY) for block_id in values)
    return next(filter(None, chosen), "")


def _element(values: Mapping[str, Mapping[str, Any]], block_id: str, action_id: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = values.get(block_id, {}).get(action_id) or {}
    return found


def _typed(values: Mapping[str, Mapping[str, Any]], block_id: str) -> str:
    return _element(values, block_id, block_id).get("value") or ""


def _selected(values: Mapping[str, Mapping[str, Any]], block_id: str, action_id: str) -> str:
    return (_element(values, block_id, action_id).get("selected_option") or {}).get("value") or ""


def _client(element: Mapping[str, Any]) -> NamedClient | None:
    chosen = element.get("selected_option")
    if not chosen:
        return None
    kind, _, value = chosen["value"].partition(":")
    if kind == "c":
        return NamedClient(chosen["text"]["text"], id_in(value))
    return NamedClient(value) if kind == "n" else None


def errors_by_field(
    t: Language, problems: Sequence[FlagclientError], view: Mapping[str, Any], category: str
) -> dict[str, str]:
    """The sentences of `problems` by block id, as Slack takes them; a field that is not shown speaks at the first."""
    block_ids = {
        "client": ids.FLAG_FORM_CLIENT,
        "category": ids.FLAG_FORM_CATEGORY,
        "severity": severity_block(category),
        "signals": signals_block(category),
        "happened_on": ids.FLAG_FORM_DATE,
        "what_happened": ids.FLAG_FORM_HAPPENED,
        "my_view": ids.FLAG_FORM_VIEW,
        "contact_name": ids.FLAG_FORM_CONTACT,
        "impact_hours": ids.FLAG_FORM_HOURS,
        "impact_amount": ids.FLAG_FORM_AMOUNT,
        "links": ids.FLAG_FORM_LINKS,
    }
    shown = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    errors: dict[str, str] = {}
    for problem in problems:
        block_id = block_ids[problem.field or "client"]
        errors.setdefault(block_id if block_id in shown else shown[0], t.sentence(problem))
    return errors
