"""Node auto-provisioning on Azure: the nodes that its Karpenter may create, and when it removes them."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.node_pools.disruption import budgets, disruption_of
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.azure_samples import PROVISIONING, id_of
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, program, recorded

POOL: Any = PROVISIONING["pools"]["train"]
CLASS = "kubernetes:karpenter.azure.com/v1beta1:AKSNodeClass"
NODES = "kubernetes:karpenter.sh/v1:NodePool"


def provisioning(**changed: Any) -> Recording:
    return recorded(azure.NodeProvisioning, {**PROVISIONING, **changed})


def one(region: str = "uaenorth", **changed: Any) -> Recording:
    return provisioning(region=region, pools={"train": changed_args(NodePoolSpec, POOL, changed)})


def nodes(**changed: Any) -> dict[str, Any]:
    return one(**changed).one(NODES).inputs["spec"]


def required(spec: dict[str, Any]) -> dict[str, list[str]]:
    assert {item["operator"] for item in spec["template"]["spec"]["requirements"]} == {"In"}
    return {item["key"]: item["values"] for item in spec["template"]["spec"]["requirements"]}


def test_each_pool_is_a_class_and_a_node_pool_that_goes_first() -> None:
    recording = provisioning()
    assert recording.names() == {
        (CLASS, "uae-train-class"), (NODES, "uae-train-nodes"), (CLASS, "uae-batch-class"), (NODES, "uae-batch-nodes"),
    }  # fmt: skip
    for pool in ("train", "batch"):
        result, resource = recording.one(NODES, f"uae-{pool}-nodes"), recording.one(CLASS, f"uae-{pool}-class")
        assert resource.urn in result.depends_on
        reference = result.inputs["spec"]["template"]["spec"]["nodeClassRef"]
        assert reference == {"group": "karpenter.azure.com", "kind": "AKSNodeClass", "name": pool}
        assert (resource.inputs["metadata"], result.inputs["metadata"]) == ({"name": pool}, {"name": pool})


def test_machines_are_encrypted_in_the_nodes_subnet_and_carry_the_tags() -> None:
    assert one().one(CLASS).inputs["spec"] == {
        "imageFamily": "Ubuntu",
        "osDiskSizeGB": 300,
        "vnetSubnetID": id_of("subnet/nodes"),
        "security": {"encryptionAtHost": True},
        "tags": TAGS,
    }
    assert one(tenant="retail").one(CLASS).inputs["spec"]["tags"] == {**TAGS, "tenant": "retail"}


@pytest.mark.parametrize(
    ("capacity", "types"),
    [
        (Capacity.SPOT, ["spot"]),
        (Capacity.ON_DEMAND, ["on-demand"]),
        (Capacity.SPOT_FIRST, ["spot", "on-demand"]),
    ],
)
def test_machines_are_those_of_the_pool(capacity: Capacity, types: list[str]) -> None:
    assert required(nodes(capacity=capacity)) == {
        "karpenter.azure.com/sku-name": ["Standard_ND96isr_H200_v5"],
        "kubernetes.io/arch": ["amd64"],
        "kubernetes.io/os": ["linux"],
        "karpenter.sh/capacity-type": types,
        "topology.kubernetes.io/zone": ["uaenorth-1", "uaenorth-2", "uaenorth-3"],
    }


def test_zones_only_where_the_region_has_them() -> None:
    assert required(nodes(zone="2"))["topology.kubernetes.io/zone"] == ["uaenorth-2"]
    plain = nodes(region="uaecentral", machines=("Standard_ND96amsr_A100_v4",))
    assert "topology.kubernetes.io/zone" not in required(plain)


def test_labels_and_taints_are_those_of_agent_pools() -> None:
    template = nodes(tenant="retail")["template"]
    assert template["metadata"]["labels"] == {
        "falaj/profile": "training",
        "falaj/pool": "train",
        "falaj/capacity": "spot-first",
        "falaj/tenant": "retail",
    }
    own = [
        {"key": "falaj/profile", "value": "training", "effect": "NoSchedule"},
        {"key": "nvidia.com/gpu", "value": "true", "effect": "NoSchedule"},
    ]
    reserved = {"key": "falaj/tenant", "value": "retail", "effect": "NoSchedule"}
    spot = {"key": "kubernetes.azure.com/scalesetpriority", "value": "spot", "effect": "NoSchedule"}
    assert template["spec"]["taints"] == [*own, reserved]
    assert nodes(capacity=Capacity.SPOT)["template"]["spec"]["taints"] == [*own, spot]


def test_limits_are_strings_and_those_of_the_largest_size_of_the_pool() -> None:
    assert nodes()["limits"] == {"cpu": "768", "memory": "15200Gi", "nvidia.com/gpu": "64", "nodes": "8"}
    cpu = nodes(profile=Profile.BATCH, machines=("Standard_D16as_v5",), max=3)
    assert cpu["limits"] == {"cpu": "48", "memory": "192Gi", "nodes": "3"}


@pytest.mark.parametrize("profile", [profile for profile in Profile if profile is not Profile.SYSTEM])
def test_nodes_go_as_the_profile_allows(profile: Profile) -> None:
    spec, disruption = nodes(profile=profile), disruption_of(profile, Capacity.SPOT_FIRST)
    assert (spec["disruption"]["consolidationPolicy"], spec["disruption"]["consolidateAfter"]) == (
        disruption.policy,
        disruption.consolidate_after,
    )
    template = spec["template"]["spec"]
    assert (template["terminationGracePeriod"], template["expireAfter"]) == (
        disruption.grace_period,
        disruption.expire_after,
    )


def test_only_on_demand_nodes_are_moved_in_office_hours() -> None:
    assert nodes()["disruption"]["budgets"] == budgets(
        OfficeHours(), disruption_of(Profile.TRAINING, Capacity.SPOT_FIRST)
    )
    shorter = provisioning(opens="08:30", closes="17:00").of(NODES)[0].inputs["spec"]["disruption"]["budgets"][-1]
    assert (shorter["nodes"], shorter["schedule"], shorter["duration"]) == ("0", "30 4 * * mon-fri", "8h30m")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"min": 1}, r"^uae: pools\.train\.min: 1 is not allowed; allowed: 0 with node auto-provisioning"),
        (
            {"profile": Profile.SYSTEM, "capacity": Capacity.ON_DEMAND, "min": 1, "machines": ["Standard_D4as_v5"]},
            r"profile: \"system\".*system pools are agent pools",
        ),
        ({"gpu_partition": "MIG1g"}, r"gpu_partition: \"MIG1g\".*an option of agent pools"),
        ({"disk_gib": 4096}, r"disk_gib: 4096 is not allowed; allowed: at most 2048"),
        ({"machines": ["Standard_NC4as_T4_v3"]}, r"machines\.0: \"Standard_NC4as_T4_v3\""),
        ({"zone": "7"}, r"zone: \"7\""),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(
            azure.NodeProvisioning, {**PROVISIONING, "pools": {"train": changed_args(NodePoolSpec, POOL, changed)}}
        )()
