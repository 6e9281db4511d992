"""Machines that the place has, that the work needs, and that are bought for what the work is worth."""

import fnmatch
from collections.abc import Iterator, Mapping
from functools import cache, partial

from falaj.facts.machines import alternatives, machines
from falaj.facts.regions import Cloud, normalise_azure, uae_regions

from ..engine.families import cost_rule
from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_non_production
from ..readers.locations import aws_region_of
from .pools import KARPENTER, POOLS, MachinePool, is_gpu, pools, texts_at
from .single_machines import PRICED, single_machines

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
    **dict.fromkeys(azure("compute:VirtualMachineScaleSet"), ("sku?.name",)),
    **dict.fromkeys(azure("containerservice:AgentPool", "batch:Pool"), ("vmSize",)),
    **dict.fromkeys(azure("containerservice:ManagedCluster"), ("agentPoolProfiles[*].vmSize",)),
    **dict.fromkeys(azure("machinelearningservices:Compute"), ("properties?.properties?.vmSize",)),
}  # fmt: skip
"""Where each type names its machines (pulumi-aws 7.51.1, pulumi-azure-native 3.29.0)."""


@cache
def _offered(region: str) -> frozenset[str]:
    return frozenset(name.lower() for name in machines(region))


def _regions(resource: Resource, machine: str) -> tuple[str, ...]:
    """Where it will run: the region that it names, else all of the cloud; none abroad, which other rules refuse."""
    is_azure = resource.type.startswith("azure-native:") or machine.lower().startswith("standard_")
    uae = uae_regions(Cloud.AZURE if is_azure else Cloud.AWS)
    own = resource.get("location") if is_azure else aws_region_of(resource)
    if not isinstance(own, str) or resource.type == KARPENTER:
        return tuple(sorted(uae, reverse=True))
    region = normalise_azure(own) if is_azure else own.lower()
    return (region,) if region in uae else ()


def _is_offered(resource: Resource) -> Iterator[Outcome]:
    requested = [item for path in MACHINE_PATHS.get(resource.type, ()) for item in texts_at(resource.props, path)]
    if resource.type == KARPENTER:
        requested = [item for pool in pools(resource) for item in pool.machines]
    for path, stated in requested:
        machine = stated.removeprefix("ml.")
        regions = _regions(resource, machine)
        if not regions or not ("." in machine or machine.lower().startswith(("standard_", "basic_"))):
            continue  # Families ("m6g") and "optimal" of AWS Batch name no machine.
        if any(machine.lower() in _offered(region) for region in regions):
            yield passed()
        else:
            near = ", ".join(alternatives(regions[0], machine, 3))
            yield failed(f"{path}: '{machine}' is not offered in {' or '.join(regions)}; there are {near}", path)


Allowed = Mapping[str, tuple[str, ...]]
"""Profile -> patterns of the machines that it may have; every machine where it is not listed."""

_NO_GPU = ("system", "inference-cpu")


def _pools_and_machines(resource: Resource) -> Iterator[MachinePool]:
    yield from pools(resource)
    yield from single_machines(resource)


def _fits_profile(resource: Resource, *, allowed: Allowed) -> Iterator[Outcome]:
    for pool in _pools_and_machines(resource):
        for path, machine in pool.machines if pool.profile else ():
            patterns = allowed.get(pool.profile)
            if pool.profile in _NO_GPU and is_gpu(machine):
                yield failed(f"{path}: '{machine}' has GPUs, which profile '{pool.profile}' leaves idle", path)
            elif pool.profile == "inference-gpu" and not is_gpu(machine):
                yield failed(f"{path}: '{machine}' has no GPU, which profile 'inference-gpu' is for", path)
            elif patterns and not any(fnmatch.fnmatch(machine.lower(), item.lower()) for item in patterns):
                yield failed(f"{path}: '{machine}' is not among the machines of profile '{pool.profile}'", path)
            else:
                yield passed()


def _reaches_zero(resource: Resource) -> Iterator[Outcome]:
    for pool in pools(resource):
        if pool.has_gpu and pool.profile != "inference-gpu" and pool.minimum is not None:
            path = pool.minimum_path
            yield failed(f"{path} keeps GPUs running when nothing needs them", path) if pool.minimum > 0 else passed()


def _is_interruptible(pool: MachinePool, resource: Resource) -> bool:
    return pool.profile == "training" or (is_non_production(resource) and pool.profile != "inference-gpu")


def _on_spot(resource: Resource, *, on_demand: Mapping[str, str]) -> Iterator[Outcome]:
    if any(fnmatch.fnmatchcase(resource.name, pattern) for pattern in on_demand):
        yield passed()
        return
    for pool in _pools_and_machines(resource):
        if pool.has_gpu and _is_interruptible(pool, resource) and pool.spot is not None:
            sentence = f"{pool.path} pays the full price for GPUs whose work may be interrupted"
            yield passed() if pool.spot else failed(sentence, pool.path)


_STORES = (
    "aws:s3/", "aws:efs/", "aws:fsx/", "azure-native:storage:", "kubernetes:core/v1:PersistentVolume",
)  # fmt: skip


def _keeps_checkpoints(item: Resource) -> bool:
    stated = (item.get("bucket"), item.get("containerName"), item.get("shareName"), item.name)
    return item.type.startswith(_STORES) and any(isinstance(x, str) and "checkpoint" in x.lower() for x in stated)


def _has_checkpoint_store(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if any(pool.profile == "training" and pool.spot for pool in pools(resource)):
        kept = any(_keeps_checkpoints(item) for item in plan.resources.values())
        yield passed() if kept else failed("it trains on spot machines, and the stack has no vault for checkpoints")


def _has_sleep_schedule(plan: Plan) -> bool:
    """Whether anything in the stack puts machines to sleep: schedules of groups, or jobs that say so."""
    if any(plan.of_type(*aws("autoscaling/Schedule"))):
        return True
    jobs = (*plan.of_type("kubernetes:batch/v1:CronJob"), *plan.of_type(*aws("scheduler/Schedule")))
    return any("sleep" in item.name.lower() or "stop" in item.name.lower() for item in jobs)


def _scales_down_when_idle(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    if not is_non_production(resource):
        return
    for pool in pools(resource):
        if pool.profile == "system" or pool.is_system or pool.minimum is None:
            continue
        path = pool.minimum_path
        awake = pool.minimum > 0 and not _has_sleep_schedule(plan)
        yield failed(f"{path} keeps machines of a trial running day and night", path) if awake else passed()


def machine_guardrails(allowed: Allowed, on_demand: Mapping[str, str]) -> tuple[Guardrail, ...]:
    """The guardrails, with the machines that the settings allow to each profile, and the pools that must not stop."""
    return (
        cost_rule(101, Severity.HIGH, "Machines are of a type that the region has",
                  "a plan with another type fails half way, after it has cost",
                  "Take one of the types named; `falaj prices` lists them all",
                  predicate=_is_offered, types=(*MACHINE_PATHS, KARPENTER)),
        cost_rule(102, Severity.MEDIUM, "A pool has the machines of its workload profile",
                  "a GPU costs ten times what the work beside it needs",
                  "Give the pool machines of its profile, or the profile of its machines",
                  predicate=partial(_fits_profile, allowed=allowed), types=(*POOLS, *PRICED)),
        cost_rule(103, Severity.MEDIUM, "GPU pools reach zero, unless they answer requests",
                  "an idle GPU costs as much as a busy one", "Set the least number of machines to 0",
                  predicate=_reaches_zero, types=POOLS),
        cost_rule(104, Severity.MEDIUM, "GPUs for training, and outside production, are bought on spot",
                  "work that may be interrupted need not pay for machines that may not",
                  "Buy the pool on spot (capacityType SPOT, priority Spot, karpenter.sh/capacity-type spot), or state "
                  "in cost.on_demand of enforcement.yaml why it must not stop",
                  predicate=partial(_on_spot, on_demand=on_demand), types=(*POOLS, *PRICED)),
        cost_rule(105, Severity.HIGH, "Training on spot has a vault for checkpoints",
                  "what is interrupted without one begins again from nothing",
                  "Add a bucket or container for checkpoints to the stack, or buy the pool on demand",
                  plan_predicate=_has_checkpoint_store, types=POOLS),
        cost_rule(106, Severity.LOW, "Machines outside production sleep or reach zero",
                  "two thirds of the hours of a week nobody is there",
                  "Set the least number of machines to 0, or add a schedule that puts them to sleep",
                  plan_predicate=_scales_down_when_idle, types=POOLS),
    )  # fmt: skip
