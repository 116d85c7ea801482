"""`privity ledger verify | export`."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import msgspec
from cyclopts import App, Parameter

from privity.cli.inputs import whole_output
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json
from privity.errors import BadInput, LedgerUnavailable, Unreadable, VerificationError
from privity.ledger import Verified, verify_bundle

if TYPE_CHECKING:
    from privity.running import LogsJudge

ledger = App(name="ledger", help="The signed log: verify it, export it.")

_TAMPERED: Final = 1
_NOT_WITNESSED: Final = 3


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What verification says of one log."""

    log: str
    sound: bool
    size: int | None = None
    root: str | None = None
    first_bad_index: int | None = None
    reason: str | None = None
    key_known: bool = False
    witnessed_at: str | None = None


@ledger.command
def verify(
    bundle: Path | None = None,
    /,
    *,
    tenant: str | None = None,
    require_witness: Annotated[bool, Parameter(negative=())] = False,
    vkey: Annotated[str | None, Parameter(help="The log's public key, as it was given to you.")] = None,
    held: Annotated[
        list[Path] | None,
        Parameter(negative=(), help="A file with a checkpoint that you kept; may be given more than once."),
    ] = None,
    options: Options = DEFAULT,
) -> int:
    """Verify an exported log offline, or the logs of this installation.

    Exit codes: 0 sound, 1 tampered, 2 unreadable, 3 not witnessed although that was required.
    """
    if bundle is None and (vkey or held):
        raise BadInput("--vkey and --held are for a bundle", advice="privity ledger verify BUNDLE --vkey KEY")
    if bundle is None:
        verdicts = asyncio.run(_of_installation(options, tenant))
    else:
        verdicts = [_of_file(bundle, vkey, [_kept(file) for file in held or []])]
    chosen = next((verdict for verdict in verdicts if not verdict.sound), verdicts[0])
    if options.json:
        print_json({**msgspec.structs.asdict(chosen), "logs": verdicts} if len(verdicts) > 1 else chosen)
    else:
        for verdict in verdicts:
            _print(verdict)
    if not chosen.sound:
        return _TAMPERED
    return _NOT_WITNESSED if require_witness and chosen.witnessed_at is None else 0


@ledger.command
def export(file: Path, /, *, tenant: str, options: Options = DEFAULT) -> None:
    """Write a tenant's log as one bundle that anyone can verify offline."""
    from privity.cli.local import open_operator  # noqa: PLC0415 - verifying a file needs no database
    from privity.gate import Action, resources  # noqa: PLC0415 - as above

    async def act() -> Any:
        async with open_operator(options.data, tenant) as (installation, caller):
            async with installation.gate.open(caller, Action.LEDGER_EXPORT, resources.own_tenant()):
                with whole_output(file) as stream:
                    return await installation.ledger.export(caller.log, stream)

    head = asyncio.run(act())
    if options.json:
        print_json({"size": head.size, "root": head.root.hex(), "vkey": head.vkey})
        return
    print_facts(
        [("bundle", str(file)), ("entries", str(head.size)), ("root", _short(head.root.hex())), ("key", head.vkey)]
    )
    console().print(f"\n  next  privity ledger verify {file} --vkey '{head.vkey}'")


def judge(stream: BinaryIO, vkey: str | None, log: str = "", held: Sequence[str] = ()) -> Verdict:
    """Return what verification says of a bundle; raises Unreadable for what is none."""
    try:
        return _sound(verify_bundle(stream, vkeys=[vkey] if vkey else [], held=held))
    except VerificationError as error:
        return _unsound(log, error)


def _sound(verified: Verified) -> Verdict:
    return Verdict(
        log=verified.log, sound=True, size=verified.size, root=verified.root.hex(), key_known=verified.pinned
    )


def _unsound(log: str, error: VerificationError) -> Verdict:
    return Verdict(log=log, sound=False, first_bad_index=error.first_bad_index, reason=error.message)


class _Shown(msgspec.Struct):
    checkpoint: str


def _kept(file: Path) -> str:
    """Return the note in a file: alone, however its lines end, or in what `/v1/ledger/checkpoint` answers."""
    try:
        text = file.read_text(encoding="utf-8")
        if text.startswith("{"):
            text = msgspec.json.decode(text, type=_Shown).checkpoint
        return text.strip("\n") + "\n"
    except msgspec.DecodeError:
        raise Unreadable("a file holds no checkpoint", advice="Give the note as it was shown.") from None
    except (OSError, UnicodeDecodeError):
        raise Unreadable("a checkpoint that was kept cannot be read", advice="Give the note as it was shown.") from None


def _of_file(bundle: Path, vkey: str | None, held: Sequence[str]) -> Verdict:
    try:
        with bundle.open("rb") as stream:
            return judge(stream, vkey, held=held)
    except OSError as error:
        raise Unreadable(f"the bundle cannot be read: {error.strerror}", advice="Check the path.") from None


async def _of_installation(options: Options, tenant: str | None) -> list[Verdict]:
    """Return the verdict on each log, after recording that it was asked for.

    A tenant's log is compared with what the platform's log tells of it, so that one is judged too, and said when it
    does not hold. A log that was cut takes no entries, this one neither, so it is judged all the same; as long as every
    log is sound, what cannot be recorded does not happen.
    """
    try:
        return await _recorded(options, tenant)
    except LedgerUnavailable:
        verdicts = await _unrecorded(options, tenant)
        if all(verdict.sound for verdict in verdicts):
            raise
        return verdicts


async def _recorded(options: Options, tenant: str | None) -> list[Verdict]:
    from privity.cli.local import open_operator  # noqa: PLC0415 - verifying a file needs no database
    from privity.gate import Action, resources  # noqa: PLC0415 - as above
    from privity.notary import PLATFORM  # noqa: PLC0415 - as above
    from privity.running import LogsJudge  # noqa: PLC0415 - as above

    async with open_operator(options.data, tenant) as (installation, operator):
        callers = [operator]
        if operator.tenant is None:
            tenants = await installation.tenants.all()
            callers += [msgspec.structs.replace(operator, tenant=each.id) for each in tenants]
        judge = LogsJudge(installation)
        verdicts = []
        if operator.tenant is not None and not (platform := await _verdict_of(judge, PLATFORM)).sound:
            verdicts = [platform]
        for caller in callers:
            resource = resources.the_platform() if caller.tenant is None else resources.own_tenant()
            async with installation.gate.open(caller, Action.LEDGER_EXPORT, resource):
                verdicts.append(await _verdict_of(judge, caller.log))
    return verdicts


async def _unrecorded(options: Options, tenant: str | None) -> list[Verdict]:
    from privity.notary import PLATFORM  # noqa: PLC0415 - verifying a file needs no database
    from privity.running import LogsJudge, open_logs  # noqa: PLC0415 - as above

    async with open_logs(options.data) as logs:
        tenants = await logs.tenants.all() if tenant is None else [await logs.tenants.find(tenant)]
        judge = LogsJudge(logs)
        platform = await _verdict_of(judge, PLATFORM)
        return [*[await _verdict_of(judge, str(each.id)) for each in tenants], platform]


async def _verdict_of(judge: "LogsJudge", log: str) -> Verdict:
    """Return what verification says of a log of this installation; the platform's is to be asked for first."""
    from privity.notary import PLATFORM  # noqa: PLC0415 - verifying a file needs no database

    try:
        return _sound(await (judge.platform() if log == PLATFORM else judge.tenant(log)))
    except VerificationError as error:
        return _unsound(log, error)


def _print(verdict: Verdict) -> None:
    if verdict.sound:
        witnessed = f"witnessed {verdict.witnessed_at}" if verdict.witnessed_at else "signed, not witnessed"
        facts = [
            ("sound", f"{verdict.size} entries of log {verdict.log}"),
            ("root", _short(verdict.root or "")),
            ("signed", witnessed if verdict.key_known else f"{witnessed}; by the key in the bundle itself"),
        ]
    else:
        where = "" if verdict.first_bad_index is None else f"first bad index {verdict.first_bad_index}"
        facts = [("tampered", where), ("why", verdict.reason or "")]
    print_facts(facts)


def _short(digest: str) -> str:
    return f"{digest[:4]}…{digest[-4:]}"
