"""Placing the work of large plans takes time in proportion to it, whatever the workloads have in common.

Times are of the process, as other tests may run at the same time; their bounds are generous.
"""

from collections.abc import Callable
from random import Random

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.estimate import estimate
from falaj.finops.money import Rates
from falaj.finops.usage import parse
from tests.processor_time import within
from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, karpenter_pool, plan
from tests.unit.finops.work_plans import deployment, of_kind, pod

RESOURCES, WORKLOADS = 10_000, 8_000
SECONDS = 4.0
"""Bound of each case; on the machine of 2026-11-27, the slowest took 2.2 s, that of one GPU each 1.6 s."""

_POOLS = (
    agent_pool("gpu", "Standard_NC40ads_H100_v5", 0, 9999),
    karpenter_pool("cpu", ["m7g.2xlarge", "m7g.4xlarge", "m7g.8xlarge"], limits={"nodes": "9999"}),
    karpenter_pool("g6", ["g6.2xlarge", "g6.12xlarge"], limits={"nodes": "9999"}),
)


def _one_gpu(random: Random, number: int) -> Row:
    return deployment(f"served-{number}", 1, pod("4", "16Gi", 1))


def _any_gpu(random: Random, number: int) -> Row:
    size = f"{random.randint(100, 16000)}m", f"{random.randint(1, 64)}Gi"
    return deployment(f"served-{number}", random.randint(1, 3), pod(*size, random.choice([0, 1, 1, 1, 2, 4])))


def _much_memory(random: Random, number: int) -> Row:
    return deployment(f"cache-{number}", 1, pod("100m", f"{random.randint(4, 60)}Gi"))


def _apart(random: Random, number: int) -> Row:
    term = {"labelSelector": {"matchLabels": {"app": str(number)}}, "topologyKey": "kubernetes.io/hostname"}
    affinity = {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [term]}}
    template = pod(f"{random.randint(1, 8)}", "2Gi", affinity=affinity, labels={"app": str(number)})
    return deployment(f"served-{number}", 2, template)


def _jobs(random: Random, number: int) -> Row:
    return of_kind("batch/v1:Job", f"train-{number}", {"template": pod("1", "2Gi", random.choice([0, 1]))})


CASES: tuple[Callable[[Random, int], Row], ...] = (_one_gpu, _any_gpu, _much_memory, _apart, _jobs)


@pytest.mark.parametrize("case", CASES)
def test_ten_thousand_resources_are_estimated_within_seconds(case: Callable[[Random, int], Row]) -> None:
    random = Random(7)  # noqa: S311 - reproducible
    work = [case(random, number) for number in range(WORKLOADS)]
    jobs = 300 if case is _jobs else 1
    work += [] if case is _jobs else [_jobs(random, 0)]  # a job beside the others starts all of their nodes first
    others = [
        ("kubernetes:core/v1:ConfigMap", f"uae-map-{number}", {"metadata": {"name": f"map-{number}", "labels": TAGS}})
        for number in range(RESOURCES - WORKLOADS)
    ]
    resources, prices = plan(AWS_NETWORK, *_POOLS, *work, *others), catalogue()
    estimate(plan(AWS_NETWORK), parse(""), prices, Rates())  # reads the catalogue
    stated = ", ".join(f"train-{number}: {{hours: {number % 700 + 1}}}" for number in range(jobs))
    usage = parse(f"sites: {{uae: {{workloads: {{{stated}}}}}}}")
    with within(SECONDS):
        assert estimate(resources, usage, prices, Rates()).lines
