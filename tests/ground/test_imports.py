"""The order of the rooms holds, and every contract about it bites."""

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CONTRACTS = REPOSITORY / ".importlinter"

ROOMS = [
    "cli",
    "dashboard",
    "api",
    "laml",
    "running",
    "custody",
    "lifecycle",
    "gate",
    "identity",
    "platform",
    "delivery",
    "speech",
    "notary",
    "keys",
    "store",
    "bulk",
    "redact",
    "vault",
    "ledger",
    "rules",
]
BASE = ["webhooks", "logs", "log_filter", "settings", "openbao", "ids", "clock", "durable", "errors"]
REDACT = [
    *(
        "documents",
        "streaming",
        "missed",
        "redactor",
        "detectors",
        "uncertain",
        "sentence_words",
        "tagger",
        "numbers",
        "places",
        "names",
        "dates",
    ),
    *(
        "online",
        "forms",
        "languages",
        "hiding",
        "policies",
        "reading",
        "asides",
        "turns",
        "claims",
        "findings",
        "checks",
    ),
    "labels",
]
# What the contracts speak of has to be there: the modules, and one lawful import of each library.
LAWFUL = {
    "store/transactions/tenant.py": "",
    "store/transactions/lookup.py": "",
    "store/transactions/platform.py": "",
    "store/transactions/ledger.py": "",
    "store/queue.py": "import procrastinate",
    "gate/engine.py": "import cedarpy",
    "gate/gate.py": "from privity.store.transactions.tenant import open\nfrom privity.identity import caller",
    "identity/tokens.py": "from privity.store.transactions import lookup",
    "platform/tenants.py": "from privity.store.transactions.platform import open",
    "notary/sequencer.py": "from privity.store.transactions.ledger import open",
    "api/app.py": "import litestar\nfrom privity.running import start",
    "dashboard/app.py": "import litestar\nfrom privity.api import app",
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the repository on the package `privity` in `folder`."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo", "--config", str(CONTRACTS)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def house(folder: Path, **files: str) -> Path:
    """An empty Privity with every room, its lawful imports, and `files` added to it."""
    package = folder / "privity"
    for room in ROOMS:
        (package / room).mkdir(parents=True)
    (package / "store" / "transactions").mkdir()
    for init in [package, *(path for path in package.rglob("*") if path.is_dir())]:
        (init / "__init__.py").touch()
    for name in [*BASE, *(f"redact/{part}" for part in REDACT)]:
        (package / f"{name}.py").touch()
    for name, text in {**LAWFUL, **files}.items():
        (package / name).write_text(text + "\n")
    return folder


def test_rooms_import_downwards_only() -> None:
    import privity

    done = lint(Path(privity.__file__).parent.parent)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_lawful_house_keeps_every_contract(tmp_path: Path) -> None:
    done = lint(house(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


VIOLATIONS = {
    "rooms": [
        ("store/rows.py", "import privity.gate"),
        ("custody/intake.py", "import privity.lifecycle"),
        ("speech/child.py", "import privity.identity"),
        ("errors.py", "import privity.redact"),
        ("vault/envelope.py", "import privity.ledger"),
        ("attic.py", ""),  # a room without a place in the order
    ],
    "pure-core": [("redact/redactor.py", "import privity.logs"), ("ledger/tree.py", "from psycopg import sql")],
    "redact": [
        ("redact/names.py", "import privity.redact.places"),
        ("redact/reading.py", "import privity.redact.names"),
        ("redact/attic.py", ""),
    ],
    "tenant-transaction": [
        ("custody/intake.py", "from privity.store.transactions.tenant import open_tenant_transaction")
    ],
    "lookup-transaction": [("gate/facts.py", "import privity.store.transactions.lookup")],
    "platform-transaction": [("cli/tenant.py", "from privity.store.transactions import platform")],
    "ledger-transaction": [("gate/record.py", "from privity.store.transactions.ledger import LedgerTransaction")],
    "queue": [("store/database.py", "import procrastinate"), ("custody/jobs.py", "from procrastinate import App")],
    "policy-engine": [("gate/facts.py", "import cedarpy")],
    "web": [("identity/bearer.py", "from litestar.connection import Request")],
}


@pytest.mark.parametrize(
    ("contract", "file", "line"), [(name, file, line) for name, rows in VIOLATIONS.items() for file, line in rows]
)
def test_contract_bites(tmp_path: Path, contract: str, file: str, line: str) -> None:
    done = lint(house(tmp_path, **{file: line}))
    assert done.returncode == 1
    settings = configparser.ConfigParser()
    settings.read(CONTRACTS)
    assert f"{settings[f'importlinter:contract:{contract}']['name']} BROKEN" in " ".join(done.stdout.split())


def test_every_contract_has_a_violation_here() -> None:
    settings = configparser.ConfigParser()
    settings.read(CONTRACTS)
    names = {name.removeprefix("importlinter:contract:") for name in settings.sections()} - {"importlinter"}
    assert names == set(VIOLATIONS)
