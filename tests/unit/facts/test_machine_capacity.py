"""What pods can request of machine types: the check and the simulation take it from one function."""

import pytest

from falaj.components.core.node_pools.cheapest_pool import holds
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.node_pools.system_capacity import allocatable
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.interface_pods import interface_pods
from falaj.facts.machine_capacity import machine_capacity
from falaj.facts.machines import find, machines
from falaj.facts.node_capacity import OWN_AGENTS, NodeCapacity, own_capacity
from falaj.facts.regions import REGIONS
from falaj.facts.system_pods import parts, pods_of

REGION = "me-central-1"


def _pool(*types: str, **changes: object) -> NodePoolSpec:
    given = {"profile": Profile.TRAINING, "capacity": Capacity.ON_DEMAND, "machines": [*types], "max": 1, **changes}
    return NodePoolSpec.model_validate(given)


@pytest.mark.parametrize(
    ("machine", "pods"),
    # amazon-eks-ami, eni-max-pods.txt (2026).
    [("m7g.medium", 8), ("m7g.large", 29), ("g5.xlarge", 58), ("g5.12xlarge", 737), ("g6.12xlarge", 234)],
)
def test_pods_that_the_interfaces_of_a_machine_have_addresses_for(machine: str, pods: int) -> None:
    assert interface_pods(machine) == pods


def test_memory_is_reserved_for_these_pods_whatever_the_maximum_is() -> None:
    """Karpenter's estimate of a g5.12xlarge: 192 GiB less 7.5 %, 11 MiB for each of 737 pods, 255 MiB and 100 MiB."""
    machine = find(REGION, "g5.12xlarge")
    assert machine is not None
    assert machine.max_pods == 250
    assert machine_capacity(machine, None) == NodeCapacity(47_810, int(196_608 * 0.925) - 11 * 737 - 255 - 100)
    assert machine_capacity(machine, 20) == machine_capacity(machine, None)


def test_memory_is_reserved_for_the_stated_pods_where_interfaces_do_not_decide() -> None:
    machine = find("uaenorth", "Standard_NC40ads_H100_v5")
    assert machine is not None
    few, usual = machine_capacity(machine, 30), machine_capacity(machine, None)
    assert few is not None
    assert usual is not None
    assert few.memory_mib - usual.memory_mib == 20 * (250 - 30)


def test_all_types_of_the_region_have_interfaces() -> None:
    aws = [name for name in machines(REGION) if REGIONS[REGION].cloud is Cloud.AWS]
    assert [name for name in aws if interface_pods(name) is None] == []


@pytest.mark.parametrize("cloud", [*CLOUDS])
def test_agents_are_all_parts_of_a_cloud_with_pods_on_every_node(cloud: Cloud) -> None:
    on_nodes = {part for part in parts() if any(pods.replicas is None for pods in pods_of(part))}
    every = [part for entry in CLOUDS.values() for part in entry.agents]
    assert sorted(every) == sorted(on_nodes)
    assert {*CLOUDS[cloud].agents} <= on_nodes


def test_a_pod_fits_beside_every_agent_that_a_cluster_may_have() -> None:
    pool = _pool("g5.12xlarge")
    room, without = allocatable(REGION, "g5.12xlarge", pool), allocatable(REGION, "g5.12xlarge", pool, ())
    assert room is not None
    assert without is not None
    assert (without.cpu_m - room.cpu_m, without.memory_mib - room.memory_mib) == (220, 254)
    assert holds(REGION, "g5.12xlarge", pool, room.cpu_m / 1000, room.memory_mib / 1024)
    assert not holds(REGION, "g5.12xlarge", pool, room.cpu_m / 1000 + 0.001, 1)
    assert not holds(REGION, "g5.12xlarge", pool, 1, (room.memory_mib + 1) / 1024)
    assert not holds(REGION, "no-such-machine", pool, 1, 1)


def test_a_machine_of_ones_own_keeps_memory_free_and_runs_agents() -> None:
    assert own_capacity(8, 64) == NodeCapacity(8000 - OWN_AGENTS.cpu_m, 65_536 - 100 - OWN_AGENTS.memory_mib)
