"""Rules of the house that no linter knows. Docstrings, formatting and types are ruff's and mypy's."""

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import privity
from promises import promise

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = Path(privity.__file__).parent

MOST_LINES = 350
WRITES_TO_A_TERMINAL = "cli"
OWN_LOGGING = {"logs.py", "log_filter/loggers.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Each module of the product, by its path in the package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def texts() -> Iterator[tuple[str, str]]:
    """Each text file of the repository, by its path: whatever `.gitignore` does not name as a folder."""
    ignored = {row.strip().strip("/") for row in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()}
    for folder, folders, files in os.walk(REPOSITORY):
        folders[:] = [name for name in folders if name not in ignored | {".git"}]
        for name in sorted(set(files) - ignored - {".git"}):
            path = Path(folder, name)
            try:
                yield path.relative_to(REPOSITORY).as_posix(), path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_module_has_one_subject() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): lines
        for path in PACKAGE.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


def test_every_kind_of_error_stands_in_the_one_tree() -> None:
    """A room may narrow an error of the tree for its own eyes; a branch or a problem type is the tree's alone."""
    elsewhere = [
        f"{name}: {node.name}"
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        and name != "errors.py"
        and ("PrivityError" in map(_last_name, node.bases) or any(map(_names_a_problem, node.body)))
    ]
    assert not elsewhere


def _last_name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


def _names_a_problem(node: ast.stmt) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return "slug" in map(ast.unparse, targets) and isinstance(node, ast.Assign | ast.AnnAssign) and bool(node.value)


def test_room_explains_itself() -> None:
    silent = [name for name, tree in modules() if name.endswith("__init__.py") and not ast.get_docstring(tree)]
    assert not silent


@promise("E22", sabotage="clock_prints")
def test_product_logs_through_the_protected_logger_only() -> None:
    found = [
        f"{name}: {ast.unparse(node)}"
        for name, tree in modules()
        for node in ast.walk(tree)
        if (_imports_logging(node) and name not in OWN_LOGGING)
        or (_prints(node) and not name.startswith((f"{WRITES_TO_A_TERMINAL}/", f"{WRITES_TO_A_TERMINAL}.py")))
    ]
    assert not found


def _imports_logging(node: ast.AST) -> bool:
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] == "logging" for alias in node.names)
    return isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").partition(".")[0] == "logging"


def _prints(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


# Who makes each transaction. The import contracts hold it by module, this holds it by name.
MAKER = {"tenant": "gate", "lookup": "identity", "platform": "platform", "ledger": "notary"}


def test_transaction_is_made_in_its_one_room() -> None:
    rooms = {f"open_{kind}_transaction": room for kind, room in MAKER.items()}
    rooms |= {f"{kind.capitalize()}Transaction": room for kind, room in MAKER.items()}
    calls = [
        (name, node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        for name, tree in modules()
        if not name.startswith("store/transactions/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    ]
    assert not [call for call in calls if call[1] in rooms and not call[0].startswith(f"{rooms[call[1]]}/")]
    assert {f"open_{kind}_transaction" for kind in MAKER} <= {called for _, called in calls}, "one has a new name"


def test_exception_to_a_rule_gives_its_reason() -> None:
    codes = r"(?P<codes>:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[a-z, -]+\])?"
    exception = re.compile(rf"#\s*(?:noqa|type:\s*ignore){codes}(?P<reason>.*)")
    silent = [
        f"{name}: {line.strip()}"
        for name, text in texts()
        if name.endswith(".py")
        for line in text.splitlines()
        if (found := exception.search(line)) and not (found["codes"] and re.search(r"[a-z]{2}", found["reason"]))
    ]
    assert not silent


# Spelled so that this file does not find itself.
MACHINE = re.compile(
    r"(^|[\"' =(:`])/(w[o]rk|f[a]rm|ro[o]t|h[o]me)/|https?://[a-z.]*(p[y]pi|pytho[n]hosted|np[m]js|de[b][.]debian)",
    re.MULTILINE,
)


def test_nothing_names_a_machine_or_a_registry() -> None:
    assert not [f"{name}: {found[0]}" for name, text in texts() if (found := MACHINE.search(text))]


def test_no_commit_names_a_machine_or_a_registry() -> None:
    history = subprocess.run(
        ["git", "-c", "safe.directory=*", "log", "--format=%B"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert not MACHINE.search(history.stdout)
