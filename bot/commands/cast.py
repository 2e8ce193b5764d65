"""Who and what a new playground starts with: a small agency in two languages, a guest, and somebody from outside."""

from __future__ import annotations

from bot.playground import Playground

ALERT_CHANNEL = "client-care"


def furnish(world: Playground) -> str:
    """Add people and channels to an empty workspace; returns the id of the channel for alerts.

    The first person owns the workspace, and so becomes admin and reviewer.
    """
    dutch = {"locale": "nl-NL", "tz": "Europe/Amsterdam"}
    english = {"locale": "en-GB", "tz": "Europe/London"}
    sanne = world.add_user("sanne", real_name="Sanne (owner)", is_owner=True, is_primary_owner=True, **dutch)
    jeroen = world.add_user("jeroen", real_name="Jeroen", **dutch)
    emily = world.add_user("emily", real_name="Emily", **english)
    farid = world.add_user("farid", real_name="Farid", **dutch)
    guest = world.add_user("guest", real_name="Guest of a client", is_restricted=True, **english)
    team = (sanne, jeroen, emily, farid)
    bot = world.bot_user_id
    world.add_channel("general", *team, kind="public")
    world.add_channel("project-x", sanne, emily, guest, kind="private")
    alerts = world.add_channel(ALERT_CHANNEL, *team, bot, kind="private")
    return alerts.id
