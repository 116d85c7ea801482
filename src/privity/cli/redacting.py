"""`privity redact`: what may be typed. What it does stands in `redacting_files`, which plain pipes reach at once."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from privity.cli.bulk import redact_bulk
from privity.cli.options import FileOrDash
from privity.cli.redacting_files import redact_files
from privity.redact.documents import Kind


def redact(
    *files: FileOrDash,
    jsonl: Annotated[bool, Parameter(negative=())] = False,
    as_: Annotated[Kind | None, Parameter(name="--as")] = None,
    policy: str = "calls",
    style: Literal["label", "mask", "surrogate", "hash"] = "label",
    key_file: Path | None = None,
    hide: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    keep: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    allow: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    deny: Annotated[tuple[str, ...], Parameter(negative=(), consume_multiple=False)] = (),
    bulk: Annotated[bool, Parameter(negative=())] = False,
    workers: int = 0,
    cluster: str = "",
    explain: Annotated[bool, Parameter(negative=())] = False,
    json: Annotated[bool, Parameter(negative=())] = False,
) -> None:
    """Hide what identifies people in texts; - or no file reads standard input.

    Parameters
    ----------
    jsonl
        Lines {"id","text"} in, lines {"id","text","spans"} out; offsets in code points of the input.
    as_
        The form of the files: text, json, csv, html, markdown, email, vtt, srt. Without it their extensions tell.
    policy
        Which kinds of identifiers to hide: the name of a shipped policy, or a file that ends in .yaml.
    style
        label writes [CARD], mask writes asterisks, surrogate makes something up, hash writes a keyed token.
    key_file
        The key of surrogate and hash: at least 16 random bytes.
    hide
        Hide this label too; may be given more than once.
    keep
        Leave this label readable; may be given more than once.
    allow
        Let these words through; may be given more than once. Card numbers and security codes stay hidden.
    deny
        Hide these words wherever they stand; may be given more than once.
    bulk
        Redact a collection: the two arguments are its source and its destination, folders or S3 addresses. JSON lines,
        CSV and Parquet. When it was killed, the same command goes on where it was.
    workers
        How many processes work on a collection; all cores by default.
    cluster
        The address of a Ray cluster that is to work on a collection.
    explain
        Say for every hidden span which rule found it and why.
    """
    if bulk:
        changed = bool(hide or keep or allow or deny or jsonl or as_)
        redact_bulk(files, policy, style, key_file, workers=workers, cluster=cluster, as_json=json, overridden=changed)
        return
    redact_files(
        files,
        jsonl=jsonl,
        form=as_,
        policy=policy,
        style=style,
        key_file=key_file,
        hide=hide,
        keep=keep,
        allow=allow,
        deny=deny,
        explain=explain,
        as_json=json,
    )
