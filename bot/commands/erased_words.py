"""What commands say about what was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from bot.language import language
from bot.usecases.ports import Workspace
from storage.engines.locations import parse_url

FINISHED = "The files of the database no longer hold it."
UNFINISHED = (
    "The files of the database may still hold it, as something else was using the database just now.\n"
    "Finish at a quieter time, with no backup under way, with: flagclient erase --finish"
)

_ROWS: Mapping[str, tuple[str, str]] = {
    "alert": ("alert", "alerts"),
    "client_merge": ("merge", "merges"),
    "client_name": ("name", "names"),
    "client_person": ("colleague who deals with it", "colleagues who deal with it"),
    "client_statement": ("note of the client’s side", "notes of the client’s side"),
    "contact": ("contact", "contacts"),
    "debrief": ("debrief", "debriefs"),
    "debrief_person": ("invitation to a debrief", "invitations to debriefs"),
    "decision": ("decision", "decisions"),
    "discussion": ("discussion", "discussions"),
    "discussion_person": ("person asked into a discussion", "people asked into discussions"),
    "evaluation_answer": ("answer", "answers"),
    "evaluation_away": ("person who could not answer", "people who could not answer"),
    "evaluation_draft": ("part of an unsent view", "parts of unsent views"),
    "evaluation_round": ("round of views", "rounds of views"),
    "evaluation_view": ("view", "views"),
    "flag": ("flag", "flags"),
    "flag_revision": ("earlier text of a flag", "earlier texts of flags"),
    "inbox": ("message that waited to be flagged", "messages that waited to be flagged"),
    "remedy": ("trial to put things right", "trials to put things right"),
    "task": ("task", "tasks"),
    "witness": ("view of a colleague on a flag", "views of colleagues on flags"),
}


def name_erased(workspace: Workspace) -> str:
    """What stands in a text where the name of an erased contact stood, in the language of a workspace."""
    return language(workspace.settings.language).gettext("[name erased]")


def counted_rows(rows: Mapping[str, int]) -> str:
    """Rows by table in plain words, one line each, in one order; a table without words of its own is named."""
    return "\n".join(f"  {number} {_word(name, number)}" for name, number in sorted(rows.items()))


def _word(name: str, number: int) -> str:
    one, many = _ROWS.get(name, (name, name))
    return one if number == 1 else many


def out_of_reach(url: str, channels: Iterable[str], *, is_contact: bool) -> str:
    """Which copies of what was erased nobody but a person can take away."""
    said = "what people wrote in Slack themselves"
    if is_contact:
        said += ", and messages of mine that I don’t keep up to date"
    lines = ["What I can’t reach:"]
    lines += [f"  {copy}, a copy that an update made: delete it once you no longer need it" for copy in _copies(url)]
    lines.append("  backups that you made: delete them; what is restored from one over this database is erased again")
    lines.append(f"  {said}")
    lines += [f"  the channel {channel}: delete it in Slack" for channel in channels]
    return "\n".join(lines)


def _copies(url: str) -> list[Path]:
    location = parse_url(url)
    return sorted(location.parent.glob(f"{location.name}.*.backup")) if isinstance(location, Path) else []
