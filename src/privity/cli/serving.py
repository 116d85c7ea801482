"""`privity up | serve | worker | init | migrate`."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final

import uvicorn
from rich.text import Text

from privity import logs
from privity.cli.connections import connections
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_next
from privity.clock import SystemClock
from privity.dashboard import make_site
from privity.delivery import Mail
from privity.errors import Unavailable
from privity.keys import FileKeyring
from privity.running import DataDirectory, Installation, initialise, migrate_by_url, open_installation, work_forever
from privity.running.certificates import Certificates
from privity.settings import read_settings
from privity.store import end_tasks
from privity.store.queue.worker import ENDS_WITHIN

_DRAIN_SECONDS: Final = 10
_LOOK_EVERY: Final = 0.02


def init(directory: Path | None = None, /, *, options: Options = DEFAULT) -> None:
    """Make a new data directory: a keyring and a commented privity.toml."""
    place = DataDirectory(directory or options.data)
    initialise(place)
    if options.json:
        print_json({"data": str(place.path), "keyring": str(place.keyring)})
        return
    print_facts([("made", str(place.path)), ("keyring", str(place.keyring))])
    console().print("\n  Keep a copy of the keyring somewhere safe, and not with the backups of the data:")
    console().print("  without it nothing that is sealed here can ever be opened again.")
    print_next("privity tenant create NAME --profile clinic --owner EMAIL", "privity up")


def migrate(*, options: Options = DEFAULT) -> None:
    """Bring databases that are given by URL to this version's schema, with their owners' credentials."""
    directory = DataDirectory(options.data)
    changed = migrate_by_url(read_settings(directory.path), FileKeyring(directory.keyring), SystemClock())
    if options.json:
        print_json({"changed": changed})
    else:
        print_facts([("schema", "brought to this version" if changed else "is at this version already")])


def up(*, port: int | None = None, tls: bool = False, options: Options = DEFAULT) -> None:
    """Run everything on this machine: databases, ledger, worker and web server, until it is told to stop.

    Parameters
    ----------
    port
        The port to listen on; 0 takes any free one.
    tls
        Serve TLS: with the certificate of the settings, or with one of an authority of its own in DIR/tls/ca.pem.
    """
    asyncio.run(_serve(options, port, tls=tls, alone=True))


def serve(*, port: int | None = None, tls: bool = False, options: Options = DEFAULT) -> None:
    """Run the web server without a worker; any number may run on databases given by URL.

    Parameters
    ----------
    port
        The port to listen on; 0 takes any free one.
    tls
        Serve TLS, as `privity up --tls` does.
    """
    asyncio.run(_serve(options, port, tls=tls, alone=False))


def worker(*, options: Options = DEFAULT) -> None:
    """Run the jobs that servers leave in the queue; any number of workers may run beside any number of servers."""
    asyncio.run(_work(options))


async def _work(options: Options) -> None:
    settings = read_settings(options.data)
    logs.start(level=settings.log_level)
    told_to_stop = asyncio.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(signalled, told_to_stop.set)
    async with open_installation(options.data, settings=settings, log_level=settings.log_level) as installation:
        working = asyncio.create_task(work_forever(installation))
        stopping = asyncio.create_task(told_to_stop.wait())
        if options.json:
            print_json({"ready": "worker"})
        else:
            console().print("ready worker")
        try:
            await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                await working
        finally:
            await end_tasks(working, stopping, again_after=2 * ENDS_WITHIN)


async def _serve(options: Options, port: int | None, *, tls: bool, alone: bool) -> None:
    """Serve until told to stop; `alone` owns the directory and works too."""
    settings = read_settings(options.data, tls=tls)
    logs.start(level=settings.log_level)
    listening = _listen(settings.host, settings.port if port is None else port)
    async with open_installation(
        options.data, settings=settings, attach=not alone, log_level=settings.log_level
    ) as installation:
        work = work_forever(installation) if alone else asyncio.Event().wait()
        await _until_told_to_stop(installation, listening, options, work)


async def _until_told_to_stop(
    installation: Installation, listening: socket.socket, options: Options, work: Coroutine[Any, Any, object]
) -> None:
    config = uvicorn.Config(
        make_site(installation),
        log_config=None,
        access_log=False,
        server_header=False,
        http=connections(installation.settings.stall_limit),
        ws="none",
        proxy_headers=installation.settings.behind_proxy,
        forwarded_allow_ips=installation.settings.trusted_proxies,
        lifespan="off",
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    certificates = Certificates.of(installation.directory, installation.settings)
    if certificates is not None:
        config.load()
        config.ssl = certificates.context
    server = uvicorn.Server(config)
    for told in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # the server raises them again when it has drained; we go on to tidy up
        asyncio.get_running_loop().add_signal_handler(told, lambda: None)
    if installation.outbox is not None and console().is_terminal:
        installation.outbox.show = _show_mail
    working = asyncio.create_task(work)
    renewing = asyncio.create_task(certificates.renew_forever() if certificates else asyncio.sleep(0))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    url = ""
    try:
        while not server.started and not serving.done():
            await asyncio.sleep(_LOOK_EVERY)
        host, port = listening.getsockname()[:2]
        url = f"{'https' if certificates else 'http'}://{host}:{port}"
        beside_another = installation.alone_since is None and installation.settings.database_url is None
        if not beside_another:  # people are sent to the server that stays
            installation.directory.note_served(url)
        if options.json:
            print_json({"ready": url})
        else:
            console().print(f"ready {url}")
            if console().is_terminal and installation.outbox is not None:
                console().print(f"mail  {installation.people_url}/app/outbox?key={installation.outbox_key}")
        await asyncio.wait([serving, working], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        if working.done():
            await working
    finally:
        installation.directory.forget_served(url)
        with contextlib.suppress(asyncio.CancelledError):
            await end_tasks(working, renewing, again_after=2 * ENDS_WITHIN)


def _show_mail(mail: Mail) -> None:
    """Print a mail that there is no server for; only a terminal gets it, never a log."""
    console().print(Text(f"\nmail to {mail.to}: {mail.subject}\n{mail.text}", style="dim"))


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else is started, so that a taken one is said at once."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Unavailable(
            f"port {port} cannot be used: {error.strerror}", advice="Choose another with --port; 0 takes any free one."
        ) from None
    return listening
