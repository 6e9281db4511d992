"""Networks on AWS smaller than /20: how they are divided, and what they are too small for."""

from ipaddress import IPv4Network
from itertools import combinations

import pytest

from falaj.components.aws.network.endpoints import required_services
from falaj.components.core.network.cidr import layout, most_zones
from falaj.components.core.network.small_blocks import ENDPOINTS_WITHOUT_EGRESS, block_problems
from falaj.components.core.node_pools.pod_addresses import address_problems
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Egress, Profile

ZONES = ("mec1-az1", "mec1-az3")
SMALL_ENOUGH_FOR_A_CONTROL_PLANE = 28


@pytest.mark.parametrize("prefix", range(16, 25))
@pytest.mark.parametrize("zones", [1, 2, 3])
def test_subnets_are_inside_the_block_and_do_not_overlap(prefix: int, zones: int) -> None:
    block = IPv4Network(f"10.20.0.0/{prefix}")
    if zones > most_zones(block):
        with pytest.raises(ValueError, match="zones must be 1 to 2, not 3"):
            layout(block, zones)
        return
    plan = layout(block, zones)
    # A control plane has subnets in two zones, even if nodes are in one.
    control_plane = layout(block, max(zones, 2)).control_plane
    subnets = [*plan.nodes, *control_plane, *plan.endpoints, *plan.public]
    assert len(plan.nodes) == len(plan.control_plane) == len(plan.endpoints) == zones
    assert all(subnet.subnet_of(block) for subnet in subnets)
    assert not any(first.overlaps(second) for first, second in combinations(subnets, 2))
    assert all(subnet.prefixlen <= SMALL_ENOUGH_FOR_A_CONTROL_PLANE for subnet in subnets)


def test_blocks_that_were_always_allowed_are_divided_as_before() -> None:
    plan = layout(IPv4Network("10.20.0.0/20"), 3)
    assert [str(block) for block in plan.nodes] == ["10.20.0.0/22", "10.20.4.0/22", "10.20.8.0/22"]
    assert [str(block) for block in plan.control_plane] == ["10.20.12.0/28", "10.20.12.16/28", "10.20.12.32/28"]
    assert [str(block) for block in plan.public] == ["10.20.12.64/28", "10.20.12.80/28", "10.20.12.96/28"]
    assert [str(block) for block in plan.endpoints] == ["10.20.12.128/26", "10.20.12.192/26", "10.20.13.0/26"]


@pytest.mark.parametrize(
    ("block", "zones", "egress", "allowed"),
    [
        ("10.20.0.0/22", 3, Egress.NAT_PER_ZONE, None),
        ("10.20.0.0/23", 2, Egress.NAT_PER_ZONE, None),
        ("10.20.0.0/23", 2, Egress.NONE, None),
        ("10.20.0.0/23", 3, Egress.NAT_SINGLE, "a /22 or larger for 3 zones"),
        ("10.20.0.0/24", 1, Egress.NAT_SINGLE, None),
        ("10.20.0.0/24", 2, Egress.FIREWALL, None),
        (
            "10.20.0.0/24",
            2,
            Egress.NAT_SINGLE,
            "a /23 or larger: with 2 zones a /24 has no room for the public subnet of a NAT gateway",
        ),
        ("10.20.0.0/24", 2, Egress.NONE, "14 private endpoints or more need an address in each zone, and a "),
    ],
)
def test_a_block_is_refused_with_numbers(block: str, zones: int, egress: Egress, allowed: str | None) -> None:
    problems = list(block_problems(IPv4Network(block), zones, egress))
    assert [problem.path for problem in problems] == ([] if allowed is None else ["cidr"])
    assert all(allowed is not None and allowed in problem.allowed for problem in problems)


def test_the_number_of_endpoints_is_that_of_the_network() -> None:
    assert len(required_services(Egress.NONE, ())) == ENDPOINTS_WITHOUT_EGRESS


def test_with_a_block_of_pods_a_node_takes_one_address_of_the_network() -> None:
    pods, block = IPv4Network("100.64.0.0/16"), IPv4Network("10.20.0.0/24")
    pool = NodePoolSpec(profile=Profile.BATCH, machines=("m7g.large",), max=118)
    assert list(address_problems("me-central-1", block, ZONES, {"a": pool}, pods)) == []
    larger = {"a": pool.model_copy(update={"max": 119})}
    (first, _) = address_problems("me-central-1", block, ZONES, larger, pods)
    assert first.allowed == "at most 59 nodes per zone, with an address each: all pools at `max` have 60 in mec1-az1"
    (short, *_) = address_problems("me-central-1", block, ZONES, {"a": pool})
    assert "at most 2 blocks of 16 addresses per zone: all pools at `max` take 177 in mec1-az1" in short.allowed
    assert "aws.network.pods_cidr" in short.fix
