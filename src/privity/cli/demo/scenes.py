"""The scenes of the demo, in order; each tells what it did as soon as it is done."""

import asyncio
import io
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
import psycopg

from privity.cli.demo.assets import Assets
from privity.cli.demo.control import hiding_off
from privity.cli.demo.search import found_in, spoken_values
from privity.cli.ledger import Verdict, judge
from privity.cli.local import LocalSession
from privity.cli.session import Ingested
from privity.custody import Channel
from privity.errors import NotFound, SealBroken
from privity.identity import Origin, operator_of_this_machine
from privity.keys import FileKeyring
from privity.lifecycle import verify_certificate
from privity.platform import Profile
from privity.redact import Redactor, Turn
from privity.running import DataDirectory, Installation, exported_log, make_tenant, open_installation
from privity.settings import Settings
from privity.speech import AudioBuffer, Health, Recognizer, ScriptedRecognizer, Transcript, open_recognizer
from privity.store import EmbeddedCluster, derived_passwords
from privity.store.roles import SUPERUSER

TENANT: Final = "birch"
_TAMPERED_ENTRY: Final = 7
_SECOND: Final = b"agent: may I have your name\ncaller: this is Walter Finch, my number is 415 555 0132\n"

Tell = Callable[["Shown", str], None]


class Shown(msgspec.Struct, kw_only=True):
    """Everything that the demo found out, filled scene by scene."""

    bundled: bool = True
    tenant_id: UUID | None = None
    ingested: Ingested | None = None
    words: int = 0
    duration_ms: int = 0
    set_up_s: float = 0.0
    heard_s: float = 0.0
    values: int = 0
    found: int = 0
    control_found: int = 0
    ledger: Verdict | None = None
    tampered: Verdict | None = None
    shredded: bool = False
    sealed: bool = False
    certified: bool = False

    @property
    def holds(self) -> bool:
        """Whether every claim held."""
        return (
            self.found == 0
            and self.control_found == self.values
            and self.sealed
            and self.shredded
            and self.certified
            and bool(self.ledger and self.ledger.sound)
            and bool(self.tampered and self.tampered.first_bad_index == _TAMPERED_ENTRY)
        )


class _Remembering:
    """A recognizer that counts, times and, for the control only, remembers what another one heard."""

    def __init__(self, inner: Recognizer) -> None:
        self._inner = inner
        self.transcripts: list[Transcript] = []
        self.seconds = 0.0

    async def transcribe(
        self, audio: AudioBuffer, *, deadline_s: float, speakers: tuple[str, ...] = ("agent", "caller")
    ) -> Transcript:
        """Return what the other recognizer hears."""
        began = time.monotonic()
        heard = await self._inner.transcribe(audio, deadline_s=deadline_s, speakers=speakers)
        self.seconds += time.monotonic() - began
        self.transcripts.append(heard)
        return heard

    async def health(self) -> Health:
        """Return the other recognizer's health."""
        return await self._inner.health()


async def play(data: Path, assets: Assets, tell: Tell | None) -> Shown:
    """Return what the demo found out; `tell` is called after each scene with its name."""
    shown = Shown(bundled=bool(assets.spoken))

    def done(scene: str) -> None:
        if tell is not None:
            tell(shown, scene)

    listening = _Remembering(open_recognizer("faster_whisper", assets.model))
    second = await _call(data, assets, listening, shown, done)
    with tempfile.TemporaryDirectory(prefix="privity-demo-") as scratch:
        copy = Path(scratch) / "data"
        _copy(data, copy)
        await _search(data, assets, listening, shown)
        done("searched")
        deletion = await _verify_and_delete(data, second, shown, done)
        await _attack(data, copy, second, shown)
    done("tampered")
    shown.certified = deletion
    done("deleted")
    done("end")
    return shown


async def _call(data: Path, assets: Assets, listening: _Remembering, shown: Shown, done: Callable[[str], None]) -> UUID:
    """Bring the call in, and a second record that will be deleted; return the second one's id."""
    began = time.monotonic()
    async with open_installation(data, recognizer=listening) as installation:
        session = await _session(installation, shown)
        await listening.health()
        shown.set_up_s = time.monotonic() - began
        done("set up")
        shown.ingested = await session.ingest(assets.call, Channel.CALL, wait=True)
        shown.heard_s = listening.seconds
        shown.words = sum(len(turn.text.split()) for heard in listening.transcripts for turn in heard.turns)
        shown.duration_ms = sum(heard.duration_ms for heard in listening.transcripts)
        done("kept")
        with tempfile.TemporaryDirectory(prefix="privity-demo-") as folder:
            text = Path(folder) / "second"
            text.write_bytes(_SECOND)
            second = await session.ingest(text, Channel.UPLOAD, wait=True)
    return second.id


async def _session(installation: Installation, shown: Shown) -> LocalSession:
    origin = Origin(request_id=installation.ids.new())
    try:
        shown.tenant_id = (await installation.tenants.find(TENANT)).id
    except NotFound:
        platform = operator_of_this_machine(None, origin)
        shown.tenant_id, _ = await make_tenant(
            installation, platform, name=TENANT, profile=Profile.CLINIC, owner="owner@birch.example", synthetic=True
        )
    return LocalSession(installation, operator_of_this_machine(shown.tenant_id, origin))


async def _search(data: Path, assets: Assets, listening: _Remembering, shown: Shown) -> None:
    """Look for the spoken values in what was written, then where hiding was off."""
    turns = [Turn(speaker=turn.speaker, text=turn.text) for heard in listening.transcripts for turn in heard.turns]
    values = spoken_values(turns, Redactor(), assets.spoken)
    shown.values = len(values)
    shown.found = found_in([data], values)
    with hiding_off() as (scratch, redactor):
        script = ScriptedRecognizer(then=listening.transcripts)
        async with open_installation(scratch, settings=Settings(), recognizer=script, redactor=redactor) as control:
            await (await _session(control, Shown())).ingest(assets.call, Channel.CALL, wait=True)
        shown.control_found = found_in([scratch], values)
    listening.transcripts.clear()


async def _verify_and_delete(data: Path, second: UUID, shown: Shown, done: Callable[[str], None]) -> bool:
    async with open_installation(data) as installation:
        session = await _session(installation, shown)
        assert shown.ingested is not None
        shown.sealed = await _is_sealed(installation, shown.ingested.id)
        async with exported_log(installation, str(shown.tenant_id)) as (vkey, stream):
            shown.ledger = judge(stream, vkey)
        done("verified")
        deletion = await session.delete(second)
        document = await session.certificate(deletion)
    return verify_certificate(document) > 0


async def _is_sealed(installation: Installation, conversation: UUID) -> bool:
    """Whether the stored content of a record tells nothing to a superuser of the database."""
    cluster = _cluster(installation.directory)
    with psycopg.connect(cluster.dsn(SUPERUSER)) as superuser:
        row = superuser.execute("SELECT content FROM tenant.conversation WHERE id = %s", (conversation,)).fetchone()
    return row is not None and b"turns" not in bytes(row[0])


async def _attack(data: Path, copy: Path, second: UUID, shown: Shown) -> None:
    """On a copy from before the deletion, with today's keys: read the deleted record, then change the log."""
    shutil.rmtree(copy / "clusters" / "keys")
    _copy(data / "clusters" / "keys", copy / "clusters" / "keys")
    async with open_installation(copy) as restored:
        session = await _session(restored, shown)
        try:
            await session.show(second)
        except (NotFound, SealBroken):
            shown.shredded = await _row_is_back(restored, second)
    async with open_installation(copy) as restored:
        await asyncio.to_thread(_change_one_byte, _cluster(restored.directory), str(shown.tenant_id))
        with io.BytesIO() as stream:
            head = await restored.ledger.export(str(shown.tenant_id), stream)
            stream.seek(0)
            shown.tampered = judge(stream, head.vkey, head.log)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder with the owners of its files, without which PostgreSQL does not start."""
    subprocess.run(["cp", "--archive", source, target], check=True, stdin=subprocess.DEVNULL)


async def _row_is_back(restored: Installation, conversation: UUID) -> bool:
    """Whether the copy holds the deleted record's row, so that only its missing key can have kept it closed."""
    with psycopg.connect(_cluster(restored.directory).dsn(SUPERUSER)) as superuser:
        return (
            superuser.execute("SELECT FROM tenant.conversation WHERE id = %s", (conversation,)).fetchone() is not None
        )


def _change_one_byte(cluster: EmbeddedCluster, log: str) -> None:
    with psycopg.connect(cluster.dsn(SUPERUSER)) as superuser:
        superuser.execute("ALTER TABLE ledger.entry DISABLE TRIGGER ALL")
        superuser.execute(
            "UPDATE ledger.entry SET leaf = set_byte(leaf, 60, get_byte(leaf, 60) # 1) WHERE log = %s AND index = %s",
            (log, _TAMPERED_ENTRY),
        )


def _cluster(directory: DataDirectory) -> EmbeddedCluster:
    passwords = derived_passwords(bytes(FileKeyring(directory.keyring).installation_secret().reveal()))
    return EmbeddedCluster(directory.data_cluster, passwords, logs=directory.logs)
