"""The scenario on the laboratory: real Kueue, scheduler and Karpenter, with simulated nodes."""

import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from math import inf
from pathlib import Path
from statistics import median

from falaj.components.core.node_pools import karpenter
from falaj.components.core.node_pools.office_hours import OfficeHours
from falaj.components.core.node_pools.regional_pool import RegionalPool
from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.instance_types import instance_types
from tests.lab.engine import lab_project
from tests.lab.objects import Object, container, pod_spec
from tests.lab.validation.figures import JobLife, NodeLife, Run
from tests.lab.validation.observer import Observer, SeenJob, SeenNode, SeenPod
from tests.lab.validation.records import Record
from tests.lab.validation.scenario import (
    AED_PER_USD,
    BUDGETS,
    POOLS,
    REGION,
    SPEED,
    START_SECONDS,
    Job,
    idle_seconds,
    pool_of,
)
from tests.lab.validation.simulated import Delays
from tests.samples import COST_TAGS

LIMIT_SECONDS = 900
"""Longest time of a run; it takes a third of it without load."""

_LEAST_START_SECONDS = 4
"""A pod that was there so soon after the request for a node has waited for it."""

_WAITED_SECONDS = 2
"""A job that is admitted later than this has waited for quota."""

_NODE_CLASS = {
    "apiVersion": "karpenter.kwok.sh/v1alpha1",
    "kind": "KWOKNodeClass",
    "metadata": {"name": "validation"},
    "spec": {"nodeRegistrationDelay": f"{START_SECONDS // SPEED}s"},
}


_SYSTEM_NODE = {
    "apiVersion": "v1",
    "kind": "Node",
    "metadata": {"name": "system", "annotations": {"kwok.x-k8s.io/node": "fake"}},
    "spec": {"taints": [{"key": "falaj/profile", "value": "system", "effect": "NoSchedule"}]},
}
"""As in all clusters of the platform: without any node, the scheduler retries pods at other times than with some."""


@contextmanager
def deployed(lab: Lab, api: Api, folder: Path) -> Iterator[None]:
    """Creates the pools and queues of the scenario, and removes them afterwards."""
    api.apply(_NODE_CLASS)
    api.apply(_SYSTEM_NODE)
    for name in POOLS:
        api.apply(_node_pool(name))
    project = lab_project(lab, "validation_program.py", folder)
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        yield
    finally:
        _delete_jobs(api)
        down = project.run("destroy", "dev")
        for name in POOLS:
            api.delete(_node_pool(name))
        api.delete(_SYSTEM_NODE)
        api.delete(_NODE_CLASS)
    assert down.status == 0, down.output


def measured(api: Api, seed: int, scenario: Sequence[Job]) -> Record:
    """Submits the jobs at their times, and returns what became of them once all have ended and all nodes are gone."""
    observer = Observer(api)
    observer.jobs |= {job.name: SeenJob() for job in scenario}
    before = highest = os.getloadavg()[0]
    observer.start(LIMIT_SECONDS)
    submitted: dict[str, float] = {}
    for job in scenario:
        time.sleep(max(job.submit - observer.now, 0.0))
        submitted[job.name] = observer.now
        api.create(_manifest(job))
        highest = max(highest, os.getloadavg()[0])
    wait_for(lambda: _is_over(observer), LIMIT_SECONDS - observer.now, "all jobs to end and all nodes to go")
    seconds, highest = observer.now, max(highest, os.getloadavg()[0])
    _delete_jobs(api)
    lives = [
        JobLife(job.name, job.tenant, submitted[job.name], observer.jobs[job.name].admitted, *_span(observer, job.name))
        for job in scenario
    ]
    nodes = [_life(node) for node in observer.nodes.values() if node.pool in POOLS]
    run = Run(lives, nodes, sum(job.evictions for job in observer.jobs.values()))
    late = sorted(submitted[job.name] - job.submit for job in scenario)[-len(scenario) // 20]
    today = datetime.now(UTC).date().isoformat()
    return Record(seed, today, before, highest, late, seconds, delays(observer, submitted), run)


def _is_over(observer: Observer) -> bool:
    ended = all(job.freed < inf for job in observer.jobs.values())
    return ended and all(node.deleted < inf for node in observer.nodes.values() if node.pool in POOLS)


def _span(observer: Observer, job: str) -> tuple[float, float]:
    """Returns when a job first ran, and when it had ended."""
    pods = [pod for pod in observer.pods.values() if pod.job == job]
    return min(pod.started for pod in pods), min(pod.ended for pod in pods)


def delays(observer: Observer, submitted: Mapping[str, float]) -> Delays:
    """Returns the laboratory's own delays: medians of nodes that pods waited for, of jobs that neither waited nor were
    evicted, and of all jobs. A node's condition `Ready` comes a second after its first pods."""
    on: dict[str, list[SeenPod]] = defaultdict(list)
    for pod in observer.pods.values():
        on[pod.node].append(pod)
    last = {pod.job: pod for pod in observer.pods.values()}
    at_once = [
        last[name].started - submitted[name]
        for name, job in observer.jobs.items()
        if not job.evictions and job.admitted - submitted[name] < 1 and last[name].bound - last[name].created < 0.5
    ]
    return Delays(
        node_start=median(
            min(pod.bound for pod in on[node.node]) - node.created
            for node in observer.nodes.values()
            if any(pod.created < node.created + _LEAST_START_SECONDS for pod in on[node.node])
        ),
        pod_start=median(at_once),
        turn=median(job.freed - last[name].ended for name, job in observer.jobs.items())
        + _admission(observer, submitted),
    )


def _admission(observer: Observer, submitted: Mapping[str, float]) -> float:
    """Returns the median time from the last release of quota until a job that had waited for it is admitted."""
    turns = [job.turns for job in observer.jobs.values()]
    frees = [job.freed for job in observer.jobs.values()] + [at for rows in turns for at, gets in rows if not gets]
    waited = [
        at
        for name, job in observer.jobs.items()
        for since, (at, gets) in zip([submitted[name], *(at for at, _ in job.turns)], job.turns, strict=False)
        if gets and at - since > _WAITED_SECONDS
    ]
    return median(at - max(free for free in frees if free <= at) for at in waited if min(frees) <= at)


def _life(node: SeenNode) -> NodeLife:
    price = _prices()[node.machine, node.capacity] * AED_PER_USD
    return NodeLife(node.pool, node.machine, node.capacity, node.created, node.deleted, price)


@cache
def _prices() -> dict[tuple[str, str], float]:
    """Returns machine and capacity type -> USD per hour, as Karpenter gets them in the laboratory."""
    return {
        (machine["name"], row["values"][0]): offering["Price"]
        for machine in instance_types()
        for offering in machine["offerings"]
        for row in offering["Requirements"]
        if row["key"] == "karpenter.sh/capacity-type"
    }


def _node_pool(name: str) -> Object:
    """Returns the planned node pool. It differs in the class of its nodes, and in its shorter idle time."""
    pool = RegionalPool(name, REGION, POOLS[name], COST_TAGS)
    node_class = {"group": "karpenter.kwok.sh", "kind": "KWOKNodeClass", "name": "validation"}
    requirements = karpenter.machine_requirements(pool, "node.kubernetes.io/instance-type")
    spec = karpenter.node_pool(pool, node_class, pool.labels, pool.taints, requirements, OfficeHours())
    spec["disruption"]["consolidateAfter"] = f"{idle_seconds(name):g}s"
    return {"apiVersion": "karpenter.sh/v1", "kind": "NodePool", "metadata": {"name": name}, "spec": spec}


def _manifest(job: Job) -> Object:
    profile = POOLS[pool_of(job)].profile.value
    spec = {
        **pod_spec(None, container(str(job.cpu), f"{job.memory_gib}Gi", job.gpus)),
        "tolerations": [
            {"key": "falaj/profile", "operator": "Equal", "value": profile},
            {"key": "nvidia.com/gpu", "operator": "Exists"},
        ],
        "nodeSelector": {"falaj/profile": profile},
    }
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "name": job.name,
            "namespace": namespace_of(job.tenant),
            "labels": {"kueue.x-k8s.io/queue-name": LOCAL_QUEUE},
        },
        "spec": {
            "suspend": True,
            "backoffLimit": 100,
            "template": {
                "metadata": {"annotations": {"lab.falaj/runs-for": f"{job.run}s"}},
                "spec": spec,
            },
        },
    }


def _delete_jobs(api: Api) -> None:
    namespaces = [namespace_of(tenant) for tenant in BUDGETS]
    for namespace in namespaces:
        api.request("DELETE", f"/apis/batch/v1/namespaces/{namespace}/jobs?propagationPolicy=Background")
    wait_for(lambda: not any(api.list("batch/v1", "Job", name) for name in namespaces), 120, "the jobs to be deleted")
