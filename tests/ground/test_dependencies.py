"""Every dependency says why it is here, has a licence that we may ship, and is installed from hashes only."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[2]
PYPROJECT = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")

PERMISSIVE = "permissive: asks for no more than its notice"
PERMITTED = {
    "0BSD": PERMISSIVE,
    "Apache Software License": PERMISSIVE,
    "Apache 2.0": PERMISSIVE,
    "Apache-2.0": PERMISSIVE,
    "BSD 2-Clause License": PERMISSIVE,
    "BSD License": PERMISSIVE,
    "BSD-2-Clause": PERMISSIVE,
    "BSD-3-Clause": PERMISSIVE,
    "3-Clause BSD License": PERMISSIVE,
    "CC0-1.0": PERMISSIVE,
    "MIT": PERMISSIVE,
    "MIT License": PERMISSIVE,
    "MIT-0": PERMISSIVE,
    "MIT-CMU": PERMISSIVE,
    "PSF-2.0": PERMISSIVE,
    "Zlib": PERMISSIVE,
    "MPL-2.0": "its duties end at its own files, which we do not change",
    "Mozilla Public License 2.0 (MPL 2.0)": "its duties end at its own files, which we do not change",
    "LGPL-3.0-only": "a library used as it is, which the user can replace",
    "LGPL-3.0-or-later": "a library used as it is, which the user can replace",
}
# Distributions whose metadata name no licence: the words that open the licence file they carry.
READ_FROM_FILE = {
    "axe-playwright-python": ("MIT License", "MIT"),
    "cedarpy": ("Apache License", "Apache-2.0"),
    "daft": ("Apache License", "Apache-2.0"),
}


def direct() -> list[Requirement]:
    project = tomllib.loads(PYPROJECT)
    listed = [
        *project["project"]["dependencies"],
        *(row for rows in project["project"]["optional-dependencies"].values() for row in rows),
        *(row for rows in project["dependency-groups"].values() for row in rows),
    ]
    return [Requirement(row) for row in listed]


def locked(name: str) -> dict[str, list[str]]:
    """Versions by distribution, as `requirements/{name}.txt` pins them."""
    versions: dict[str, list[str]] = {}
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    for distribution, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE):
        versions.setdefault(canonicalize_name(distribution), []).append(version)
    return versions


def licences(name: str) -> set[str]:
    """What an installed distribution says of its licence, every part of it."""
    distribution = metadata.distribution(name)
    fields = distribution.metadata
    classifiers = {row.split(" :: ")[-1] for row in fields.get_all("Classifier", []) if row.startswith("License ::")}
    classifiers.discard("OSI Approved")  # names a class of licences and none of them
    stated = (fields["License"] or "").strip().partition("\n")[0]
    if expression := fields["License-Expression"] or (not classifiers and stated):
        return {part.strip() for part in re.split(r"\bAND\b|\bOR\b|[()]", expression) if part.strip()}
    if classifiers:
        return classifiers
    opening, licence = READ_FROM_FILE.get(name, ("", ""))
    texts = [file.read_text() for file in distribution.files or [] if file.name.startswith("LICENSE")]
    return {licence} if opening and any(opening in text[:200] for text in texts) else {f"{name} names no licence"}


def installed(names: list[str]) -> list[str]:
    present = {canonicalize_name(found.metadata["Name"]) for found in metadata.distributions()}
    return [name for name in names if name in present]


def test_dependency_says_why_it_is_here() -> None:
    for requirement in direct():
        line = next(line for line in PYPROJECT.splitlines() if line.strip().startswith(f'"{requirement.name}'))
        _, _, reason = line.partition("#")
        assert reason.strip(), f"{requirement.name} has no reason in pyproject.toml"


@pytest.mark.parametrize("name", installed(sorted({*locked("runtime"), *(str(row.name) for row in direct())})))
def test_licence_is_permitted(name: str) -> None:
    assert licences(name) <= set(PERMITTED)


@pytest.mark.parametrize("licence", ["GPL-2.0-only", "GPL-3.0-or-later", "AGPL-3.0-only", "SSPL-1.0", "CC-BY-NC-4.0"])
def test_licence_that_binds_our_users_is_not_permitted(licence: str) -> None:
    assert licence not in PERMITTED


@pytest.mark.parametrize("name", ["bootstrap", "dev", "runtime"])
def test_every_requirement_is_pinned_by_hash(name: str) -> None:
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    rows = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert rows
    for row in rows:
        assert re.match(r"[a-z0-9._-]+==\S+", row), row[:60]
        assert "--hash=sha256:" in row, row[:60]
        assert "://" not in row, row[:60]


def test_lock_fits_pyproject() -> None:
    everything, runtime = locked("dev"), locked("runtime")
    for requirement in direct():
        name = canonicalize_name(requirement.name)
        assert name in everything, f"{name} is not locked: run make lock"
        assert all(requirement.specifier.contains(version) for version in everything[name]), name
    differing = [name for name, versions in runtime.items() if everything[name] != versions]
    assert not differing, "the two lock files disagree: run make lock"


def test_no_deep_learning_framework_comes_along() -> None:
    assert not {"torch", "tensorflow", "jax"} & set(locked("dev"))
