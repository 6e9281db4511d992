"""A stack deployed with earlier code and planned with the current code: no resource with data or identity is lost."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from falaj.sandbox.session import operation
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, Project

pytestmark = pytest.mark.engine

STACK = "prod-uae"

STATEFUL = {
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/vpc:Vpc",
    "aws:eks/cluster:Cluster",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "azure-native:compute:DiskEncryptionSet",
    "azure-native:containerservice:ManagedCluster",
    "azure-native:keyvault:Key",
    "azure-native:keyvault:Vault",
    "azure-native:network:Subnet",
    "azure-native:network:VirtualNetwork",
    "azure-native:operationalinsights:Workspace",
    "azure-native:resources:ResourceGroup",
    "azure-native:storage:BlobContainer",
    "azure-native:storage:StorageAccount",
}
"""Types that hold data, keys, addresses or the identity of a site: an upgrade may only update them in place."""

IN_PLACE = {"same", "create", "update", "read", "refresh"}


def git(*arguments: str) -> str:
    """Returns the output of a git command in this checkout; "" if it fails, as without git, history or the commit."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.fixture(scope="module")
def upgrade(make_project: MakeProject) -> tuple[set[str], list[dict]]:
    """Types that a stack of earlier code has deployed, and the steps that the current code plans for it.

    The earlier code is that of the last earlier commit that changed the components. Much older code does not come up in
    the emulated clouds, which since refuse what the real ones refuse.
    """
    commit = git("rev-list", "-1", "HEAD~1", "--", "components", "__main__.py")
    if not commit:
        pytest.skip("git knows no earlier commit of the components: there is nothing to upgrade from")
    project = make_project(Path(__file__).with_name("former.py"), "upgrade")
    former = project.folder / "former"
    former.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit, "components", "falaj", "__main__.py", f"Pulumi.{STACK}.yaml"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    subprocess.run(["tar", "-x", "-C", former], input=archive.stdout, check=True)
    project.session.paths.stack_file(STACK).write_bytes((former / f"Pulumi.{STACK}.yaml").read_bytes())
    up = project.run("up", STACK)
    assert up.status == 0, up.output
    (project.folder / "__main__.py").write_text((ROOT / "__main__.py").read_text())
    return {resource["type"] for resource in project.state(STACK)}, planned_steps(project, STACK)


def planned_steps(project: Project, stack: str) -> list[dict]:
    """Returns the steps that the engine plans, without unchanged resources."""
    done = project.session.pulumi(*operation("preview", stack, extra=("--json",)), quiet=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    return json.loads(done.stdout)["steps"]


def type_of(urn: str) -> str:
    """Returns the resource type of a URN, without its parents' types."""
    return urn.split("::")[2].rsplit("$", 1)[-1]


def test_nothing_that_holds_data_or_identity_is_lost(upgrade: tuple[set[str], list[dict]]) -> None:
    deployed, steps = upgrade
    assert deployed >= STATEFUL
    assert [step["urn"] for step in steps if type_of(step["urn"]) in STATEFUL and step["op"] not in IN_PLACE] == []
    counts = Counter((step["op"], type_of(step["urn"])) for step in steps)
    for (op, kind), count in sorted(counts.items()):
        print(f"{op:8} {count:4} {kind}")  # shown by pytest -rP, for reviews of the upgrade
