"""Who works at the agency of the playground, and where they talk: six people, a guest, and somebody from outside."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from bot.playground import Playground
from bot.playground.people import Person
from bot.playground.state import Channel

ALERT_CHANNEL = "client-care"
GENERAL = "general"
PARTNER_TEAM = "T0PARTNER00"

DUTCH = ("nl-NL", "Europe/Amsterdam")
ENGLISH = ("en-GB", "Europe/London")


class Colleague(Struct, frozen=True):
    """Somebody of the agency: `name` is the short one, `title` says what they are there, `speaks` locale and zone."""

    name: str
    real_name: str
    title: str
    speaks: tuple[str, str]


class Cast(Struct, frozen=True):
    """The people of one agency. `colleagues` go by the part they play: the same parts in every cast.

    `lead` owns the workspace and is its admin; `lead` and `reviewer` review. `project` is a private channel with the
    guest in it, `shared` one that is shared with the organisation of `outsider`.
    """

    language: str
    agency: str
    colleagues: Mapping[str, Colleague]
    guest: Colleague
    outsider: Colleague
    project: str
    shared: str


class Agency(Struct, frozen=True):
    """A furnished workspace: everybody by part, `guest` and `outsider` too, and its channels by theirs."""

    people: Mapping[str, Person]
    channels: Mapping[str, Channel]

    @property
    def reviewers(self) -> str:
        """The user ids of those who review, as the setting takes them."""
        return ",".join(self.people[part].id for part in ("lead", "reviewer"))


def furnish(world: Playground, cast: Cast) -> Agency:
    """Add people and channels to an empty workspace."""
    world.state.name = cast.agency
    people = {part: _added(world, colleague, is_lead=part == "lead") for part, colleague in cast.colleagues.items()}
    lead, *others = people.values()
    guest = _added(world, cast.guest, is_restricted=True)
    outsider = _added(world, cast.outsider, team_id=PARTNER_TEAM)
    general = world.add_channel(GENERAL, lead, *others, kind="public", is_general=True)
    project = world.add_channel(cast.project, lead, people["developer"], guest, kind="private")
    shared = world.add_channel(cast.shared, people["account"], people["writer"], kind="public")
    world.conversations.share(shared, PARTNER_TEAM)
    world.conversations.join(shared, outsider.id)
    alerts = world.add_channel(ALERT_CHANNEL, lead, *others, world.bot_user_id, kind="private")
    channels = {"general": general, "project": project, "shared": shared, "alerts": alerts}
    return Agency({**people, "guest": guest, "outsider": outsider}, channels)


def _added(world: Playground, colleague: Colleague, *, is_lead: bool = False, **fields: object) -> Person:
    locale, zone = colleague.speaks
    return world.add_user(
        colleague.name,
        real_name=colleague.real_name,
        title=colleague.title,
        locale=locale,
        tz=zone,
        is_admin=is_lead,
        is_owner=is_lead,
        is_primary_owner=is_lead,
        **fields,
    )
