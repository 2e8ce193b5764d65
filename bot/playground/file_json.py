"""How Slack shows a file to the app."""

from bot.playground.state import JSON, File, Workspace


def render_file(state: Workspace, file: File) -> JSON:
    """The file object of the Web API."""
    kinds = {kind: [c for c in file.channels if _kind(state, c) == kind] for kind in ("public", "private", "im")}
    base = f"{state.url}files-pri/{state.team_id}-{file.id}"
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower() if "." in file.name else "binary",
        "user": file.user,
        "user_team": state.team_id,
        "editable": False,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": bool(kinds["public"]),
        "url_private": f"{base}/{file.name}",
        "url_private_download": f"{base}/download/{file.name}",
        "alt_txt": file.alt_txt,
        "channels": kinds["public"],
        "groups": kinds["private"],
        "ims": kinds["im"],
    }


def _kind(state: Workspace, channel_id: str) -> str:
    channel = state.channels.get(channel_id)
    if channel is None:
        return ""
    return "private" if channel.kind == "mpim" else channel.kind
