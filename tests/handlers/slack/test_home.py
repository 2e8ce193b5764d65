"""Home in Slack: what it shows to whom, what is done from it, and when it is published anew."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.model import Role
from bot.playground.people import Person
from bot.playground.state import View
from bot.usecases.home.home import CLIENTS_A_PAGE
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.slack.workspaces.homes import MAX_LOOKS, OPEN_SECONDS
from tests.factories import PLATFORM, make_client
from tests.handlers.slack.common_setup import a_client, meet, said_in, take_over_names
from tests.handlers.slack.decision_setup import decidable, decide, talked_about, view_of
from tests.harness import Harness
from tests.recorded_setups import SetUp


async def home(person: Person) -> View:
    view = await person.open_home()
    assert view is not None
    return view


def shown(person: Person) -> str:
    """What stands on somebody's Home at this moment."""
    assert person.home is not None
    return said_in(person.home)


async def published(harness: Harness) -> None:
    """Let a moment pass, after which every open Home is as new as it can be."""
    harness.clock.advance(timedelta(seconds=2))
    await harness.workspace.homes.refresh()


def publications(harness: Harness) -> int:
    return sum(one.name == "views.publish" for one in harness.world.inspector.exchanges())


async def look_after(harness: Harness, person: Person, count: int) -> None:
    """Clients that somebody owns."""
    await meet(harness, person)

    def fill(uow: UnitOfWork) -> None:
        workspace = uow.people.workspaces()[0]
        owner = uow.people.person_by_external(workspace.id, PLATFORM, person.id)
        assert owner is not None
        for number in range(count):
            made = make_client(uow, workspace, f"Client {number:03}")
            uow.clients.change(made.id, owner_id=owner.id, rank=float(count - number))

    await harness.bot.database.write(fill)
    await take_over_names(harness)


async def leaf(harness: Harness, action: str) -> None:
    """Let Ben leaf through his clients, a moment later."""
    harness.clock.advance(timedelta(seconds=2))
    assert harness.ben.home is not None
    assert (await harness.ben.click(harness.ben.home, action)).ok


async def test_somebody_new_finds_what_to_do_first(http_harness: Harness) -> None:
    view = await home(http_harness.ben)
    assert "Nothing right now." in said_in(view)
    assert (await http_harness.ben.click(view, ids.HOME_FLAG)).ok
    assert http_harness.ben.view.content["callback_id"] == ids.FLAG_FORM


async def test_it_is_in_the_readers_own_language(http_harness: Harness) -> None:
    assert "Wat op jou wacht" in said_in(await home(http_harness.carla))


async def test_guests_and_outsiders_read_nothing(http_harness: Harness) -> None:
    await a_client(http_harness)
    assert said_in(await home(http_harness.gust)).strip() == "This isn’t available to you."


async def test_a_view_waits_until_it_is_given(set_up: SetUp) -> None:
    harness = await set_up(talked_about)
    view = await home(harness.ben)
    assert "*Acme*: the team asks for your view." in said_in(view)
    assert (await harness.ben.click(view, ids.EVALUATION_GIVE)).ok
    await harness.ben.close()
    await view_of(harness, harness.ben, "keep")
    await published(harness)
    assert "the team asks for your view" not in said_in(await home(harness.ben))


async def test_a_proposal_waits_for_the_other_reviewer_alone(set_up: SetUp) -> None:
    async def proposed(harness: Harness) -> None:
        await decidable(harness, "part", second=True)
        await decide(harness, harness.anna, "part")

    harness = await set_up(proposed)
    assert "een voorstel wacht op jouw bevestiging" in said_in(await home(harness.carla))
    for person in (harness.anna, harness.ben, harness.dirk):
        assert ids.DECISION_LOOK not in str((await home(person)).content)


async def test_a_check_in_goes_from_home_once_it_is_done(http_harness: Harness) -> None:
    harness = http_harness
    await meet(harness, harness.anna, role=Role.REVIEWER)
    assert (await harness.dirk.command("/flagclient", "Acme disrespect (3) shouted at me on the phone")).ok
    await harness.settle()
    view = await home(harness.anna)
    assert "vraag een collega hoe het gaat" in said_in(view)
    harness.clock.advance(timedelta(seconds=2))
    assert (await harness.anna.click(view, ids.CARE_DONE)).ok
    assert "vraag een collega" not in shown(harness.anna)


async def test_clients_are_leafed_through(http_harness: Harness) -> None:
    harness = http_harness
    await look_after(harness, harness.ben, 500)
    view = await home(harness.ben)
    assert "Client 000" in said_in(view)
    assert f"1 to {CLIENTS_A_PAGE} of 500" in said_in(view)
    assert ids.HOME_EARLIER not in str(view.content)
    await leaf(harness, ids.HOME_LATER)
    await leaf(harness, ids.HOME_LATER)
    assert "21 to 30 of 500" in shown(harness.ben)
    await leaf(harness, ids.HOME_EARLIER)
    assert "11 to 20 of 500" in shown(harness.ben)


async def test_a_member_sees_no_dossier_that_is_not_theirs(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness, flags=4, by=harness.dirk, category="late_payment", severity=3)
    for person in (harness.ben, harness.carla):
        assert "Acme" not in said_in(await home(person))
    await meet(harness, harness.anna, role=Role.REVIEWER)
    assert "Acme" in said_in(await home(harness.anna))
    own = said_in(await home(harness.dirk))
    assert "*Acme B.V.* · Late payment" in own
    assert "score" not in own


async def test_a_client_is_looked_up_by_its_name(http_harness: Harness) -> None:
    harness = http_harness
    await a_client(harness)
    await meet(harness, harness.anna, role=Role.REVIEWER)
    assert (await harness.anna.click(await home(harness.anna), ids.HOME_CLIENT)).ok
    (offered,) = (await harness.anna.suggest(harness.anna.view, ids.HOME_CLIENT_CHOSEN, "acm")).options
    assert (await harness.anna.submit(values={ids.HOME_CLIENT_CHOSEN: offered["value"]})).ok
    assert "Acme B.V." in said_in(harness.anna.view)


async def test_an_open_home_follows_what_happens(http_harness: Harness) -> None:
    harness = http_harness
    await home(harness.ben)
    assert (await harness.ben.command("/flagclient", "Acme late 3 invoice 17 is open after 45 days")).ok
    await published(harness)
    assert "*Acme* · Late payment" in shown(harness.ben)


async def test_one_that_shows_the_same_is_left_alone(http_harness: Harness) -> None:
    harness = http_harness
    await home(harness.ben)
    before = publications(harness)
    await published(harness)
    assert publications(harness) == before


async def test_it_is_published_once_a_second_at_most(http_harness: Harness) -> None:
    harness = http_harness
    await home(harness.ben)
    before = publications(harness)
    assert (await harness.ben.command("/flagclient", "Acme late 3 invoice 17 is open after 45 days")).ok
    await harness.workspace.homes.refresh()
    assert publications(harness) == before
    await published(harness)
    assert publications(harness) == before + 1


async def test_one_opened_long_ago_is_forgotten(http_harness: Harness) -> None:
    harness = http_harness
    await home(harness.ben)
    harness.clock.advance(timedelta(seconds=OPEN_SECONDS))
    before = publications(harness)
    assert (await harness.ben.command("/flagclient", "Acme late 3 invoice 17 is open after 45 days")).ok
    await published(harness)
    assert publications(harness) == before
    assert "Acme" in said_in(await home(harness.ben))


async def test_what_another_process_published_is_painted_over(http_harness: Harness) -> None:
    harness = http_harness
    await home(harness.ben)
    harness.world.world.views.publish(harness.ben.id, {"type": "home", "blocks": [{"type": "divider"}]})
    assert (await harness.ben.command("/flagclient", "Acme late 3 invoice 17 is open after 45 days")).ok
    await published(harness)
    assert "*Acme* · Late payment" in shown(harness.ben)


async def test_so_many_are_read_again_at_a_time(http_harness: Harness) -> None:
    harness = http_harness
    people = [harness.world.add_user(f"p{number}") for number in range(MAX_LOOKS + 5)]
    for person in people:
        await home(person)
        harness.clock.advance(timedelta(seconds=2))
    for person in people:
        assert (await person.command("/flagclient", f"{person.user.name} late 2 invoice 17 is open after 45 days")).ok
    await published(harness)
    assert sum("Late payment" in shown(person) for person in people) < len(people)
    for _ in range(10):
        # Slack takes so many a minute of one workspace.
        await published(harness)
    assert all("Late payment" in shown(person) for person in people)
