"""What happens to a conversation, in which order, and that nothing of the original outlives its turn."""

import gc
from collections.abc import AsyncIterator, Callable
from itertools import chain
from typing import Any

import pytest
from scene import OPEN_JOBS, Inside, Place, Secrets, secrets_of, until

from privity.custody import processing
from privity.custody.sources import SourceKind, parse_turns, recognise
from privity.errors import StoreUnavailable, Unreadable
from privity.redact import RedactedTurns, Redactor, Turn
from privity.speech import ScriptedRecognizer, Transcript
from privity.speech.recognizer import AudioBuffer
from privity.vault import seal
from promises import promise

ROW = "SELECT state, refusal, source_object, content IS NOT NULL FROM tenant.conversation WHERE id = %s"


class Events(list[str]):
    """What happened, in order."""


class Hearing(ScriptedRecognizer):
    """Hears one transcript and notes when; leaves it to its caller to clear the recording."""

    def __init__(self, transcript: Transcript, events: Events) -> None:
        super().__init__()
        self.transcript = transcript
        self.events = events
        self.recording: AudioBuffer = bytearray()

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        assert bytes(audio[:4]) == b"RIFF"
        self.recording = audio
        self.events.append("recognized")
        return self.transcript


class Hiding(Redactor):
    def __init__(self, events: Events) -> None:
        super().__init__()
        self.events = events

    def redact_turns(self, turns: Any, *more: Any) -> RedactedTurns:
        self.events.append("redacted")
        return super().redact_turns(turns, *more)


def watch(inside: Inside, events: Events, monkeypatch: pytest.MonkeyPatch, cleared: Callable[[], bool]) -> None:
    """Note each step that is not the recognizer's or the redactor's."""
    installation = inside.installation
    keys, blobs = installation.keys, installation.blobs
    record_key, shred, delete = keys.record_key, keys.shred, blobs.delete

    async def opened(tenant: Any, table: str, row: Any) -> Any:
        if table == "conversation_source":
            events.append("opened")
        return await record_key(tenant, table, row)

    def sealed(*arguments: Any) -> bytearray:
        events.extend(["cleared"] * cleared() + ["sealed"])
        return seal(*arguments)

    async def shredded(tenant: Any, table: str, row: Any) -> Any:
        [(state, _, _, stored)] = inside.place.rows(ROW, row)
        events.extend(["stored"] * (state == "kept" and stored) + ["source key destroyed"])
        return await shred(tenant, table, row)

    async def deleted(name: str) -> None:
        events.append("source wiped")
        await delete(name)

    monkeypatch.setattr(processing, "seal", sealed)
    monkeypatch.setattr(keys, "record_key", opened)
    monkeypatch.setattr(keys, "shred", shredded)
    monkeypatch.setattr(blobs, "delete", deleted)


ORDER = ["opened", "recognized", "redacted", "cleared", "sealed", "stored", "source key destroyed", "source wiped"]


@pytest.mark.slow
@promise("E41", "E24", sabotage="original_is_not_cleared")
async def test_a_recording_is_worked_on_in_the_promised_order(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    events, secrets = Events(), secrets_of()
    recognizer = Hearing(secrets.transcript, events)
    async with held.opened(recognizer=recognizer, redactor=Hiding(events)) as inside:
        conversation = await inside.bring(secrets.recording(), channel="call")
        watch(inside, events, monkeypatch, lambda: not any(recognizer.recording))
        await inside.work()
        assert events == ORDER
        assert held.rows(ROW, conversation) == [("kept", None, None, True)]
        assert held.blobs() == []


@pytest.mark.slow
@promise("E41", "E24", sabotage="original_is_not_cleared")
async def test_a_text_is_cleared_before_anything_is_sealed(held: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    events, secrets, sources = Events(), secrets_of(), []

    def parse(kind: Any, raw: bytearray) -> tuple[Turn, ...]:
        sources.append(raw)
        return parse_turns(kind, raw)

    monkeypatch.setattr(processing, "parse_turns", parse)
    async with held.opened(redactor=Hiding(events)) as inside:
        await inside.bring(secrets.text)
        watch(inside, events, monkeypatch, lambda: not any(sources[0]))
        await inside.work()
    assert events == [step for step in ORDER if step != "recognized"]


def alive(values: tuple[str, ...]) -> set[str]:
    """Return which values some live str, bytes or bytearray holds, reached through everything the collector knows.

    What is garbage but not collected yet counts as live. What is looked for does not count itself.
    """
    needles = [(value, value.encode()) for value in values]
    own = {id(form) for forms in needles for form in forms}
    kinds, shortest = (str, bytes, bytearray), min(map(len, values))
    tracked = gc.get_objects()
    held = {
        id(thing): thing
        for thing in chain(tracked, gc.get_referents(*tracked))
        if isinstance(thing, kinds) and len(thing) >= shortest and id(thing) not in own
    }
    found: set[str] = set()
    for thing in held.values():
        if isinstance(thing, str):
            found.update(text for text, _ in needles if text in thing)
        else:
            found.update(text for text, raw in needles if raw in thing)
    return found


def numbered(secrets: Secrets) -> tuple[str, ...]:
    """The values that no word list of a redactor holds."""
    return (secrets.social, secrets.card, secrets.phone, secrets.mail, secrets.spoken)


class Failing(Redactor):
    def redact_turns(self, turns: Any, *_: Any) -> RedactedTurns:
        raise ValueError(turns[1].text, turns)


class Broken(ScriptedRecognizer):
    """Fails with all that it has heard in its hands."""

    def __init__(self, secrets: Callable[[], Transcript]) -> None:
        super().__init__()
        self.secrets = secrets

    async def transcribe(self, audio: AudioBuffer, **_: Any) -> Transcript:
        heard = self.secrets()
        error = RuntimeError(heard.turns[2].text, heard)  # a name for it makes a cycle, as many libraries do
        raise error


class Holder:
    """Keeps values in a form in which nobody finds them."""

    def __init__(self, secrets: Secrets) -> None:
        self._fields = [[ord(char) ^ 1 for char in value] for value in secrets.all]

    def secrets(self) -> Secrets:
        return Secrets(*("".join(chr(char ^ 1) for char in value) for value in self._fields))


async def fails(*_: Any, **__: Any) -> Any:
    raise StoreUnavailable("the store is gone")


def breaks(*_: Any, **__: Any) -> Any:
    raise ValueError("sealing is broken")


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["none", "open", "transcribe", "redact", "seal", "store"])
@promise("E28", sabotage="failures_keep_their_frames")
async def test_the_original_leaves_memory_when_it_is_redacted_or_fails(
    held: Place, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    holder = Holder(secrets_of())
    left: list[set[str]] = []
    parts: dict[str, Any] = {"redactor": Failing()} if stage == "redact" else {}
    if stage == "transcribe":
        parts["recognizer"] = Broken(lambda: holder.secrets().transcript)

    def look() -> None:
        left.append(alive(numbered(holder.secrets())))

    async with held.opened(**parts) as inside:
        content = holder.secrets().recording() if stage == "transcribe" else holder.secrets().text
        conversation = await inside.bring(content)
        del content
        look()  # what came in is not held while it waits
        if stage == "open":
            [blob] = held.blobs()
            blob.write_bytes(blob.read_bytes()[:-1] + b"\0")
        work = inside.installation.processing
        refuse, keep = work._refuse, work._keep

        async def looking_refuse(*arguments: Any) -> None:
            look()
            await refuse(*arguments)

        async def looking_keep(*arguments: Any) -> None:
            look()
            if stage == "store":
                await fails()
            await keep(*arguments)

        monkeypatch.setattr(work, "_refuse", looking_refuse)
        monkeypatch.setattr(work, "_keep", looking_keep)
        if stage == "seal":
            monkeypatch.setattr(processing, "seal", breaks)
        async with inside.working():
            await until(lambda: len(left) > 1)
            if stage not in {"seal", "store"}:  # these are tried again
                await until(lambda: not held.rows(OPEN_JOBS))
        look()
    assert left == [set(), set(), set()]
    ends = {"none": ("kept", None), "open": ("refused", "seal-broken")}
    ends |= dict.fromkeys(("transcribe", "redact"), ("refused", "processing-error"))
    [(state, refusal, source, _)] = held.rows(ROW, conversation)
    assert (state, refusal) == ends.get(stage, ("received", None))
    assert (source is None) == (state != "received")


def test_the_search_of_memory_finds_what_is_held() -> None:
    holder = Holder(secrets_of())
    held = [holder.secrets().text, {"deep": bytearray(holder.secrets().mail.encode())}]
    assert alive(numbered(holder.secrets())) == set(numbered(holder.secrets()))
    del held
    assert alive(numbered(holder.secrets())) == set()


async def test_text_is_text_behind_pieces_of_nothing() -> None:
    async def pieces(*content: bytes) -> AsyncIterator[bytes]:
        for piece in content:
            yield piece

    assert (await recognise(pieces(*[b"\n"] * 40, b"caller: hello"))).kind is SourceKind.TEXT
    assert (await recognise(pieces(b" " * 99, b'{"turns": []}'))).kind is SourceKind.TURNS
    with pytest.raises(Unreadable, match="empty"):
        await recognise(pieces(*[b" " * 9999] * 9))
