"""What Karpenter does with its pools: weights, fixed numbers of nodes, limits, spread over hosts.

Karpenter v1.15.0 (read 2026-11-27): pkg/utils/nodepool OrderByWeight, pkg/apis/v1 NodePoolSpec,
pkg/controllers/provisioning/scheduling TopologyGroup.domainMinCount.
"""

from typing import Any

import pytest

from tests.unit.finops.plans import Row, karpenter_pool
from tests.unit.finops.test_work_nodes import QUIET, gpu_pool, machines, nodes
from tests.unit.finops.work_plans import deployment, pod


def pool(name: str, kinds: list[str], **spec: Any) -> Row:
    """Returns a pool with a limit of 8 nodes and these fields of its specification."""
    kind, title, props = karpenter_pool(name, kinds, limits=spec.pop("limits", {"nodes": "8"}))
    return kind, title, props | {"spec": props["spec"] | spec}


def expected(*rows: Row) -> dict[str, float]:
    return {
        line.name.removeprefix("uae-pool-"): float(line.charge.quantity.expected / 730)
        for line in machines(*rows, usage=QUIET)
        if line.charge.quantity.expected
    }


def test_the_pool_of_the_highest_weight_starts_the_node() -> None:
    cheap, dear = pool("cheap", ["m7g.2xlarge"], weight=1), pool("dear", ["m7g.4xlarge"], weight=50)
    web = deployment("web", 2, pod("4"))
    assert expected(cheap, dear, web) == {"dear": 1}
    assert expected(pool("cheap", ["m7g.2xlarge"]), pool("dear", ["m7g.4xlarge"], weight=1), web) == {"dear": 1}
    # Equal weights: the name that comes later in the alphabet.
    assert expected(pool("a", ["m7g.2xlarge"]), pool("b", ["m7g.4xlarge"]), web) == {"b": 1}
    full = pool("dear", ["m7g.4xlarge"], weight=50, limits={"nodes": "0"})
    assert expected(cheap, full, web) == {"cheap": 2}


def test_a_static_pool_has_its_replicas_whatever_runs_there() -> None:
    assert nodes(pool("cpu", ["m7g.2xlarge"], replicas=3, limits={}), usage=QUIET) == (3, 3, 3)
    assert nodes(pool("cpu", ["m7g.2xlarge"], replicas=3, limits={"nodes": "2"}), usage=QUIET) == (2, 2, 2)
    static = pool("cpu", ["m7g.2xlarge"], replicas=1, limits={})
    assert nodes(static, deployment("web", 9, pod("4")), usage=QUIET) == (1, 1, 1)


@pytest.mark.parametrize(
    ("limits", "most"),
    [
        ({"nodes": "5", "cpu": "16"}, 2),
        ({"nodes": "1", "cpu": "160"}, 1),
        ({"cpu": "24500m"}, 3),
        ({"memory": "64Gi"}, 2),
        ({"memory": "64Gi", "cpu": "8"}, 1),
        ({"cpu": "80", "nvidia.com/gpu": "4"}, 4),
        ({"cpu": "8", "nvidia.com/gpu": "4"}, 1),
        ({"cpu": "80", "nvidia.com/gpu": "0"}, 0),
    ],
)
def test_all_limits_of_a_pool_hold_together(limits: dict[str, str], most: int) -> None:
    """A g6.2xlarge has 8 vCPUs, 32 GiB and one GPU."""
    assert nodes(pool("gpu", ["g6.2xlarge"], limits=limits), usage=QUIET)[2] == most


def spread(when: str = "DoNotSchedule", skew: int = 1, key: str = "kubernetes.io/hostname") -> Row:
    constraint = {
        "maxSkew": skew,
        "topologyKey": key,
        "whenUnsatisfiable": when,
        "labelSelector": {"matchLabels": {"app": "web"}},
    }
    return deployment("web", 4, pod("100m", labels={"app": "web"}, topologySpreadConstraints=[constraint]))


@pytest.mark.parametrize(
    ("work", "needed"),
    [
        (spread(), 4),
        (spread(skew=2), 2),
        (spread(skew=3), 2),
        (spread(when="ScheduleAnyway"), 1),
        (spread(key="topology.kubernetes.io/zone"), 3),
    ],
)
def test_karpenter_spreads_pods_over_hosts(work: Row, needed: int) -> None:
    """Karpenter counts on a host without pods, as it can always start one: no host gets more than `maxSkew`."""
    assert nodes(pool("cpu", ["m7g.2xlarge"]), work, usage=QUIET)[1] == needed


def test_other_autoscalers_start_no_node_to_spread_pods() -> None:
    """The scheduler's minimum is that of the hosts that exist, so one host takes all pods."""
    assert nodes(gpu_pool(), spread(), usage=QUIET)[:2] == (1, 1)


@pytest.mark.parametrize(("key", "needed"), [("topology.kubernetes.io/zone", 3), ("topology.kubernetes.io/region", 1)])
def test_pods_in_distinct_zones_are_on_distinct_nodes(key: str, needed: int) -> None:
    term = {"labelSelector": {"matchLabels": {"app": "web"}}, "topologyKey": key}
    apart = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}
    work = deployment("web", 3, pod("100m", labels={"app": "web"}, affinity=apart))
    assert nodes(gpu_pool(), work, usage=QUIET)[:2] == (needed, needed)
