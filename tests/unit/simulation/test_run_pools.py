"""A run of the settings and the same job in a trace use the same pools and machines: both ask one function."""

from __future__ import annotations

from functools import cache

import pytest

from falaj.components.settings.arguments import Workload
from falaj.components.settings.declared_clusters import cloud_cluster
from falaj.components.settings.run_arguments import open_pools, run_args
from falaj.components.settings.stack import Settings
from falaj.components.settings.workloads import RunSettings
from falaj.simulation.from_settings import platform
from falaj.simulation.jobs.job import Amounts
from falaj.simulation.jobs.shapes import JobClasses
from falaj.simulation.platform_model import Platform
from tests.unit.simulation.shipped_stacks import settings_of

SITE, TENANT = "awsuae", "retail-banking"
PROD = "Pulumi.prod-uae.yaml"
POOLS = f"sites.{SITE}.pools"
SMALL = "{profile: training, machines: [g5.xlarge, g6e.xlarge], capacity: on-demand, max: 4, aws: {exact_gpus: true}}"
FIXED = "{profile: training, machines: [g5.12xlarge, g6.12xlarge], capacity: on-demand, max: 4}"

STACKS = {
    "as it is": (),
    "any machine": (f"{POOLS}.gpuspot.aws.exact_gpus=false",),
    "a pool that does not state it": (f"{POOLS}.fixed={FIXED}",),
    "a pool of small machines": (f"{POOLS}.small={SMALL}",),
    "spot machines only": (f"{POOLS}.gpuspot.capacity=spot", f"{POOLS}.small={SMALL}"),
    "a pool of another tenant": (f"{POOLS}.fixed={FIXED[:-1]}, tenant: insurance}}",),
    "few nodes": (f"{POOLS}.gpuspot.max=1",),
}
"""Name -> changes of the production stack."""

ASKS = [(gpus, 3.0 * gpus, 12.0 * gpus) for gpus in (1, 2, 4)] + [(1, 40.0, 100.0), (1, 3.0, 25.0)]
"""GPUs, vCPUs and GiB of a pod: of one or more GPUs; too large for small machines; too large for one of them."""


@cache
def _stack(name: str) -> tuple[Settings, Platform]:
    settings = settings_of(PROD, *STACKS[name])
    return settings, platform(settings, PROD)


def _by_settings(settings: Settings, gpus: int, cpu: float, memory_gib: float, fixed: bool) -> tuple[set[str], object]:
    site, work = settings.sites[SITE], settings.tenants[TENANT]
    cluster = cloud_cluster(SITE, site, settings.tags, None)
    workload = Workload(cluster, TENANT, work, lambda folder, _: folder)
    run = RunSettings(
        site=SITE, image="registry.example.ae/a/b:1", gpus=gpus, cpu=cpu, memory_gib=memory_gib, interruptible=not fixed
    )
    return {*open_pools(workload, run)}, run_args(workload, run, True, None).machine_gpus


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("fixed", [False, True])
def test_runs_and_jobs_use_the_same_pools_and_machines(stack: str, fixed: bool) -> None:
    settings, of = _stack(stack)
    classes = JobClasses(of)
    for gpus, cpu, memory_gib in ASKS:
        names, machines = _by_settings(settings, gpus, cpu, memory_gib, fixed)
        job = classes.find(TENANT, Amounts(gpus, cpu, memory_gib), not fixed)
        shapes = {} if job is None else {key.split("/")[1]: one for key, one in job.shapes.items() if one.pods == 1}
        assert {*shapes} <= names, (gpus, cpu)
        assert {one.machine_gpus for one in shapes.values()} in ({machines}, set()), (gpus, cpu)


@pytest.mark.parametrize("stack", STACKS)
def test_a_small_pod_may_use_every_pool_that_is_open(stack: str) -> None:
    settings, of = _stack(stack)
    names, _ = _by_settings(settings, *ASKS[0], False)
    job = JobClasses(of).find(TENANT, Amounts(*ASKS[0]), True)
    assert job is not None
    assert {f"{SITE}/{name}" for name in names} == {*job.shapes}


def test_a_pool_on_which_a_pod_does_not_fit_does_not_decide() -> None:
    """Until 2026-11-28 such a pool let a run take any machine, but not the same job of a trace."""
    settings, _ = _stack("a pool of small machines")
    assert _by_settings(settings, 4, 12.0, 48.0, False)[1] == 4
