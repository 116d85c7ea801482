"""The commands and where they are; each is imported only when it runs."""

from typing import Final

from cyclopts import App

from privity import __version__

app: Final = App(
    name="privity",
    version=__version__,
    help="Custody of confidential conversations: redacted, sealed, walled off, proved.",
)

_COMMANDS: Final = {
    "demo": "privity.cli.demo:demo",
    "up": "privity.cli.serving:up",
    "init": "privity.cli.serving:init",
    "migrate": "privity.cli.serving:migrate",
    "ingest": "privity.cli.conversations:ingest",
    "list": "privity.cli.conversations:list_",
    "show": "privity.cli.conversations:show",
    "delete": "privity.cli.conversations:delete",
    "certificate": "privity.cli.proofs:certificate",
    "prove": "privity.cli.proofs:prove",
    "explain": "privity.cli.proofs:explain",
    "redact": "privity.cli.redacting:redact",
    "doctor": "privity.cli.doctor:doctor",
    "tenant": "privity.cli.tenants:tenant",
    "token": "privity.cli.tenants:token",
    "ledger": "privity.cli.ledger:ledger",
}

for _name, _where in _COMMANDS.items():
    app.command(_where, name=_name)
