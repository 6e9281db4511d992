"""Runs go to machines with exactly as many GPUs as they ask for, where a pool states it and has several types."""

from __future__ import annotations

from typing import Any

import pytest

from falaj.components.core.node_pools.node_groups import node_group_problems
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.training.machine_gpus import machine_gpus
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.regions import Cloud
from tests.unit.components.training_sample import pod, run

AWS = "me-central-1"
MIXED = ["g5.xlarge", "g6e.xlarge", "g5.12xlarge", "g6.12xlarge"]
LABEL = "karpenter.k8s.aws/instance-gpu-count"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


def pool(*machines: str, **changes: Any) -> NodePoolSpec:
    fields: dict[str, Any] = {
        "profile": Profile.TRAINING,
        "capacity": Capacity.SPOT,
        "max": 4,
        "aws": {"exact_gpus": True},
    }
    return NodePoolSpec(machines=list(machines or MIXED), **(fields | changes))


def chosen(gpus: int, *pools: NodePoolSpec, cpu: float = 3, memory_gib: float = 12, **changes: Any) -> int | None:
    named = {str(number): each for number, each in enumerate(pools or (pool(),))}
    return machine_gpus(gpus, cpu, memory_gib, named, AWS, **changes)


def test_a_pod_gets_a_machine_with_as_many_gpus() -> None:
    assert [chosen(gpus) for gpus in (0, 1, 2, 4)] == [None, 1, None, 4]


def test_types_on_which_it_does_not_fit_do_not_count() -> None:
    assert chosen(1, memory_gib=20) is None  # g6e.xlarge alone has that much
    assert chosen(1, cpu=4) is None
    assert chosen(1, pool("g5.xlarge", "g5.12xlarge", "g6.12xlarge")) is None


@pytest.mark.parametrize(
    "other",
    [
        pool(aws={}),
        pool("g5.12xlarge", "g6.12xlarge"),
        pool("g5.xlarge", "g6.xlarge", "g5g.xlarge"),
    ],
    ids=["not stated", "large machines", "unknown architecture"],
)
def test_a_pool_without_such_machines_stays_open(other: NodePoolSpec) -> None:
    assert chosen(1, other) is None
    assert chosen(1, pool(), other) is None


def test_a_run_without_a_pool_takes_any() -> None:
    assert machine_gpus(1, 3, 12, {}, AWS) is None


@pytest.mark.parametrize(("nodes", "gpus"), [(4, 1), (5, None)])
def test_the_pods_of_a_run_need_as_many_nodes(nodes: int, gpus: int | None) -> None:
    assert chosen(1, nodes=nodes) == gpus


@pytest.mark.parametrize(("zone", "gpus"), [("mec1-az1", 1), ("mec1-az3", None), (None, 1)])
def test_types_that_its_zone_does_not_offer_do_not_count(zone: str | None, gpus: int | None) -> None:
    assert chosen(1, pool("g6.xlarge", "g6e.xlarge", zone=zone)) == gpus


def test_a_managed_node_group_does_not_state_it() -> None:
    assert "aws.exact_gpus" in [problem.path for problem in node_group_problems(pool())]
    assert "aws.exact_gpus" not in [problem.path for problem in node_group_problems(pool(aws={}))]


def test_the_condition_is_one_of_the_pod() -> None:
    assert pod(gpus=1, machine_gpus=1)["nodeSelector"][LABEL] == "1"
    assert LABEL not in pod(gpus=1)["nodeSelector"]
    azure = pod(gpus=1, machine_gpus=2, cloud=Cloud.AZURE)
    assert azure["nodeSelector"]["karpenter.azure.com/sku-gpu-count"] == "2"
    [term] = pod(gpus=1, machine_gpus=1, queue="default")["affinity"]["nodeAffinity"][REQUIRED]["nodeSelectorTerms"]
    assert {"key": LABEL, "operator": "In", "values": ["1"]} in term["matchExpressions"]


@pytest.mark.parametrize(
    "changes", [{"gpus": 0}, {"gpus": 2}, {"gpus": 1, "cloud": Cloud.ONPREM}], ids=["no GPU", "too few", "no label"]
)
def test_what_no_node_could_have_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadArguments, match="machine_gpus"):
        run(machine_gpus=1, **changes)
