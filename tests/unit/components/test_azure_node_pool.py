"""Node pools on Azure: profiles, machines, scaling and eviction."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from tests.unit.components.azure_samples import POOL, id_of
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import changed_args, program, recorded

CPU = {"profile": Profile.BATCH, "machines": ("Standard_D16as_v5",)}


def made(**changed: Any) -> Recording:
    return recorded(azure.NodePool, changed_args(azure.NodePoolArgs, POOL, changed))


def pool(**changed: Any) -> dict[str, Any]:
    return made(**changed).one("azure-native:containerservice:AgentPool").inputs


def test_a_pool_is_one_agent_pool_whose_count_belongs_to_the_autoscaler() -> None:
    (agents,) = made().custom()
    assert agents.name == "uae-agents"
    assert agents.ignore_changes == ("count",)
    inputs = agents.inputs
    assert (inputs["resourceName"], inputs["agentPoolName"]) == ("uae", "train")
    assert (inputs["enableAutoScaling"], inputs["count"], inputs["minCount"], inputs["maxCount"]) == (True, 0, 0, 8)
    assert (inputs["vmSize"], inputs["mode"]) == ("Standard_ND96isr_H200_v5", "User")
    assert (inputs["vnetSubnetID"], inputs["orchestratorVersion"]) == (id_of("subnet/nodes"), "1.36")


def test_spot_nodes_have_azures_label_and_taint() -> None:
    result = pool()
    assert (result["scaleSetPriority"], result["scaleSetEvictionPolicy"], result["spotMaxPrice"]) == (
        "Spot",
        "Delete",
        -1,
    )
    assert "kubernetes.azure.com/scalesetpriority=spot:NoSchedule" in result["nodeTaints"]
    assert result["nodeLabels"]["kubernetes.azure.com/scalesetpriority"] == "spot"
    assert "upgradeSettings" not in result


def test_on_demand_nodes_have_no_spot_settings() -> None:
    result = pool(capacity=Capacity.ON_DEMAND)
    assert result.keys().isdisjoint({"scaleSetPriority", "scaleSetEvictionPolicy", "spotMaxPrice"})
    assert not any("scalesetpriority" in text for text in (*result["nodeTaints"], *result["nodeLabels"]))


def test_gpu_nodes_are_kept_for_gpu_work_and_get_their_driver() -> None:
    result = pool(capacity=Capacity.ON_DEMAND)
    assert result["nodeTaints"] == ["falaj/profile=training:NoSchedule", "nvidia.com/gpu=true:NoSchedule"]
    assert result["gpuProfile"] == {"driver": "Install"}
    assert result["upgradeSettings"] == {"maxSurge": "0", "maxUnavailable": "1"}


def test_cpu_nodes_have_no_gpu_settings() -> None:
    result = pool(**CPU, capacity=Capacity.ON_DEMAND)
    assert result["nodeTaints"] == ["falaj/profile=batch:NoSchedule"]
    assert "gpuProfile" not in result
    assert result["upgradeSettings"] == {"maxSurge": "10%"}


def test_labels_name_profile_pool_and_capacity() -> None:
    assert pool(**CPU, capacity=Capacity.ON_DEMAND)["nodeLabels"] == {
        "falaj/profile": "batch",
        "falaj/pool": "train",
        "falaj/capacity": "on-demand",
    }


def test_machines_are_encrypted_unreachable_and_patched_by_image() -> None:
    result = pool()
    assert result["enableEncryptionAtHost"] is True
    assert result["enableNodePublicIP"] is False
    assert "securityProfile" not in result
    assert pool(azure={"disable_ssh": True})["securityProfile"] == {"sshAccess": "Disabled"}


@pytest.mark.parametrize(("inputs", "disk"), [({}, 300), ({"disk_gib": 512}, 512)])
def test_the_disk_is_the_profiles_unless_asked_for(inputs: dict[str, int], disk: int) -> None:
    assert pool(**inputs)["osDiskSizeGB"] == disk


def test_zones_only_where_the_region_has_them() -> None:
    assert pool(**CPU, zones=2)["availabilityZones"] == ["1", "2"]
    assert "availabilityZones" not in pool(region="uaecentral", machines=("Standard_ND96amsr_A100_v4",))


def test_one_zone_is_all_of_a_pool_that_is_pinned() -> None:
    assert pool(zone="2")["availabilityZones"] == ["2"]


def test_a_tenants_pool_has_the_tenants_label_and_tag() -> None:
    result = pool(tenant="retail")
    assert (result["nodeLabels"]["falaj/tenant"], result["tags"]["tenant"]) == ("retail", "retail")
    shared = pool()
    assert "falaj/tenant" not in shared["nodeLabels"]
    assert "tenant" not in shared["tags"]


def test_gpus_are_split_only_if_asked_for() -> None:
    assert pool(gpu_partition="MIG3g")["gpuInstanceProfile"] == "MIG3g"
    assert "gpuInstanceProfile" not in pool()


def test_machines_are_deleted_unless_they_are_to_be_stopped() -> None:
    assert pool()["scaleDownMode"] == "Delete"
    assert pool(capacity=Capacity.ON_DEMAND, deallocate=True)["scaleDownMode"] == "Deallocate"


def test_a_spot_price_has_a_ceiling_only_if_asked_for() -> None:
    assert pool()["spotMaxPrice"] == -1
    assert pool(spot_max_usd=12.34567)["spotMaxPrice"] == 12.34567


def test_beside_node_provisioning_a_pool_keeps_its_nodes() -> None:
    (agents,) = made(**CPU, capacity=Capacity.ON_DEMAND, min=2, node_autoscaler=NodeAutoscaler.KARPENTER).custom()
    assert (agents.inputs["enableAutoScaling"], agents.inputs["count"]) == (False, 2)
    assert agents.inputs.keys().isdisjoint({"minCount", "maxCount"})
    assert agents.ignore_changes == ()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"capacity": Capacity.SPOT_FIRST}, r"capacity: \"spot-first\".*spot or on-demand.*Fix: make two pools"),
        ({"capacity": Capacity.RESERVED}, r"capacity: \"reserved\" is not allowed"),
        ({**CPU, "gpu_partition": "MIG1g"}, r"gpu_partition: \"MIG1g\".*A100, H100 or H200"),
        ({"gpu_partition": "MIG5g"}, r"gpu_partition: \"MIG5g\""),
        ({"zone": "4"}, r"zone: \"4\" is not allowed; allowed: 1, 2, 3"),
        (
            {"zone": "1", "region": "uaecentral", "machines": ("Standard_ND96amsr_A100_v4",)},
            r"zone: .*uaecentral has no zones",
        ),
        ({"sleeps": True}, r"sleeps: true is not allowed; allowed: only in pools on AWS"),
        ({"deallocate": True}, r"deallocate: true is not allowed; allowed: false for spot"),
        (
            {"spot_max_usd": 1.2345678},
            r"spot_max_usd: 1\.2345678 is not allowed; allowed: USD with up to 5 decimals",
        ),
        ({"spot_max_usd": 0.0}, r"spot_max_usd: 0"),
        ({"capacity": Capacity.ON_DEMAND, "spot_max_usd": 1.5}, r"spot_max_usd: 1\.5.*only if capacity is spot"),
        ({"machines": ()}, r"machines: "),
        ({"machines": ("Standard_D16as_v5", "Standard_D8as_v5")}, r"machines: .*one VM size"),
        (
            {"machines": ("Standard_NC4as_T4_v3",)},
            r"machines\.0: .*Standard_NC40ads_H100_v5|machines\.0: .*Standard_NV",
        ),
        ({"region": "uaecentral"}, r"machines\.0: \"Standard_ND96isr_H200_v5\".*uaecentral offers"),
        ({"min": 9}, r"min: 9 is not allowed; allowed: at most max \(8\)"),
        ({"min": -1}, r"min: -1"),
        ({"max": 0}, r"max: 0"),
        ({"name": "averyverylongname"}, r"name: \"averyverylongname\""),
        ({"name": "Gpu"}, r"name: \"Gpu\""),
        ({"zones": 4}, r"zones: 4"),
        ({**CPU, "profile": Profile.SYSTEM, "min": 1}, r"capacity: \"spot\".*on-demand for profile system"),
        ({**CPU, "profile": Profile.SYSTEM, "capacity": Capacity.ON_DEMAND}, r"min: 0.*1 or more for profile system"),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.NodePool, changed_args(azure.NodePoolArgs, POOL, changed))()
