"""Pods that must be spread over zones, or be alone in theirs."""

from typing import Any

import pytest

from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan, priced
from tests.unit.finops.test_work_nodes import QUIET
from tests.unit.finops.work_plans import deployment, pod

ZONE, APP = "topology.kubernetes.io/zone", {"app": "served"}


def subnet(zone: str) -> Row:
    return "aws:ec2/subnet:Subnet", f"uae-{zone}", {"availabilityZone": zone, "region": "me-central-1", "tags": TAGS}


POOL = karpenter_pool("work", ["m5.4xlarge"], profile="batch")
THREE = tuple(map(subnet, ("me-central-1a", "me-central-1b", "me-central-1c")))
TWO = THREE[:2]


def spread(replicas: int, skew: int = 1, cpu: str = "1", **more: Any) -> Row:
    """Returns pods of which a machine of the pool takes 15 of one CPU."""
    constraint = {"maxSkew": skew, "topologyKey": ZONE, "whenUnsatisfiable": "DoNotSchedule",
                  "labelSelector": {"matchLabels": APP}} | more.pop("constraint", {})  # fmt: skip
    return deployment("served", replicas, pod(cpu, labels=APP, topologySpreadConstraints=[constraint], **more))


def alone(replicas: int, key: str = ZONE) -> Row:
    term = {"topologyKey": key, "labelSelector": {"matchLabels": APP}}
    rule = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}
    return deployment("served", replicas, pod(labels=APP, affinity=rule))


def machines(*rows: Row) -> tuple[float, float]:
    """Returns the fewest and the expected machines."""
    lines = [line for line in priced(plan(AWS_NETWORK, *rows), QUIET).lines if line.charge.machine]
    spans = [(line.charge.quantity.min, line.charge.quantity.expected) for line in lines]
    return tuple(round(float(sum(each) / 730), 4) for each in zip(*spans, strict=True))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("pods", "expected"),
    [
        # kubernetes-sigs/karpenter v1.15.0, provisioning/scheduling/topologygroup.go, nextDomainTopologySpread: a zone
        # may have `maxSkew` more pods than the zone of the pool with the fewest, which is none before it has a node.
        (spread(1), 1),
        (spread(2), 2),
        (spread(3), 3),
        (spread(9), 3),
        (spread(3, skew=2), 2),
        (spread(3, skew=3), 1),
        (spread(9, skew=3), 3),
        (spread(60), 6),  # 20 in each zone
        (spread(3, constraint={"whenUnsatisfiable": "ScheduleAnyway"}), 1),
        (spread(3, constraint={"labelSelector": {"matchLabels": {"app": "other"}}}), 1),
        (spread(3, nodeSelector={ZONE: "me-central-1a"}), 1),
    ],
)
def test_karpenter_starts_a_node_in_each_zone(pods: Row, expected: int) -> None:
    assert machines(POOL, *THREE, pods)[1] == expected


def test_zones_are_those_of_the_subnets_or_of_the_requirement() -> None:
    assert machines(POOL, *TWO, spread(3))[1] == 2
    kind, name, props = karpenter_pool("work", ["m5.4xlarge"], profile="batch")
    rows = props["spec"]["template"]["spec"]["requirements"]
    rows.append({"key": ZONE, "operator": "In", "values": ["me-central-1c"]})
    assert machines((kind, name, props), *THREE, spread(3))[1] == 1


def test_zones_of_other_pools_are_none_of_karpenters() -> None:
    kind, name, props = karpenter_pool("work", ["m5.4xlarge"], profile="batch")
    rows = props["spec"]["template"]["spec"]["requirements"]
    rows.append({"key": ZONE, "operator": "In", "values": ["me-central-1c"]})
    group = ("aws:eks/nodeGroup:NodeGroup", "uae-group", {
        "instanceTypes": ["m5.4xlarge"], "scalingConfig": {"minSize": 0, "maxSize": 9}, "tags": TAGS,
        "labels": {"falaj/profile": "inference-gpu"},
    })  # fmt: skip
    assert machines((kind, name, props), group, *THREE, spread(3))[1] == 1


def test_the_minimum_leaves_a_spread_out() -> None:
    """The scheduler compares only zones that have nodes: where one has room for all, they run there."""
    assert machines(POOL, *THREE, spread(3)) == (1, 3)


def test_two_workloads_share_the_nodes_of_their_zones() -> None:
    kind, _, props = spread(3)
    other = kind, "uae-other", props | {"metadata": {"name": "other", "labels": TAGS}}
    assert machines(POOL, *THREE, spread(3), other)[1] == 3


def test_other_autoscalers_start_no_node_for_a_spread() -> None:
    assert machines(agent_pool("cpu", "Standard_D16as_v5", 1, 4), spread(3))[1] == 1


@pytest.mark.parametrize(("key", "most"), [(ZONE, 3), ("topology.kubernetes.io/region", 1)])
def test_of_pods_that_are_alone_in_a_zone_the_others_are_pending(key: str, most: int) -> None:
    """The same, nextDomainAntiAffinity: a pod needs a zone without such pods."""
    assert machines(POOL, *THREE, alone(5, key)) == (most, most)
    (text,) = (text for text in priced(plan(AWS_NETWORK, POOL, *THREE, alone(5, key))).warnings if "served" in text)
    assert f"{5 - most} pods of served must not share" in text


def test_anti_affinity_by_zone_counts_the_zones_of_agent_pools() -> None:
    zonal = agent_pool("cpu", "Standard_D16as_v5", 0, 9, availabilityZones=["1", "2"])
    assert machines(zonal, alone(5)) == (2, 2)
    assert machines(agent_pool("cpu", "Standard_D16as_v5", 0, 9), alone(5)) == (5, 5)  # zones are not stated
