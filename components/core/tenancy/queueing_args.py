"""The arguments of queues, validated as a whole: that every tenant's money buys something, and every price is known."""

from fractions import Fraction
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from falaj.components.core.tenancy.flavors import Flavor, Unsized, flavors
from falaj.components.core.tenancy.queue_prices import usd_per_unit_hour
from falaj.components.core.tenancy.queue_quotas import open_to, quotas
from falaj.components.core.tenancy.queue_specs import QUEUED, CheckedQueue, OwnMachine, QueuedPool
from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.names import Label, TenantName
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.tags import CostTags


class CheckedQueueing(Checked):
    """The validated arguments of `Queueing`."""

    region: UaeRegion | None = None
    node_autoscaler: NodeAutoscaler
    pools: dict[str, QueuedPool]
    own_machines: dict[str, OwnMachine] = Field(default_factory=dict)
    tenants: Annotated[dict[TenantName, CheckedQueue], Field(min_length=1)]
    aed_per_usd: Annotated[float, Field(gt=0)]
    spot_hours_percent: Annotated[int, Field(ge=0, le=100)] = 0
    start_minutes: Annotated[int, Field(ge=1, le=240)] = 20
    recover_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    requeues: Annotated[int, Field(ge=0, le=1000)] = 20
    install: bool = True
    jobset: bool = True
    replicas: Annotated[int, Field(ge=1, le=5)] = 2
    chart_repository: str | None = None
    image_mirror: str | None = None
    scraped_from: Label | None = None
    tags: CostTags

    @model_validator(mode="after")
    def _can_be_counted(self) -> Self:
        try:
            found, bought = self.flavors, self.units
        except Unsized as problem:
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given) from None
        if not found:
            allowed = f"a pool of profile {' or '.join(profile.value for profile in QUEUED)}: others do not queue"
            raise refusal(allowed, "add one, or leave queues out", "pools", sorted(self.pools))
        for tenant, queue in self.tenants.items():
            self._refuse_a_queue_without_machines(tenant, queue, found, bought[tenant])
        return self

    def _refuse_a_queue_without_machines(
        self, tenant: str, queue: CheckedQueue, found: tuple[Flavor, ...], bought: dict[str, int]
    ) -> None:
        pools = {flavor.pool for flavor in open_to(tenant, queue, found)}
        where = f"tenants.{tenant}"
        if not pools:
            allowed = f"where a pool is open to tier {queue.tier.value}: these have GPUs or are other tenants'"
            raise refusal(allowed, "add a pool, or leave the tenant out", where, queue.tier.value)
        percent = queue.pool_percent or {}
        for pool in percent.keys() - pools:
            raise refusal(", ".join(sorted(pools)), "name a pool that is open to it", f"{where}.pool_percent.{pool}")
        if sum(percent.values()) > 100:
            raise refusal("100 or less together", "lower some", f"{where}.pool_percent", percent)
        if not any(bought.values()):
            allowed = f"enough for one GPU or processor during {queue.hours_per_month} hours of a month"
            given = float(queue.aed_per_month)
            raise refusal(allowed, "raise it, or lower hours_per_month", f"{where}.aed_per_month", given)

    @cached_property
    def flavors(self) -> tuple[Flavor, ...]:
        """Flavors in the order in which they are tried."""
        return flavors(self.pools, self.region, self.own_machines, self.node_autoscaler)

    @cached_property
    def usd_per_unit_hour(self) -> dict[str, Fraction]:
        """Dollars for a GPU (processor, where there are none) and hour, by flavor; 0 where they are paid anyway."""
        share = self.spot_hours_percent
        return {flavor.name: usd_per_unit_hour(flavor, self.region, share) for flavor in self.flavors}

    @cached_property
    def units(self) -> dict[str, dict[str, int]]:
        """Tenant -> flavor -> GPUs (processors, where there are none)."""
        return quotas(self.tenants, self.flavors, self.usd_per_unit_hour, self.rate)

    @property
    def rate(self) -> Fraction:
        """Dirhams for one US dollar."""
        return Fraction(str(self.aed_per_usd))
