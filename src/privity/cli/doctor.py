"""`privity doctor`: looks at each part, says what is wrong and how to mend it."""

import asyncio
import shutil
import stat
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Final

import msgspec
from cyclopts import Parameter

from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_json
from privity.errors import LedgerUnavailable, PrivityError
from privity.keys import FileKeyring
from privity.running import DataDirectory, Installation, LogsOf, look_at_logs, open_installation, open_logs
from privity.running.certificates import WARN_BELOW, CertificateFiles, certificate_files
from privity.running.initialising import require_no_lost_keyring
from privity.settings import read_settings

_LEAST_FREE_BYTES: Final = 1 << 30


class Check(msgspec.Struct, frozen=True):
    """One part: how it is, and what to do if it is not well."""

    part: str
    well: bool
    detail: str
    advice: str = ""


def doctor(*, fix: Annotated[bool, Parameter(negative=())] = False, options: Options = DEFAULT) -> int:
    """Check settings, files, keys, databases, ledger, speech and disk; exit code 1 if something is not well.

    Parameters
    ----------
    fix
        Mend what can be mended safely: modes of files and folders.
    """
    directory = DataDirectory(options.data)
    checks = [*_on_disk(directory, fix=fix)]
    if all(check.well for check in checks):
        checks += asyncio.run(_running(options))
    if options.json:
        print_json({"well": all(check.well for check in checks), "checks": checks})
    else:
        _print(checks)
    return 0 if all(check.well for check in checks) else 1


def _on_disk(directory: DataDirectory, *, fix: bool) -> list[Check]:
    try:
        require_no_lost_keyring(directory)
    except PrivityError as error:
        return [Check("keyring", False, error.message, error.advice)]
    if not directory.initialised:
        return [
            Check("directory", False, f"{directory.path} is not set up", "privity init, or name another with --data")
        ]
    checks = []
    try:
        settings = read_settings(directory.path)
        checks.append(Check("settings", True, "read"))
        checks += _certificate(certificate_files(directory, settings))
    except PrivityError as error:
        checks.append(Check("settings", False, error.message, error.advice))
    for part, path, mode in (("keyring", directory.keyring, 0o600), ("blobs", directory.blobs, 0o700)):
        if fix and path.exists() and stat.S_IMODE(path.stat().st_mode) & ~mode:
            path.chmod(mode)
        open_to_others = path.exists() and stat.S_IMODE(path.stat().st_mode) & ~mode
        detail = f"mode {stat.S_IMODE(path.stat().st_mode):o}" if path.exists() else "made when it is needed"
        checks.append(Check(part, not open_to_others, detail, f"chmod {mode:o} {path}" if open_to_others else ""))
    try:
        FileKeyring(directory.keyring)
    except PrivityError as error:
        checks.append(Check("keyring", False, error.message, error.advice))
    free = shutil.disk_usage(directory.path).free
    checks.append(
        Check(
            "disk",
            free >= _LEAST_FREE_BYTES,
            f"{free >> 20} MiB free",
            "" if free >= _LEAST_FREE_BYTES else "free space",
        )
    )
    return checks


def _certificate(files: CertificateFiles | None) -> list[Check]:
    """Return how the server's certificate is, if it has one: whoever renews it needs to hear in time (promise C21)."""
    if files is None:
        return []
    left = files.expires_at() - datetime.now(UTC)
    well = left >= WARN_BELOW
    advice = "" if well else f"renew {files.chain}; the running server takes the new files by itself"
    return [Check("certificate", well, f"{max(0, left.days)} days left", advice)]


async def _running(options: Options) -> list[Check]:
    try:
        async with open_installation(options.data) as installation:
            return await _parts(installation)
    except LedgerUnavailable as error:
        async with open_logs(options.data) as logs:
            return [
                Check("start", False, error.message, error.advice),
                await _logs(logs),
            ]
    except PrivityError as error:
        return [Check("start", False, error.message, error.advice)]


async def _logs(logs: LogsOf, halted: Sequence[str] = ()) -> Check:
    """Return whether each log is what was signed: nothing is recorded in one whose end is not."""
    looked = await look_at_logs(logs)
    unsound = sorted({*looked.unsound, *halted})
    if unsound:
        advice = "privity ledger verify, then restore the log"
        return Check("logs", False, f"not what was signed: {', '.join(unsound)}", advice)
    if looked.unread:
        return Check("logs", True, f"end where they were signed; {len(looked.unread)} are too long to be read here")
    return Check("logs", True, "are what was signed")


async def _parts(installation: Installation) -> list[Check]:
    ready = await installation.readiness()
    checks = [
        Check(
            part, well, "answers" if well else "does not answer", "" if well else f"see {installation.directory.logs}"
        )
        for part, well in ready.items()
    ]
    inbox = await installation.inbox.health()
    checks.append(
        Check(
            "inbox",
            inbox.ready,
            f"{inbox.depth} entries wait, the oldest {inbox.oldest:.1f} s",
            "" if inbox.ready else "the sequencer is down or behind",
        )
    )
    checks.append(await _logs(installation, inbox.halted))
    speech = await installation.recognizer.health()
    checks.append(Check("speech", True, speech.detail, "" if speech.ready else speech.advice))
    return checks


def _print(checks: list[Check]) -> None:
    to = console()
    width = max(len(check.part) for check in checks)
    for check in checks:
        mark = "[green]ok  [/]" if check.well else "[bold red]fail[/]"
        to.print(f"  {mark}  {check.part:<{width}}  {check.detail}")
        if check.advice:
            to.print(f"        {'':<{width}}  to do: {check.advice}")
