"""IP addresses of nodes and pods: how many a machine needs, and when a network has too few."""

from ipaddress import IPv4Network

import pytest

from falaj.components.core.node_pools.pod_addresses import (
    address_problems,
    address_warnings,
    addresses_per_node,
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


@pytest.mark.parametrize(("pods", "addresses"), [(1, 33), (16, 33), (17, 50), (110, 130), (250, 274)])
def test_a_node_takes_whole_blocks_and_one_in_reserve(pods: int, addresses: int) -> None:
    assert addresses_per_node(pods) == addresses


def test_nodes_that_a_subnet_has_addresses_for() -> None:
    assert nodes_that_fit(IPv4Network("10.0.0.0/18"), 110) == 125
    assert nodes_that_fit(IPv4Network("10.0.0.0/22"), 110) == 7
    assert nodes_that_fit(IPv4Network("10.0.0.0/22"), 1) == 30


def test_pools_that_fit_cause_no_problem() -> None:
    # 3 zones of 1,019 addresses: 30 new nodes each, or 7 full nodes each.
    pools = {"a": pool(60), "b": pool(30)}
    assert list(address_problems(REGION, NARROW, ZONES, pools)) == []
    assert list(address_warnings(REGION, WIDE, ZONES, pools)) == []


def test_a_pool_that_cannot_start_its_nodes_is_refused() -> None:
    found = list(address_problems(REGION, NARROW, ZONES, {"a": pool(60), "b": pool(31)}))
    assert [problem.path for problem in found] == ["pools"] * 3
    assert str(found[0]) == (
        'pools: ["a", "b"] is not allowed; allowed: at most 1019 addresses per zone: all pools at '
        "`max` take 1023 in mec1-az1, at 33 per node. Fix: lower `max`, use a larger `network.cidr`, or give pods a "
        "block of their own: `aws.network.pods_cidr`."
    )


def test_a_network_that_fills_up_causes_a_warning() -> None:
    [*warnings] = address_warnings(REGION, NARROW, ZONES, {"a": pool(24)})
    assert [text.split(" has ")[0] for text in warnings] == list(ZONES)
    assert "has 1019 addresses for nodes and pods, but all pools at `max` with full nodes take 1040" in warnings[0]
    assert list(address_warnings(REGION, NARROW, ZONES, {"a": pool(21)})) == []


def test_a_pool_of_one_zone_takes_its_addresses_there() -> None:
    crowded = {"a": pool(31, zone="me-central-1b")}
    assert [problem.allowed.split(" in ")[1][:8] for problem in address_problems(REGION, NARROW, ZONES, crowded)] == [
        "mec1-az2"
    ]
    assert list(address_problems(REGION, NARROW, ZONES, {"a": pool(30, zone="me-central-1b")})) == []


def test_the_largest_machine_of_a_pool_counts() -> None:
    assert len(list(address_warnings(REGION, NARROW, ZONES[:1], {"a": pool(4, ("m7g.large", "g5.8xlarge"))}))) == 1
    assert list(address_warnings(REGION, NARROW, ZONES[:1], {"a": pool(4, ("m7g.large",))})) == []
