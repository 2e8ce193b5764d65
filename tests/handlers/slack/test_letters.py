"""Letters in Slack: written, kept, approved by a second person, waited for, and marked as sent."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.audit import AuditAction
from bot.domain.farewell.closing_terms import Term
from bot.playground.people import Person
from bot.usecases.ports import UnitOfWork
from handlers.features import ids
from handlers.surface.form import key_of
from tests.handlers.slack.clicks import click
from tests.handlers.slack.common_setup import said_in
from tests.handlers.slack.decision_setup import decidable, decide, in_case
from tests.harness import Harness
from tests.recorded_setups import SetUp

TERMS = {
    Term.WORK: "The annual accounts.",
    Term.INVOICE: "None: all is paid.",
    Term.HANDOVER: "All papers of this year.",
}


def field(name: str) -> str:
    return key_of(ids.LETTER_FIELD, name)


async def parting(harness: Harness) -> None:
    """Anna proposes to part and Carla confirms; the closing terms are filled in by Ben."""
    await decidable(harness, "part", second=True)
    await decide(harness, harness.anna, "part")
    await confirm(harness, harness.carla)
    await fill_in_terms(harness, harness.ben)


async def alone(harness: Harness) -> None:
    """Anna is the only reviewer."""
    await decidable(harness, "part")
    await decide(harness, harness.anna, "part")
    await fill_in_terms(harness, harness.ben)


async def confirm(harness: Harness, person: Person) -> None:
    posted = next(one for one in reversed(person.read()) if ids.DECISION_LOOK in str(one.blocks))
    assert (await person.click(posted, ids.DECISION_LOOK)).ok
    assert (await person.submit()).ok
    await person.close()
    await harness.settle()


async def fill_in_terms(harness: Harness, person: Person) -> None:
    (posted,) = in_case(harness, "What comes now")
    assert (await person.click(posted, ids.FAREWELL_TERMS)).ok
    for text in TERMS.items():
        term, said = text
        block = f"{ids.FAREWELL_TERM}:{term.value}"
        while not any(block == one["block_id"] for one in person.view.content["blocks"] if one["type"] == "input"):
            assert (await person.submit()).ok
        assert (await person.type(person.view, ids.FAREWELL_TERM, said, block_id=block)).ok
    assert (await person.submit()).ok
    await person.close()


async def begin(harness: Harness, person: Person) -> None:
    (posted,) = in_case(harness, "What comes now")
    assert (await person.click(posted, ids.LETTER_WRITE)).ok


async def write(person: Person, name: str, text: str) -> None:
    assert (await person.type(person.view, ids.LETTER_FIELD, text, block_id=field(name))).ok


async def written(harness: Harness, person: Person, **texts: str) -> str:
    """Somebody writes and saves a letter, and reads it."""
    await begin(harness, person)
    for name, text in {"signed_by": "Ben Bos", **texts}.items():
        await write(person, name, text)
    assert (await person.submit()).ok
    await harness.settle()
    return said_in(person.view)


async def press(harness: Harness, person: Person, action: str) -> str:
    assert (await person.click(person.view, action)).ok
    await harness.settle()
    return said_in(person.view)


async def clicked_for(harness: Harness, person: Person, action: str, value: str) -> str:
    """Somebody clicks a button that nobody drew for them; what they read of it."""
    made_up = {**click(harness, action, value), "user": {"id": person.id, "team_id": harness.world.team_id}}
    made_up["trigger_id"] = harness.world.world.triggers.issue(person.id)
    await harness.world.dispatcher.ask("interaction", made_up)
    await harness.settle()
    return harness.sees(person)


async def opened_from_message(harness: Harness, person: Person) -> str:
    posted = next(one for one in reversed(person.read()) if ids.LETTER_READ in str(one.blocks))
    assert (await person.click(posted, ids.LETTER_READ)).ok
    return said_in(person.view)


async def opened_from_discussion(harness: Harness, person: Person) -> str:
    (posted,) = in_case(harness, "Farewell letter", person)
    assert (await person.click(posted, ids.LETTER_READ)).ok
    return said_in(person.view)


async def audited(harness: Harness, action: AuditAction) -> list[dict[str, object]]:
    """The details of what the trail keeps of an action, the first in front."""

    def read(uow: UnitOfWork) -> list[dict[str, object]]:
        entries = uow.audit.entries(uow.people.workspaces()[0].id)
        return [dict(one.details) for one in entries if one.action == action]

    return await harness.bot.database.read(read)


async def test_from_the_first_word_to_the_day_on_which_it_was_sent(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(parting)
    ben, carla = harness.ben, harness.carla
    read = await written(harness, ben, contact="Piet Jansen", thanks="Thank you for five years.")
    assert "Thank you for five years." in read
    assert "30 April 2026" in read
    assert "*Farewell letter* to *Acme*: is being written." in read
    read = await press(harness, ben, ids.LETTER_ASK)
    assert "waits for a second person" in read
    assert ids.LETTER_APPROVE not in str(ben.view.content)
    read = await opened_from_message(harness, carla)
    assert "Thank you for five years." in read
    assert "heeft akkoord" in await press(harness, carla, ids.LETTER_APPROVE)
    await ben.close()
    await opened_from_message(harness, ben)
    assert (await ben.click(ben.view, ids.LETTER_SENT)).ok
    late = await ben.submit(values={ids.LETTER_SENT_ON: "2026-05-30", ids.LETTER_SENT_BY: "post"})
    assert "still to come" in late.errors[ids.LETTER_SENT_ON]
    assert (await ben.submit(values={ids.LETTER_SENT_ON: "2026-03-02", ids.LETTER_SENT_BY: "registered"})).ok
    await harness.settle()
    assert "By registered post, on 2 March 2026." in said_in(ben.view)
    (posted,) = in_case(harness, "Farewell letter")
    assert "was sent" in str(posted.blocks)


async def test_nobody_approves_their_own_letter_while_another_can(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await written(harness, harness.anna, thanks="Thank you.")
    await press(harness, harness.anna, ids.LETTER_ASK)
    assert ids.LETTER_APPROVE not in str(harness.anna.view.content)
    await harness.anna.close()
    assert "een andere beoordelaar moet akkoord geven" in await clicked_for(
        harness, harness.anna, ids.LETTER_APPROVE, "1:1"
    )


async def test_who_is_alone_approves_it_themselves(set_up: SetUp) -> None:
    harness = await set_up(alone)
    await written(harness, harness.anna, thanks="Thank you.")
    await press(harness, harness.anna, ids.LETTER_ASK)
    assert "akkoord" in await press(harness, harness.anna, ids.LETTER_APPROVE)


async def test_a_change_after_the_approval_asks_again(set_up: SetUp) -> None:
    harness = await set_up(parting)
    ben, carla = harness.ben, harness.carla
    await written(harness, ben, thanks="Thank you.")
    await press(harness, ben, ids.LETTER_ASK)
    await opened_from_message(harness, carla)
    await press(harness, carla, ids.LETTER_APPROVE)
    assert (await ben.click(ben.view, ids.LETTER_EDIT)).ok
    await write(ben, "thanks", "Thank you for everything.")
    assert (await ben.submit()).ok
    await harness.settle()
    read = said_in(ben.view)
    assert "is being written" in read
    assert "Version 2" in read
    assert "Changed since the version before: Thanks." in read
    assert ids.LETTER_SENT not in str(ben.view.content)


async def test_versions_are_kept_and_say_what_each_changed(set_up: SetUp) -> None:
    harness = await set_up(parting)
    ben = harness.ben
    await written(harness, ben, thanks="Thank you. It was good to work with you.")
    assert ids.LETTER_VERSIONS not in str(ben.view.content)
    await ben.close(everything=True)
    await written(harness, harness.dirk, thanks="Thank you. It was good to know you.")
    read = await press(harness, harness.dirk, ids.LETTER_VERSIONS)
    assert f"*Version 2*, by <@{harness.dirk.id}>" in read
    assert "*Thanks*\nOut: “It was good to work with you.”\nIn: “It was good to know you.”" in read
    assert f"*Version 1*, by <@{ben.id}>" in read


async def test_what_it_has_to_tell_stops_it_by_name(set_up: SetUp) -> None:
    async def bare(harness: Harness) -> None:
        await decidable(harness, "part", second=True)
        await decide(harness, harness.anna, "part")
        await confirm(harness, harness.carla)

    harness = await set_up(bare)
    read = await written(harness, harness.ben, thanks="Thank you.")
    for missing in ("What they can still expect of us", "Final invoice", "What we hand over"):
        assert f"• {missing}" in read
    assert ids.LETTER_ASK not in str(harness.ben.view.content)


async def test_words_that_stand_out_are_shown_and_stay_only_once_somebody_says_so(set_up_on_both: SetUp) -> None:
    harness = await set_up_on_both(parting)
    ben, carla = harness.ben, harness.carla
    read = await written(harness, ben, own_words="You always pay late, and we are deeply disappointed.")
    assert "*In your own words*" in read
    assert "“You always” is easy to deny with one example." in read
    assert "“we are deeply disappointed” tells how we feel." in read
    assert "For example: “the dates, or how many times”" in read
    await ben.close(everything=True)
    assert "stand out. Open it again" in await clicked_for(harness, ben, ids.LETTER_ASK, "1:1")
    await opened_from_discussion(harness, ben)
    assert (await ben.click(ben.view, ids.LETTER_ASK_MARKED)).ok
    assert "“You always” is easy to deny with one example." in said_in(ben.view)
    assert (await ben.submit()).ok
    await harness.settle()
    assert "waits for a second person" in said_in(ben.view)
    assert await audited(harness, AuditAction.LETTER_MARKS_LEFT) == [{"version": 1, "marks": 3}]
    read = await opened_from_message(harness, carla)
    assert f"<@{ben.id}> heeft gekeken naar de woorden die opvallen" in read
    assert "“You always”" in read
    assert "heeft akkoord" in await press(harness, carla, ids.LETTER_APPROVE)
    assert "“You always”" not in said_in(carla.view).partition("You always pay late")[0]


async def test_words_in_the_closing_terms_stand_out_as_well(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await written(harness, harness.ben, thanks="Thank you.")
    assert ids.LETTER_ASK_MARKED not in str(harness.ben.view.content)
    await harness.ben.close()
    (posted,) = in_case(harness, "What comes now")
    assert (await harness.ben.click(posted, ids.FAREWELL_TERMS)).ok
    block = f"{ids.FAREWELL_TERM}:{Term.WORK.value}"
    assert (
        await harness.ben.type(harness.ben.view, ids.FAREWELL_TERM, "We are deeply disappointed.", block_id=block)
    ).ok
    await harness.ben.close(everything=True)
    await harness.settle()
    read = await opened_from_discussion(harness, harness.ben)
    assert "*Work we still do*" in read
    assert "“We are deeply disappointed” tells how we feel." in read


async def test_what_nobody_has_handed_in_is_not_approved(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await written(harness, harness.ben, thanks="Thank you.")
    assert "Nog niemand heeft om akkoord gevraagd" in await clicked_for(
        harness, harness.carla, ids.LETTER_APPROVE, "1:1"
    )


async def test_what_is_typed_and_not_saved_is_taken_up_by_a_colleague(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await begin(harness, harness.ben)
    await write(harness.ben, "thanks", "Thank you for")
    await harness.ben.close()
    await begin(harness, harness.dirk)
    assert harness.dirk.view.values[field("thanks")][ids.LETTER_FIELD]["value"] == "Thank you for"


async def test_of_two_who_write_at_once_nobody_loses_a_word(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await begin(harness, harness.ben)
    await begin(harness, harness.dirk)
    await write(harness.ben, "thanks", "Thank you, says Ben.")
    await write(harness.dirk, "thanks", "Thank you, says Dirk.")
    assert (await harness.ben.submit()).ok
    assert (await harness.dirk.submit()).ok
    await harness.settle()
    read = said_in(harness.dirk.view)
    assert "saved version 1 while you wrote" in read
    assert "Thank you, says Dirk." in read
    versions = await harness.bot.database.read(lambda uow: uow.letters.versions(1))
    assert [one.content.thanks for one in versions] == ["Thank you, says Ben.", "Thank you, says Dirk."]


async def test_a_letter_that_is_sent_back_says_why(set_up: SetUp) -> None:
    harness = await set_up(parting)
    ben, carla = harness.ben, harness.carla
    await written(harness, ben, thanks="Thank you.")
    await press(harness, ben, ids.LETTER_ASK)
    await opened_from_message(harness, carla)
    assert (await carla.click(carla.view, ids.LETTER_RETURN)).ok
    assert (await carla.submit(values={ids.LETTER_REASON: "Say when we stop."})).ok
    await harness.settle()
    await ben.close()
    assert "Say when we stop." in harness.sees(ben)
    assert "is being written" in await opened_from_message(harness, ben)


async def test_a_letter_waits_until_a_warning_has_run(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await harness.set("warning_days", "late_payment=14")
    ben, carla = harness.ben, harness.carla
    assert "a written warning about *Late payment* has to be sent, with 14 days to mend" in await written(
        harness, ben, thanks="Thank you."
    )
    await press(harness, ben, ids.LETTER_ASK)
    await opened_from_message(harness, carla)
    assert ids.LETTER_APPROVE not in str(carla.view.content)
    await carla.close()
    assert "Eerst komt een schriftelijke waarschuwing" in await clicked_for(harness, carla, ids.LETTER_APPROVE, "1:1")


async def test_an_exception_takes_two_people_and_a_reason(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await harness.set("warning_days", "late_payment=14")
    ben, carla = harness.ben, harness.carla
    await written(harness, ben, thanks="Thank you.")
    assert (await ben.click(ben.view, ids.LETTER_EXCEPTION)).ok
    assert (await ben.submit(values={ids.LETTER_REASON: "They threaten our people."})).ok
    await harness.settle()
    assert ids.LETTER_GRANT not in str(ben.view.content)
    read = await opened_from_message(harness, carla)
    assert "They threaten our people." in read
    await press(harness, carla, ids.LETTER_GRANT)
    await ben.close()
    await opened_from_message(harness, ben)
    await press(harness, ben, ids.LETTER_ASK)
    await carla.close()
    await opened_from_message(harness, carla)
    assert "heeft akkoord" in await press(harness, carla, ids.LETTER_APPROVE)


async def test_who_is_alone_waits_a_working_day_for_an_exception(set_up: SetUp) -> None:
    harness = await set_up(alone)
    await harness.set("warning_days", "late_payment=14")
    anna = harness.anna
    await written(harness, anna, thanks="Thank you.")
    await press(harness, anna, ids.LETTER_ASK)
    assert (await anna.click(anna.view, ids.LETTER_EXCEPTION)).ok
    assert (await anna.submit(values={ids.LETTER_REASON: "They threaten our people."})).ok
    assert ids.LETTER_APPROVE not in str(anna.view.content)
    await harness.later(timedelta(days=1))
    await anna.close()
    (posted,) = in_case(harness, "Farewell letter")
    assert (await anna.click(posted, ids.LETTER_READ)).ok
    assert "heeft akkoord" in await press(harness, anna, ids.LETTER_APPROVE)


async def test_the_word_file_comes_in_the_discussion(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await written(harness, harness.ben, thanks="Thank you.")
    await press(harness, harness.ben, ids.LETTER_FILE)
    files = [one for one in harness.world.state.files.values() if one.name.endswith(".docx")]
    assert len(files) == 1


async def test_who_ticks_a_reason_reads_what_the_letter_will_say(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await begin(harness, harness.ben)
    read = said_in(harness.ben.view)
    assert "Late payment: “A number of invoices were paid later than we had agreed.”" in read
    assert "Disrespect: “The tone of our contact did not fit" in read


async def test_the_script_stands_beside_it(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await written(harness, harness.ben, contact="Piet Jansen")
    assert "These words are to hold on to" in await press(harness, harness.ben, ids.LETTER_SCRIPT)


async def test_nobody_outside_the_discussion_reads_it(set_up: SetUp) -> None:
    harness = await set_up(parting)
    await written(harness, harness.ben, thanks="Thank you for five years.")
    eva = harness.world.person(next(one.id for one in harness.world.state.users.values() if one.name == "eva"))
    for action, value in ((ids.LETTER_READ, "1"), (ids.LETTER_EDIT, "1"), (ids.LETTER_SENT, "1")):
        await clicked_for(harness, eva, action, value)
    assert "five years" not in harness.sees(eva)
