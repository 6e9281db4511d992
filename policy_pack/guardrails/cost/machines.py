"""Machine types: whether the region offers them, whether they fit the workload profile, and whether they use spot
capacity where possible."""

import fnmatch
from collections.abc import Iterator, Mapping
from functools import cache, partial

from falaj.facts.machines import alternatives, machines
from falaj.facts.regions import Cloud, normalise_azure, uae_regions

from ..engine.families import cost_rule
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Resource, walk
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.effective_tags import effective_tags
from ..readers.environments import is_non_production
from ..readers.locations import aws_region_of
from .pools import KARPENTER, POOLS, MachinePool, is_gpu, pools, texts_at
from .single_machines import CAPACITY_PATHS, single_machines

_MANUAL_SIZES = "virtualMachinesProfile?.scale?.manual[*].size"
MACHINE_PATHS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(aws("ec2/Instance", "ec2/LaunchTemplate", "ec2/LaunchConfiguration", "ec2/SpotInstanceRequest",
                        "sagemaker/NotebookInstance"), ("instanceType",)),
    **dict.fromkeys(aws("eks/NodeGroup"), ("instanceTypes",)),
    **dict.fromkeys(aws("ec2/Fleet"), ("launchTemplateConfigs[*].overrides[*].instanceType",)),
    **dict.fromkeys(aws("ec2/SpotFleetRequest"), (
        "launchSpecifications[*].instanceType", "launchTemplateConfigs[*].overrides[*].instanceType")),
    **dict.fromkeys(aws("autoscaling/Group"), ("mixedInstancesPolicy?.launchTemplate.overrides[*].instanceType",)),
    **dict.fromkeys(aws("batch/ComputeEnvironment"), ("computeResources?.instanceTypes",)),
    **dict.fromkeys(aws("emr/Cluster"), ("masterInstanceGroup?.instanceType", "coreInstanceGroup?.instanceType")),
    **dict.fromkeys(aws("sagemaker/EndpointConfiguration"), (
        "productionVariants[*].instanceType", "shadowProductionVariants[*].instanceType")),
    **dict.fromkeys(aws("sagemaker/TrainingJob"), ("resourceConfig?.instanceType",)),
    **dict.fromkeys(azure("compute:VirtualMachine"), ("hardwareProfile?.vmSize",)),
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), ("sku?.name", "skuProfile?.vmSizes[*].name")),
    **dict.fromkeys(azure("batch:Pool"), ("vmSize",)),
    **dict.fromkeys(azure("containerservice:AgentPool"), ("vmSize", _MANUAL_SIZES)),
    **dict.fromkeys(azure("containerservice:ManagedCluster"), (
        "agentPoolProfiles[*].vmSize", f"agentPoolProfiles[*].{_MANUAL_SIZES}")),
    **dict.fromkeys(azure("machinelearningservices:Compute"), ("properties?.properties?.vmSize",)),
}  # fmt: skip
"""Type -> paths of its machine types (pulumi-aws 7.51.1, pulumi-azure-native 3.29.0)."""


@cache
def _offered(region: str) -> frozenset[str]:
    return frozenset(name.lower() for name in machines(region))


def _regions(resource: Resource, machine: str) -> tuple[str, ...]:
    """Returns the UAE regions in which a resource may run: its own region, or all UAE regions of its cloud if it sets
    none; empty if it runs abroad."""
    if resource.type == KARPENTER:
        offering = tuple(sorted(region for region in uae_regions() if machine.lower() in _offered(region)))
        if offering:
            return offering
    is_azure = resource.type.startswith("azure-native:") or machine.lower().startswith("standard_")
    uae = uae_regions(Cloud.AZURE if is_azure else Cloud.AWS)
    location = resource.get("location") if is_azure else aws_region_of(resource)
    if not isinstance(location, str) or resource.type == KARPENTER:
        return tuple(sorted(uae, reverse=True))
    region = normalise_azure(location) if is_azure else location.lower()
    return (region,) if region in uae else ()


def _check_offered(resource: Resource) -> Iterator[Outcome]:
    requested = [item for path in MACHINE_PATHS.get(resource.type, ()) for item in texts_at(resource.props, path)]
    if resource.type == KARPENTER:
        requested = [item for pool in pools(resource) for item in pool.machines]
    for path, value in requested:
        machine = value.removeprefix("ml.")
        regions = _regions(resource, machine)
        if not regions or not ("." in machine or machine.lower().startswith(("standard_", "basic_"))):
            continue  # Families ("m6g") and "optimal" of AWS Batch are not machine types.
        if any(machine.lower() in _offered(region) for region in regions):
            yield passed()
        else:
            offered = ", ".join(alternatives(regions[0], machine, 3))
            yield failed(f"{path}: '{machine}' is not offered in {' or '.join(regions)}; offered are {offered}", path)


AllowedMachines = Mapping[str, tuple[str, ...]]
"""Workload profile -> patterns of its machine types. A profile that is not listed may use any type."""

_CPU_PROFILES = ("system", "inference-cpu")


def _pools_and_machines(resource: Resource) -> Iterator[MachinePool]:
    yield from pools(resource)
    yield from single_machines(resource)


def _check_profile(resource: Resource, *, allowed: AllowedMachines) -> Iterator[Outcome]:
    for pool in _pools_and_machines(resource):
        for path, machine in pool.machines if pool.profile else ():
            patterns = allowed.get(pool.profile)
            if pool.profile in _CPU_PROFILES and is_gpu(machine):
                yield failed(f"{path}: '{machine}' has GPUs, which profile '{pool.profile}' does not use", path)
            elif pool.profile == "inference-gpu" and not is_gpu(machine):
                yield failed(f"{path}: '{machine}' has no GPU, which profile 'inference-gpu' needs", path)
            elif patterns and not any(fnmatch.fnmatch(machine.lower(), item.lower()) for item in patterns):
                yield failed(f"{path}: '{machine}' is not an allowed machine type of profile '{pool.profile}'", path)
            else:
                yield passed()


def _check_scale_to_zero(resource: Resource) -> Iterator[Outcome]:
    for pool in pools(resource):
        if pool.has_gpu and pool.profile != "inference-gpu" and pool.minimum is not None:
            path = pool.minimum_path
            yield (
                failed(f"{path} keeps GPUs running when no workload needs them", path) if pool.minimum > 0 else passed()
            )


def _is_interruptible(pool: MachinePool, resource: Resource) -> bool:
    return pool.profile == "training" or (is_non_production(resource) and pool.profile != "inference-gpu")


def _check_spot(resource: Resource, *, on_demand: Mapping[str, str]) -> Iterator[Outcome]:
    if any(fnmatch.fnmatchcase(resource.name, pattern) for pattern in on_demand):
        yield passed()
        return
    for pool in _pools_and_machines(resource):
        if pool.has_gpu and _is_interruptible(pool, resource) and pool.spot is not None:
            sentence = f"{pool.path} uses on-demand GPUs for work that can be interrupted"
            yield passed() if pool.spot else failed(sentence, pool.path)


_STORAGE_TYPES = (
    "aws:s3/", "aws:efs/", "aws:fsx/", "azure-native:machinelearningservices:Datastore", "azure-native:storage:",
    "kubernetes:core/v1:PersistentVolume",
)  # fmt: skip
"""Types of storage, and of datastores of Azure ML, which are storage of another stack or of this: they name an account
(pulumi-azure-native 3.29.0, AzureBlobDatastore and AzureDataLakeGen2Datastore, accountName)."""


def _stores_checkpoints(item: Resource) -> bool:
    names = (*(item.get(key) for key in ("bucket", "containerName", "name", "shareName")), item.name)
    return any(isinstance(name, str) and "checkpoint" in name.lower() for name in names)


def _has_checkpoint_store(plan: Plan, _: str) -> bool:
    return any(map(_stores_checkpoints, plan.with_prefix(*_STORAGE_TYPES)))


def _check_checkpoint_store(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if any(pool.profile == "training" and pool.spot for pool in pools(resource)):
        has_storage = plan.once(_has_checkpoint_store, "")
        yield (
            passed()
            if has_storage
            else failed("it trains on spot capacity, and no storage of the stack is named for checkpoints")
        )


_SCHEDULED_JOBS = (
    "kubernetes:batch/v1:CronJob", *aws("scheduler/Schedule", "cloudwatch/EventRule", "ssm/MaintenanceWindow"),
    *azure("logic:Workflow", "automation:Schedule"),
)  # fmt: skip
"""Types of jobs that may stop machines at an hour."""
_SCHEDULES = (
    *aws("autoscaling/Schedule"), *azure("devtestlab:GlobalSchedule", "devtestlab:Schedule", "monitor:AutoscaleSetting")
)  # fmt: skip
_SCHEDULE_TAG = "schedule"
"""Tag by which Instance Scheduler on AWS finds what it stops (aws-solutions/instance-scheduler-on-aws 21ef9f5
source/instance-scheduler/lib/instance-scheduler-stack.ts, TagName, read 2026-12-01)."""
_NUMBERS: Mapping[str, str] = {
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), "sku?.capacity"),
    **dict.fromkeys(aws("autoscaling/Group"), "minSize"),
}
"""Type of groups of machines outside clusters -> path of their number."""
_LONE_MACHINES = (*aws("ec2/Instance"), *azure("compute:VirtualMachine"), *_NUMBERS)


def _has_sleep_schedule(plan: Plan, _: str) -> bool:
    """Returns whether the stack stops machines on a schedule: schedules of Auto Scaling, autoscale settings and the
    shutdown of Azure, or jobs with `sleep` or `stop` in their names."""
    if any(plan.of_type(*_SCHEDULES)):
        return True
    jobs = plan.of_type(*_SCHEDULED_JOBS)
    return any("sleep" in item.name.lower() or "stop" in item.name.lower() for item in jobs)


def _check_lone_machine(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    path = _NUMBERS.get(resource.type, "")
    counts = [number_of(value) for _, value in walk(resource.props, path)] if path else [1]
    runs = any(count is not None and count > 0 for count in counts)
    is_scheduled = any(key.lower() == _SCHEDULE_TAG for key in effective_tags(resource).values)
    place = path.replace("?", "")
    text = f"{place} keeps machines" if place else "nothing stops it, which keeps it"
    text += " running day and night outside production"
    yield failed(text, place) if runs and not is_scheduled and not plan.once(_has_sleep_schedule, "") else passed()


def _check_idle_machines(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if not is_non_production(resource):
        return
    if resource.type in _LONE_MACHINES:
        yield from _check_lone_machine(resource, plan)
    for pool in pools(resource):
        if pool.profile == "system" or pool.is_system or pool.minimum is None:
            continue
        path = pool.minimum_path
        runs_always = pool.minimum > 0 and not plan.once(_has_sleep_schedule, "")
        yield failed(f"{path} keeps non-production machines running day and night", path) if runs_always else passed()


def machine_guardrails(allowed: AllowedMachines, on_demand: Mapping[str, str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `allowed`: workload profile -> machine types; `on_demand`: pools that may be on demand ->
    reason."""
    return (
        cost_rule(101, Severity.HIGH, "Machine types are offered in the region",
                  "a deployment with an unavailable type fails halfway, with part of it already running and charged",
                  "Use one of the types in the message; `falaj machines --region REGION` lists all of them",
                  predicate=_check_offered, types=(*MACHINE_PATHS, KARPENTER)),
        cost_rule(102, Severity.MEDIUM, "A node pool uses machine types that fit its workload profile",
                  "a GPU machine costs about ten times as much as a CPU machine that does the same work",
                  "Choose machine types that fit the profile, or change the profile",
                  predicate=partial(_check_profile, allowed=allowed), types=(*POOLS, *CAPACITY_PATHS)),
        cost_rule(103, Severity.MEDIUM, "GPU pools scale to zero, unless they serve inference requests",
                  "an idle GPU costs as much as a busy one",
                  "Set the minimum number of machines to 0",
                  predicate=_check_scale_to_zero, types=POOLS),
        cost_rule(104, Severity.MEDIUM, "GPUs for training and outside production use spot capacity",
                  "work that can be interrupted does not need on-demand prices",
                  "Use spot capacity (capacityType SPOT, priority Spot, karpenter.sh/capacity-type spot), or list the "
                  "pool with the reason under cost.on_demand in enforcement.yaml",
                  predicate=partial(_check_spot, on_demand=on_demand), types=(*POOLS, *CAPACITY_PATHS)),
        cost_rule(105, Severity.HIGH, "A stack that trains on spot capacity has storage for checkpoints",
                  "without checkpoints, an interrupted training run starts again from the beginning",
                  "Add a bucket, container, share, volume or datastore with `checkpoint` in its name to the stack, or "
                  "use on-demand capacity and list the pool with the reason under cost.on_demand in enforcement.yaml",
                  plan_predicate=_check_checkpoint_store, types=POOLS),
        cost_rule(106, Severity.LOW, "Machines outside production scale to zero or follow a schedule",
                  "two thirds of the hours of a week are outside working hours",
                  "Set the minimum number of machines to 0, or add a schedule that stops them outside working hours",
                  plan_predicate=_check_idle_machines, types=(*POOLS, *_LONE_MACHINES)),
    )  # fmt: skip
