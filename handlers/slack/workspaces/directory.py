"""Who somebody is in Slack: asked of Slack, remembered for a while, never guessed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.delivery_outcome import Reason, RetryLater
from bot.domain.model import PersonKind
from handlers.slack.sending.errors import Family
from handlers.slack.sending.rate_limits import Turn
from handlers.slack.sending.web_api import CallEndedError, WebApi
from handlers.slack.workspaces.channel_members import ChannelMembers
from handlers.slack.workspaces.everybody import Everybody
from handlers.slack.workspaces.installation import Installation
from handlers.slack.workspaces.profiles import Profile, profile_in

ACTOR_SECONDS = 300.0
"""How long we believe who somebody is that does something."""

READER_SECONDS = 24 * 3600.0
"""How long we believe who somebody is that only reads along, while Slack tells us of every change."""

MIN_PAUSE_SECONDS = 2.0
"""How long at least we wait before reading on, so that a waiting alert does not look for every single person."""

MAX_ONE_BY_ONE = 20
"""Up to so many unknown people are asked for one by one; for more a page of the list of everybody is read first."""

MAX_AT_ONCE = 40
"""Where that page is not all of the list, up to so many are still asked for one by one: Slack answers that at once."""

MAX_LISTS = 2
"""How often the end of the list is come to without finding somebody; the first time it can have been begun before."""

_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


class Known(Struct, frozen=True):
    """A profile, when Slack gave it, and in which era: a gap in what Slack tells us begins a new one."""

    profile: Profile
    at: float
    era: int


class Directory:
    """The people of a workspace. One question at a time is asked about each person.

    `known` says who we are where Slack has told already. Reading many people goes as fast as Slack's rates allow and
    leaves a part of them for whoever does something meanwhile; where it has to wait it raises, and goes on from there
    when it is asked again.
    """

    def __init__(
        self,
        client: AsyncWebClient,
        calls: WebApi,
        known: Callable[[], Installation | None] = lambda: None,
    ) -> None:
        self._client = client
        self._calls = calls
        self._monotonic = calls.monotonic
        self._known: dict[str, Known] = {}
        self._era = 0
        self._asking: dict[str, asyncio.Task[Profile]] = {}
        self._reading = asyncio.Lock()
        self._not_listed: Counter[str] = Counter()
        self._everybody = Everybody(client, calls)
        self.members = ChannelMembers(client, calls)
        self._known_ourselves = known
        self._ourselves: Installation | None = None

    async def profile(self, user_id: str) -> Profile:
        """The person's profile; `UNKNOWN` when Slack cannot be asked or does not know, so that nothing is allowed."""
        try:
            return await self.look_up(user_id)
        except CallEndedError:
            return Profile(PersonKind.UNKNOWN)

    async def look_up(self, user_id: str) -> Profile:
        """Like `profile`, but raises `CallEndedError` when Slack cannot be asked, for who can try again later."""
        known = self._known.get(user_id)
        if known is not None and self._age(known) < ACTOR_SECONDS and known.profile.kind is not PersonKind.UNKNOWN:
            return known.profile
        return await self._asked_once(user_id)

    async def reader(self, user_id: str, turn: Turn) -> Profile:
        """The profile of one person who is to read something; goes before whoever many are asked about.

        Raises `CallEndedError` when Slack cannot be asked, or has to be left alone for a while.
        """
        if not self._is_fresh(user_id):
            self._calls.take_turn("users.info", turn=turn)
            return await self._asked_once(user_id)
        return self._known[user_id].profile

    async def _asked_once(self, user_id: str) -> Profile:
        """Slack's answer; whoever asks meanwhile waits for the same one."""
        asking = self._asking.get(user_id)
        if asking is None:
            era = self._era
            asking = asyncio.create_task(self._ask(user_id))
            self._asking[user_id] = asking
            asking.add_done_callback(lambda done: self._keep(user_id, done, era))
        return await asyncio.shield(asking)

    def invalidate(self, user_id: str) -> None:
        """Forget a person, because Slack said that they changed; an answer on its way is not kept either."""
        self._known.pop(user_id, None)
        self._asking.pop(user_id, None)
        self._everybody.skip(user_id)

    def missed_events(self) -> None:
        """Slack did not tell of everything: whoever only reads along is asked about anew."""
        self._era += 1
        self._everybody.begin_again()
        self._not_listed.clear()

    async def ourselves(self) -> Installation:
        """Who we are; asked once at most. Raises `CallEndedError` when Slack cannot be asked."""
        ourselves = self._ourselves or self._known_ourselves()
        if ourselves is None:
            answer = await self._calls.make(Family.READ, self._client.auth_test)
            ourselves = Installation(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id", "")))
        self._ourselves = ourselves
        return ourselves

    async def primary_admins(self) -> list[str]:
        """The user ids of the primary owner; where Slack names none, of the owners, or else of the admins.

        Empty when Slack cannot be asked, or has not told of everybody yet: asked again it goes on from there.
        """
        try:
            async with self._reading:
                if not self._everybody.is_under_way:
                    self._everybody.begin_again()
                await self._read_everybody(lambda: bool(self._everybody.primary_owners))
                return self._everybody.leaders()
        except CallEndedError:
            return []

    async def member_ids(self, channel_id: str) -> list[str]:
        """The user ids of everybody in a channel; raises `CallEndedError` when Slack cannot be asked now."""
        return await self.members.ids(channel_id)

    async def people(
        self,
        user_ids: Iterable[str],
        *,
        stop: Collection[PersonKind] = frozenset(),
        is_waited_for: bool = False,
    ) -> Mapping[str, Profile]:
        """The profiles of `user_ids`, as readers; only of those known so far where one of a kind of `stop` is found.

        Where somebody waits for it, no list is read for those who can be asked about at once.
        Raises `CallEndedError` when Slack cannot be asked about one of them, or has to be left alone for a while.
        """
        wanted = list(dict.fromkeys(user_ids))
        if self._missing(wanted) and not self._is_met(wanted, stop):
            async with self._reading:
                await self._learn(wanted, stop, MAX_AT_ONCE if is_waited_for else MAX_ONE_BY_ONE)
        return {user_id: self._known[user_id].profile for user_id in wanted if self._is_fresh(user_id)}

    async def _learn(self, wanted: Sequence[str], stop: Collection[PersonKind], most: int) -> None:
        """Ask about those of `wanted` who are not known, by whichever way is faster: page by page, and one by one."""

        def is_enough() -> bool:
            return not self._missing(wanted) or self._is_met(wanted, stop)

        waits = []
        if self._to_list(wanted) > most:
            try:
                await self._read_everybody(is_enough, once=True)
                if self._everybody.is_under_way and self._to_list(wanted) > MAX_AT_ONCE:
                    await self._read_everybody(is_enough)
            except CallEndedError as ended:
                waits.append(_seconds_to_wait(ended))
            if not self._everybody.is_under_way:
                self._not_listed.update(self._missing(wanted))
        if is_enough():
            return
        turns = []
        for user_id in self._missing(wanted):
            seconds = self._calls.take_if_free("users.info")
            if seconds:
                waits.append(seconds)
                break
            turns.append(user_id)
        asked = await asyncio.gather(*map(self._asked_once, turns), return_exceptions=True)
        for error in asked:
            if isinstance(error, BaseException):
                raise error
        if not is_enough():
            after = timedelta(seconds=max(min(waits, default=0.0), MIN_PAUSE_SECONDS))
            raise CallEndedError(RetryLater(Reason.RATE_LIMITED, after, counts=False))

    async def _read_everybody(self, is_enough: Callable[[], bool], *, once: bool = False) -> None:
        """Read the list of everybody on until `is_enough`, or one page of it.

        Raises `CallEndedError` where it has to wait.
        """
        ourselves = await self.ourselves()
        while not is_enough():
            era, at = self._era, self._monotonic()
            page = await self._everybody.next_page(ourselves.team_id)
            self._known.update({user_id: Known(profile, at, era) for user_id, profile in page.items()})
            if once or not self._everybody.is_under_way:
                return

    def _to_list(self, wanted: Sequence[str]) -> int:
        """How many of `wanted` are not known and may be found in the list: who was not in all of it twice is not."""
        return sum(self._not_listed[user_id] < MAX_LISTS for user_id in self._missing(wanted))

    def _missing(self, wanted: Sequence[str]) -> list[str]:
        return [user_id for user_id in wanted if not self._is_fresh(user_id)]

    def _is_met(self, wanted: Sequence[str], kinds: Collection[PersonKind]) -> bool:
        return bool(kinds) and any(
            self._known[user_id].profile.kind in kinds for user_id in wanted if self._is_fresh(user_id)
        )

    def _is_fresh(self, user_id: str) -> bool:
        known = self._known.get(user_id)
        if known is None or known.era != self._era:
            return False
        kept = ACTOR_SECONDS if known.profile.kind is PersonKind.UNKNOWN else READER_SECONDS
        return self._age(known) < kept

    def _age(self, known: Known) -> float:
        return self._monotonic() - known.at

    async def _ask(self, user_id: str) -> Profile:
        ourselves = await self.ourselves()
        try:
            answer = await self._calls.make(Family.READ, self._client.users_info, user=user_id, include_locale=True)
        except CallEndedError as ended:
            if ended.code in _NOBODY:
                return Profile(PersonKind.UNKNOWN)
            raise
        return profile_in(answer.get("user") or {}, ourselves.team_id)

    def _keep(self, user_id: str, done: asyncio.Task[Profile], era: int) -> None:
        if self._asking.get(user_id) is not done:
            return
        del self._asking[user_id]
        if not done.cancelled() and done.exception() is None:
            self._known[user_id] = Known(done.result(), self._monotonic(), era)


def _seconds_to_wait(ended: CallEndedError) -> float:
    """How long Slack is to be left alone; raises `ended` again where that is not what it is about."""
    outcome = ended.outcome
    if not isinstance(outcome, RetryLater) or outcome.reason is not Reason.RATE_LIMITED:
        raise ended
    return outcome.after.total_seconds() if outcome.after is not None else 0.0
