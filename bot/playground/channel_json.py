"""How Slack shows a conversation to the app."""

from dataclasses import asdict

from bot.playground.state import JSON, Channel, Workspace


def render_channel(state: Workspace, channel: Channel, *, with_num_members: bool = False) -> JSON:
    """The conversation object of the Web API, as the app sees it."""
    if channel.kind == "im":
        return _direct(state, channel)
    is_private = channel.kind != "public"
    shared = channel.is_ext_shared or channel.is_org_shared
    shown: JSON = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind in ("public", "private"),
        "is_group": False,
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": is_private,
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "is_shared": shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": channel.is_org_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "pending_shared": [],
        "context_team_id": state.team_id,
        "shared_team_ids": [state.team_id, *channel.connected_team_ids],
        "is_member": state.bot_user_id in channel.members,
        "topic": asdict(channel.topic),
        "purpose": asdict(channel.purpose),
        "previous_names": list(channel.previous_names),
    }
    if channel.connected_team_ids:
        shown["connected_team_ids"] = list(channel.connected_team_ids)
        shown["conversation_host_id"] = state.team_id
    if with_num_members:
        shown["num_members"] = len(channel.members)
    return shown


def _direct(state: Workspace, channel: Channel) -> JSON:
    others = [user for user in channel.members if user != state.bot_user_id]
    other = state.users.get(others[0]) if others else None
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": state.team_id,
        "user": other.id if other else state.bot_user_id,
        "is_user_deleted": bool(other and other.deleted),
        "priority": 0,
    }


def channel_label(channel: Channel) -> str:
    """The name by which interaction payloads call a conversation, which for private ones says nothing."""
    return {"im": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)
