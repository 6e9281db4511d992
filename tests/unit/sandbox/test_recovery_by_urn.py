"""`falaj recover` knows what a stack has created by its URN, where scopes cannot be computed from the state."""

import copy
import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.spec import InventoryItem
from tests.unit.cli import sandbox_files as sandbox

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"}
PREFIX = f"urn:pulumi:{sandbox.STACK}::demo::"
NAMESPACE, QUOTA = "kubernetes:core/v1:Namespace", "kubernetes:core/v1:ResourceQuota"
ELSEWHERE = "urn:pulumi:other::demo::"


def provider(name: str) -> dict[str, Any]:
    """A provider for a cluster whose kubeconfig is secret."""
    return {"urn": f"{PREFIX}pulumi:providers:kubernetes::{name}", "custom": True, "id": "0k",
            "type": "pulumi:providers:kubernetes", "inputs": {"kubeconfig": SECRET}}  # fmt: skip


def existing(kind: str, cluster: str, name: str, prefix: str = PREFIX, namespace: str = "") -> InventoryItem:
    """A resource of a cluster."""
    scope, identifier = (f"{cluster}/namespace/{namespace}", f"{namespace}/{name}") if namespace else (cluster, name)
    urn = f"{prefix}{kind}::{cluster}-{name}"
    return InventoryItem(0, "kubernetes", kind, scope, name, identifier, urn, {}, {}, "")


def row(item: InventoryItem, made_by: Mapping[str, Any]) -> dict[str, Any]:
    """The resource in a state."""
    reference = f"{made_by['urn']}::{made_by['id']}"
    inputs = {"metadata": {"name": item.name}}
    return {"urn": item.urn, "custom": True, "id": item.id, "type": item.type, "provider": reference, "inputs": inputs}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    (tmp_path / f"Pulumi.{sandbox.STACK}.yaml").touch()
    return tmp_path


def recovered(
    project: Path, items: list[InventoryItem], rows: list[dict[str, Any]], pending: list[dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Recovers a stack with this state beside these resources; returns its resources by URN."""
    file = project / ".falaj" / sandbox.STATE
    file.parent.mkdir(parents=True)
    content = copy.deepcopy(dict(sandbox.CHECKPOINT))
    content["checkpoint"]["latest"]["resources"] = [content["checkpoint"]["latest"]["resources"][0], *rows]
    content["checkpoint"]["latest"]["pending_operations"] = [{"type": "creating", "resource": row} for row in pending]
    file.write_text(json.dumps(content))
    inventory = Inventory(project / ".falaj" / "inventory.db")
    with inventory.transaction() as transaction:
        for item in items:
            transaction.add(item, "seed", [item.id], [])
    inventory.close()
    with sandbox.engine_stands_in(file):
        CliRunner().invoke(app, ["recover", "--stack", sandbox.STACK, "--project", str(project)])
        latest = json.loads(file.read_text())["checkpoint"]["latest"]
    return {row["urn"]: row for row in latest["resources"]}


def test_a_create_with_a_provider_of_secret_settings_has_happened(project: Path) -> None:
    cluster, created = provider("own"), existing(NAMESPACE, "own", "gpu-operator")
    pending = {**row(created, cluster), "id": ""}
    state = recovered(project, [created], [cluster], [pending])
    assert state[created.urn]["id"] == "gpu-operator"
    assert state[created.urn]["provider"] == pending["provider"]


def test_a_create_of_an_id_that_another_cluster_has_too_has_happened(project: Path) -> None:
    own, other = provider("own"), provider("other")
    created, there = existing(NAMESPACE, "own", "gpu-operator"), existing(NAMESPACE, "other", "gpu-operator")
    state = recovered(project, [there, created], [own, other, row(there, other)], [{**row(created, own), "id": ""}])
    assert created.urn in state


@pytest.mark.parametrize("first", [True, False])
def test_what_a_state_forgot_gets_the_provider_of_its_cluster(project: Path, first: bool) -> None:
    """Resources of the same IDs in another cluster, and of another stack, do not count."""
    own, other = provider("own"), provider("other")
    forgotten = existing(QUOTA, "own", "limits", namespace="team")
    ours = [existing(NAMESPACE, "own", name) for name in ("a", "b")]
    theirs = [existing(NAMESPACE, "other", name) for name in ("a", "b", "c")]
    foreign = [dataclasses.replace(item, urn=item.urn.replace(PREFIX, ELSEWHERE), scope="third") for item in ours]
    items = [*ours, *theirs, *foreign] if first else [*foreign, *theirs, *ours]
    rows = [own, other, *(row(item, own) for item in ours), *(row(item, other) for item in theirs)]
    state = recovered(project, [*items, forgotten], rows, [])
    assert state[forgotten.urn]["provider"] == f"{own['urn']}::{own['id']}"


def test_a_resource_that_was_kept_is_not_its_successor(project: Path) -> None:
    """One that was kept in the clouds when it left the state has the URN of what replaces it."""
    cluster, kept = provider("own"), existing(NAMESPACE, "own", "team-1")
    pending = row(dataclasses.replace(kept, name="team-2"), cluster)
    assert kept.urn not in recovered(project, [kept], [cluster], [{**pending, "id": ""}])


def test_a_create_whose_name_is_secret_has_happened(project: Path) -> None:
    cluster, created = provider("own"), existing(NAMESPACE, "own", "team-1")
    pending = row(created, cluster) | {"id": "", "inputs": {"metadata": {"name": SECRET}}}
    assert created.urn in recovered(project, [created], [cluster], [pending])
