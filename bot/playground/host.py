"""Slack's own address: several workspaces behind it, in each of which the app can be installed over OAuth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import unquote, urlencode, urlsplit

from aiohttp import web

from bot.playground.api.dispatch import CLIENT_METHODS
from bot.playground.api.grants import Grant, Grants
from bot.playground.host_page import HEADERS, asking_page, refusing_page
from bot.playground.identifiers import new_client_id, new_client_secret
from bot.playground.server import Playground
from bot.playground.state import User
from bot.playground.web import Web, listen, new_application, read_arguments, read_token

_AUTHORIZE = "/oauth/v2/authorize"


@dataclass(frozen=True)
class Asked:
    """What the app asks of a person: the parameters of the link that it shows, empty where it left them out."""

    client_id: str
    scope: str
    user_scope: str
    state: str
    redirect_uri: str
    team: str

    @classmethod
    def read(cls, parameters: Mapping[str, object]) -> "Asked":
        """Take what stands in a query or form."""
        return cls(**{field.name: _text(parameters, field.name) for field in fields(cls)})

    @property
    def scopes(self) -> tuple[str, ...]:
        """The bot scopes, each once."""
        return tuple(dict.fromkeys(scope for scope in self.scope.split(",") if scope))


class Host:
    """One address for the workspaces `playgrounds`, as slack.com is, served on 127.0.0.1.

    A Web API call is made in the workspace whose bot token it carries, as if at that workspace's own address; the first
    workspace answers calls that belong to none, and those with the app's token. `oauth.v2.access` is a call in the
    workspace that its code is for. The workspaces must all have the same app, and are started and stopped by others.

    People allow the app at `/oauth/v2/authorize`, and are led back to one of `redirect_urls`, or to a path below it.
    Those are what the app has set at Slack; while there are none, nobody can allow anything.
    """

    def __init__(
        self, playgrounds: Sequence[Playground], *, client_id: str | None = None, client_secret: str | None = None
    ) -> None:
        """Prepare the address; nothing listens before `start`. ValueError unless the workspaces share one app."""
        if len({playground.state.app_id for playground in playgrounds}) != 1:
            raise ValueError("a host is for one app, in one workspace or more")
        self._playgrounds = {playground.team_id: playground for playground in playgrounds}
        if len(self._playgrounds) != len(playgrounds):
            raise ValueError("two workspaces have the same id")
        self._grants = Grants(client_id or new_client_id(), client_secret or new_client_secret())
        self._webs = {team: Web(one.world, self._grants) for team, one in self._playgrounds.items()}
        self._first = playgrounds[0]
        self._runner: web.AppRunner | None = None
        self._url = ""
        self.redirect_urls: list[str] = []

    async def start(self, port: int = 0) -> None:
        """Listen on 127.0.0.1, on any free port unless one is given."""
        application = new_application()
        application.add_routes(
            [
                web.route("*", "/api/{method}", self._call),
                web.get(_AUTHORIZE, self._ask),
                web.post(_AUTHORIZE, self._decide),
            ]
        )
        self._runner, self._url = await listen(application, port)

    async def stop(self) -> None:
        """Close every connection and give up what is under way, at once."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def base_url(self) -> str:
        """Where the server listens, without a slash at the end."""
        return self._url.rstrip("/")

    @property
    def api_url(self) -> str:
        """The Web API's base URL, with a slash at the end."""
        return f"{self._url}api/"

    @property
    def client_id(self) -> str:
        """What the app is called in OAuth."""
        return self._grants.client_id

    @property
    def client_secret(self) -> str:
        """With what the app proves in OAuth that it is the app."""
        return self._grants.client_secret

    async def _call(self, request: web.Request) -> web.StreamResponse:
        arguments, _ = await read_arguments(request)
        if request.match_info["method"] in CLIENT_METHODS:
            team_id = self._grants.team_of(_text(arguments, "code"))
        else:
            team_id = self._team_with(read_token(request, arguments))
        return await self._webs[team_id or self._first.team_id].call(request)

    def _team_with(self, token: str | None) -> str | None:
        for team_id, playground in self._playgrounds.items():
            if token in (playground.bot_token, *playground.state.revoked_tokens):
                return team_id
        return None

    async def _ask(self, request: web.Request) -> web.Response:
        asked = self._checked(Asked.read(request.query))
        states = [playground.state for playground in self._playgrounds.values()]
        page = asking_page(_AUTHORIZE, vars(asked), asked.scopes, states, asked.team)
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    async def _decide(self, request: web.Request) -> web.Response:
        form = await request.post()
        asked = self._checked(Asked.read(form))
        match _text(form, "decision"):
            case "allow":
                return self._redirect(asked, code=self._grants.issue(self._grant(asked, form)))
            case "cancel":
                return self._redirect(asked, error="access_denied")
            case _:
                raise _refusal(web.HTTPBadRequest, "invalid_decision", "Choose Allow or Cancel.")

    def _checked(self, asked: Asked) -> Asked:
        """What is asked, if it may be asked; until then nobody is led anywhere."""
        if asked.client_id != self.client_id:
            raise _refusal(web.HTTPBadRequest, "invalid_client_id", f"There is no app {asked.client_id}.")
        if not self.redirect_urls:
            raise _refusal(web.HTTPBadRequest, "bad_redirect_uri", "The app has no redirect URL configured.")
        if asked.redirect_uri and not any(_leads_to(asked.redirect_uri, url) for url in self.redirect_urls):
            reason = f"redirect_uri did not match any configured redirect URL: {asked.redirect_uri}"
            raise _refusal(web.HTTPBadRequest, "bad_redirect_uri", reason)
        unknown = set(asked.scopes) - set(self._first.world.manifest.scopes)
        if unknown or asked.user_scope or not asked.scopes:
            wrong = ", ".join([*sorted(unknown), *filter(None, [asked.user_scope])]) or "none at all"
            raise _refusal(web.HTTPBadRequest, "invalid_scope", f"The app cannot ask for these scopes: {wrong}.")
        return asked

    def _grant(self, asked: Asked, form: Mapping[str, object]) -> Grant:
        playground = self._playgrounds.get(_text(form, "workspace"))
        if playground is None:
            raise _refusal(web.HTTPBadRequest, "team_not_found", "There is no such workspace.")
        try:
            user = playground.person(_text(form, "user")).user
        except KeyError:
            reason = f"Nobody in {playground.state.name} has this name or id."
            raise _refusal(web.HTTPBadRequest, "user_not_found", reason) from None
        if not _may_install(playground, user):
            reason = f"{user.name} may not install apps in {playground.state.name}."
            raise _refusal(web.HTTPForbidden, "not_allowed", reason)
        return Grant(playground.team_id, user.id, asked.scopes, asked.redirect_uri, playground.clock.now())

    def _redirect(self, asked: Asked, **answer: str) -> web.Response:
        url = asked.redirect_uri or self.redirect_urls[0]
        query = urlencode({**answer, "state": asked.state})
        location = f"{url}{'&' if urlsplit(url).query else '?'}{query}"
        return web.Response(status=302, headers={**HEADERS, "Location": location})


def _text(parameters: Mapping[str, object], name: str) -> str:
    value = parameters.get(name)
    return value if isinstance(value, str) else ""


def _leads_to(url: str, configured: str) -> bool:
    """Whether a URL is the configured one or below it; what a browser might read in another way is not."""
    if not url.isascii() or not url.isprintable() or any(character in url for character in " \\#"):
        return False
    if ".." in unquote(urlsplit(url).path).split("/"):
        return False
    return url == configured or url.startswith((f"{configured.rstrip('/')}/", f"{configured}?"))


def _may_install(playground: Playground, user: User) -> bool:
    is_guest = user.is_restricted or user.is_ultra_restricted
    return not (is_guest or user.is_bot or user.deleted or playground.world.users.is_foreign(user))


def _refusal(kind: type[web.HTTPClientError], error: str, reason: str) -> web.HTTPClientError:
    return kind(text=refusing_page(error, reason), content_type="text/html", headers=HEADERS)
