"""Served models as the simulation sees them, from a stack's settings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from falaj.components.core.node_pools.cheapest_pool import cheapest_pool
from falaj.components.core.node_pools.office_hours import minutes
from falaj.components.core.node_pools.open_pools import is_open
from falaj.components.core.serving.cold_start import ColdStartSpec, cold_start
from falaj.components.core.serving.names import object_name
from falaj.components.core.serving.scaling import CPU_PERCENT, POLLING_SECONDS, SCALE_DOWN_WINDOW_SECONDS
from falaj.components.core.serving.scaling_specs import Load
from falaj.components.settings.arguments import DeclaredCluster
from falaj.components.settings.stack import Settings
from falaj.components.settings.workloads import ServingSettings
from falaj.facts.machines import find
from falaj.simulation.platform_model import MachineType, PoolModel, ServiceModel
from falaj.simulation.service_speeds import (
    IMAGE_GIB,
    LATE_SECONDS,
    LOAD_SECONDS_PER_GIB,
    ServiceSpeed,
    estimated_speed,
    started_seconds,
)

Number = TypeVar("Number", int, float)

_FOLLOWS: Mapping[Load, str] = {
    Load.QUEUE: "waiting",
    Load.TOKENS: "tokens",
    Load.REQUESTS: "requests",
    Load.PROMPTS: "prompts",
}


@dataclass(frozen=True)
class Served:
    """A served model of a tenant: its name among the services of the stack, and where its settings are."""

    name: str
    tenant: str
    path: str
    """`services.NAME`, or `experiments.NAME.VARIANT`."""
    site: str
    serving: ServingSettings


def served_models(settings: Settings) -> list[Served]:
    """Returns all served models, both variants of experiments included. A name that several tenants use begins with the
    tenant's."""
    found = [
        (tenant, object_name(path), path, site, serving)
        for tenant, own in settings.tenants.items()
        for path, site, serving in own.servings()
    ]
    counts = Counter(name for _, name, *_ in found)
    return [
        Served(name if counts[name] == 1 else f"{tenant}/{name}", tenant, path, site, serving)
        for tenant, name, path, site, serving in found
    ]


def experiment_shares(settings: Settings) -> dict[str, dict[str, float]]:
    """Returns the share of requests by variant, for each experiment whose name no other service has."""
    shares: dict[str, dict[str, float]] = {}
    for own in settings.tenants.values():
        for name, experiment in own.experiments.items():
            weights = {f"{name}-{variant.value}": weight / 100 for variant, weight in experiment.weights.items()}
            winner = experiment.winner
            if winner is not None:
                weights = {key: float(key == f"{name}-{winner.value}") for key in weights}
            shares[name] = weights
    return shares


def service_models(
    cluster: DeclaredCluster,
    served: Sequence[Served],
    pools: Sequence[PoolModel],
    speeds: Mapping[str, ServiceSpeed],
) -> tuple[list[ServiceModel], list[str]]:
    """Returns the services of a cluster on its pools, and warnings."""
    models: list[ServiceModel] = []
    warnings: list[str] = []
    for service in served:
        pool = _pool(cluster, service, pools)
        if pool is None:
            warnings.append(f"service {service.name} is left out: its replicas fit on no pool of {cluster.name}")
            continue
        models.append(_model(cluster, service, pool, speeds.get(service.name, ServiceSpeed())))
    return models, [*warnings, *_warnings(served, speeds)]


def _warnings(served: Sequence[Served], speeds: Mapping[str, ServiceSpeed]) -> Iterator[str]:
    if estimated := [service.name for service in served if service.name not in speeds]:
        names = ", ".join(estimated)
        yield f"speeds of {names} are estimated from weights and machines: state measured ones (--services)"
    for service in served:
        if service.serving.nodes > 1:
            yield f"service {service.name}: each of the {service.serving.nodes} machines of a replica counts as one"


def _model(cluster: DeclaredCluster, service: Served, pool: PoolModel, given: ServiceSpeed) -> ServiceModel:
    serving = service.serving
    machine = min((each for each in pool.machines if _holds(each, serving)), key=lambda each: each.on_demand_aed)
    estimate = estimated_speed(serving, find(cluster.region, machine.name) if cluster.region else None)
    follows, target = _load(serving)
    office = serving.office_hours
    return ServiceModel(
        name=service.name,
        tenant=service.tenant,
        pool=pool.key,
        cpu=serving.pod_cpu if cluster.encrypts_pods else serving.cpu,
        memory_gib=serving.pod_memory_gib if cluster.encrypts_pods else serving.memory_gib,
        gpus=serving.gpu.count if serving.gpu else 0,
        min=serving.min * serving.nodes,
        max=serving.max * serving.nodes,
        target=target,
        follows=follows,
        slots=_given(given.slots, estimate.slots),
        prompt_tokens_per_second=_given(given.prompt_tokens_per_second, estimate.prompt_tokens_per_second),
        tokens_per_second=_given(given.tokens_per_second, estimate.tokens_per_second),
        seconds_per_request=_given(given.seconds_per_request, estimate.seconds_per_request),
        late_seconds=_given(given.late_seconds, _late(serving)),
        polling_seconds=POLLING_SECONDS,
        idle_seconds=serving.cold_start.idle_seconds if serving.cold_start else 0.0,
        down_seconds=SCALE_DOWN_WINDOW_SECONDS,
        cold_start_seconds=_given(given.cold_start_seconds, _cold_start(serving)),
        office_min=office.min * serving.nodes if office else 0,
        office_hours=(minutes(office.opens) / 60, minutes(office.closes) / 60) if office else None,
    )


def _given(given: Number | None, estimate: Number) -> Number:
    return estimate if given is None else given


def _load(serving: ServingSettings) -> tuple[str, float]:
    """Returns what the autoscaler follows, and its target per replica; of a fixed number of replicas without effect."""
    if serving.load is not None:
        return _FOLLOWS[serving.load.follows], serving.load.target
    if serving.scales_to_zero:
        return "queue", float(serving.concurrency)
    return "cpu", CPU_PERCENT / 100


def _late(serving: ServingSettings) -> float:
    """Returns what the settings promise; the default where they promise nothing."""
    if serving.cold_start is not None:
        return float(serving.cold_start.first_answer_seconds)
    return LATE_SECONDS[serving.runtime_row.tokens_metric is not None]


def _cold_start(serving: ServingSettings) -> float:
    """Returns the seconds from a pod on a ready node to its first answer, by the settings or estimated."""
    spec = serving.cold_start or ColdStartSpec(
        first_answer_seconds=3600,
        image_gib=IMAGE_GIB[serving.runtime],
        load_seconds=round(serving.model.gib * LOAD_SECONDS_PER_GIB + started_seconds(serving.runtime)),
    )
    expected = cold_start(spec, serving.model.transfer, None)
    return expected.image + expected.model + expected.load


def _pool(cluster: DeclaredCluster, service: Served, pools: Sequence[PoolModel]) -> PoolModel | None:
    """Returns the pool that its pods are bound to, or the cheapest of those that they may run on."""
    serving = service.serving
    possible = [pool for pool in pools if _runs_on(pool, service)]
    if cluster.region is not None and not serving.is_enterprise:
        allowed = {pool.name: cluster.pools[pool.name] for pool in possible}
        size = serving.pod_cpu, serving.pod_memory_gib
        choice = cheapest_pool(cluster.region, allowed, *size, serving.architectures, serving.interruptible)
        return next((pool for pool in possible if choice is not None and pool.name == choice.pool), None)
    return min(possible, key=lambda pool: (_aed(pool, serving), pool.name), default=None)


def _runs_on(pool: PoolModel, service: Served) -> bool:
    serving = service.serving
    return (
        pool.site == service.site
        and is_open(pool, service.tenant, (serving.profile,), serving.interruptible)
        and serving.pool in (None, pool.name)
        and any(_holds(machine, serving) for machine in pool.machines)
    )


def _holds(machine: MachineType, serving: ServingSettings) -> bool:
    gpus = serving.gpu.count if serving.gpu else 0
    return machine.gpus >= gpus and machine.cpu >= serving.cpu and machine.memory_gib >= serving.memory_gib


def _aed(pool: PoolModel, serving: ServingSettings) -> float:
    return min(machine.on_demand_aed for machine in pool.machines if _holds(machine, serving))
