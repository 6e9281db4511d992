"""The nodes that the estimate counts for some pods are those that Karpenter and the scheduler start for them."""

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

import pytest

from falaj.facts.machines import find
from falaj.finops.work.apart import Others
from falaj.finops.work.packing import pack
from falaj.finops.work.placement import Placement
from falaj.finops.work.requests import requests
from falaj.finops.work.supply import Choice, Supply
from falaj.finops.work.workloads import Work
from falaj.sandbox.lab.instance_types import REGION
from tests.lab.objects import LabNamespace, container, label, pod, pool
from tests.lab.test_autoscaling import RESERVED_CPU, RESERVED_GIB

MIB = 1024**2


class Pods(NamedTuple):
    """Equal pods. `apart`: no two of them on one node."""

    number: int
    cpu: str
    memory: str
    gpus: int = 0
    apart: bool = False


CASES: dict[str, tuple[tuple[str, ...], tuple[Pods, ...]]] = {
    "a GPU each": (("g6.xlarge",), (Pods(3, "3", "12Gi", 1),)),
    "half a machine and a little": (("m7g.2xlarge",), (Pods(3, "4", "8Gi"),)),
    "large beside small": (("m7g.4xlarge",), (Pods(2, "10", "16Gi"), Pods(5, "2", "4Gi"), Pods(3, "1", "30Gi"))),
    "apart": (("m7g.xlarge",), (Pods(3, "500m", "1Gi", apart=True), Pods(4, "500m", "1Gi"))),
    "the cheapest type that holds them": (("m7g.xlarge", "m7g.4xlarge"), (Pods(1, "8", "8Gi"),)),
    "types by their memory": (
        ("c6g.2xlarge", "m7g.2xlarge", "r7g.2xlarge"), (Pods(1, "2", "40Gi"), Pods(1, "6", "8Gi"))
    ),
    "four GPUs": (("g6.xlarge", "g6.12xlarge"), (Pods(2, "40", "100Gi", 4),)),
}  # fmt: skip
"""Machine types of a pool, and the pods that arrive together.

Not here: a pod of one GPU beside one of four, in a pool of both sizes. Karpenter starts a small node and a large one;
if the large one is ready first, the scheduler puts the small pod there, and Karpenter starts a second large node
(docs/bill.md). Which happens depends on a moment.
"""


def lab_supply(machines: tuple[str, ...]) -> Supply:
    """Returns the pool with what Karpenter's kwok provider leaves of a machine."""
    choices: list[Choice] = []
    for name in machines:
        machine = find(REGION, name)
        assert machine is not None
        assert machine.vcpu is not None
        assert machine.memory_gib is not None
        cpu_m, memory = int((machine.vcpu - RESERVED_CPU) * 1000), int((machine.memory_gib - RESERVED_GIB) * 1024 * MIB)
        amounts = {"cpu": cpu_m, "memory": memory, "pods": 110, "nvidia.com/gpu": int(machine.gpus)}
        usd = machine.on_demand.usd_hour
        choices.append(Choice(name, "on-demand", amounts, {}, usd, usd or Decimal(0)))
    ordered = sorted(choices, key=lambda choice: choice.rank)
    return Supply("", "pool", "lab", tuple(ordered), (), 0, 20)


def work_of(at: int, pods: Pods, spec: dict) -> Work:
    labels = {"group": str(at)}
    apart = (Others({"matchLabels": labels}, frozenset({"default"})),) if pods.apart else ()
    return Work(
        "lab", str(at), requests(spec), Placement(), pods.number, pods.number, pods.number, None, labels, apart
    )  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_estimate_counts_the_nodes_that_karpenter_starts(namespace: LabNamespace, name: str) -> None:
    machines, groups = CASES[name]
    namespace.apply(pool(namespace.name, machines=machines, capacity=["on-demand"]))
    work: list[tuple[Work, int]] = []
    manifests = []
    for at, pods in enumerate(groups):
        for number in range(pods.number):
            manifest = pod(namespace, f"p{at}-{number}", namespace.name, container(pods.cpu, pods.memory, pods.gpus))
            manifest["metadata"]["labels"] = {"group": str(at)}
            if pods.apart:
                selector = {
                    "labelSelector": {"matchLabels": {"group": str(at)}},
                    "topologyKey": "kubernetes.io/hostname",
                }
                required = {"requiredDuringSchedulingIgnoredDuringExecution": [selector]}
                manifest["spec"]["affinity"] = {"podAntiAffinity": required}
            manifests.append(manifest)
        work.append((work_of(at, pods, manifests[-1]["spec"]), pods.number))
    namespace.apply(*manifests)
    namespace.wait_running(len(manifests), 120)
    started = Counter(label(node, "node.kubernetes.io/instance-type") for node in namespace.nodes(namespace.name))
    counted: Counter[str | None] = Counter()
    for nodes in pack([lab_supply(machines)], work).nodes:
        counted[nodes.choices[0].machine] += nodes.count
    assert counted == started
    assert counted.total() > 0
