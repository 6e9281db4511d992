"""Two hundred jobs of three tenants at once, with real Kueue and Karpenter: shares, limits and waits."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from statistics import quantiles
from typing import Any, NamedTuple

import pytest

from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.fair_shares_program import MACHINE, POOL
from tests.lab.objects import LabNamespace, Object, container, platform_pool, pod_spec

KUEUE, GPU = "kueue.x-k8s.io/v1beta2", "nvidia.com/gpu"
JOBS = {"alpha": 100, "beta": 65, "gamma": 35}
"""Tenant -> number of jobs on one GPU each."""

SECONDS = (4, 12)
"""Shortest and longest time for which a job runs."""

LIMIT_SECONDS = 400
LARGEST_DEVIATION = 0.05
"""Of the share of a tenant's GPUs, on average while all tenants have waiting jobs, from its share of the quotas."""


class Sample(NamedTuple):
    """GPUs that a tenant's admitted jobs hold, and jobs that wait, at one moment."""

    held: Counter[str]
    waiting: Counter[str]


@pytest.fixture
def project(
    lab: Lab, api: Api, namespace: LabNamespace, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    namespace.apply(platform_pool(POOL, Profile.TRAINING, Capacity.SPOT, [MACHINE], 4))
    created = lab_project(lab, "fair_shares_program.py", tmp_path_factory.mktemp("fair shares project"))
    try:
        up = created.run("up", "dev")
        assert up.status == 0, up.output
        yield created
    finally:
        for tenant in JOBS:
            api.request("DELETE", f"/apis/batch/v1/namespaces/{namespace_of(tenant)}/jobs?propagationPolicy=Background")
        down = created.run("destroy", "dev")
    assert down.status == 0, down.output


def test_two_hundred_jobs_of_three_tenants(
    project: Project, api: Api, record_property: Callable[[str, object], None]
) -> None:
    quotas = {tenant: _quota(api, tenant) for tenant in JOBS}
    for number in range(max(JOBS.values())):
        for tenant in JOBS:
            if number < JOBS[tenant]:
                api.create(_job(tenant, number))
    samples = _samples(api)
    for tenant, (nominal, borrowed) in quotas.items():
        assert max(sample.held[tenant] for sample in samples) <= nominal + borrowed, tenant
    machines = sum(nominal for nominal, _ in quotas.values())
    assert max(sample.held.total() for sample in samples) <= machines
    busy = [sample for sample in samples if all(sample.waiting[tenant] for tenant in JOBS) and sample.held.total() >= machines * 0.9]
    held = {tenant: sum(sample.held[tenant] for sample in busy) for tenant in JOBS}
    shares = {tenant: amount / sum(held.values()) for tenant, amount in held.items()}
    record_property("shares", shares)
    waits = {tenant: _waits(api, tenant) for tenant in JOBS}
    for tenant, seconds in waits.items():
        cuts = quantiles(seconds, n=20)
        record_property(f"wait of {tenant}, p50 and p95", (cuts[9], cuts[18]))
        print(tenant, len(seconds), cuts[9], cuts[18], max(seconds))
    print(len(samples), len(busy), shares, {t: max(s.held[t] for s in samples) for t in JOBS}, quotas)
    for tenant, (nominal, _) in quotas.items():
        assert abs(shares[tenant] - nominal / machines) <= LARGEST_DEVIATION, shares


def _samples(api: Api) -> list[Sample]:
    """Observes the workloads until all jobs have ended. Each sample is one list, so it is consistent."""
    samples: list[Sample] = []
    end = time.monotonic() + LIMIT_SECONDS
    began = time.monotonic()
    while time.monotonic() < end:
        held, waiting, finished = Counter[str](), Counter[str](), 0
        for workload in api.list(KUEUE, "Workload"):
            tenant = workload["metadata"]["namespace"].removeprefix("tenant-")
            if tenant not in JOBS:
                continue
            conditions = _conditions(workload)
            if "Finished" in conditions:
                finished += 1
            elif "QuotaReserved" in conditions:
                held[tenant] += 1
            else:
                waiting[tenant] += 1
        samples.append(Sample(held, waiting))
        print(round(time.monotonic() - began, 1), dict(held), dict(waiting), finished)
        if finished == sum(JOBS.values()):
            return samples
        time.sleep(0.5)
    raise TimeoutError(f"waited {LIMIT_SECONDS} s for {sum(JOBS.values())} jobs, of which {finished} have ended")


def _conditions(item: Any) -> dict[str, datetime]:
    """Returns the true conditions of an object with the time since which they are."""
    conditions = item.get("status", {}).get("conditions", ())
    return {
        one["type"]: datetime.fromisoformat(one["lastTransitionTime"])
        for one in conditions
        if one["status"] == "True"
    }


def _waits(api: Api, tenant: str) -> list[float]:
    """Returns the seconds from the creation of each job to the start of its pod."""
    pods = api.list("v1", "Pod", namespace_of(tenant))
    jobs = {one["metadata"]["name"]: one["metadata"]["creationTimestamp"] for one in api.list("batch/v1", "Job", namespace_of(tenant))}
    assert len(pods) == len(jobs) == JOBS[tenant]
    return [
        (datetime.fromisoformat(pod["status"]["startTime"]) - datetime.fromisoformat(jobs[pod["metadata"]["labels"]["job-name"]])).total_seconds()
        for pod in pods
    ]


def _quota(api: Api, tenant: str) -> tuple[int, int]:
    """Returns the nominal quota of GPUs of a tenant's queue, and how many it may borrow."""
    queue = api.get({"apiVersion": KUEUE, "kind": "ClusterQueue", "metadata": {"name": tenant}})
    assert queue is not None
    [flavor] = [row for row in queue["spec"]["resourceGroups"][0]["flavors"] if row["name"] == f"{POOL}-spot"]
    [gpus] = [row for row in flavor["resources"] if row["name"] == GPU]
    return int(gpus["nominalQuota"]), int(gpus["borrowingLimit"])


def _job(tenant: str, number: int) -> Object:
    shortest, longest = SECONDS
    runs_for = shortest + number % (longest - shortest + 1)
    spec = {
        **pod_spec(None, container("2", "4Gi", 1)),
        "tolerations": [
            {"key": "falaj/profile", "operator": "Equal", "value": "training"},
            {"key": "nvidia.com/gpu", "operator": "Exists"},
        ],
        "nodeSelector": {"falaj/profile": "training"},
    }
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "name": f"job-{number}",
            "namespace": namespace_of(tenant),
            "labels": {"kueue.x-k8s.io/queue-name": LOCAL_QUEUE},
        },
        "spec": {
            "suspend": True,
            "backoffLimit": 0,
            "template": {"metadata": {"annotations": {"lab.falaj/runs-for": f"{runs_for}s"}}, "spec": spec},
        },
    }
