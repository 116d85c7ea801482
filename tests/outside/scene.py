"""An installation as the world sees it: a data directory, `privity up` as a process, calls over HTTP, raw bytes.

    def test_something(stage: Stage) -> None:            a directory of its own, two tenants in it, nothing running
        with stage.serving() as server:
            conversation = server.bring(b"agent: hello")

    async def test_something(held: Place) -> None:       a directory that is kept running, without server or worker
        async with held.opened(recognizer=...) as inside:
            conversation = await inside.bring(b"agent: hello")
            await inside.work()

Directories are copies of one that is made once a session. This file is a program too: `scene.py hold DIR` runs a
directory until its standard input ends, `scene.py privity ARGUMENTS` is the command line with a scripted recognizer and
under a hook that notes every file that is opened to be written.
"""

import asyncio
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import httpx
import onlooker
import psycopg
import pytest

import privity
from privity.custody import Channel, Received, parse_channel
from privity.errors import PrivityError
from privity.gate import Access, Action, Resource, resources
from privity.identity import Caller, CallerKind, Origin, Scope, operator_of_this_machine
from privity.keys import FileKeyring
from privity.platform import Profile
from privity.running import DataDirectory, Installation, make_tenant, make_token, make_worker, open_installation
from privity.speech import ScriptedRecognizer, Segment, Transcript
from privity.speech.recognizer import AudioBuffer
from privity.store import EmbeddedCluster, derived_passwords, end_tasks
from privity.store.queue.worker import ENDS_WITHIN

SOURCES = str(Path(privity.__file__).resolve().parent.parent)
TENANTS = ("birch", "cedar")
_STARTS_WITHIN = 180.0
_SETTLES_WITHIN = 120.0
_LOOK_EVERY = 0.02
_OF_THE_QUEUE = "-c search_path=queue"  # names without a schema are its tables

_TEMPLATE = pytest.StashKey["Place"]()
_HELD = pytest.StashKey["Place"]()


@dataclass(frozen=True)
class Tenant:
    """A tenant with its first project and a token of every scope."""

    id: UUID
    project: UUID
    token: str = field(repr=False)


@dataclass(frozen=True)
class Place:
    """A data directory and who lives in it."""

    folder: Path
    tenants: dict[str, Tenant]

    @property
    def data(self) -> DataDirectory:
        return DataDirectory(self.folder / "data")

    @property
    def birch(self) -> Tenant:
        return self.tenants["birch"]

    @property
    def cedar(self) -> Tenant:
        return self.tenants["cedar"]

    @contextmanager
    def behind_the_walls(self, side: str = "data") -> Iterator[psycopg.Connection[Any]]:
        """Connect to a running cluster as its superuser, whom no product code is."""
        with onlooker.connected(self.cluster(side), _OF_THE_QUEUE) as connection:
            yield connection

    def rows(self, query: str, *values: object, side: str = "data") -> list[tuple[Any, ...]]:
        """Return what a query of the superuser gives."""
        return onlooker.rows(self.cluster(side), query.encode(), values, options=_OF_THE_QUEUE)

    def cluster(self, side: str) -> EmbeddedCluster:
        """Return one of the two clusters, running or not."""

        def password_for(role: str) -> str:
            return derived_passwords(bytes(FileKeyring(self.data.keyring).installation_secret().reveal()))(role)

        return EmbeddedCluster(self.data.path / "clusters" / side, password_for)

    def blobs(self) -> list[Path]:
        """Return every file in the folder of blobs, half-written ones too."""
        return [path for path in self.data.blobs.rglob("*") if path.is_file()]

    @asynccontextmanager
    async def opened(self, tenant: str = "birch", **parts: Any) -> AsyncIterator["Inside"]:
        """Attach to the directory from this process; `parts` are those of `open_installation`."""
        async with open_installation(self.data.path, **parts) as installation:
            yield Inside(self, installation, self.tenants[tenant])


@dataclass(frozen=True)
class Inside:
    """An installation that is open in this process, seen as one tenant's application."""

    place: Place
    installation: Installation
    tenant: Tenant

    def caller(self) -> Caller:
        return Caller(
            kind=CallerKind.SERVICE,
            id="0123456789",
            tenant=self.tenant.id,
            project=self.tenant.project,
            scopes=frozenset(Scope),
            origin=Origin(request_id=self.installation.ids.new()),
        )

    @asynccontextmanager
    async def may(self, action: Action, resource: Resource) -> AsyncIterator[Access]:
        """Go through the gate."""
        async with self.installation.gate.open(self.caller(), action, resource) as access:
            yield access

    async def bring(self, content: bytes, channel: str = "upload", key: str | None = None) -> UUID:
        """Bring a conversation in and return its id."""
        return (await self.receive(content, channel, key)).id

    async def receive(self, content: bytes, channel: str = "upload", key: str | None = None) -> Received:
        async with self.may(Action.CONVERSATION_CREATE, resources.own_project()) as access:
            upload = Pieces(parse_channel(channel), pieces(content))
            return await self.installation.intake.receive(access, upload, idempotency_key=key)

    async def read(self, conversation: UUID) -> Any:
        async with self.may(Action.CONVERSATION_READ, resources.conversation(conversation)) as access:
            return await self.installation.conversations.read(access)

    async def delete(self, conversation: UUID) -> UUID:
        async with self.may(Action.CONVERSATION_DELETE, resources.conversation(conversation)) as access:
            return await self.installation.deletions.request(access)

    @asynccontextmanager
    async def working(self, stalled_after: float = 0.9) -> AsyncIterator[None]:
        """Run jobs as long as the block runs."""
        task = asyncio.create_task(make_worker(self.installation, stalled_after=stalled_after).run())
        try:
            yield
        finally:
            await end_tasks(task, again_after=ENDS_WITHIN)

    async def work(self, within: float = _SETTLES_WITHIN) -> None:
        """Run jobs until there are none left to run."""
        async with self.working():
            await until(lambda: not self.place.rows(OPEN_JOBS), within)


def forked(main: Callable[[], Coroutine[Any, Any, None]]) -> int:
    """Run a coroutine in a copy of this process, with a loop of its own, and return how the copy ended."""
    child = os.fork()
    if child == 0:
        asyncio.set_event_loop(None)
        asyncio.events._set_running_loop(None)
        code = 1
        try:
            asyncio.run(asyncio.wait_for(main(), _SETTLES_WITHIN))
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


LEFT_OVER = (  # what earlier tests of the same place began, so that no sweep orders it again
    "DELETE FROM queue.procrastinate_jobs",
    "DELETE FROM tenant.webhook_delivery",
    "DELETE FROM tenant.missed WHERE state = 'pending'",
    "UPDATE tenant.message SET status = 'failed' WHERE status = 'queued'",
    "UPDATE tenant.recording SET blob = NULL",
    "UPDATE tenant.redaction SET state = 'done', done_at = now() WHERE state = 'running'",
    "DELETE FROM tenant.recording_permission",
    "DELETE FROM tenant.deletion WHERE state = 'requested'",
    "DELETE FROM tenant.erasure",
)
OPEN_JOBS = "SELECT id, task_name, status FROM queue.procrastinate_jobs WHERE status IN ('todo', 'doing')"


@dataclass(frozen=True)
class Pieces:
    """An upload."""

    channel: Channel
    chunks: AsyncIterator[bytes]


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 1 << 16):
        yield content[start : start + (1 << 16)]


async def until(done: Callable[[], bool], within: float = _SETTLES_WITHIN) -> None:
    """Wait, in a test that runs a loop, until something is so."""
    deadline = time.monotonic() + within
    while not done():
        assert time.monotonic() < deadline, "it did not become so in time"
        await asyncio.sleep(_LOOK_EVERY)


@dataclass
class Server:
    """`privity up` as a process, and calls to it."""

    place: Place
    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def client(self, tenant: str | None = "birch", **headers: str) -> httpx.Client:
        if tenant is not None:
            headers["Authorization"] = f"Bearer {self.place.tenants[tenant].token}"
        return httpx.Client(base_url=self.url, headers=headers, timeout=30, trust_env=False)

    def post(
        self, content: bytes, *, name: str = "conversation", channel: str = "upload", **more: Any
    ) -> httpx.Response:
        """Send a conversation as multipart/form-data."""
        with self.client(more.pop("tenant", "birch")) as client:
            return client.post("/v1/conversations", data={"channel": channel}, files={"file": (name, content)}, **more)

    def bring(self, content: bytes, **more: Any) -> str:
        """Bring a conversation in and return its id once it is settled and its source is wiped."""
        answer = self.post(content, **more)
        assert answer.status_code == 202, answer.text
        identity = str(answer.json()["id"])
        self.settled(identity)
        self.idle()
        return identity

    def get(self, path: str, tenant: str | None = "birch") -> httpx.Response:
        with self.client(tenant) as client:
            return client.get(path)

    def settled(self, conversation: str, within: float = _SETTLES_WITHIN) -> dict[str, Any]:
        """Return a conversation once it is kept or refused."""
        deadline = time.monotonic() + within
        while True:
            answer = self.get(f"/v1/conversations/{conversation}")
            assert answer.status_code in {200, 503}, answer.text  # 503 for a moment after a start
            shown: dict[str, Any] = answer.json()
            if shown.get("state", "received") != "received":
                return shown
            assert time.monotonic() < deadline, "the conversation was not settled in time"
            time.sleep(_LOOK_EVERY)

    def idle(self, within: float = _SETTLES_WITHIN) -> None:
        """Wait until no job is left: a conversation is settled a moment before its source is wiped."""
        deadline = time.monotonic() + within
        while self.place.rows(OPEN_JOBS):
            assert time.monotonic() < deadline, "there is work left"
            time.sleep(_LOOK_EVERY)

    def delete(self, conversation: str) -> str:
        with self.client() as client:
            answer = client.delete(f"/v1/conversations/{conversation}")
        assert answer.status_code == 202, answer.text
        return str(answer.json()["deletion_id"])

    def certificate(self, deletion: str, within: float = _SETTLES_WITHIN) -> bytes:
        """Return the certificate of a deletion once there is one."""
        deadline = time.monotonic() + within
        while (answer := self.get(f"/v1/deletions/{deletion}/certificate")).status_code != 200:
            assert answer.status_code == 409, answer.text
            assert time.monotonic() < deadline, "the deletion did not end in time"
            time.sleep(_LOOK_EVERY)
        return answer.content

    def pid_of(self, part: str) -> int:
        """Return the process id of `data` or `keys`, a postmaster, or of the `sequencer`."""
        if part == "sequencer":
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            return next(int(pid) for pid in children if b"notary.process" in Path(f"/proc/{pid}/cmdline").read_bytes())
        return int((self.place.data.path / "clusters" / part / "postmaster.pid").read_text().split()[0])

    def stop(self) -> int:
        """End it as an operator does, and return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(30)

    def kill(self) -> None:
        """End it as a power cut does; its clusters and its sequencer die with it."""
        self.process.kill()
        self.process.wait(30)


@dataclass(frozen=True)
class Stage:
    """A place with nothing running in it, and how to run things."""

    place: Place
    scripts: Path
    """Transcripts for the scripted recognizer: `<sha256 of the audio>.json`."""

    temporary: Path
    """What TMPDIR and HOME are for every process of this stage."""

    outputs: Path
    """What processes say, and in `written` a line for each file that one of them opened to write."""

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": SOURCES,
            "TMPDIR": str(self.temporary),
            "HOME": str(self.temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
            "SCENE_SCRIPTS": str(self.scripts),
            "SCENE_WRITTEN": str(self.outputs / "written"),
            **more,
        }

    def command(
        self, *arguments: str, given: bytes = b"", under: Sequence[str] = (), **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one command of the command line to its end, `under` a program that watches it."""
        return subprocess.run(
            [*under, sys.executable, __file__, "privity", *arguments, "--data", self.place.data.path],
            input=given,
            capture_output=True,
            env=self.environment(**environment),
            timeout=600,
            check=False,
        )

    @contextmanager
    def serving(
        self, *, umask: int = -1, limits: Callable[[], None] | None = None, command: str = "up", **more: str
    ) -> Iterator[Server]:
        """Run `privity up`, or `privity serve`, as long as the block runs."""
        log = self.outputs / f"{len(list(self.outputs.iterdir()))}.log"
        with log.open("wb") as errors:
            process = subprocess.Popen(
                [sys.executable, __file__, "privity", command, "--port", "0", "--json", "--data", self.place.data.path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=self.environment(**more),
                umask=umask,
                preexec_fn=limits,  # noqa: PLW1509 - it sets limits and nothing else
            )
        assert process.stdout is not None
        try:
            ready = _line_of(process.stdout)
            assert ready, f"privity up ended with {process.wait(30)}: {log.read_text()}"
            server = Server(self.place, process, json.loads(ready)["ready"], log)
            yield server
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(30)
            process.stdout.close()


@dataclass(frozen=True)
class Secrets:
    """What one caller says of himself, chosen at random for each call of `secrets_of`."""

    name: str
    social: str
    card: str
    phone: str
    spoken: str
    mail: str

    @property
    def all(self) -> tuple[str, ...]:
        """Every value, in words and in figures."""
        return (self.name, self.social, self.card, self.phone, self.spoken, self.mail)

    @property
    def turns(self) -> list[tuple[str, str]]:
        return [
            ("agent", "thank you for calling the birch clinic, can i have your name please"),
            ("caller", f"my name is {self.name}"),
            ("caller", f"my social security number is {self.social} and my card number is {self.card}"),
            ("agent", "and how can we reach you"),
            ("caller", f"my phone number is {self.phone}, my email address is {self.mail}"),
            ("caller", f"my other phone number is {self.spoken}"),
        ]

    @property
    def text(self) -> bytes:
        return "\n".join(f"{speaker}: {text}" for speaker, text in self.turns).encode()

    @property
    def json_turns(self) -> bytes:
        return json.dumps({"turns": [{"speaker": speaker, "text": text} for speaker, text in self.turns]}).encode()

    @property
    def transcript(self) -> Transcript:
        """What a recognizer hears."""
        turns = tuple(Segment(speaker=speaker, text=text) for speaker, text in self.turns)
        return Transcript(turns=turns, duration_ms=9_000, language="en")

    def recording(self, size: int = 4_000) -> bytes:
        """Return something that looks like a wav file and has every value in its bytes, again and again."""
        again = b"\n".join(value.encode() for value in self.all)
        return (b"RIFF\x24\x08\x00\x00WAVEfmt " + again * (size // len(again) + 1))[:size]


def secrets_of() -> Secrets:
    """Return made-up values, other ones each time."""
    pick = random.SystemRandom()

    def digits(count: int) -> str:
        return "".join(str(pick.randint(0, 9)) for _ in range(count))

    card = "4" + digits(14)
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(card)]  # Luhn, ISO/IEC 7812-1 annex B
    card += str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)
    given = pick.choice(("Maria", "James", "Linda", "Robert", "Susan", "Carlos"))
    family = pick.choice(("Gonzalez", "Kowalski", "Ramirez", "Okafor", "Schmidt", "Fischer"))
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return Secrets(
        name=f"{given} {family}",
        social=f"{pick.randint(100, 665)}-{pick.randint(10, 99)}-{pick.randint(1000, 9999)}",
        card=card,
        phone=f"415-555-{pick.randint(1000, 9999)}",
        spoken=" ".join(words[int(digit)] for digit in "312555" + digits(4)),
        mail=f"{given}.{family}{digits(5)}@example.org".lower(),
    )


def _line_of(stream: IO[bytes]) -> bytes:
    """Return the first line that a process writes, or nothing when it ends before that or takes too long."""
    import select

    readable, _, _ = select.select([stream], [], [], _STARTS_WITHIN)
    return stream.readline() if readable else b""


def found_in(folders: Iterable[Path], needles: Iterable[str]) -> dict[str, list[str]]:
    """Return each needle that some file or its name holds, in any case, with the files; every byte is read."""
    wanted = {needle: needle.lower().encode() for needle in needles}
    found: dict[str, list[str]] = {}
    for folder in folders:
        for path in [folder] if folder.is_file() else folder.rglob("*"):
            if not path.is_file() or path.is_symlink():
                continue
            with contextlib.suppress(FileNotFoundError):
                content = path.read_bytes().lower()
                for needle, pattern in wanted.items():
                    if pattern in content or needle.lower().encode() in path.name.lower().encode():
                        found.setdefault(needle, []).append(str(path))
    return found


def _once(
    config: pytest.Config, key: pytest.StashKey[Place], make: Callable[[], AbstractContextManager[Place]]
) -> Place:
    """Return what is made once for a run, however many folders of tests have the fixture."""
    if key not in config.stash:
        stack = contextlib.ExitStack()
        config.add_cleanup(stack.close)
        config.stash[key] = stack.enter_context(make())
    return config.stash[key]


@pytest.fixture(scope="session")
def template(pytestconfig: pytest.Config) -> Place:
    """A directory with two tenants, stopped; everything else is a copy of it."""
    return _once(pytestconfig, _TEMPLATE, _made)


@pytest.fixture
def held(pytestconfig: pytest.Config, template: Place) -> Place:
    """A place whose clusters and sequencer run in a process of their own, with no server, no worker and no jobs."""
    place = _once(pytestconfig, _HELD, lambda: _held(template))
    with place.behind_the_walls() as connection:
        for statement in LEFT_OVER:
            connection.execute(statement)
    for left in place.blobs():
        left.unlink()
    return place


@contextmanager
def _made() -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="privity-scene-"))
    try:
        with holding(folder / "data") as told:
            tenants = {name: Tenant(UUID(t["id"]), UUID(t["project"]), t["token"]) for name, t in told.items()}
        for cluster in ("data", "keys"):  # only a failing machine would tell the difference
            with (folder / "data" / "clusters" / cluster / "postgresql.auto.conf").open("a") as settings:
                settings.write("fsync = off\n")
        yield Place(folder, tenants)
    finally:
        clear(folder)


@contextmanager
def _held(template: Place) -> Iterator[Place]:
    place = copied(template)
    try:
        with holding(place.data.path):
            yield place
    finally:
        clear(place.folder)


def clear(folder: Path) -> None:
    """Remove a folder once the servers in it have ended."""
    onlooker.look_away(folder)
    _await_end(folder)
    shutil.rmtree(folder, ignore_errors=True)


def _await_end(folder: Path) -> None:
    """Wait for the databases in a folder: those whose `privity up` was killed take a moment to end."""
    deadline = time.monotonic() + 10
    while any(folder.rglob("postmaster.pid")) and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY)


def copied(place: Place) -> Place:
    """Return a copy of a place whose clusters are stopped."""
    _await_end(place.folder)
    folder = Path(tempfile.mkdtemp(prefix="privity-scene-"))
    subprocess.run(["cp", "-a", place.data.path, folder / "data"], check=True, timeout=60)
    return Place(folder, place.tenants)


@contextmanager
def staged(template: Place) -> Iterator[Stage]:
    """Make a stage and clear it away."""
    place = copied(template)
    folders = [place.folder / name for name in ("scripts", "temporary", "outputs")]
    for folder in folders:
        folder.mkdir(mode=0o700)
    try:
        yield Stage(place, *folders)
    finally:
        clear(place.folder)


@pytest.fixture
def stage(template: Place) -> Iterator[Stage]:
    """A stage for one test."""
    with staged(template) as made:
        yield made


@contextmanager
def holding(data: Path) -> Iterator[dict[str, Any]]:
    """Run a directory in a process of its own, and tell which tenants it has."""
    environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": SOURCES}
    with subprocess.Popen(
        [sys.executable, __file__, "hold", data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            told = _line_of(process.stdout)
            if not told:
                raise RuntimeError("the directory could not be opened")
            yield json.loads(told)
        finally:
            process.stdin.close()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


async def _hold(data: Path) -> None:
    async with open_installation(data) as installation:
        known = {tenant.name for tenant in await installation.tenants.all()}
        made = {} if known else {name: await _provisioned(installation, name) for name in TENANTS}
        print(json.dumps(made), flush=True)
        await asyncio.to_thread(sys.stdin.read)


async def _provisioned(installation: Installation, name: str) -> dict[str, str]:
    operator = operator_of_this_machine(None, Origin(request_id=installation.ids.new()))
    tenant, project = await make_tenant(
        installation, operator, name=name, profile=Profile("clinic"), owner="owner@example.org"
    )
    inside = operator_of_this_machine(tenant, operator.origin)
    token = await make_token(installation, inside, scopes=frozenset(Scope), name="first")
    return {"id": str(tenant), "project": str(project), "token": token.text}


class Rereading(ScriptedRecognizer):
    """Reads its script anew each time, so that a test may add to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    async def transcribe(self, audio: AudioBuffer, **more: Any) -> Transcript:
        return await ScriptedRecognizer.of_folder(self._folder).transcribe(audio, **more)


def _note_writes(to: Path) -> None:
    """Note every file that this process opens to write from now on."""
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            os.write(descriptor, f"{arguments[0]}\n".encode())

    sys.addaudithook(hook)


def _main() -> None:
    role, *arguments = sys.argv[1:]
    if role == "hold":
        try:
            asyncio.run(_hold(Path(arguments[0])))
        except PrivityError as error:
            sys.exit(f"{error.message} {error.advice}")
    else:
        from privity.cli import main
        from privity.running import installation

        _note_writes(Path(os.environ.pop("SCENE_WRITTEN")))
        if scripts := os.environ.pop("SCENE_SCRIPTS"):
            installation.open_recognizer = lambda *_: Rereading(Path(scripts))  # type: ignore[attr-defined]  # replaced for tests
        sys.argv[1:] = arguments
        main()


if __name__ == "__main__":
    _main()
