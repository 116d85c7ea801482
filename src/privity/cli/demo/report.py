"""How the demo tells what it found out."""

from collections import Counter
from typing import Any, Final

from rich.text import Text

from privity.cli.demo.scenes import TENANT, Shown
from privity.cli.printing import console, print_turns

_WIDTH: Final = 11


def print_report(shown: Shown, scene: str) -> None:
    """Print what one scene found out."""
    match scene:
        case "set up":
            _line("set up", "PostgreSQL 18 (embedded), keys and ledger apart, speech model loaded", shown.set_up_s)
        case "kept":
            _print_call(shown)
        case "searched":
            _line("looked for", f"the {shown.values} spoken values, as words and as digits, in database files, WAL,")
            _line("", f"blobs, logs, temp: {shown.found} found")
            _line("control", f"the same search on a scratch copy with hiding switched off: {shown.control_found} found")
        case "verified" if shown.ledger is not None:
            root = shown.ledger.root or ""
            _line("recorded", f"{shown.ledger.size} entries, root {root[:4]}…{root[-2:]}, signed; not witnessed")
            _line("verified", f"offline, without the server: {'sound' if shown.ledger.sound else 'NOT SOUND'}")
        case "tampered" if shown.tampered is not None:
            caught = f"caught: first bad index {shown.tampered.first_bad_index}"
            told = caught if not shown.tampered.sound else "NOT CAUGHT"
            _line("tampered", f"changed one byte of entry 7 as database superuser, on a copy: {told}")
        case "deleted":
            dead = "unreadable" if shown.shredded else "STILL READABLE"
            proved = "certificate verified" if shown.certified else "NO CERTIFICATE"
            _line("deleted", f"a second record: key destroyed, copy restored, {dead}; {proved}")
        case "end":
            to = console()
            to.print()
            to.print("  Your turn  .venv/bin/privity up                                then open the URL it prints")
            to.print(f"             .venv/bin/privity ingest YOUR.wav --tenant {TENANT}")
        case _:
            pass


def report_json(shown: Shown, elapsed_s: float) -> dict[str, Any]:
    """Return what the demo found out, with the keys that programs rely on."""
    conversation = shown.ingested.shown if shown.ingested else None
    ledger = shown.ledger
    return {
        "tenant_id": shown.tenant_id,
        "conversation_id": shown.ingested.id if shown.ingested else None,
        "audio": True,
        "findings": [{"label": f.label, "detector": f.detector} for f in conversation.findings] if conversation else [],
        "redacted_text": conversation.redacted_text if conversation else None,
        "sealed": shown.sealed,
        "searched": {"found": shown.found, "control_found": shown.control_found},
        "ledger": {
            "size": ledger.size if ledger else None,
            "root": ledger.root if ledger else None,
            "sound": bool(ledger and ledger.sound),
            "witnessed": False,
        },
        "tamper": {"first_bad_index": shown.tampered.first_bad_index if shown.tampered else None},
        "shredded": shown.shredded,
        "elapsed_s": round(elapsed_s, 1),
    }


def _print_call(shown: Shown) -> None:
    conversation = shown.ingested.shown if shown.ingested else None
    seconds = shown.duration_ms // 1000
    which = "demo/call.flac, two voices, 8 kHz," if shown.bundled else "your recording,"
    _line("call", f"{which} {seconds // 60}:{seconds % 60:02}; sealed before it reached the disk")
    _line("heard", f"in memory, {shown.words} words", shown.heard_s)
    if conversation is None:
        return
    counts = Counter(finding.label for finding in conversation.findings)
    hidden = " · ".join(f"{label} {count}" for label, count in counts.items())
    _line("hidden", f"{len(conversation.findings)} spans: {hidden}")
    to = console()
    to.print()
    print_turns([(turn.speaker, turn.text) for turn in conversation.turns])
    card = next((finding for finding in conversation.findings if finding.label == "CARD"), None)
    if card is not None:
        to.print()
        to.print(f"    why [CARD]?  {card.why}", markup=False)
    to.print()


def _line(name: str, told: str, seconds: float | None = None) -> None:
    took = "" if seconds is None else f"{seconds:6.1f} s"
    console().print(Text.assemble("  ", (f"{name:<{_WIDTH}}", "bold"), f"{told:<76}", (took, "dim")))
