"""The whole of it on databases that are not its own: two servers of PostgreSQL 15, named by URL, a worker apart."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import scene
from scene import Place, Stage, Tenant, secrets_of

from privity.keys import FileKeyring
from privity.ledger import verify_bundle
from privity.lifecycle import CertificateDocument, verify_certificate
from privity.store import EmbeddedCluster, Role, derived_passwords
from privity.store.cluster import Programs

pytestmark = [pytest.mark.slow, pytest.mark.long]


@pytest.fixture(name="elsewhere")
def databases_elsewhere(oldest: Programs) -> Iterator[tuple[Stage, dict[str, Any]]]:
    """A directory with a keyring and nothing else, and the settings that name its two databases."""
    folder = Path(tempfile.mkdtemp(prefix="privity-url-"))
    place = Place(folder, {})
    for made in ("scripts", "temporary", "outputs"):
        (folder / made).mkdir()
    stage = Stage(place, folder / "scripts", folder / "temporary", folder / "outputs")
    clusters: list[EmbeddedCluster] = []
    try:
        assert stage.command("init").returncode == 0
        password_for = derived_passwords(bytes(FileKeyring(place.data.keyring).installation_secret().reveal()))
        told = {}
        for side, name in (("data", "DATABASE"), ("keys", "KEY_DATABASE")):
            cluster = EmbeddedCluster(folder / "servers" / side, password_for, programs=oldest)
            clusters.append(cluster)
            cluster.start()
            told[f"PRIVITY_{name}_URL"] = f"postgresql:///privity?host={cluster.folder}&port=5432"
            owner = folder / f"{side}-owner"
            owner.write_text(cluster.dsn(Role.OWNER))
            owner.chmod(0o600)
            told[f"PRIVITY_{name}_OWNER_URL_FILE"] = str(owner)
        yield stage, told
    finally:
        for cluster in clusters:
            cluster.stop()
        shutil.rmtree(folder)


def elsewhere_too(stage: Stage) -> Stage:
    """A second machine: another directory with the same keyring, whose sequencer has to wait for the first."""
    place = Place(stage.place.folder / "second", stage.place.tenants)
    place.data.create()
    shutil.copy2(stage.place.data.keyring, place.data.keyring)
    return Stage(place, stage.scripts, stage.temporary, stage.outputs)


@contextmanager
def working(stage: Stage, servers: dict[str, Any]) -> Iterator[None]:
    """Run `privity worker` as long as the block runs."""
    command = [sys.executable, scene.__file__, "privity", "worker", "--data", str(stage.place.data.path)]
    with subprocess.Popen(command, env=stage.environment(**servers), stdout=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()
            assert process.wait(30) == 0


def test_all_of_it_works_on_databases_named_by_url(elsewhere: tuple[Stage, dict[str, Any]]) -> None:
    stage, told = elsewhere
    servers = {name: value for name, value in told.items() if "OWNER" not in name}
    refused = stage.command("tenant", "list", **servers)
    assert refused.returncode == 4 or b"privity migrate" in refused.stderr, refused.stderr
    migrated = stage.command("migrate", "--json", **told)
    assert json.loads(migrated.stdout) == {"changed": True}, migrated.stderr

    secrets = secrets_of()
    with ExitStack() as stack:
        server = stack.enter_context(stage.serving(command="serve", **servers))
        second = stack.enter_context(elsewhere_too(stage).serving(command="serve", **servers))
        created = stage.command(
            "tenant", "create", "birch", "--profile", "clinic", "--owner", "a@example.org", "--json", **servers
        )
        assert created.returncode == 0, created.stderr
        birch = json.loads(created.stdout)
        stage.place.tenants["birch"] = Tenant(UUID(birch["tenant_id"]), UUID(birch["project_id"]), birch["api_token"])
        answer = server.post(secrets.text)
        assert answer.status_code == 202, answer.text
        conversation = answer.json()["id"]
        assert second.get(f"/v1/conversations/{conversation}").json()["state"] == "received", "nobody works yet"
        stack.enter_context(working(stage, servers))
        assert server.settled(conversation)["state"] == "kept"
        assert not [value for value in secrets.all if value in server.get(f"/v1/conversations/{conversation}").text]
        document = CertificateDocument.read(server.certificate(server.delete(conversation)))
        assert verify_certificate(document) > 0
        assert server.get(f"/v1/conversations/{conversation}").status_code == 404
        assert server.get("/readyz").json()["ready"] is True
        bundle = stage.place.folder / "bundle"
        exported = stage.command("ledger", "export", str(bundle), "--tenant", "birch", **servers)
        assert exported.returncode == 0, exported.stderr
    assert not (stage.place.data.path / "clusters" / "data" / "PG_VERSION").exists(), "it made a database of its own"
    with bundle.open("rb") as stream:
        assert verify_bundle(stream, vkeys=[document.vkey]).size > 0
