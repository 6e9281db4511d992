"""Arguments of queues, validated as a whole: every tenant's budget buys something, and every price is known."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.flavors import Flavor, UnsizedPool, flavors
from falaj.components.core.tenancy.queue_prices import usd_per_unit_hour
from falaj.components.core.tenancy.queue_quotas import open_to, quotas
from falaj.components.core.tenancy.queue_specs import QUEUED, OwnMachineSpec, Percent, QueueSpec
from falaj.components.core.validation.args import Args, Choice, Input, default
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.names import Label, TenantName
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags


class QueueingArgs(Args):
    """Queues for training and batch work on one cluster."""

    region: UaeRegion | None = None
    """Region whose machines the pools use; absent where all machines are your own."""
    node_autoscaler: Choice[NodeAutoscaler]
    """What creates the nodes of the pools. It decides which node label tells spot from on-demand."""
    pools: Mapping[str, NodePoolSpec]
    """All node pools of the site by name. Those of profile `training` and `batch` become flavors."""
    own_machines: Mapping[str, OwnMachineSpec] = default({})
    """Machines of an on-premises cluster, by the name that pools use: paid whether they are used or not."""
    tenants: Mapping[TenantName, QueueSpec] = Field(min_length=1)
    """Queues by tenant, each with its budget."""
    aed_per_usd: float = Field(gt=0)
    """Dirhams for one US dollar, the currency of machine prices."""
    spot_hours_percent: Percent = 0
    """Percentage of the hours in pools of capacity `spot-first` that is expected on spot. At 0 the budget holds even
    if none is."""
    start_minutes: int = Field(default=20, ge=1, le=240)
    """Minutes after which admitted work without all of its pods is evicted and queued again: enough for a GPU machine
    to start and to pull a large image."""
    recover_minutes: int = Field(default=10, ge=1, le=240)
    """Minutes that running work may be without one of its pods before it is queued again."""
    requeues: int = Field(default=20, ge=0, le=1000)
    """How often work is queued again, after pauses of up to half an hour; 20 times take some 15 hours."""
    install: bool = True
    """Whether Kueue is installed. False where the cluster has it: its configuration is then not managed here."""
    jobset: bool = True
    """Whether JobSet is installed with Kueue, for training on several machines."""
    replicas: int = Field(default=2, ge=1, le=5)
    """Replicas of each controller; one is active."""
    chart_repository: str | None = None
    """`oci://` folder of your own registry with the charts; the upstream registries if absent."""
    image_mirror: str | None = None
    """Registry prefix of mirrored images, each under its upstream path; the upstream registries if absent."""
    scraped_from: Input[Label] | None = None
    """Namespace of Prometheus, which may read the metrics; no namespace if absent."""
    tags: CostTags
    """The mandatory cost tags; labels here."""

    @model_validator(mode="after")
    def _every_queue_has_a_quota(self) -> Self:
        try:
            usable, units = self.flavors, self.units
        except UnsizedPool as problem:
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given) from None
        if not usable:
            allowed = f"a pool of profile {' or '.join(profile.value for profile in QUEUED)}: others do not queue"
            raise refusal(allowed, "add one, or leave queues out", "pools", sorted(self.pools))
        refuse_if(
            problem
            for tenant, queue in self.tenants.items()
            for problem in _queue_problems(tenant, queue, usable, units[tenant])
        )
        return self

    @cached_property
    def flavors(self) -> tuple[Flavor, ...]:
        """Flavors in the order in which they are tried."""
        return flavors(self.pools, self.region, self.own_machines, self.node_autoscaler)

    @cached_property
    def usd_per_unit_hour(self) -> dict[str, Fraction]:
        """US dollars per unit (GPU, or processor where there are none) and hour, by flavor; 0 if paid anyway."""
        share = self.spot_hours_percent
        return {flavor.name: usd_per_unit_hour(flavor, self.region, share) for flavor in self.flavors}

    @cached_property
    def units(self) -> dict[str, dict[str, int]]:
        """Tenant -> flavor -> GPUs (processors where there are none)."""
        return quotas(self.tenants, self.flavors, self.usd_per_unit_hour, self.rate)

    @property
    def rate(self) -> Fraction:
        """Dirhams for one US dollar."""
        return Fraction(str(self.aed_per_usd))


def _queue_problems(
    tenant: str, queue: QueueSpec, usable: Sequence[Flavor], units: Mapping[str, int]
) -> Iterator[Problem]:
    pools = {flavor.pool for flavor in open_to(tenant, queue, usable)}
    path = f"tenants.{tenant}"
    if not pools:
        allowed = f"where a pool is open to tier {queue.tier.value}: these have GPUs or are other tenants'"
        yield Problem(path, queue.tier.value, allowed, "add a pool, or leave the tenant out")
        return
    percent = queue.pool_percent or {}
    for pool in percent.keys() - pools:
        fix = "name a pool that is open to it"
        yield Problem(f"{path}.pool_percent.{pool}", percent[pool], ", ".join(sorted(pools)), fix)
    if sum(percent.values()) > 100:
        yield Problem(f"{path}.pool_percent", percent, "100 or less together", "lower some")
    if not any(units.values()):
        allowed = f"enough for one GPU or processor during {queue.hours_per_month} hours of a month"
        fix = "raise it, or lower hours_per_month"
        yield Problem(f"{path}.aed_per_month", float(queue.aed_per_month), allowed, fix)
