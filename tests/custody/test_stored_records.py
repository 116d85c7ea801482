"""What a stored record may hold, and what happens to one that holds more."""

import json
from typing import Any
from uuid import UUID

import msgspec
import psycopg
import pytest
from scene import Inside, Place, secrets_of, until

from privity.custody import Content, KeptTurn
from privity.custody.content import content_place, content_record, encode
from privity.errors import SealBroken
from privity.speech import ScriptedRecognizer, Transcript
from privity.speech.recognizer import AudioBuffer
from privity.vault import seal
from promises import promise

ADD_FIELD = {
    "beside the turns": lambda content, value: content.update(original_text=value),
    "in a turn": lambda content, value: content["turns"][0].update(original_text=value),
    "in a finding": lambda content, value: content["findings"][0].update(value=value),
}


async def injected(inside: Inside, conversation: UUID, content: dict[str, Any]) -> None:
    """Put content into a stored row, sealed as it should be, as code of another time might have."""
    record = content_record(inside.tenant.id, conversation)
    key = await inside.installation.keys.record_key(record.tenant, record.table, record.row)
    sealed = seal(key.key, content_place(record), key.key_id, json.dumps(content).encode())
    inside.place.rows("UPDATE tenant.conversation SET content = %s WHERE id = %s RETURNING 1", sealed, conversation)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["beside the turns", "in a turn"])
@promise("E27", sabotage="unknown_fields_are_read")
async def test_a_row_with_a_field_too_many_is_never_returned(held: Place, where: str) -> None:
    secrets = secrets_of()
    async with held.opened() as inside:
        conversation = await inside.bring(secrets.text)
        await inside.work()
        content = msgspec.to_builtins((await inside.read(conversation)).content)
        await injected(inside, conversation, content)
        assert (await inside.read(conversation)).content.turns, "the injection itself is what reading refuses"
        ADD_FIELD[where](content, secrets.social)
        await injected(inside, conversation, content)
        with pytest.raises(SealBroken) as refused:
            await inside.read(conversation)
    assert secrets.social not in repr((refused.value, refused.value.__cause__, refused.value.args))


@promise("E26", sabotage="anything_is_sealed")
def test_content_with_an_original_is_not_sealed() -> None:
    class Laden(Content, frozen=True):
        original_text: str = ""

    class LadenTurn(KeptTurn, frozen=True):
        original_text: str = ""

    assert encode(Content((KeptTurn("agent", "hello"),), ())).reveal()
    for laden in (Laden((), (), "my number is"), Content((LadenTurn("agent", "hello", "my number is"),), ())):
        with pytest.raises(SealBroken) as refused:
            encode(laden)
        assert "number" not in repr(refused.value)


@pytest.mark.slow
@promise("E26")
def test_the_table_has_no_column_for_an_original(held: Place) -> None:
    columns = held.rows(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'tenant' AND table_name = 'conversation' AND data_type NOT IN ('uuid', 'integer',"
        " 'bigint', 'timestamp with time zone')"
    )
    assert dict(columns) == {  # each is a code with a CHECK, an opaque name, or sealed
        "channel": "text",
        "retention_class": "text",
        "state": "text",
        "refusal": "text",
        "brought_by": "text",
        "source_kind": "text",
        "source_object": "text",
        "content": "bytea",
        "key_rows": "ARRAY",  # of uuid
    }
    with pytest.raises(psycopg.errors.UndefinedColumn):
        held.rows("UPDATE tenant.conversation SET original_text = 'hello'")


class Talkative(ScriptedRecognizer):
    """Fails with a sentence of what it has heard."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        raise RuntimeError(self.said)


@pytest.mark.slow
@promise("E39", sabotage="errors_are_stored_in_their_words")
async def test_what_failed_is_stored_as_a_code_and_not_in_its_words(held: Place) -> None:
    secrets = secrets_of()
    heard = secrets.name.replace(
        " ", "-"
    ).lower()  # it has the form of a code, so that nothing but our own care stops it
    async with held.opened(recognizer=Talkative(heard)) as inside:
        conversation = await inside.bring(secrets.recording(), "call")
        await inside.work()
        await until(lambda: held.rows("SELECT count(*) FROM ledger.inbox") == [(0,)])  # the outcome is sequenced too
    [row] = held.rows("SELECT state, refusal, c::text FROM tenant.conversation AS c WHERE id = %s", conversation)
    recorded = "SELECT convert_from(leaf, 'UTF8') FROM ledger.entry WHERE about = %s ORDER BY index"
    entries = held.rows(recorded, conversation)
    jobs = held.rows("SELECT j::text FROM queue.procrastinate_jobs AS j")
    events = held.rows("SELECT e::text FROM queue.procrastinate_events AS e")
    assert heard not in f"{row} {entries} {jobs} {events}"
    assert row[:2] == ("refused", "processing-error")
    assert "processing-error" in entries[-1][0], "the ledger tells it by the same code"
