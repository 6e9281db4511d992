"""What a cluster on Azure can be told, on the real engine: what each choice changes, and what it must not replace."""

import json

import pytest

from tests.engine.program import STACK, BringUp, Program

pytestmark = pytest.mark.engine
AKS, VAULT, POOL = "uae-cluster-aks", "uae-keys-vault", "uae-pool-gpu-agents"
WINDOWS = {"uae-cluster-releases", "uae-cluster-upgrades", "uae-cluster-node-images"}


@pytest.fixture(scope="module")
def usual(bring_up: BringUp) -> Program:
    """The usual cluster."""
    return bring_up("azure_cluster_parts.py")


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
    usual: Program, parts: tuple[str, ...], updated: set[str], creates: bool
) -> None:
    done = usual.judged("preview", "--json", PARTS=" ".join(parts)).steps
    assert set(done) <= {"create", "update", "same", "read"}, done
    assert (done.get("update", set()), bool(done.get("create"))) == (updated, creates)


def test_everything_comes_up_stays_and_goes_again(usual: Program) -> None:
    before = usual.ids_in_clouds()
    parts = "flows sleep freeze hsm spot defender policy tenant deallocate"
    usual.judged("up", PARTS=parts)
    usual.stays(PARTS=parts)
    usual.judged("up")
    assert usual.ids_in_clouds() == before


def test_who_provisions_nodes_is_decided_when_a_cluster_is_made(usual: Program) -> None:
    usual.refuses("nodeProvisioningProfile.mode cannot be Auto", PARTS="provisioned")


@pytest.fixture(scope="module")
def provisioned(bring_up: BringUp) -> Program:
    """A cluster behind a firewall whose nodes are Karpenter's."""
    return bring_up("azure_cluster_parts.py", PARTS="provisioned firewall")


def test_karpenters_nodes_are_made_through_a_kubeconfig_without_secrets(provisioned: Program) -> None:
    made = {resource.type.rpartition(":")[2] for resource in provisioned.inventory()}
    assert {"AKSNodeClass", "NodePool"} <= made
    assert "AgentPool" not in made
    (stack,) = [item for item in provisioned.state(STACK) if item["type"] == "pulumi:pulumi:Stack"]
    config = json.loads(stack["outputs"]["kubeconfig"])
    assert config["users"][0]["user"]["exec"]["command"] == "kubelogin"
    provisioned.stays(PARTS="provisioned firewall")
