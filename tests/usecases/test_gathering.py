"""Gathering what is held: all of it, of nobody else, without a colleague, and in both documents alike."""

from __future__ import annotations

import json
from collections.abc import Collection
from html import unescape

import pytest
from sqlalchemy import Connection, select

from bot.commands.export import data_of
from bot.documents.page import as_html
from bot.documents.subject_file import subject_document
from bot.domain.errors import AdminNeededError, ClientUnknownError, ContactUnknownError
from bot.domain.names import normalized
from bot.domain.privacy import ErasureReason, ExportReason
from bot.domain.subject_contact import EVERYTHING, Doubtful
from bot.domain.subject_file import SubjectFile
from bot.language import LANGUAGES, language
from bot.usecases.ports import UnitOfWork
from bot.usecases.privacy.erasing import erase_contact
from bot.usecases.privacy.gathering import gather
from bot.usecases.privacy.subject import find_subject
from storage.tables.columns import METADATA, Holds, columns_that_hold
from tests.case_world import AnyDatabase
from tests.factories import WORDS, make_client, make_content, make_flag, make_person
from tests.frozen_clock import MONDAY_MORNING as NOW
from tests.held import COLLEAGUE, CONTACT, HeldClient, hold_everything

STRANGER = "albatroskwartel"


async def everything(database: AnyDatabase) -> HeldClient:
    """A client of whom everything is held, beside another one."""

    def work(uow: UnitOfWork) -> HeldClient:
        held = hold_everything(uow)
        other = make_client(uow, held.workspace, f"{STRANGER} BV")
        make_flag(uow, other, held.admin, what_happened=f"{STRANGER}, and {CONTACT}")
        return held

    return await database.write(work)


async def file_about(database: AnyDatabase, held: HeldClient, contact: str = "") -> SubjectFile:
    """What is gathered about the client, or about a contact."""

    def work(uow: UnitOfWork) -> SubjectFile:
        subject = find_subject(uow, held.workspace, "U0ADMIN", held.client.name, contact)
        return gather(uow, subject, ExportReason.REQUEST, NOW)[0]

    return await database.write(work)


def written(file: SubjectFile) -> list[str]:
    """The data, and the document in each language."""
    return [data_of(file), *(unescape(as_html(subject_document(language(code, WORDS), file))) for code in LANGUAGES)]


async def test_a_client_gets_every_word_that_is_held(database: AnyDatabase) -> None:
    held = await everything(database)
    for text in written(await file_about(database, held)):
        assert [word for word in sorted(held.words.public) if word not in text] == []


async def test_every_text_there_can_be_is_among_them(database: AnyDatabase) -> None:
    await everything(database)

    def unfilled(connection: Connection) -> list[str]:
        return [
            str(column)
            for table in METADATA.sorted_tables
            for column in columns_that_hold(table, Holds.FREE_TEXT)
            if "kraai" not in str(connection.execute(select(column)).all())
        ]

    assert await database.transact(unfilled) == []


async def test_nobody_else_stands_in_it(database: AnyDatabase) -> None:
    held = await everything(database)
    for text in written(await file_about(database, held)):
        found = [word for word in (STRANGER, COLLEAGUE, "U0ANNA", "U0BEN", "U0ADMIN") if word in text]
        assert found == []
        assert [word for word in held.words.private if word in text] == []


async def test_what_is_left_out_is_said(database: AnyDatabase) -> None:
    held = await everything(database)
    file = await file_about(database, held)
    talk = file.discussions[0]
    assert (talk.drafts, [one.hidden for one in talk.rounds]) == (1, [0, 1])
    page = as_html(subject_document(language("en", WORDS), file))
    assert "1 view that a colleague gave and nobody in the team can see yet." in page
    assert "What 1 colleague has begun to write" in page


async def test_views_stand_in_an_order_that_does_not_tell_who_was_first(database: AnyDatabase) -> None:
    held = await everything(database)
    opinions = (await file_about(database, held)).discussions[0].rounds[0].opinions
    assert [opinion.choice.value for opinion in opinions] == ["keep", "part"]


async def test_a_contact_whom_only_an_earlier_text_named_is_found(database: AnyDatabase) -> None:
    held = await everything(database)

    def edit(uow: UnitOfWork) -> None:
        content = make_content(contact_name="Mia de Boer")
        contact = uow.clients.ensure_contact(held.client.id, content.contact_name)
        flag_id = uow.flags.add(held.workspace.id, held.client.id, held.admin.id, content, contact.id, NOW)
        uow.flags.revise(flag_id, make_content(), None, NOW)
        uow.erasure.erase_contact([held.client.id], normalized(contact.name))

    await database.write(edit)
    assert len((await file_about(database, held, "mia de boer")).flags) == 1


async def test_a_contact_gets_what_names_them_and_no_more(database: AnyDatabase) -> None:
    held = await everything(database)
    file = await file_about(database, held, "piet  JANSEN")
    assert file.client is None
    assert [flag.content.contact_name for flag in file.flags] == [CONTACT]
    assert [answer.topic.value for talk in file.discussions for answer in talk.answers] == ["legal"]
    assert not file.decisions
    assert not file.statements
    assert not file.acts
    for text in written(file):
        assert CONTACT in text
        assert STRANGER not in text


NAMESAKE = "Piet Jansen jr."


async def with_namesake(database: AnyDatabase) -> HeldClient:
    """What is held, and two flags about somebody of nearly that name, one of which the contact's own may be."""
    held = await everything(database)

    def flag(uow: UnitOfWork) -> None:
        for contact, text in ((NAMESAKE, "Threw a cup."), ("Vera Vos", f"Says that {NAMESAKE} swore. In May, Ann.")):
            content = make_content(contact_name=contact, what_happened=text)
            contact_id = uow.clients.ensure_contact(held.client.id, contact).id
            uow.flags.add(held.workspace.id, held.client.id, held.admin.id, content, contact_id, NOW)
        for lone in ("Ann", "May"):
            uow.clients.ensure_contact(held.client.id, lone)

    await database.write(flag)
    return held


async def gathered(
    database: AnyDatabase, held: HeldClient, contact: str, included: Collection[int] = ()
) -> tuple[SubjectFile, tuple[Doubtful, ...]]:
    def work(uow: UnitOfWork) -> tuple[SubjectFile, tuple[Doubtful, ...]]:
        subject = find_subject(uow, held.workspace, "U0ADMIN", held.client.name, contact)
        return gather(uow, subject, ExportReason.REQUEST, NOW, included)

    return await database.write(work)


async def test_a_contact_gets_nothing_of_who_has_nearly_that_name(database: AnyDatabase) -> None:
    held = await with_namesake(database)
    file, doubtful = await gathered(database, held, CONTACT)
    assert [flag.content.contact_name for flag in file.flags] == [CONTACT]
    for text in written(file):
        assert NAMESAKE not in text
        assert "Threw a cup" not in text
    assert [(one.number, one.kind) for one in doubtful] == [(1, "flag")]
    assert NAMESAKE in doubtful[0].words
    both, _ = await gathered(database, held, CONTACT, {1})
    assert [flag.content.contact_name for flag in both.flags] == [CONTACT, NAMESAKE]
    assert (await gathered(database, held, CONTACT, EVERYTHING))[0] == both


@pytest.mark.parametrize("name", ["Ann", "May"])
async def test_a_name_of_one_word_is_left_to_whoever_looks(database: AnyDatabase, name: str) -> None:
    held = await with_namesake(database)
    file, doubtful = await gathered(database, held, name)
    assert file.flags == ()
    assert [one.kind for one in doubtful] == ["flag"]
    assert name in doubtful[0].words


async def test_a_message_of_the_client_says_who_wrote_it_and_one_of_a_colleague_does_not(
    database: AnyDatabase,
) -> None:
    held = await everything(database)
    flag = next(flag for flag in (await file_about(database, held)).flags if flag.earlier)
    assert flag.content.evidence is not None
    assert flag.content.evidence.author == ""
    assert flag.earlier[0].content.evidence is not None
    assert flag.earlier[0].content.evidence.author == CONTACT


@pytest.mark.parametrize(("contact", "action"), [("", "client_exported"), (CONTACT, "contact_exported")])
async def test_who_had_it_gathered_is_kept(database: AnyDatabase, contact: str, action: str) -> None:
    held = await everything(database)
    file = await file_about(database, held, contact)
    assert action not in {act.action for act in file.acts}
    newest = (await database.read(lambda uow: uow.audit.about(held.client.id, 1)))[0]
    assert (newest.action, newest.actor_id, newest.details) == (action, held.admin.id, {"because": "request"})


async def test_only_an_admin_has_it_gathered(database: AnyDatabase) -> None:
    held = await everything(database)

    def by(who: str, client: str, contact: str = "") -> object:
        return database.write(lambda uow: find_subject(uow, held.workspace, who, client, contact))

    for who in ("U0ANNA", "U0NOBODY", ""):
        with pytest.raises(AdminNeededError):
            await by(who, held.client.name)  # type: ignore[misc]
    with pytest.raises(ClientUnknownError):
        await by("U0ADMIN", "Nobody")  # type: ignore[misc]
    with pytest.raises(ContactUnknownError):
        await by("U0ADMIN", held.client.name, "Somebody Else")  # type: ignore[misc]


async def test_an_admin_of_another_workspace_has_nothing_to_say(database: AnyDatabase) -> None:
    held = await everything(database)

    def work(uow: UnitOfWork) -> None:
        elsewhere = uow.people.ensure_workspace("slack", "T0ELSE", NOW)
        make_person(uow, elsewhere, external_id="U0OTHER", is_admin=True)
        find_subject(uow, held.workspace, "U0OTHER", held.client.name)

    with pytest.raises(AdminNeededError):
        await database.write(work)


async def test_the_data_tells_its_format_and_reads_as_json(database: AnyDatabase) -> None:
    held = await everything(database)
    data = json.loads(data_of(await file_about(database, held)))
    assert data["format"] == 1
    assert data["client"]["names"][0] == held.client.name
    assert data["flags"][0]["content"]["category"] == "late_payment"


async def test_a_contact_who_is_erased_stands_in_nothing_that_is_held(database: AnyDatabase) -> None:
    held = await everything(database)

    def erase(uow: UnitOfWork) -> None:
        subject = find_subject(uow, held.workspace, "U0ADMIN", held.client.name, CONTACT)
        erase_contact(uow, subject, ErasureReason.REQUEST, "[…]", NOW)

    await database.write(erase)
    assert CONTACT not in str(await file_about(database, held))
    texts = await database.read(lambda uow: list(uow.erasure.texts([held.client.id])))
    assert texts
    assert CONTACT not in str(texts)
