"""Zones and OS disks of agent pools follow the facts about their VM size; what contradicts them is refused."""

from dataclasses import replace
from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.node_pools import azure_nodes
from falaj.components.core.node_pools.azure_checks import pool_warnings
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.machines import Machine, find
from tests.unit.components.azure_samples import POOL, PROVISIONING, id_of
from tests.unit.components.samples import changed_args, recorded

H100, CPU, FAST = "Standard_ND96isr_H100_v5", "Standard_D16as_v5", "Standard_D128ds_v6"
UNKNOWN = "Standard_NC40ads_H100_v5"
"""A size of which no source states a local disk that an OS disk can be on: its NVMe disks are none, before v6."""
AGENTS = "azure-native:containerservice:AgentPool"
RESERVATIONS = id_of("Microsoft.Compute/capacityReservationGroups/h100")
PLACEMENT = id_of("Microsoft.Compute/proximityPlacementGroups/train")


def agents(machine: str = H100, **fields: Any) -> dict[str, Any]:
    spec = {"profile": Profile.TRAINING, "machines": [machine], "max": 4, **fields}
    return recorded(azure.NodePool, changed_args(azure.NodePoolArgs, POOL, {"pool": spec})).one(AGENTS).inputs


def refusal(machine: str = H100, **fields: Any) -> str:
    with pytest.raises(BadArguments) as error:
        agents(machine, **fields)
    return str(error.value)


def know(monkeypatch: pytest.MonkeyPatch, **facts: Any) -> None:
    """Changes the facts about every VM size."""

    def changed(region: str, name: str) -> Machine | None:
        machine = find(region, name)
        return machine and replace(machine, **facts)

    monkeypatch.setattr(azure_nodes, "find", changed)


def test_machines_with_gpus_whose_zones_are_unknown_are_in_none_and_others_in_the_sites() -> None:
    assert "availabilityZones" not in agents()
    assert agents(CPU)["availabilityZones"] == ["1", "2", "3"]


def test_known_zones_limit_those_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    know(monkeypatch, zone_ids=("2", "3"))
    # A recording of the same arguments is kept: these differ from those of other tests.
    assert agents(disk_gib=301)["availabilityZones"] == ["2", "3"]
    assert agents(disk_gib=301, zones=["3"])["availabilityZones"] == ["3"]
    assert 'zones.1: "1" is not allowed; allowed: a zone that offers Standard_ND96isr_H100_v5: 2, 3' in refusal(
        zones=["2", "1"]
    )
    assert 'zone: "1" is not allowed' in refusal(zone="1")


def test_zones_that_a_pool_names_replace_the_sites() -> None:
    assert agents(zones=["1", "3"])["availabilityZones"] == ["1", "3"]
    assert "availabilityZones" not in agents(CPU, zones=[])


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"zones": ["4"]}, 'zones.0: "4" is not allowed; allowed: 1, 2, 3'),
        ({"zones": ["1", "1"]}, 'zones.1: "1" is not allowed; allowed: each zone once'),
        ({"zones": ["1"], "zone": "1"}, "nothing with `zone`"),
        ({"azure": {"proximity_placement_group": PLACEMENT}}, "zone: required where `azure.proximity_placement_group`"),
        ({"zones": ["1", "2"], "azure": {"proximity_placement_group": PLACEMENT}}, "zone: required where"),
        (
            {"capacity": Capacity.SPOT, "azure": {"capacity_reservation_group": RESERVATIONS}},
            "azure.capacity_reservation_group: ",
        ),
        ({"azure": {"capacity_reservation_group": PLACEMENT}}, "the id of a capacity reservation group"),
        ({"azure": {"deallocate": True, "os_disk_type": "Ephemeral"}}, "Managed with `azure.deallocate`"),
        ({"azure": {"max_pods": 251}}, "azure.max_pods: 251"),
        ({"azure": {"os_sku": "Windows2022"}}, "azure.os_sku: "),
        ({"azure": {"kubelet": {"image_gc_low_percent": 90}}}, "at most image_gc_high_percent (85)"),
        ({"azure": {"kubelet": {"allowed_unsafe_sysctls": ["vm.swappiness"]}}}, "allowed_unsafe_sysctls.0"),
        ({"labels": {"kubernetes.azure.com/team": "x"}}, "labels.kubernetes.azure.com/team: "),
        ({"labels": {"falaj/pool": "x"}}, "labels.falaj/pool: "),
        ({"taints": [{"key": "nvidia.com/gpu", "value": "x"}]}, 'taints.0.key: "nvidia.com/gpu"'),
        ({"taints": [{"key": "a"}, {"key": "a", "value": "b"}]}, 'taints.1.key: "a" is not allowed; allowed: one'),
    ],
)
def test_contradictions_are_refused(fields: Any, message: str) -> None:
    assert message in refusal(**fields)


def test_a_system_pool_has_no_taints_of_its_own() -> None:
    text = refusal(CPU, profile=Profile.SYSTEM, min=1, taints=[{"key": "example.ae/team"}])
    assert "none in a pool of profile system" in text


def test_disks_are_ephemeral_where_the_size_has_room_for_them() -> None:
    assert agents(FAST)["osDiskType"] == "Ephemeral"
    assert agents(FAST, disk_gib=2000)["osDiskType"] == "Managed"
    assert agents(FAST, azure={"deallocate": True})["osDiskType"] == "Managed"
    assert agents(FAST, azure={"os_disk_type": "Managed"})["osDiskType"] == "Managed"
    assert agents()["osDiskType"] == "Ephemeral"
    assert agents(UNKNOWN)["osDiskType"] == "Managed"
    assert agents(UNKNOWN, azure={"os_disk_type": "Ephemeral"})["osDiskType"] == "Ephemeral"


def test_an_ephemeral_disk_has_at_most_2040_gib(monkeypatch: pytest.MonkeyPatch) -> None:
    """azure-compute-docs ephemeral-os-disks.md, 2026-09-08: the local disk or 2,040 GiB, whichever is smaller."""
    know(monkeypatch, ephemeral_os_gib=6400)
    assert agents(FAST, disk_gib=2040)["osDiskType"] == "Ephemeral"
    assert agents(FAST, disk_gib=2041)["osDiskType"] == "Managed"
    stated = {"azure": {"os_disk_type": "Ephemeral"}}
    assert "at most 2040 GiB as an ephemeral OS disk" in refusal(FAST, disk_gib=2041, **stated)
    assert "at most 2040 GiB as an ephemeral OS disk" in refusal(FAST, disk_gib=2042, **stated)


def test_a_disk_that_does_not_fit_is_refused() -> None:
    ephemeral = {"azure": {"os_disk_type": "Ephemeral"}}
    assert "at most 1760 GiB as an ephemeral OS disk" in refusal(FAST, disk_gib=2000, **ephemeral)
    assert "no ephemeral OS disk: Standard_D2as_v6 has no room" in refusal("Standard_D2as_v6", **ephemeral)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"machines": [UNKNOWN]}, ["a managed OS disk of 300 GiB reads 150 MB/s, not the 500 of profile training"]),
        ({"machines": [UNKNOWN], "disk_gib": 8192}, []),
        (
            {"machines": [UNKNOWN], "azure": {"os_disk_type": "Ephemeral"}},
            ["the local disks of Standard_NC40ads_H100_v5 are not known"],
        ),
        ({"zone": "2", "disk_gib": 8192}, ["the zones of Standard_ND96isr_H100_v5 are not known"]),
        ({"machines": [CPU]}, []),
        # The cluster autoscaler counts whole GPUs only: kubernetes/autoscaler, issue 8095.
        (
            {"azure": {"gpu_partition": "MIG3g"}},
            ["the cluster autoscaler takes nodes that offer nvidia.com/mig-3g.40gb instead of nvidia.com/gpu for not"],
        ),
        (
            {"sharing": {"time_slices": 2}, "tenant": "a"},
            ["the cluster autoscaler takes nodes that offer nvidia.com/gp"],
        ),
        # Nodes of a pool that is not autoscaled stop every pool: kubernetes/autoscaler, issue 10301.
        (
            {"azure": {"gpu_partition": "MIG3g"}, "min": 4},
            [
                "the cluster autoscaler takes nodes that offer nvidia.com/mig-3g.40gb instead of nvidia.com/gpu for "
                "not ready, so no pool of the cluster may grow"
            ],
        ),
    ],
)
def test_what_is_not_known_or_slow_is_a_warning(fields: Any, expected: list[str]) -> None:
    pool = NodePoolSpec.model_validate({"profile": "training", "machines": [H100], "max": 4, **fields})
    warnings = list(pool_warnings("uaenorth", pool))
    assert [warning.startswith(start) for warning, start in zip(warnings, expected, strict=True)] == [True] * len(
        expected
    )


def test_node_provisioning_places_nodes_where_the_pool_says() -> None:
    def requirements(**fields: Any) -> dict[str, Any]:
        spec = {"profile": Profile.TRAINING, "machines": [H100], "max": 4, **fields}
        made = recorded(azure.NodeProvisioning, {**PROVISIONING, "pools": {"train": spec}})
        pool = made.one("kubernetes:karpenter.sh/v1:NodePool").inputs["spec"]["template"]["spec"]
        return {item["key"]: item["values"] for item in pool["requirements"]}

    zone = "topology.kubernetes.io/zone"
    assert requirements()[zone] == ["uaenorth-1", "uaenorth-2", "uaenorth-3"]
    assert requirements(zones=["2"])[zone] == ["uaenorth-2"]
    assert zone not in requirements(zones=[])


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("capacity_reservation_group", "capacityReservationGroups"),
        ("proximity_placement_group", "proximityPlacementGroups"),
    ],
)
@pytest.mark.parametrize("group", ["/subscriptions/…/resourceGroups/g", f"/subscriptions/{'1' * 36}/resourceGroups/…"])
def test_an_example_is_no_id_of_a_group(field: str, kind: str, group: str) -> None:
    given = f"{group}/providers/Microsoft.Compute/{kind}/h100"
    assert f"azure.{field}: " in refusal(azure={field: given})
