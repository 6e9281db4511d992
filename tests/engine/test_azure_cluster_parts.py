"""Options of a cluster on Azure, on the real engine: the resources that each option changes, with nothing replaced."""

import json

import pytest

from tests.engine.program import STACK, BringUp, Program

pytestmark = pytest.mark.engine
AKS, VAULT, POOL = "uae-cluster-aks", "uae-keys-vault", "uae-pool-gpu-agents"
WINDOWS = {"uae-cluster-releases", "uae-cluster-upgrades", "uae-cluster-node-images"}


@pytest.fixture(scope="module")
def usual(bring_up: BringUp) -> Program:
    """A cluster with default options."""
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
    steps = usual.succeed_with_pack("preview", "--json", PARTS=" ".join(parts)).steps
    assert set(steps) <= {"create", "update", "same", "read"}, steps
    assert (steps.get("update", set()), bool(steps.get("create"))) == (updated, creates)


def test_everything_comes_up_stays_and_goes_again(usual: Program) -> None:
    before = usual.ids_in_clouds()
    parts = "flows sleep freeze hsm spot defender policy tenant deallocate"
    usual.succeed_with_pack("up", PARTS=parts)
    usual.assert_stable(PARTS=parts)
    usual.succeed_with_pack("up")
    assert usual.ids_in_clouds() == before


def test_node_auto_provisioning_cannot_be_enabled_on_an_existing_cluster(usual: Program) -> None:
    usual.assert_refused("nodeProvisioningProfile.mode cannot be Auto", PARTS="provisioned")


def test_an_upgrade_of_kubernetes_updates_the_cluster_the_system_pool_and_the_other_pools(usual: Program) -> None:
    """The last test of this cluster: there is no way back to an older version."""
    planned = usual.succeed_with_pack("preview", "--json", PARTS="upgrade").steps
    assert set(planned) <= {"update", "same", "read"}, planned
    assert planned["update"] == {AKS, "uae-cluster-system-pool-version", POOL}
    usual.succeed_with_pack("up", PARTS="upgrade")
    usual.assert_stable(PARTS="upgrade")


@pytest.fixture(scope="module")
def provisioned(bring_up: BringUp) -> Program:
    """A cluster behind a firewall with node auto-provisioning."""
    return bring_up("azure_cluster_parts.py", PARTS="provisioned firewall")


def test_karpenter_pools_are_created_with_a_kubeconfig_without_secrets(provisioned: Program) -> None:
    made = {resource.type.rpartition(":")[2] for resource in provisioned.inventory()}
    assert {"AKSNodeClass", "NodePool"} <= made
    assert "AgentPool" not in made
    (stack,) = [item for item in provisioned.state(STACK) if item["type"] == "pulumi:pulumi:Stack"]
    config = json.loads(stack["outputs"]["kubeconfig"])
    assert config["users"][0]["user"]["exec"]["command"] == "kubelogin"
    provisioned.assert_stable(PARTS="provisioned firewall")
