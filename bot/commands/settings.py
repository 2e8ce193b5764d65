"""`flagclient settings show` and `flagclient settings set`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.commands.console import say
from bot.commands.typed_ids import refuse_who_is_not_there
from bot.commands.workspaces import WorkspaceOption, chosen_workspace, rehearse, transact
from bot.domain.settings_values import ALERT_CHANNEL
from bot.language import language
from bot.language.setting_words import setting_explanation
from bot.platforms import TypedIds
from bot.platforms.known import PERSON_IDS, PLACE_IDS
from bot.usecases.ports import UnitOfWork
from bot.usecases.settings import ROLES, change_role, change_setting, read_settings

INDENT = "    "

app = typer.Typer(help="Show or change the settings of a workspace.", no_args_is_help=True)


@app.command()
def show(workspace: WorkspaceOption = "") -> None:
    """Show every setting with its value and what it is for, in the workspace's language; reviewers and admins too."""
    values = transact(lambda uow: read_settings(uow, chosen_workspace(uow, workspace).id))
    t = language(values["language"])
    longest = max(len(key) for key in values)
    for key, value in values.items():
        say(f"{key:<{longest}}  {value}".rstrip())
        say(f"{INDENT}{setting_explanation(t, key)}")


@app.command("set", context_settings={"ignore_unknown_options": True})
def change(
    key: Annotated[str, typer.Argument(help="One of the names that `settings show` lists.")],
    value: Annotated[str, typer.Argument(help="The new value; people as user ids, separated by commas.")],
    workspace: WorkspaceOption = "",
) -> None:
    """Change one setting; a running bot takes it over within seconds."""
    now = datetime.now(UTC)

    def work(uow: UnitOfWork) -> str:
        chosen = chosen_workspace(uow, workspace)
        if key in ROLES:
            return change_role(uow, chosen.id, key, value, now, PERSON_IDS[chosen.platform])
        return change_setting(uow, chosen.id, key, value, now, PLACE_IDS[chosen.platform])

    # What is refused for how it is written need not be asked about.
    rehearse(work)
    if key in ROLES:
        refuse_who_is_not_there(workspace, TypedIds(people=[part for part in map(str.strip, value.split(",")) if part]))
    elif key == ALERT_CHANNEL:
        refuse_who_is_not_there(workspace, TypedIds(place=value.strip(" -")))
    stored = transact(work)
    say(f"{key}  {stored}")
