"""Deletions of messages and the like are certified, also when the worker is killed between any two steps."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from scene import Inside, Place, forked, until
from test_deleting import die
from test_sweeping import stepped

from privity.custody.telephony import Draft
from privity.gate import Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.lifecycle import CertificateDocument, certifying, verify_certificate
from privity.running import Installation, certificate_of, sweep_every_tenant
from promises import promise

pytestmark = pytest.mark.slow

NUMBER = "+12025550199"
NOTE = b"leave the blue folder with the porter"
OPEN = "SELECT count(*) FROM tenant.deletion WHERE state = 'requested'"
KEYS = "SELECT key_id FROM keys.record_key WHERE row_id = ANY(%s) ORDER BY key_id"
GONE = "SELECT record_id FROM tenant.deleted_record WHERE deletion_id = %s"


async def message_of(inside: Inside) -> tuple[UUID, list[UUID]]:
    """Let a message with an attachment arrive, and return its id and those of both."""
    here = inside.installation
    operator = operator_of_this_machine(inside.tenant.id, Origin(request_id=here.ids.new()))
    if await here.telephony.directory.owner(here.telephony.index.across(NUMBER)) is None:
        async with here.gate.open(operator, Action.NUMBER_CREATE, resources.own_project()) as access:
            await here.telephony.own_numbers.add(access, NUMBER)
    draft = Draft(from_number="+12025550147", to_number=NUMBER, body="bring the folder", attachments=[NOTE])
    async with here.gate.open(operator, Action.MESSAGE_RECEIVE, resources.own_project()) as access:
        message = await here.telephony.writing.receive(access, draft, here.ids.new())
    assert message is not None
    [(media,)] = inside.place.rows("SELECT id FROM tenant.media WHERE parent_id = %s", message)
    return message, [message, media]


async def delete(inside: Inside, message: UUID) -> UUID:
    async with inside.may(Action.MESSAGE_DELETE, resources.message(message)) as access:
        await inside.installation.telephony.messages.delete(access)
    return UUID(access.outcome["deletion"])


async def certificate(inside: Inside, deletion: UUID) -> CertificateDocument:
    async with inside.may(Action.DELETION_READ, resources.deletion(deletion)) as access:
        return await certificate_of(inside.installation, access)


STEPS: dict[str, Callable[[Installation], tuple[object, str]]] = {
    "before the keys are noted": lambda installation: (installation.telephony.erasing, "_note_keys"),
    "when the keys are noted": lambda installation: (installation.keys, "shred_many"),
    "when the keys are gone": lambda installation: (installation.blobs, "delete"),
    "when the blob is gone": lambda installation: (installation.telephony.erasing, "_forget"),
    "when the certificate is about to be kept": lambda _: (certifying, "digest_of"),
}


@pytest.mark.parametrize("step", STEPS)
@promise("C14", sabotage="erasing_forgets_which_keys_there_were")
async def test_a_deletion_whose_worker_is_killed_is_certified_by_the_next(held: Place, step: str) -> None:
    async with held.opened() as inside:
        message, things = await message_of(inside)
        keys = [str(key) for (key,) in held.rows(KEYS, things, side="keys")]
        assert len(keys) == 3, "of the numbers, of the text, of the attachment"
        deletion = await delete(inside, message)

    async def killed() -> None:
        async with held.opened() as victim:
            setattr(*STEPS[step](victim.installation), die)
            async with victim.working():
                await until(lambda: False)

    assert forked(killed) == -9, "the worker was not killed where it should be"
    async with held.opened() as inside:
        await inside.work()
        document = await certificate(inside, deletion)
    assert verify_certificate(document) > 0
    told = document.certificate
    assert told["keys_destroyed"] == keys
    assert (told["keys_left"], told["blobs_wiped"], told["blobs_left"], told["rows_left"]) == (0, 1, 0, 0)
    assert {record["id"] for record in told["records"]} == {str(thing) for thing in things}
    assert held.rows(KEYS, things, side="keys") == []


async def test_a_deletion_that_nobody_certified_is_found_by_the_sweep(held: Place) -> None:
    async with held.opened() as inside:
        message, _ = await message_of(inside)
        deletion = await delete(inside, message)
        held.rows("DELETE FROM tenant.erasure RETURNING 1")
        held.rows("UPDATE tenant.deletion SET purged_at = now() WHERE id = %s RETURNING 1", deletion)
        held.rows("DELETE FROM queue.procrastinate_jobs RETURNING 1")
        stepped(inside).advance(timedelta(minutes=61))
        await sweep_every_tenant(inside.installation)
        await inside.work()
        assert verify_certificate(await certificate(inside, deletion)) > 0


@promise("C14", sabotage="certified_although_something_is_left")
async def test_nothing_is_certified_while_something_of_it_is_left(held: Place) -> None:
    async with held.opened() as inside:
        message, _ = await message_of(inside)
        other, _ = await message_of(inside)
        deletion = await delete(inside, message)
        held.rows(  # as if another message had not gone with it
            "UPDATE tenant.deleted_record SET record_id = %s WHERE deletion_id = %s AND kind = 'message' RETURNING 1",
            other,
            deletion,
        )
        await inside.work()
        assert held.rows("SELECT state, certificate FROM tenant.deletion WHERE id = %s", deletion) == [
            ("requested", None)
        ]
        await delete(inside, other)
        stepped(inside).advance(timedelta(minutes=61))
        await sweep_every_tenant(inside.installation)
        await inside.work()
        assert verify_certificate(await certificate(inside, deletion)) > 0
