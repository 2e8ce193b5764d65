"""Slack's ids of the people and places that a painted text mentions: they are read only where somebody is mentioned."""

from __future__ import annotations

from collections.abc import Iterable

from bot.language.marks import PERSON, PLACE, people_in, places_in
from bot.usecases.ports import Database, UnitOfWork
from handlers.slack.painting.text import Known, known_key
from handlers.slack.workspaces.members import PLATFORM


async def known_in(database: Database, texts: Iterable[str], people: Iterable[int] = ()) -> Known:
    """Slack's ids of whom and what `texts` mention, and of `people`."""
    said = tuple(texts)
    person_ids = sorted({*people, *(person for text in said for person in people_in(text))})
    place_ids = sorted({place for text in said for place in places_in(text)})
    if not person_ids and not place_ids:
        return {}

    def read(uow: UnitOfWork) -> Known:
        users = uow.people.external_ids(person_ids, PLATFORM) if person_ids else {}
        places = [place for place_id in place_ids if (place := uow.people.place(place_id)) is not None]
        return {
            **{known_key(PERSON, person): user for person, user in users.items()},
            **{known_key(PLACE, place.id): place.external_id for place in places if place.platform == PLATFORM},
        }

    return await database.read(read)
