"""`privity import twilio | signalwire`: bring a vendor's account in, redacted and sealed; blank it there if asked."""

import asyncio
import sys
from typing import Final
from uuid import UUID

from cyclopts import App

from privity.cli.local import open_operator
from privity.cli.options import DEFAULT, Options
from privity.cli.printing import console, print_facts, print_json, print_table
from privity.custody.telephony import Kind
from privity.delivery.vendor import Vendor, VendorAccount
from privity.errors import BadInput, Unavailable
from privity.running import Installation
from privity.running.importing import Importing, Report
from privity.vault import Secret

imports = App(name="import", help="Bring a vendor's account in: messages, media, faxes, recordings; blank it there.")

_TWILIO: Final = "https://api.twilio.com"
_NAMES: Final = {
    Kind.MESSAGE: "messages",
    Kind.MEDIA: "media",
    Kind.FAX: "faxes",
    Kind.RECORDING: "recordings",
}


@imports.command
def twilio(
    *,
    tenant: str,
    project: UUID | None = None,
    url: str | None = None,
    account: str | None = None,
    blank_source: bool = False,
    yes: bool = False,
    options: Options = DEFAULT,
) -> None:
    """Bring in messages, media and recordings of an account; run it again to go on where it ended.

    The secret is the setting import_secret: PRIVITY_IMPORT_SECRET, or a file that PRIVITY_IMPORT_SECRET_FILE names.

    Parameters
    ----------
    project
        The project to bring into: the tenant's first, unless another is named.
    url
        The vendor's address; import_url, or its public one.
    account
        The account; import_account.
    blank_source
        Then blank over there what is sealed here and was read back: texts, media, recordings.
    yes
        Do not ask before that.
    """
    _run(Vendor.TWILIO, tenant, project, url, account, options, blank_source=blank_source, yes=yes)


@imports.command
def signalwire(
    *,
    tenant: str,
    project: UUID | None = None,
    url: str | None = None,
    account: str | None = None,
    blank_source: bool = False,
    yes: bool = False,
    options: Options = DEFAULT,
) -> None:
    """Bring in messages, media, faxes and recordings of a project; run it again to go on where it ended.

    The secret is the setting import_secret: PRIVITY_IMPORT_SECRET, or a file that PRIVITY_IMPORT_SECRET_FILE names.

    Parameters
    ----------
    project
        The project to bring into: the tenant's first, unless another is named.
    url
        The space, such as https://example.signalwire.com; import_url.
    account
        The project over there; import_account.
    blank_source
        Then blank over there what is sealed here and was read back: texts, media, pages of faxes, recordings.
    yes
        Do not ask before that.
    """
    _run(Vendor.SIGNALWIRE, tenant, project, url, account, options, blank_source=blank_source, yes=yes)


def _run(
    vendor: Vendor,
    tenant: str,
    project: UUID | None,
    url: str | None,
    account: str | None,
    options: Options,
    *,
    blank_source: bool,
    yes: bool,
) -> None:
    async def act() -> Report:
        async with open_operator(options.data, tenant) as (installation, operator):
            there = _account(installation, vendor, url, account)
            try:
                importing = Importing(installation, operator, there, project)
                await importing.bring_in()
                if blank_source:
                    plan = await importing.plan()
                    if sum(plan.values()) and await _agreed(plan, options, yes=yes):
                        await importing.blank()
                return importing.report
            finally:
                await there.close()

    report = asyncio.run(act())
    _print(report, options)
    if report.failures:
        raise Unavailable(
            f"{len(report.failures)} records or pages failed; nothing of them is lost over there",
            advice="Look at the reasons and run the same command again: it goes on from here.",
        )


def _account(installation: Installation, vendor: Vendor, url: str | None, account: str | None) -> VendorAccount:
    settings = installation.settings
    origin = url or settings.import_url or (_TWILIO if vendor is Vendor.TWILIO else None)
    named = account or settings.import_account
    if origin is None:
        raise BadInput("it is not said where the vendor is", advice="Add --url, or the setting import_url.")
    if named is None or not named.replace("-", "").isalnum() or not named.isascii():
        raise BadInput("no account was named", advice="Add --account, or the setting import_account.")
    if not settings.import_secret:
        raise BadInput("there is no secret of the account", advice="Name its file: PRIVITY_IMPORT_SECRET_FILE.")
    secret = Secret(settings.import_secret.encode())
    return VendorAccount(vendor, origin, named, secret, installation.webhooks.egress)


async def _agreed(plan: dict[Kind, int], options: Options, *, yes: bool) -> bool:
    """Print what is going to be blanked at the vendor, and return whether that is wanted."""
    if not options.json:
        console().print("  to be blanked at the vendor, for good")
        print_facts([(_NAMES[kind], str(plan.get(kind, 0))) for kind in Kind])
    if yes:
        return True
    if options.json or not sys.stdin.isatty():
        raise BadInput("nothing was blanked: nobody has agreed to the plan", advice="Add --yes.")
    return (await asyncio.to_thread(input, "  blank them? yes or no: ")).strip().lower() == "yes"


def _print(report: Report, options: Options) -> None:
    if options.json:
        print_json(report)
        return
    print_facts(
        [
            *((_NAMES[kind], f"{count} brought in") for kind, count in report.brought.items()),
            ("read back", str(report.verified)),
            ("here before", str(report.known)),
            ("empty there", str(report.empty)),
            ("under way", str(report.under_way)),
            ("blanked", str(sum(report.blanked.values()))),
            ("failed", str(len(report.failures))),
        ]
    )
    if report.failures:
        print_table(["kind", "sid", "reason"], [[each.kind, each.sid, each.reason] for each in report.failures])
