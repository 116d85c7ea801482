"""Documents do not rot: their links lead somewhere, and what they list is what there is."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import privity
from promises import promised, sabotages

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = Path(privity.__file__).parent
DOCUMENTS = sorted([*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md")])


def links(document: Path) -> Iterator[str]:
    """The targets of a document's links that lead into the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            yield target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_links_lead_somewhere(document: Path) -> None:
    for target in links(document):
        path, _, heading = target.partition("#")
        file = (document.parent / path) if path else document
        assert file.exists(), target
        if heading:
            assert heading in _anchors(file), target


def _anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_architecture_lists_every_room() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    described = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))
    rooms = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if not path.name.startswith(("_", "py.typed"))}
    assert described == rooms


def test_guides_of_the_redactor_name_all_that_stands_beside_them() -> None:
    for guide in (PACKAGE / "redact").rglob("__init__.py"):
        text = ast.get_docstring(ast.parse(guide.read_text(encoding="utf-8"))) or ""
        beside = {
            path.stem for path in guide.parent.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
        }
        assert beside - set(re.findall(r"`(\w+)`", text)) == {"__init__"}, guide.relative_to(PACKAGE)


def test_decisions_are_numbered_and_follow_the_form() -> None:
    records = sorted((REPOSITORY / "docs" / "adr").glob("*.md"))
    assert [record.name[:4] for record in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    for record in records:
        headings = re.findall(r"^## (.+)$", record.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences"], record.name


def test_every_promise_row_is_read() -> None:
    text = (REPOSITORY / "docs" / "promises.md").read_text(encoding="utf-8")
    assert len(promised(REPOSITORY)) == len(re.findall(r"^\| [A-Z]\d", text, re.MULTILINE))


def test_sabotage_still_finds_its_line_and_is_used() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "tests").rglob("test_*.py"))
    for name, entry in sabotages(REPOSITORY).items():
        lines = (PACKAGE / entry["file"]).read_text(encoding="utf-8").splitlines()
        found = [line for line in lines if line.strip() == entry["line"].strip()]
        assert len(found) == 1, f"{name}: the line stands {len(found)} times in {entry['file']}"
        assert f'sabotage="{name}"' in tests, f"{name}: no test names it"


def test_make_help_lists_every_target() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    helped = set(re.findall(r'@echo "make ([a-z-]+) ', makefile))
    assert set(phony[1].split()) - {"help", "lint"} == helped


def test_readme_shows_every_command() -> None:
    run_cli = "import sys; from privity.cli import main; sys.exit(main())"
    listing = subprocess.run(
        [sys.executable, "-c", run_cli, "--help"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    commands = set(re.findall(r"^[│ ]+([a-z]+) {2,}\S", listing, re.MULTILINE))
    assert {"demo", "init", "ingest", "ledger"} <= commands, listing
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert not [command for command in sorted(commands) if f"privity {command}" not in readme]
