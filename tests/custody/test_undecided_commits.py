"""A commit whose end nobody learns: what was accepted stays whole, and what was not is taken away."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from scene import Inside, Pieces, Place, found_in, pieces, secrets_of, until

from privity.custody import Channel
from privity.custody.telephony import CardMetadata, Draft, FaxDraft
from privity.errors import StoreUnavailable
from privity.gate import Access, Action, resources
from privity.identity import Origin, operator_of_this_machine
from privity.running import sweep_every_tenant
from privity.running.sample_telephony import _attachments as sample_files
from promises import promise

pytestmark = pytest.mark.slow

KEYS = """
    SELECT table_name FROM keys.record_key WHERE row_id = ANY(%s) AND table_name <> 'search_key' ORDER BY table_name
"""
AGED = "UPDATE keys.record_key SET created_at = created_at - interval '25 h' WHERE row_id = ANY(%s) RETURNING 1"
SOURCE = "SELECT source_object FROM tenant.conversation WHERE id = %s"
ENTRIES = "SELECT convert_from(leaf, 'UTF8') FROM ledger.entry WHERE log = %s ORDER BY index DESC LIMIT 20"
INBOX = "SELECT count(*) FROM ledger.inbox WHERE log = %s"
OTHER_SIDE = "+12025550147"


class Ending:
    """Lets the transaction that writes one kind of row end badly.

    The connection is lost `before` the commit or `after` it, the act is `cancelled` after it, or the commit `refused`.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, inside: Inside) -> None:
        self.rows: list[UUID] = []
        self._watched = "nothing yet"
        self._how = ""
        self._armed: Any = None
        execute, keys = psycopg.AsyncConnection.execute, inside.installation.keys
        make = keys.new_record_key

        async def executed(connection: Any, query: Any, *more: Any, **named: Any) -> Any:
            if self._watched in str(query):
                self._armed = connection
            if query != "COMMIT" or connection is not self._armed:
                return await execute(connection, query, *more, **named)
            self._armed = None
            if self._how == "refused":
                await execute(connection, "ROLLBACK")
                raise psycopg.errors.SerializationFailure("could not serialize access")
            if self._how == "before":  # killed on the server: the real error of a lost connection comes of it
                with inside.place.behind_the_walls() as superuser:
                    superuser.execute("SELECT pg_terminate_backend(%s, 5000)", (connection.info.backend_pid,))
                return await execute(connection, query)
            ended = await execute(connection, query)
            assert ended.statusmessage == "COMMIT"
            if self._how == "cancelled":
                task = asyncio.current_task()
                assert task is not None
                task.cancel()
                await asyncio.sleep(1)
            await connection.close()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

        async def made(tenant: UUID, table: str, row: UUID) -> Any:
            self.rows.append(row)
            return await make(tenant, table, row)

        monkeypatch.setattr(psycopg.AsyncConnection, "execute", executed)
        monkeypatch.setattr(keys, "new_record_key", made)

    async def of(self, table: str, how: str, act: Callable[[], Awaitable[Any]]) -> None:
        """Return when the act has failed in this way at the commit of its row in `table`."""
        self.rows.clear()
        self._watched, self._how = f"INSERT INTO tenant.{table} ", how
        with pytest.raises(asyncio.CancelledError if how == "cancelled" else StoreUnavailable):
            await act()
        assert self._armed is None, "the row was not written"
        self._watched = "nothing any more"


async def swept(inside: Inside, rows: list[UUID]) -> None:
    """Sweep as a day later."""
    inside.place.rows(AGED, rows, side="keys")
    await sweep_every_tenant(inside.installation, unnamed_for=timedelta())


@promise("E13", sabotage="undecided_commits_are_undone")
@pytest.mark.parametrize("how", ["after", "cancelled"])
async def test_what_was_kept_unknown_to_its_bringer_stays_whole(
    held: Place, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    content, key = secrets_of().text, secrets_of().mail
    async with held.opened() as inside:
        ending = Ending(monkeypatch, inside)
        await ending.of("conversation", how, lambda: asyncio.create_task(inside.receive(content, key=key)))
        [conversation] = ending.rows
        await swept(inside, [conversation])
        [(source,)] = held.rows(SOURCE, conversation)
        assert await inside.installation.blobs.exists(source)
        again = await inside.receive(content, key=key)
        assert (again.id, again.replayed) == (conversation, True)
        await inside.work()
        assert (await inside.read(conversation)).content is not None


@promise("E13", sabotage="unnamed_blobs_stay")
async def test_what_was_not_kept_is_ciphertext_until_the_sweep_takes_it(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets, key, before = secrets_of(), secrets_of().mail, set(held.blobs())
    async with held.opened() as inside:
        ending = Ending(monkeypatch, inside)
        await ending.of("conversation", "before", lambda: inside.receive(secrets.text, key=key))
        [conversation] = ending.rows
        assert held.rows(SOURCE, conversation) == []
        [left] = set(held.blobs()) - before
        assert len(left.read_bytes()) > len(secrets.text)
        assert found_in([held.data.blobs], secrets.all) == {}
        await swept(inside, [conversation])
        assert set(held.blobs()) <= before
        assert held.rows(KEYS, [conversation], side="keys") == []
        again = await inside.receive(secrets.text, key=key)
        assert not again.replayed


async def test_what_was_refused_for_certain_is_taken_back_at_once(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(held.blobs())
    async with held.opened() as inside:
        ending = Ending(monkeypatch, inside)
        await ending.of("conversation", "refused", lambda: inside.receive(secrets_of().text))
        assert set(held.blobs()) <= before
        assert held.rows(KEYS, ending.rows, side="keys") == []


@pytest.mark.parametrize(("how", "told"), [("after", [202]), ("cancelled", [202]), ("before", []), ("refused", [503])])
async def test_ledger_tells_of_an_undecided_act_only_what_is_so(
    held: Place, monkeypatch: pytest.MonkeyPatch, how: str, told: list[int]
) -> None:
    decisions: list[UUID] = []
    async with held.opened() as inside:

        async def bring() -> None:
            async with inside.may(Action.CONVERSATION_CREATE, resources.own_project()) as access:
                access.status = 202
                decisions.append(access.decision)
                upload = Pieces(Channel.UPLOAD, pieces(secrets_of().text))
                await inside.installation.intake.receive(access, upload)

        await Ending(monkeypatch, inside).of("conversation", how, lambda: asyncio.create_task(bring()))
        await until(lambda: held.rows(INBOX, str(inside.tenant.id)) == [(0,)])
    [decision] = decisions
    entries = [json.loads(text) for (text,) in held.rows(ENTRIES, str(inside.tenant.id))]
    outcomes = [each["body"] for each in entries if each["body"].get("cause") == str(decision)]
    assert [each["status"] for each in outcomes] == told
    assert [each["id"] for each in entries].count(str(decision)) == 1, "the intent stands in any case"


def number() -> str:
    return f"+1202555{random.SystemRandom().randrange(2000, 10000)}"


class Office:
    """What an operator does to telephony."""

    def __init__(self, inside: Inside) -> None:
        self._inside = inside
        self._installation = inside.installation
        self._telephony = inside.installation.telephony
        self._tenant = inside.tenant.id
        self.own = number()

    def acts(self) -> dict[str, Callable[[], Awaitable[Any]]]:
        """By the table that each writes."""
        picture, paper, _ = sample_files()
        here, own, new = self._telephony, self.own, self._installation.ids.new
        draft = Draft(from_number=OTHER_SIDE, to_number=own, body="See you on Thursday", attachments=(picture,))
        fax = FaxDraft(from_number=OTHER_SIDE, to_number=own, paper=paper)
        card = CardMetadata(token="tok_abcdefgh", brand="visa", last4="4242", expired=False)
        return {
            "number": lambda: self._do(Action.NUMBER_CREATE, lambda it: here.own_numbers.add(it, number())),
            "message": lambda: self._do(Action.MESSAGE_RECEIVE, lambda it: here.writing.receive(it, draft, new())),
            "fax": lambda: self._do(Action.FAX_RECEIVE, lambda it: here.faxes.receive(it, fax)),
            "call": lambda: self._do(
                Action.CALL_CREATE,
                lambda it: here.calls.begin(it, own, OTHER_SIDE, inbound=False, transport="memory"),
            ),
            "payment": lambda: self._pay(card),
        }

    async def _pay(self, card: CardMetadata) -> None:
        async with self._inside.may(Action.PAYMENT_CREATE, resources.own_project()) as access:
            await self._telephony.payments.add(access, card, None)

    async def claim(self) -> None:
        await self._do(Action.NUMBER_CREATE, lambda it: self._telephony.own_numbers.add(it, self.own))

    async def _do(self, action: Action, act: Callable[[Access], Awaitable[Any]]) -> Any:
        operator = operator_of_this_machine(self._tenant, Origin(request_id=self._installation.ids.new()))
        async with self._installation.gate.open(operator, action, resources.own_project()) as access:
            return await act(access)


@promise("E13", sabotage="undecided_commits_are_undone")
async def test_every_other_intake_leaves_what_is_undecided_to_the_sweep(
    held: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with held.opened() as inside:
        office = Office(inside)
        await office.claim()
        ending = Ending(monkeypatch, inside)
        kept: list[UUID] = []
        lost: list[UUID] = []
        blobs: set[Path] = set()
        for table, act in office.acts().items():
            before = set(held.blobs())
            await ending.of(table, "after", act)
            [(there,)] = held.rows(f"SELECT count(*) FROM tenant.{table} WHERE id = ANY(%s)", ending.rows)
            assert there == 1
            kept += ending.rows
            blobs |= set(held.blobs()) - before
            await ending.of(table, "before", act)
            lost += ending.rows
        assert len(blobs) == 2, "the picture and the paper"
        names = ["call", "fax", "media", "media", "message", "message_body", "number", "payment"]
        assert [name for (name,) in held.rows(KEYS, lost, side="keys")] == names
        await swept(inside, kept + lost)
        assert held.rows(KEYS, lost, side="keys") == []
        assert [name for (name,) in held.rows(KEYS, kept, side="keys")] == names
        assert blobs <= set(held.blobs())
