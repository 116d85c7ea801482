"""`privity redact --bulk SRC DST`: a whole collection, with progress on a terminal and exact counts at the end."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from privity.cli.printing import print_facts, print_json
from privity.cli.redaction_choice import chosen_key, chosen_policy, policy_text
from privity.clock import SystemClock
from privity.errors import BadInput, Misconfigured, Unreadable
from privity.redact import Redactor, Style

if TYPE_CHECKING:
    from privity.bulk import Result


def redact_bulk(
    places: Sequence[Path],
    policy: str,
    style: str,
    key_file: Path | None,
    *,
    workers: int,
    cluster: str,
    as_json: bool,
    overridden: bool,
) -> None:
    """Redact a collection and print what was done.

    Raises BadInput unless a source and a destination are named, and Unreadable when all is told and files were set
    aside.
    """
    if len(places) != 2 or workers < 0:
        raise BadInput("--bulk needs a source and a destination", advice="privity redact --bulk SRC DST")
    if overridden:
        raise BadInput(
            "--bulk takes no changes of a policy and no form",
            advice="Write the changes into a policy file: --policy FILE",
        )
    try:
        from privity.bulk import Job, Progress, redact_collection  # noqa: PLC0415 - loads Arrow, which is an extra
    except ImportError:
        raise Misconfigured("bulk redaction is not installed", advice="Install the extra: privity[bulk].") from None
    Redactor(chosen_policy(policy))  # what is wrong with a policy is said before anything is read
    job = Job(
        source=_address(places[0]),
        destination=_address(places[1]),
        policy=policy_text(policy),
        style=style,
        key=chosen_key(Style(style), key_file),
        as_of=SystemClock().now().date().isoformat(),
    )

    def show(progress: Progress) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r  {progress.parts_done} of {progress.parts} parts, {progress.rows} rows")
            sys.stderr.flush()

    result = redact_collection(job, workers=workers, cluster=cluster, progress=show)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if as_json:
        print_json(result)
    else:
        _print(result)
    if result.files_set_aside:
        count = len(result.files_set_aside)
        raise Unreadable(
            f"{count} {'file' if count == 1 else 'files'} could not be read",
            advice="Mend them and run the same command again: what is done stays done.",
        )


def _print(result: "Result") -> None:
    before = f", {result.parts_done_before} done before" if result.parts_done_before else ""
    rows = [
        ("files", f"{result.files}, set aside {len(result.files_set_aside)}"),
        ("rows", f"{result.rows}, set aside {result.set_aside}"),
        ("hidden", " · ".join(f"{label} {count}" for label, count in result.hidden.items()) or "nothing"),
        ("parts", f"{result.parts}{before}"),
        *(("not read", f"{_on_one_line(file.source)}  {file.reason}") for file in result.files_set_aside),
    ]
    print_facts(rows)


def _on_one_line(name: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in name)


def _address(place: Path) -> str:
    """Return what was typed: a path takes one slash out of s3://."""
    text = str(place)
    for scheme in ("s3", "gs", "abfs", "abfss"):
        if text.startswith(f"{scheme}:/") and not text.startswith(f"{scheme}://"):
            return text.replace(":/", "://", 1)
    return text
