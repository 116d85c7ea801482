"""The table: quality by kind for us and each peer, speed and its ratio, time of a turn, start, memory."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kinds import KINDS
from labelled import Labelled
from scoring import Quality, quality

from running import Report, installed, run

US, MEASURE = "privity", "presidio"
RULES = "privity, rules alone"
MANY = {US, MEASURE}  # have a call for many texts
OF_SEVERAL = ("spoken_", "calls_")  # kinds in which several people speak
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def report(sets: Mapping[str, Sequence[Labelled]], peers: Sequence[str], page: Path | None, command: str) -> None:
    """Print the tables, and put them into a page between its two marks."""
    names = [US, *(name for name in peers if _there(name))]
    all_documents = [document for documents in sets.values() for document in documents]
    found, single, many = {}, {}, {}
    for name in names:
        print(f"running {name} over {len(all_documents)} documents", file=sys.stderr)
        found[name], single[name] = run(name, all_documents)
        many[name] = run(name, all_documents, "--many")[1] if name in MANY else single[name]
    found[RULES], single["rules"] = run(US, all_documents, "--rules")
    many["rules"] = run(US, all_documents, "--rules", "--many")[1]
    single["forms"], many["forms"] = (run(US, all_documents, "--forms", *more)[1] for more in ((), ("--many",)))
    rows = [(kind, name, quality(sets[kind], found[name])) for kind in sets for name in (US, RULES, *names[1:])]
    size = sum(len(document.text.encode()) for document in all_documents) / 1e6
    _, turns = run(US, _turns(sets))
    tables = "\n\n".join([_quality_table(rows), _speed_table(single, many, size, turns)])
    print(tables)
    if page:
        content = page.read_text(encoding="utf-8")
        text = f"{BEGIN}\n\nMade by `{command}`.\n\n{tables}\n\n{END}"
        changed = re.sub(f"{BEGIN}.*?{END}", lambda _: text, content, flags=re.DOTALL)
        page.write_text(changed, encoding="utf-8")


def _there(name: str) -> bool:
    if not installed(name):
        print(f"{name} is not installed, see `make bench-peers`", file=sys.stderr)
        return False
    return True


def _turns(sets: Mapping[str, Sequence[Labelled]]) -> list[Labelled]:
    """Return each line as a document of its own, as a live conversation has it; a call in one line is many turns."""
    return [
        Labelled(f"{document.id}:{number}", line, ())
        for kind, documents in sets.items()
        for document in documents
        if "\n" in document.text or not kind.startswith(OF_SEVERAL)
        for number, line in enumerate(document.text.split("\n"))
        if line.strip()
    ]


def _quality_table(rows: Sequence[tuple[str, str, Quality]]) -> str:
    lines = ["| text | redactor | charR | hidden | docclean | FP/1k | span F2 |", "|---|---|---|---|---|---|---|"]
    for kind, name, q in rows:
        about = f"{kind}: {KINDS[kind][0]}" if kind in KINDS else kind
        nothing = not q.gold
        shares = (
            ["–"] * 3
            if nothing
            else [f"{share:.3f}" for share in (q.character_recall, q.wholly_hidden, q.clean_documents)]
        )
        f2 = "–" if nothing else f"{q.f2:.3f}"
        lines.append(
            f"| {about if name == US else ''} | {name} | {' | '.join(shares)} | {q.masked_per_thousand:.1f} | {f2} |"
        )
    return "\n".join(lines)


def _speed_table(single: Mapping[str, Report], many: Mapping[str, Report], size: float, turns: Report) -> str:
    lines = [
        f"{size:.2f} MB of text, one core each, processor time, one after the other in the same run.",
        "`many` is the speed in calls of 64 texts, where there is such a call.",
        "",
        f"| redactor | MB/s | MB/s, many | times {MEASURE} | times, many | p99 ms a document | start s | peak MiB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, each in single.items():
        ratios = [
            f"{reports[MEASURE].seconds / reports[name].seconds:.0f}" if MEASURE in reports else "–"
            for reports in (single, many)
        ]
        lines.append(
            f"| {each.version} | {size / each.seconds:.3g} | {size / many[name].seconds:.3g} | {' | '.join(ratios)}"
            f" | {each.p99_us / 1000:.2f} | {each.startup_s:.2f} | {max(each.peak_mib, many[name].peak_mib):.0f} |"
        )
    lines += ["", f"A single turn, by us: median {turns.median_us:.0f} µs, p99 {turns.p99_us:.0f} µs."]
    return "\n".join(lines)
