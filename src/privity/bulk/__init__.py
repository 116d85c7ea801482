"""Redacts whole collections: JSON lines, CSV and Parquet, in folders or on S3, on all cores or on a Ray cluster.

A run has a plan: its sources are cut into parts, and each part becomes one file of the destination, which appears whole
or not at all, with a note of its counts written after it. Whoever is killed runs the same command again: parts with a
note are left alone, all others are done anew, so the result is the same and no row is there twice.

    destination/part-00000.jsonl        the redacted rows, in the order of the sources
    destination/set-aside/00000.jsonl   rows that could not be judged: source, place, reason, no content
    destination/set-aside/files.jsonl   files that could not be read, of which nothing is in the results: source, reason
    destination/notes/00000.json        counts of the part
    destination/plan.json               sources and parts; a destination holds one run only

A source is its path below that of the job. One that cannot be read is set aside as a whole, and looked at again when
the command runs again. `plan` cuts sources into parts, `places` are folders and buckets, `faults` say why a file or all
of them cannot be read, `parts` redacts one part, `run` has Daft carry out the plan, with its telemetry off.
"""

from privity.bulk.plan import FileSetAside, Job
from privity.bulk.run import Progress, Result, redact_collection

__all__ = ["FileSetAside", "Job", "Progress", "Result", "redact_collection"]
