"""The pages on which a person is asked whether an app may be installed; they are plain forms and run nothing."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bot.playground.state import Workspace

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def asking_page(
    action: str, parameters: Mapping[str, str], scopes: Iterable[str], workspaces: Sequence[Workspace], chosen: str
) -> str:
    """The form that is sent to `action` with `parameters` and the person's `workspace`, `user` and `decision`.

    The workspace with the id `chosen` is proposed, where there is one.
    """
    name = escape(workspaces[0].app_name)
    hidden = "\n".join(
        f'<input type="hidden" name="{escape(key)}" value="{escape(value)}">' for key, value in parameters.items()
    )
    wanted = "\n".join(f"<li><code>{escape(scope)}</code></li>" for scope in scopes)
    options = "\n".join(_option(workspace, workspace.team_id == chosen) for workspace in workspaces)
    people = "\n".join(f'<option value="{escape(person)}"></option>' for person in _people(workspaces))
    return _page(
        f"Install {name}",
        f"""<p>{name} asks for these permissions in your workspace:</p>
<ul>
{wanted}
</ul>
<form method="post" action="{escape(action)}">
{hidden}
<p><label for="workspace">Workspace</label>
<select id="workspace" name="workspace">
{options}
</select></p>
<p><label for="user">Your name or user id there</label>
<input id="user" name="user" list="people" required autocomplete="off"></p>
<datalist id="people">
{people}
</datalist>
<p><button name="decision" value="allow">Allow</button>
<button name="decision" value="cancel" formnovalidate>Cancel</button></p>
</form>""",
    )


def refusing_page(error: str, reason: str) -> str:
    """What a person is told when the app cannot be installed this way: Slack's name for it, and why."""
    return _page(
        "The app cannot be installed",
        f"<p>{escape(reason)}</p>\n<p>Error: <code>{escape(error)}</code></p>",
    )


def _page(title: str, content: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"""


def _option(workspace: Workspace, is_chosen: bool) -> str:
    selected = " selected" if is_chosen else ""
    shown = escape(f"{workspace.name} ({workspace.team_id})")
    return f'<option value="{escape(workspace.team_id)}"{selected}>{shown}</option>'


def _people(workspaces: Iterable[Workspace]) -> list[str]:
    users = (user for workspace in workspaces for user in workspace.users.values())
    return sorted({user.name for user in users if not user.is_bot and not user.deleted})
