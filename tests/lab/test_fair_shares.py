"""Two hundred jobs of three tenants at once, with real Kueue and Karpenter: shares, limits and waits."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import quantiles
from typing import NamedTuple

import pytest

from falaj.components.core.tenancy.queue_specs import LOCAL_QUEUE
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.sandbox.lab.api import Api, Json, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.fair_shares_program import MACHINE, POOL
from tests.lab.objects import LabNamespace, Object, container, platform_pool, pod_spec

KUEUE, GPU = "kueue.x-k8s.io/v1beta2", "nvidia.com/gpu"
JOBS = {"alpha": 100, "beta": 65, "gamma": 35}
"""Tenant -> number of jobs on one GPU each."""

SECONDS = (3, 7)
"""Shortest and longest time for which a job runs."""

LIMIT_SECONDS = 400
"""It took 105 s at a load of 20."""

LARGEST_DEVIATION = 0.05
"""Of a tenant's share of the GPUs in use from its share of the quotas, on average while all tenants have waiting jobs.
It was 0.01. Jobs that have just ended leave GPUs idle, which others borrow for a moment."""


class Sample(NamedTuple):
    """GPUs that a tenant's admitted jobs hold, and jobs that wait, at one moment."""

    held: Counter[str]
    waiting: Counter[str]


@pytest.fixture
def project(lab: Lab, api: Api, namespace: LabNamespace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
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
    gpus = sum(nominal for nominal, _ in quotas.values())
    _stop(api, "Hold")
    for number in range(max(JOBS.values())):
        for tenant in (tenant for tenant, jobs in JOBS.items() if number < jobs):
            api.create(_job(tenant, number))
    wait_for(lambda: len(_workloads(api)) == sum(JOBS.values()), LIMIT_SECONDS, "all jobs to be in their queues")
    released, began = datetime.now(UTC), time.monotonic()
    _stop(api, "None")
    samples = _samples(api)
    record_property("seconds", round(time.monotonic() - began))

    for tenant, (nominal, borrowed) in quotas.items():
        assert max(sample.held[tenant] for sample in samples) <= nominal + borrowed, tenant
    assert max(sample.held.total() for sample in samples) <= gpus

    held = Counter[str]()
    for sample in samples:
        if all(sample.waiting[tenant] for tenant in JOBS):
            held += sample.held
    shares = {tenant: held[tenant] / held.total() for tenant in JOBS}
    record_property("shares", shares)
    for tenant, (nominal, _) in quotas.items():
        assert abs(shares[tenant] - nominal / gpus) <= LARGEST_DEVIATION, shares

    for tenant in JOBS:
        cuts = quantiles(_waits(api, tenant, released), n=20)
        record_property(f"seconds that {tenant} waits, p50 and p95", (cuts[9], cuts[18]))


def _samples(api: Api) -> list[Sample]:
    """Observes the workloads until all jobs have ended. Each sample is one list, so it is consistent."""
    samples: list[Sample] = []
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        sample, ended = Sample(Counter(), Counter()), 0
        for tenant, workload in _workloads(api):
            conditions = _conditions(workload)
            if "Finished" in conditions:
                ended += 1
            else:
                (sample.held if "QuotaReserved" in conditions else sample.waiting)[tenant] += 1
        samples.append(sample)
        if ended == sum(JOBS.values()):
            return samples
        time.sleep(0.5)
    raise TimeoutError(f"waited {LIMIT_SECONDS} s for {sum(JOBS.values())} jobs; {samples[-1]} are left")


def _workloads(api: Api) -> list[tuple[str, Json]]:
    """Returns the workloads of the tenants with their tenants."""
    pairs = ((one["metadata"]["namespace"].removeprefix("tenant-"), one) for one in api.list(KUEUE, "Workload"))
    return [(tenant, workload) for tenant, workload in pairs if tenant in JOBS]


def _stop(api: Api, policy: str) -> None:
    """Sets the stop policy of the tenants' queues: with `Hold`, no job starts."""
    for tenant in JOBS:
        api.merge(
            {"apiVersion": KUEUE, "kind": "ClusterQueue", "metadata": {"name": tenant}},
            {"spec": {"stopPolicy": policy}},
        )


def _conditions(workload: Json) -> set[str]:
    conditions = workload.get("status", {}).get("conditions", ())
    return {condition["type"] for condition in conditions if condition["status"] == "True"}


def _waits(api: Api, tenant: str, released: datetime) -> list[float]:
    """Returns the seconds from the release of the queues to the start of each job's pod."""
    pods = api.list("v1", "Pod", namespace_of(tenant))
    assert len({pod["metadata"]["labels"]["job-name"] for pod in pods}) == len(pods) == JOBS[tenant]
    return [(datetime.fromisoformat(pod["status"]["startTime"]) - released).total_seconds() for pod in pods]


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
