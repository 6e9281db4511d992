"""Node pools that scale: hours, machines, spot, disks and limits."""

from decimal import Decimal
from itertools import combinations_with_replacement

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.aws_volumes import volume
from falaj.finops.lines import Line, Range
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, karpenter_pool, plan, priced


def machine(*rows, usage: str = "") -> Line:
    """Returns the machine line of a plan with one pool."""
    result = [line for line in priced(plan(*rows), usage).lines if line.charge.service == "machine"]
    return result[0]


def hours(line: Line) -> tuple[float, ...]:
    span = line.charge.quantity
    return tuple(float(name) for name in (span.min, span.expected, span.max))


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        ("", 730 + 0.25 * 3 * 730),  # the default of inference-gpu
        ("profiles: {inference-gpu: {load: 0}}", 730),
        ("profiles: {inference-gpu: {load: 1}}", 4 * 730),
        ("sites: {uae: {pools: {gpu: {nodes: 2, hours: 100}}}}", 730 + 100),
        ("sites: {uae: {pools: {gpu: {nodes: 99}}}}", 4 * 730),  # never above the pool's maximum
        ("sites: {uae: {pools: {gpu: {nodes: 0}}}}", 730),  # never below its minimum
        ("hours: 700", 700 + 0.25 * 3 * 700),
    ],
)
def test_hours_between_the_least_and_the_most(usage: str, expected: float) -> None:
    result = hours(machine(agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 4), usage=usage))
    month = 700 if "700" in usage else 730
    assert result == pytest.approx((month, expected, 4 * month))


def on_demand(machine_type: str) -> Decimal:
    """Returns the price of the catalogue in USD per hour."""
    price = catalogue().machine("me-central-1", machine_type, "on-demand").usd
    assert price is not None
    return price


def test_a_pool_that_does_not_scale_has_its_count() -> None:
    fixed = agent_pool("gpu", "Standard_NC40ads_H100_v5", 0, 9, enableAutoScaling=False, count=2)
    assert hours(machine(fixed)) == (1460, 1460, 1460)


def test_the_cheapest_type_is_expected_and_the_most_expensive_is_the_maximum() -> None:
    line = machine(AWS_NETWORK, karpenter_pool("gpu", ["g6e.xlarge", "g6.xlarge"], limits={"nodes": "2"}))
    assert line.what == "machine g6.xlarge on-demand"
    assert line.price.usd == Decimal("0.98824")
    assert line.usd.max == 2 * 730 * Decimal("2.283")
    assert "at maximum the most expensive, g6e.xlarge" in line.charge.note


def test_spot_says_its_risk_and_a_pool_that_falls_back_costs_on_demand_at_most() -> None:
    limits = {"nodes": "1"}
    only = machine(AWS_NETWORK, karpenter_pool("gpu", ["g5.xlarge"], capacity=["spot"], limits=limits))
    assert only.usd.max == 730 * Decimal("1.234")  # the spot price has no other limit
    assert "reclaimed at any time" in only.charge.note
    assert "work waits" in only.charge.note
    assert "times as much" in only.charge.note
    both = machine(AWS_NETWORK, karpenter_pool("gpu", ["g5.xlarge"], capacity=["spot", "on-demand"], limits=limits))
    assert both.what == "machine g5.xlarge spot"
    assert both.usd.max == 730 * Decimal("1.234")
    assert "falls back to on-demand" in both.charge.note


def test_spot_without_a_price_is_missing_and_never_the_price_on_demand() -> None:
    line = machine(AWS_NETWORK, karpenter_pool("gpu", ["g6.12xlarge"], capacity=["spot"], limits={"nodes": "1"}))
    assert not line.priced
    assert line.usd == Range(Decimal(0), Decimal(0), Decimal(0))
    partly = machine(
        AWS_NETWORK, karpenter_pool("gpu", ["g5.12xlarge", "g6.12xlarge"], capacity=["spot"], limits={"nodes": "1"})
    )
    assert partly.priced
    assert "no spot price is known for g6.12xlarge" in partly.charge.note


def test_a_machine_that_the_region_lacks_has_no_price() -> None:
    line = machine(AWS_NETWORK, karpenter_pool("gpu", ["p4d.24xlarge"], limits={"nodes": "1"}))
    assert not line.priced
    assert "no machine p4d.24xlarge in me-central-1" in line.price.source


def test_limits_of_karpenter_in_machines_in_cores_and_none() -> None:
    of_cores = machine(AWS_NETWORK, karpenter_pool("gpu", ["g6.xlarge"], limits={"cpu": "10"}))
    assert hours(of_cores)[2] == 2 * 730  # of 4 cores each
    unlimited = priced(plan(AWS_NETWORK, karpenter_pool("gpu", ["g6.xlarge"]))).unpriced
    assert [line.price.source for line in unlimited] == ["pool gpu has no limit: its maximum is unknown"]


def test_karpenter_takes_its_disks_from_its_node_class() -> None:
    kind, name, props = karpenter_pool("gpu", ["g6.xlarge"], limits={"nodes": "1"})
    props["spec"]["template"]["spec"]["nodeClassRef"] = {
        "group": "karpenter.k8s.aws",
        "kind": "EC2NodeClass",
        "name": "gpu",
    }
    disk = {"ebs": {"volumeSize": "200Gi", "volumeType": "gp3", "iops": 4000, "throughput": 500}}
    spec = {"blockDeviceMappings": [disk]}
    node_class = (
        "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
        "uae-class",
        {"metadata": {"name": "gpu"}, "spec": spec},
    )
    result = priced(plan(AWS_NETWORK, (kind, name, props), node_class))
    assert {line.charge.sku: line.charge.quantity.max for line in result.lines if line.charge.service == "ebs"} == {
        "gp3": 200,
        "gp3-iops": 1000,
        "gp3-throughput": 375,
    }


def test_a_capacity_block_has_a_price_of_its_own_that_no_list_holds() -> None:
    props = {"capacityType": "CAPACITY_BLOCK", "instanceTypes": ["p5en.48xlarge"], "scalingConfig": {"maxSize": 1}}
    (line,) = priced(plan(AWS_NETWORK, ("aws:eks/nodeGroup:NodeGroup", "uae-group", props))).unpriced
    assert "prepaid" in line.price.source


def test_families_are_looked_up() -> None:
    kind, name, props = karpenter_pool("gpu", [], limits={"nodes": "1"})
    expected = {"key": "karpenter.k8s.aws/instance-family", "operator": "In", "values": ["g6"]}
    on_demand = {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]}
    props["spec"]["template"]["spec"]["requirements"] = [expected, on_demand]
    assert machine(AWS_NETWORK, (kind, name, props)).what == "machine g6.xlarge on-demand"


def test_a_node_group_takes_its_disks_from_its_template() -> None:
    ebs = {"volumeSize": 100, "volumeType": "gp3", "iops": 4000, "throughput": 225}
    result = priced(
        plan(
            AWS_NETWORK,
            ("aws:ec2/launchTemplate:LaunchTemplate", "uae-template", {"blockDeviceMappings": [{"ebs": ebs}]}),
            (
                "aws:eks/nodeGroup:NodeGroup",
                "uae-group",
                {"instanceTypes": ["m7g.large"], "scalingConfig": {"minSize": 2, "maxSize": 2}, "tags": TAGS},
            ),
        )
    )
    # Two machines all month: 200 GB, 2 x 1,000 operations and 2 x 100 MB a second above what is included in the price.
    assert {
        line.charge.sku: line.charge.quantity.expected for line in result.lines if line.charge.service == "ebs"
    } == {
        "gp3": 200,
        "gp3-iops": 2000,
        "gp3-throughput": 200,
    }


def test_a_disk_without_a_size_has_that_of_a_node_group_by_default() -> None:
    """20 GiB (EKS API Reference, CreateNodegroup, diskSize)."""
    assert [(charge.sku, charge.quantity.expected) for charge in volume({"volumeType": "gp3"})] == [("gp3", 20)]


@pytest.mark.parametrize(("size", "sku"), [(30, "p4"), (64, "p6"), (100, "p10"), (128, "p10"), (129, "p15")])
def test_disks_of_azure_are_paid_by_the_next_size(size: int, sku: str) -> None:
    pool = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, osDiskType="Managed", osDiskSizeGB=size)
    assert [line.charge.sku for line in priced(plan(pool)).lines if line.charge.service == "disk"] == [sku]


def test_idle_is_what_is_paid_and_not_used() -> None:
    line = machine(
        agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1), usage="profiles: {inference-gpu: {utilisation: 0.3}}"
    )
    assert line.idle_usd == line.usd.expected * Decimal("0.7")


def test_a_limit_on_cores_bounds_the_price_of_its_maximum() -> None:
    """100 of the smallest node, or one of 64 vCPU and 36 of others: never 100 of the dearest. By hand, 100 cores at the
    highest price of a core among the types that fit into the limit at all."""
    types = ["m6g.medium", "m8g.48xlarge", "m7i.16xlarge"]
    line = machine(AWS_NETWORK, karpenter_pool("cpu", types, limits={"cpu": "100"}))
    cores = {"m6g.medium": 1, "m7i.16xlarge": 64}
    highest = max(on_demand(name) / vcpu for name, vcpu in cores.items())
    assert line.charge.quantity.max == 100 * 730
    assert line.usd.max == pytest.approx(100 * 730 * highest)
    assert on_demand("m8g.48xlarge") > 1


@pytest.mark.parametrize("cores", range(1, 9))
def test_no_machines_within_a_limit_cost_more_than_the_maximum(cores: int) -> None:
    sizes = {"m7i.large": 2, "m6g.medium": 1, "r6g.xlarge": 4}
    line = machine(AWS_NETWORK, karpenter_pool("cpu", list(sizes), limits={"cpu": str(cores)}))
    within = (
        chosen
        for count in range(cores + 1)
        for chosen in combinations_with_replacement(sizes, count)
        if sum(sizes[name] for name in chosen) <= cores
    )
    dearest = max(sum((on_demand(name) for name in chosen), Decimal(0)) for chosen in within)
    assert 730 * dearest <= line.usd.max <= 730 * cores * max(on_demand(name) / size for name, size in sizes.items())


def test_the_lowest_of_several_limits_bounds_the_maximum() -> None:
    """Of four nodes of at most USD 3 an hour and 8 GPUs, the machines of four GPUs are two."""
    types = ["g6.xlarge", "g6.12xlarge"]
    line = machine(AWS_NETWORK, karpenter_pool("gpu", types, limits={"nodes": "4", "nvidia.com/gpu": "8"}))
    highest = max(on_demand("g6.xlarge"), on_demand("g6.12xlarge") / 4)
    assert line.usd.max == pytest.approx(730 * min(4 * on_demand("g6.12xlarge"), 8 * highest))
    limits = {"nodes": "2", "nvidia.com/gpu": "1"}
    unlike = machine(AWS_NETWORK, karpenter_pool("cpu", ["m7g.large", "g6.xlarge"], limits=limits))
    assert unlike.usd.max == pytest.approx(730 * 2 * on_demand("g6.xlarge")), "machines without GPUs are not limited"


def test_of_limits_on_two_resources_the_lower_bounds_the_maximum() -> None:
    """15 GiB hold two machines of 8 GiB, of which 7.4 count, or four of 4: less than 8 cores cost."""
    rows = karpenter_pool("cpu", ["m7i.large", "m6g.medium"], limits={"cpu": "8", "memory": "15Gi"})
    highest = max(on_demand("m7i.large") / Decimal("7.4"), on_demand("m6g.medium") / Decimal("3.7"))
    assert machine(AWS_NETWORK, rows).usd.max == pytest.approx(730 * 15 * highest)
