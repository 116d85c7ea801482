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
    "demo": ("privity.cli.demo:demo", "Show the main job on the bundled call, every claim tried."),
    "up": ("privity.cli.serving:up", "Run everything on this machine: databases, ledger, worker, web server."),
    "serve": ("privity.cli.serving:serve", "Run a web server; any number, beside workers."),
    "worker": ("privity.cli.serving:worker", "Run the jobs of the queue; any number, beside servers."),
    "init": ("privity.cli.serving:init", "Make a new data directory."),
    "tenant": ("privity.cli.tenants:tenant", "Make and list tenants."),
    "project": ("privity.cli.project:project", "Make and list projects: workspaces within a tenant."),
    "token": ("privity.cli.tenants:token", "Make, list and revoke bearer tokens."),
    "person": ("privity.cli.people:person", "Invite, list, lock and mend people."),
    "service": ("privity.cli.services:service", "Programs with a key or certificate of their own."),
    "outbox": ("privity.cli.people:outbox", "Show mails while there is no mail server."),
    "ingest": ("privity.cli.conversations:ingest", "Bring a conversation in: audio, text, JSON turns."),
    "list": ("privity.cli.conversations:list_", "List conversations, newest first."),
    "search": ("privity.cli.conversations:search", "Find records by the words of their redacted text."),
    "show": ("privity.cli.conversations:show", "Show one conversation, redacted, with its history."),
    "analyse": ("privity.cli.analysing:analyse", "Count what a conversation's redacted text tells."),
    "missed": ("privity.cli.missed:missed", "Mark what the redactor missed; list the cases without values."),
    "delete": ("privity.cli.conversations:delete", "Delete one conversation for good."),
    "deletions": ("privity.cli.proofs:deletions", "List what was deleted, with what leads to the certificates."),
    "certificate": ("privity.cli.proofs:certificate", "Write the certificate of a deletion."),
    "prove": ("privity.cli.proofs:prove", "Prove that the ledger tells of a conversation or a deletion."),
    "explain": ("privity.cli.proofs:explain", "Explain why something was allowed or refused."),
    "grant": ("privity.cli.grants:grant", "Give, list and end access beyond a role."),
    "access": ("privity.cli.access:access", "Roles, who has what, what is too much, security events."),
    "break-glass": ("privity.cli.access:break_glass", "Emergencies: ask, end, list."),
    "redact": ("privity.cli.redacting:redact", "Hide what identifies people in texts."),
    "ledger": ("privity.cli.ledger:ledger", "Verify the signed log, or export it."),
    "recording": ("privity.cli.recording:recording", "Permit or forbid that calls are recorded."),
    "redaction": ("privity.cli.redaction:redaction", "Redact every message that a filter finds."),
    "webhook": ("privity.cli.webhook:webhook", "Receivers that are told of what happens, signed."),
    "number": ("privity.cli.number:number", "The telephone numbers of projects, and who carries them."),
    "carrier": ("privity.cli.carrier:carrier", "Accounts at carriers, by which numbers send and receive."),
    "import": ("privity.cli.importing:imports", "Bring a vendor's account in, and blank it there."),
    "sample": ("privity.cli.sample:sample", "Make made-up data to try things on."),
    "migrate": ("privity.cli.serving:migrate", "Bring databases given by URL to this version's schema."),
    "doctor": ("privity.cli.doctor:doctor", "Look at each part and say how to mend it."),
}

for _place, (_name, (_where, _help)) in enumerate(_COMMANDS.items()):
    app.command(_where, name=_name, help=_help, sort_key=_place)
