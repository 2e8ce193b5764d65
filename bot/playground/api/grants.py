"""What people allowed the app over OAuth, until it fetches its token with the code that it was told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.playground.errors import SlackError
from bot.playground.identifiers import new_code

LIFE = timedelta(minutes=10)


@dataclass
class Grant:
    """One person's word that the app may be installed in a workspace.

    `redirect_uri` is what the app gave when it asked, empty when it gave none.
    """

    team_id: str
    user_id: str
    scopes: tuple[str, ...]
    redirect_uri: str
    given: datetime
    is_used: bool = False


class Grants:
    """The grants to one app, for whoever knows its client id and secret."""

    def __init__(self, client_id: str, client_secret: str) -> None:
        """Start with none."""
        self.client_id = client_id
        self.client_secret = client_secret
        self._by_code: dict[str, Grant] = {}

    def issue(self, grant: Grant) -> str:
        """The code with which the app, and nobody else, may use `grant` once."""
        code = new_code()
        self._by_code[code] = grant
        return code

    def team_of(self, code: str) -> str | None:
        """The id of the workspace that a code is for, used or not; None for a code that was never given."""
        grant = self._by_code.get(code)
        return None if grant is None else grant.team_id

    def identify(self, client_id: str, client_secret: str) -> None:
        """SlackError unless these are the app's own client id and secret."""
        if client_id != self.client_id:
            raise SlackError("invalid_client_id")
        if client_secret != self.client_secret:
            raise SlackError("bad_client_secret")

    def redeem(self, code: str, redirect_uri: str, now: datetime) -> Grant:
        """Use up a code; SlackError when it cannot be used, and then it stays as it is."""
        grant = self._by_code.get(code)
        if grant is None or now > grant.given + LIFE:
            raise SlackError("invalid_code")
        if grant.is_used:
            raise SlackError("code_already_used")
        if redirect_uri != grant.redirect_uri:
            raise SlackError("bad_redirect_uri")
        grant.is_used = True
        return grant
