"""What a cluster on Azure can be told, on the real engine: what each choice changes, and what it must not replace."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project, Ran
from tests.engine.test_azure_parts import steps

pytestmark = pytest.mark.engine
STACK = "dev"
AKS, VAULT, POOL = "uae-cluster-aks", "uae-keys-vault", "uae-pool-gpu-agents"
WINDOWS = {"uae-cluster-releases", "uae-cluster-upgrades", "uae-cluster-node-images"}


def run(project: Project, name: str, *parts: str, extra: tuple[str, ...] = ()) -> Ran:
    environment = project.session.environment | {"PARTS": " ".join(parts)}
    return Project(replace(project.session, environment=environment)).run(name, STACK, *extra, pack=name != "destroy")


def made_with(make_project: MakeProject, name: str, *parts: str) -> Iterator[Project]:
    """A cluster with some parts, up; torn down to nothing at the end."""
    project = make_project(Path(__file__).with_name("azure_cluster_parts.py"), name)
    made = run(project, "up", *parts)
    assert (made.status, made.rules) == (0, set()), made.output
    yield project
    gone = run(project, "destroy", *parts)
    assert gone.status == 0, gone.output
    # Nobody can purge a Key Vault; it is not in the inventory, but its name stays taken.
    assert project.inventory() == []


@pytest.fixture(scope="module")
def usual(make_project: MakeProject) -> Iterator[Project]:
    """The usual cluster."""
    yield from made_with(make_project, "azure cluster")


@pytest.mark.parametrize(
    ("parts", "updated", "creates"),
    [
        (("flows",), set[str](), True),
        (("sleep", "freeze"), WINDOWS, True),
        (("hsm",), {VAULT}, False),
        (("spot", "no-keda", "defender", "policy"), {AKS}, False),
        (("tenant", "deallocate"), {POOL}, False),
    ],
)
def test_a_choice_changes_what_it_is_about_and_replaces_nothing(
    usual: Project, parts: tuple[str, ...], updated: set[str], creates: bool
) -> None:
    planned = run(usual, "preview", *parts, extra=("--json",))
    assert planned.status == 0, planned.output
    done = steps(planned)
    assert set(done) <= {"create", "update", "same", "read"}, done
    assert (done.get("update", set()), bool(done.get("create"))) == (updated, creates)


def test_everything_comes_up_stays_and_goes_again(usual: Project) -> None:
    before = usual.ids_in_clouds()
    parts = ("flows", "sleep", "freeze", "hsm", "spot", "defender", "policy", "tenant", "deallocate")
    made = run(usual, "up", *parts)
    assert (made.status, made.rules) == (0, set()), made.output
    again = run(usual, "up", *parts, extra=("--expect-no-changes",))
    assert again.status == 0, again.output
    refreshed = run(usual, "refresh", *parts, extra=("--expect-no-changes",))
    assert refreshed.status == 0, refreshed.output
    back = run(usual, "up")
    assert back.status == 0, back.output
    assert usual.ids_in_clouds() == before


def test_who_provisions_nodes_is_decided_when_a_cluster_is_made(usual: Project) -> None:
    before = usual.ids_in_clouds()
    refused = run(usual, "up", "provisioned")
    assert refused.status != 0
    assert "nodeProvisioningProfile.mode cannot be Auto" in refused.output
    assert run(usual, "up").status == 0
    assert usual.ids_in_clouds() == before


@pytest.fixture(scope="module")
def provisioned(make_project: MakeProject) -> Iterator[Project]:
    """A cluster behind a firewall whose nodes are Karpenter's."""
    yield from made_with(make_project, "azure provisioned", "provisioned", "firewall")


def test_karpenters_nodes_are_made_through_a_kubeconfig_without_secrets(provisioned: Project) -> None:
    made = {resource.type.rpartition(":")[2] for resource in provisioned.inventory()}
    assert {"AKSNodeClass", "NodePool"} <= made
    assert "AgentPool" not in made
    (stack,) = [item for item in provisioned.state(STACK) if item["type"] == "pulumi:pulumi:Stack"]
    config = json.loads(stack["outputs"]["kubeconfig"])
    assert config["users"][0]["user"]["exec"]["command"] == "kubelogin"
    again = run(provisioned, "up", "provisioned", "firewall", extra=("--expect-no-changes",))
    assert again.status == 0, again.output
