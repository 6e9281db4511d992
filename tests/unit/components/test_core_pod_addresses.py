"""IP addresses of nodes and pods: how many a machine needs, and when a network has too few."""

from ipaddress import IPv4Network

import pytest

from falaj.components.core.node_pools.pod_addresses import (
    address_problems,
    address_warnings,
    addresses_per_zone,
    blocks_per_node,
    nodes_that_fit,
    pods_per_node,
)
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile

REGION = "me-central-1"
WIDE, NARROW = IPv4Network("10.20.0.0/16"), IPv4Network("10.20.0.0/20")

ZONES = ("mec1-az1", "mec1-az2", "mec1-az3")


def pool(max: int, machines: tuple[str, ...] = ("m7g.large",), zone: str | None = None) -> NodePoolSpec:
    """Returns a pool of machines without GPUs."""
    return NodePoolSpec(profile=Profile.BATCH, machines=machines, max=max, zone=zone)


@pytest.mark.parametrize(
    ("machine", "pods"),
    [
        ("t3.nano", 34),
        ("m7g.medium", 98),
        ("m7g.large", 110),
        ("g5.4xlarge", 110),
        ("g5.8xlarge", 250),
        ("p5en.48xlarge", 250),
    ],
)
def test_pods_that_a_machine_carries(machine: str, pods: int) -> None:
    assert pods_per_node(REGION, machine) == pods


@pytest.mark.parametrize(("pods", "blocks"), [(1, 3), (16, 3), (17, 5), (110, 10), (250, 19)])
def test_a_node_takes_whole_blocks_and_one_in_reserve(pods: int, blocks: int) -> None:
    """Each of its interfaces spoils one more."""
    assert blocks_per_node(pods) == blocks


def test_nodes_that_a_subnet_has_blocks_for() -> None:
    assert nodes_that_fit(IPv4Network("10.0.0.0/18"), 110) == 102
    assert nodes_that_fit(IPv4Network("10.0.0.0/22"), 110) == 6
    assert [nodes_that_fit(IPv4Network(f"10.0.0.0/{prefix}"), 1) for prefix in (22, 24, 25, 26)] == [20, 4, 2, 0]


@pytest.mark.parametrize("pods", [1, 16, 110])
@pytest.mark.parametrize("prefix", [22, 24, 25])
def test_the_nodes_fit_wherever_their_interfaces_lie(prefix: int, pods: int) -> None:
    """Prefixes are whole free /28 blocks, which scattered addresses leave fewer of (EKS User Guide,
    cni-increase-ip-addresses-procedure, read 2026-11-26)."""
    subnet, needed = IPv4Network(f"10.0.0.0/{prefix}"), -(-pods // 16) + 1
    interfaces = blocks_per_node(pods) - needed
    free = [*subnet.subnets(new_prefix=28)][1:-1]
    for _ in range(nodes_that_fit(subnet, pods)):
        spoilt, taken, free = free[:interfaces], free[interfaces : interfaces + needed], free[interfaces + needed :]
        assert len(spoilt) == interfaces
        assert len(taken) == needed


def test_a_subnet_of_the_needed_addresses_has_the_blocks() -> None:
    pools = {"a": pool(12)}  # 4 nodes per zone, with 12 blocks
    assert addresses_per_zone(REGION, ZONES, pools) == 14 * 16 - 5
    assert list(address_problems(REGION, IPv4Network("10.20.0.0/22"), ZONES, pools)) == []
    assert list(address_problems(REGION, IPv4Network("10.20.0.0/22"), ZONES, {"a": pool(13)}))


def test_pools_that_fit_cause_no_problem() -> None:
    # 3 zones of 62 blocks: 20 new nodes each, or 6 full nodes each.
    pools = {"a": pool(30), "b": pool(30)}
    assert list(address_problems(REGION, NARROW, ZONES, pools)) == []
    assert list(address_warnings(REGION, WIDE, ZONES, pools)) == []


def test_a_pool_that_cannot_start_its_nodes_is_refused() -> None:
    found = list(address_problems(REGION, NARROW, ZONES, {"a": pool(30), "b": pool(31)}))
    assert [problem.path for problem in found] == ["pools"] * 3
    assert str(found[0]) == (
        'pools: ["a", "b"] is not allowed; allowed: at most 62 blocks of 16 addresses per zone: all pools at '
        "`max` take 63 in mec1-az1, at 3 per node. Fix: lower `max`, use a larger `network.cidr`, or give pods a "
        "block of their own: `aws.network.pods_cidr`."
    )


def test_a_network_that_fills_up_causes_a_warning() -> None:
    [*warnings] = address_warnings(REGION, NARROW, ZONES, {"a": pool(21)})
    assert [text.split(" has ")[0] for text in warnings] == list(ZONES)
    assert (
        "has 62 blocks of 16 addresses for nodes and pods, but all pools at `max` with full nodes take 70"
        in warnings[0]
    )
    assert list(address_warnings(REGION, NARROW, ZONES, {"a": pool(18)})) == []


def test_a_pool_of_one_zone_takes_its_addresses_there() -> None:
    crowded = {"a": pool(21, zone="me-central-1b")}
    assert [problem.allowed.split(" in ")[1][:8] for problem in address_problems(REGION, NARROW, ZONES, crowded)] == [
        "mec1-az2"
    ]
    assert list(address_problems(REGION, NARROW, ZONES, {"a": pool(20, zone="me-central-1b")})) == []


def test_the_largest_machine_of_a_pool_counts() -> None:
    assert len(list(address_warnings(REGION, NARROW, ZONES[:1], {"a": pool(4, ("m7g.large", "g5.8xlarge"))}))) == 1
    assert list(address_warnings(REGION, NARROW, ZONES[:1], {"a": pool(4, ("m7g.large",))})) == []
