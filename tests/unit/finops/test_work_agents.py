"""Pods of DaemonSets on the nodes of a pool, and machines whose size is unknown."""

from typing import Any

import pytest

from falaj.finops.lines import Line
from tests.unit.finops.plans import Row, agent_pool
from tests.unit.finops.test_work_nodes import QUIET, gpu_pool, machines, nodes, pool_with
from tests.unit.finops.work_plans import deployment, of_kind, pod

ZONE = "topology.kubernetes.io/zone"


def agent(cpu: str, **spec: Any) -> Row:
    return of_kind("apps/v1:DaemonSet", "agent", {"template": pod(cpu, "1Gi", **spec)})


def affinity(key: str, operator: str, *values: str) -> dict[str, Any]:
    term = {"matchExpressions": [{"key": key, "operator": operator, "values": list(values)}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    return {"affinity": {"nodeAffinity": required}}


@pytest.mark.parametrize(
    ("spec", "needed"),
    [
        ({}, 2),
        ({"nodeSelector": {ZONE: "uaenorth-1"}}, 1),
        ({"nodeSelector": {"topology.kubernetes.io/region": "uaenorth"}}, 2),
        (affinity(ZONE, "In", "uaenorth-1"), 1),
        (affinity(ZONE, "NotIn", "uaenorth-1"), 1),
        (affinity(ZONE, "Exists"), 2),
        (affinity("kubernetes.io/hostname", "In", "node-1"), 1),
        (affinity("falaj/pool", "In", "gpu", "cpu"), 2),
        (affinity("falaj/pool", "NotIn", "gpu"), 1),
        (affinity("falaj/pool", "DoesNotExist"), 1),
    ],
)
def test_only_agents_that_run_on_each_node_take_their_part_of_it(spec: dict[str, Any], needed: int) -> None:
    """Three pods of 13 vCPUs fit on a node of 39.5, but not beside an agent of 0.6."""
    assert nodes(gpu_pool(), deployment("small", 3, pod("13")), agent("600m", **spec), usage=QUIET)[1] == needed


def test_an_agent_of_the_zone_of_a_pool_runs_on_each_of_its_nodes() -> None:
    zoned = pool_with({"nodeLabels": {"falaj/pool": "gpu", "falaj/profile": "inference-gpu", ZONE: "uaenorth-1"}})
    small = deployment("small", 3, pod("13"))
    assert nodes(zoned, small, agent("600m", nodeSelector={ZONE: "uaenorth-1"}), usage=QUIET)[1] == 2
    assert nodes(zoned, small, agent("600m", nodeSelector={ZONE: "uaenorth-2"}), usage=QUIET)[1] == 1


def test_an_agent_too_large_for_a_node_stays_pending_alone() -> None:
    small = deployment("small", 3, pod("13"))
    assert nodes(gpu_pool(), small, agent("64"), usage=QUIET)[:2] == (1, 1)


def least(lines: list[Line], pool: str) -> float:
    return float(sum(line.charge.quantity.min for line in lines if line.name == f"uae-pool-{pool}") / 730)


def test_pods_that_may_run_on_machines_of_unknown_size_are_in_no_lower_bound() -> None:
    known, unknown = agent_pool("cpu", "Standard_D8as_v5", 0, 4), agent_pool("new", "Standard_X99_v9", 0, 4)
    web = deployment("web", 4, pod("4"))
    assert least(machines(known, web, usage=QUIET), "cpu") == 4
    assert least(machines(known, unknown, web, usage=QUIET), "cpu") == 0
    bound = deployment("web", 4, pod("4", nodeSelector={"falaj/pool": "cpu"}))
    assert least(machines(known, unknown, bound, usage=QUIET), "cpu") == 4
    other = deployment("web", 4, pod("4", nodeSelector={"kubernetes.io/arch": "arm64"}))
    assert nodes(unknown, other, usage=QUIET)[0] == 0
