"""The people of the workspace, and how Slack shows them to the app."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.playground.changes import Changes
from bot.playground.clock import Clock
from bot.playground.errors import SlackError
from bot.playground.events import Events
from bot.playground.identifiers import new_id
from bot.playground.state import JSON, User, Workspace

_ROLES = ("is_admin", "is_owner", "is_primary_owner", "is_restricted", "is_ultra_restricted")


class Users:
    """Adds, changes and shows users."""

    def __init__(self, state: Workspace, clock: Clock, events: Events, changes: Changes) -> None:
        """Work on `state`."""
        self._state = state
        self._clock = clock
        self._events = events
        self._changes = changes

    def add(self, name: str, *, real_name: str | None = None, **fields: Any) -> User:
        """A new user; `fields` are those of `User`, such as `is_admin`, `is_restricted`, `locale`, `tz`, `team_id`."""
        fields.setdefault("id", new_id("U"))
        fields.setdefault("team_id", self._state.team_id)
        fields.setdefault("email", f"{name}@{self._state.domain}.example")
        user = User(name=name, real_name=name if real_name is None else real_name, **fields)
        user.updated = int(self._clock.now().timestamp())
        if user.id in self._state.users:
            raise ValueError(f"there is already a user {user.id}")
        self._state.users[user.id] = user
        self._changes.touch()
        if user.team_id == self._state.team_id:
            self._events.emit({"type": "team_join", "user": self.render(user)})
        return user

    def change(self, user_id: str, **fields: Any) -> User:
        """Change fields of a user; the app hears `user_change`."""
        user = self.get(user_id)
        for name, value in fields.items():
            if not hasattr(user, name):
                raise ValueError(f"a user has no {name}")
            setattr(user, name, value)
        user.updated = int(self._clock.now().timestamp())
        self._changes.touch()
        self._events.emit({"type": "user_change", "user": self.render(user), "cache_ts": user.updated})
        return user

    def get(self, user_id: str) -> User:
        """The user with this id; SlackError `user_not_found` when there is none."""
        try:
            return self._state.users[user_id]
        except KeyError:
            raise SlackError("user_not_found") from None

    def is_foreign(self, user: User) -> bool:
        """Whether the user belongs to another organisation."""
        return user.team_id != self._state.team_id

    def render(self, user: User, *, with_locale: bool = False) -> JSON:
        """The user object of the Web API. Deactivated users come without roles and time zone, as in Slack."""
        shown: JSON = {
            "id": user.id,
            "team_id": user.team_id,
            "name": user.name,
            "deleted": user.deleted,
            "profile": self._profile(user),
            "is_bot": user.is_bot,
            "is_app_user": False,
            "updated": user.updated,
        }
        if not user.deleted:
            shown |= {"color": "9f69e7", "real_name": user.real_name, **self._zone(user)}
            shown |= {role: getattr(user, role) for role in _ROLES}
            shown |= {"is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE"}
        if self.is_foreign(user):
            shown["is_stranger"] = not self._shares_channel(user)
        if with_locale and not self.is_foreign(user):
            shown["locale"] = user.locale
        return shown

    def _shares_channel(self, user: User) -> bool:
        bot = self._state.bot_user_id
        return any(user.id in c.members and bot in c.members for c in self._state.channels.values())

    def _zone(self, user: User) -> JSON:
        try:
            there = self._clock.now().astimezone(ZoneInfo(user.tz))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            # Slack names zones that our table does not have.
            there = self._clock.now()
        offset = there.utcoffset() or timedelta()
        return {"tz": user.tz, "tz_label": there.tzname(), "tz_offset": int(offset.total_seconds())}

    def _profile(self, user: User) -> JSON:
        profile: JSON = {
            "title": user.title,
            "phone": "",
            "skype": "",
            "real_name": user.real_name,
            "real_name_normalized": user.real_name,
            "display_name": user.display_name,
            "display_name_normalized": user.display_name,
            "fields": None,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "g" + user.id[-11:].lower(),
            "team": user.team_id,
        }
        if "users:read.email" in self._state.scopes and not user.is_bot:
            profile["email"] = user.email
        if user.is_bot:
            profile |= {"bot_id": self._state.bot_id, "api_app_id": self._state.app_id, "always_active": True}
        return profile
