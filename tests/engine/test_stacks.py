"""Lifecycle of both stacks on the real engine: plan, up, no change, refresh, drift, destroy."""

from collections.abc import Iterator

import pytest

from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.values import get_str
from falaj.sandbox.toolchain import Engine
from tests.engine import lives
from tests.engine.conftest import MakeDeployed
from tests.engine.harness import Project

pytestmark = pytest.mark.engine

EXPECTED_SITES = {"dev": {"devaws"}, "prod-uae": {"azuae", "awsuae"}}


@pytest.fixture(scope="module", params=["dev", "prod-uae"])
def life(
    request: pytest.FixtureRequest,
    make_deployed: MakeDeployed,
    engine: Engine,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Project, str]]:
    """A deployed stack; destroyed at the end, which must leave an empty inventory."""
    stack: str = request.param
    record = lives.deployment(stack, engine, tmp_path_factory)
    for ran in record["ran"].values():
        assert (ran["status"], ran["rules"]) == (0, []), ran["output"]
    assert record["planned"] == 0
    project = make_deployed(stack, stack)
    yield project, stack
    for site in EXPECTED_SITES[stack]:
        project.edit(stack, f"sites.{site}.protect", False)
    # Without the policy pack: removing the protection in production would need an exemption.
    unprotected = project.run("up", stack)
    assert unprotected.status == 0, unprotected.output
    gone = project.run("destroy", stack)
    assert gone.status == 0, gone.output
    assert project.inventory() == []
    assert project.state(stack) == []


def test_state_and_clouds_are_equal(life: tuple[Project, str]) -> None:
    project, stack = life
    assert project.ids_in_state(stack) == project.ids_in_clouds()


def test_every_site_came_up_with_all_its_parts(life: tuple[Project, str]) -> None:
    project, stack = life
    components = {
        (resource["type"].rsplit(":", 1)[-1], resource["urn"].rsplit("::", 1)[-1]) for resource in project.state(stack)
    }
    for site in EXPECTED_SITES[stack]:
        parts = {("Site", site), ("Network", f"{site}-network"), ("Cluster", f"{site}-cluster")}
        assert parts | {("BudgetAlarm", f"{site}-budget"), ("Vault", f"{site}-datasets")} <= components


def test_tenants_reach_the_subnets_of_private_endpoints_and_not_the_network(life: tuple[Project, str]) -> None:
    project, stack = life
    policies = [
        resource["inputs"]["spec"]
        for resource in project.state(stack)
        if resource["type"].endswith(":NetworkPolicy") and resource["urn"].endswith("-private-endpoints")
    ]
    blocks = [peer["ipBlock"]["cidr"] for spec in policies for rule in spec["egress"] for peer in rule["to"]]
    assert blocks
    assert {block.rpartition("/")[2] for block in blocks} == {"26"}


def test_a_second_up_changes_nothing(life: tuple[Project, str]) -> None:
    project, stack = life
    again = project.run("up", stack, "--expect-no-changes", pack=True)
    assert again.status == 0, again.output
    assert set(again.changes) == {"unchanged"}


def test_a_refresh_finds_nothing(life: tuple[Project, str]) -> None:
    project, stack = life
    assert project.drift(stack) == []


def test_changes_and_deletions_outside_pulumi_are_found_and_repaired(life: tuple[Project, str]) -> None:
    project, stack = life
    with Inventory(project.session.paths.inventory).transaction() as transaction:
        kinds = ("aws:s3/bucket:Bucket", "azure-native:storage:StorageAccount")
        changed = [matches[0] for kind in kinds if (matches := transaction.find(kind))]
        for resource in changed:
            transaction.tamper(resource, "tags.owner", "nobody")
        (policy, *_) = transaction.find("aws:s3/bucketPolicy:BucketPolicy")
        transaction.delete(policy)
    assert {change.name for change in project.drift(stack)} >= {
        resource.urn.rsplit("::", 1)[-1] for resource in changed
    }
    repaired = project.run("up", stack, "--refresh")
    # A refresh lists the separate pools of an AKS cluster in it, and the update takes them out again.
    updated = len(changed) + sum("ManagedCluster" in resource.type for resource in project.inventory())
    result = (repaired.status, repaired.changes.get("update"), repaired.changes.get("create"))
    assert result == (0, updated, 1), repaired.output
    now = {resource.key: resource for resource in project.inventory()}
    assert {get_str(now[resource.key].inputs, "tags.owner") for resource in changed} == {"ml-platform-team"}
    assert project.ids_in_state(stack) == project.ids_in_clouds()
