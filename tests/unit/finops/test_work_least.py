"""The minimum of a pool against bills by hand: no choice of nodes costs less, and it is no lower than need be."""

from decimal import Decimal

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.lines import Range, total
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, karpenter_pool, plan, priced
from tests.unit.finops.work_plans import deployment, pod

REGION = "me-central-1"


def usd(machine: str) -> Decimal:
    """Returns the on-demand price of the catalogue in USD per hour."""
    price = catalogue().machine(REGION, machine, "on-demand").usd
    assert price is not None
    return price


def node_group(*types: str) -> Row:
    props = {
        "instanceTypes": list(types),
        "scalingConfig": {"minSize": 1, "maxSize": 9, "desiredSize": 1},
        "labels": {"falaj/pool": "cpu", "falaj/profile": "training"},
        "tags": TAGS,
    }
    return "aws:eks/nodeGroup:NodeGroup", "uae-pool-cpu", props


def cost(*rows: Row) -> Range:
    """Returns the monthly cost of all machines in USD."""
    return total(line for line in priced(plan(AWS_NETWORK, *rows)).lines if line.charge.service == "machine")


def small(replicas: int) -> Row:
    """Pods of 3.05 CPU: two fit on a node of 8 vCPU, of which less than 8 are left."""
    return deployment("served", replicas, pod("3050m", "1Gi"))


@pytest.mark.parametrize("types", [["m7i.2xlarge"], ["m7i.2xlarge", "m6i.2xlarge"], ["m6i.2xlarge", "m7i.2xlarge"]])
def test_every_listed_type_of_a_node_group_bounds_its_minimum(types: list[str]) -> None:
    """Five pods, two a node, need three nodes of whichever type."""
    least = 3 * 730 * min(map(usd, types))
    assert cost(node_group(*types), small(5)).min == pytest.approx(least)


@pytest.mark.parametrize(("replicas", "nodes"), [(1, 1), (2, 1), (3, 2), (7, 4), (8, 4)])
def test_equal_pods_are_not_divided(replicas: int, nodes: int) -> None:
    rows = karpenter_pool("cpu", ["m7i.2xlarge"], limits={"nodes": "9"}), small(replicas)
    assert cost(*rows).min == pytest.approx(nodes * 730 * usd("m7i.2xlarge"))


@pytest.mark.parametrize("idle_first", [True, False])
def test_a_deployment_without_pods_hides_no_other(idle_first: bool) -> None:
    rows = [deployment("idle", 0, pod("1", "1Gi")), small(3)]
    pool = karpenter_pool("cpu", ["m7i.2xlarge"], limits={"nodes": "9"})
    assert cost(pool, *(rows if idle_first else reversed(rows))).min == pytest.approx(2 * 730 * usd("m7i.2xlarge"))


def test_pods_of_almost_equal_size_are_not_divided() -> None:
    """Seven pods of 3.0 to 3.6 CPU in Deployments of their own, two a node: four nodes, though the sum is 23.1."""
    pods = [deployment(f"served-{at}", 1, pod(f"{3000 + 100 * at}m", "1Gi")) for at in range(7)]
    pool = karpenter_pool("cpu", ["m7i.2xlarge"], limits={"nodes": "9"})
    assert cost(pool, *pods).min == pytest.approx(4 * 730 * usd("m7i.2xlarge"))


def test_the_minimum_of_mixed_sizes_is_discounted_once() -> None:
    """Three pods of one GPU: Karpenter starts one machine of four, and three of one GPU are the least."""
    pool = karpenter_pool("llm", ["g6.2xlarge", "g6.12xlarge", "g5.12xlarge"], limits={"nodes": "9"})
    found = cost(pool, deployment("llm", 3, pod("4", "16Gi", 1)))
    assert found.expected > found.min == pytest.approx(3 * 730 * usd("g6.2xlarge"))


def test_pods_cost_at_least_what_they_take_of_the_type_that_holds_them_cheapest() -> None:
    """Nine of 20 GiB: two fit on a machine of 64 GiB, and one on a machine of 32."""
    types = ["m7g.2xlarge", "m7g.4xlarge"]
    pods = deployment("cache", 9, pod("3", "20Gi"))
    shares = (usd("m7g.2xlarge"), usd("m7g.4xlarge") / 2)
    found = cost(karpenter_pool("cpu", types, limits={"nodes": "9"}), pods)
    assert found.min == pytest.approx(9 * 730 * min(shares))
