"""Arguments of `Queueing`. Validation checks that every price is known and that every budget buys at least one unit."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, Self

from pydantic import Field, model_validator

from falaj.components.core.charts.prometheus import PrometheusSpec, ScrapedSpec
from falaj.components.core.charts.sources import ChartSource, ImageSource
from falaj.components.core.node_pools.own_machines import OwnMachineSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy.controlled_queues import controlled_queues
from falaj.components.core.tenancy.flavors import Flavor, UnsizedPool, flavors
from falaj.components.core.tenancy.queue_limits import borrowable, space_problems
from falaj.components.core.tenancy.queue_prices import usd_per_unit_hour
from falaj.components.core.tenancy.queue_quotas import quotas, usable_flavors
from falaj.components.core.tenancy.queue_specs import QUEUED, Percent, QueueSpec
from falaj.components.core.tenancy.topology import TopologyLabels
from falaj.components.core.validation.args import Args, Choice, default
from falaj.components.core.validation.enums import NodeAutoscaler
from falaj.components.core.validation.names import TenantName
from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.core.validation.set_once import set_once
from falaj.components.core.validation.tags import CostTags


class QueueingArgs(ChartSource, ImageSource, ScrapedSpec, Args):
    """Arguments of `Queueing`: queues for training and batch jobs on one cluster."""

    region: UaeRegion | None = None
    """Cloud region of the node pools in the UAE; absent if all machines are on premises."""
    node_autoscaler: Choice[NodeAutoscaler]
    """Autoscaler of the pools: `karpenter` or `cluster-autoscaler`. It determines the node label that distinguishes
    spot
    from on-demand."""
    pools: Mapping[str, NodePoolSpec]
    """All node pools of the site by name. Pools of profile `training` and `batch` become flavors."""
    own_machines: Mapping[str, OwnMachineSpec] = default({})
    """Machine types of an on-premises cluster, by the name that pools refer to. Their price per unit is 0, because they
    cost the same whether used or idle."""
    topology: TopologyLabels = ()
    """Labels of the nodes for the levels in which they stand, widest first, such as a row and a rack. Kueue then places
    the pods of a job near each other. For fixed machines only: all pools consist of `own_machines`. Default: none."""
    tenants: Mapping[TenantName, QueueSpec] = Field(min_length=1)
    """Queue of each tenant, with its budget, by name of the tenant."""
    aed_per_usd: float = set_once("aed_per_usd", gt=0)
    """Exchange rate in AED per USD, the currency of machine prices."""
    spot_hours_percent: Percent = 0
    """Expected percentage of hours that pools of capacity `spot-first` run on spot, 0 to 100. At the default of 0,
    quotas are based on the on-demand price."""
    start_minutes: int = Field(default=20, ge=1, le=240)
    """Minutes after admission until a job whose pods are not all ready is evicted and requeued. Must cover the start of
    a GPU machine and the pull of a large image."""
    recover_minutes: int = Field(default=10, ge=1, le=240)
    """Minutes that a running job may miss one of its pods before it is evicted and requeued."""
    requeues: int | None = Field(default=None, ge=0, le=1000)
    """Maximum number of times that a job is requeued, with a backoff of up to 30 minutes, before Kueue deactivates it
    for good. Default: no limit, so that a job outlasts a lack of machines."""
    install: bool = True
    """Whether to install Kueue. Set to false if the cluster already has it; its configuration is then not managed."""
    jobset: bool = True
    """Whether to install JobSet with Kueue, for training on several machines."""
    metering: PrometheusSpec | None = None
    """Prometheus, of its operator, that records what queued work costs and Kueue's metrics. If absent, all quotas are
    static."""
    deadlines: bool = False
    """Whether to move runs with a deadline between spot and on-demand machines."""
    replicas: int = Field(default=2, ge=1, le=5)
    """Number of replicas of each controller; one is active at a time."""
    tags: CostTags = set_once("tags")
    """The mandatory cost tags, applied as labels."""

    @model_validator(mode="after")
    def _every_queue_has_a_quota(self) -> Self:
        try:
            usable, units = self.flavors, self.units
        except UnsizedPool as problem:
            raise refusal(problem.allowed, problem.fix, problem.path, problem.given) from None
        if self.topology and (elastic := sorted(flavor.pool for flavor in usable if not self._is_fixed(flavor))):
            allowed = f"no labels, because an autoscaler creates the nodes of {', '.join(elastic)}"
            raise refusal(allowed, "remove it, or these pools", "topology", list(self.topology))
        if not usable:
            allowed = f"a pool of profile {' or '.join(profile.value for profile in QUEUED)}: only these have queues"
            raise refusal(allowed, "add such a pool, or remove the queues", "pools", sorted(self.pools))
        refuse_if(
            problem
            for tenant, queue in self.tenants.items()
            for problem in _queue_problems(tenant, queue, usable, units[tenant])
        )
        return self

    def _is_fixed(self, flavor: Flavor) -> bool:
        return all(size.name in self.own_machines for size in flavor.sizes)

    @cached_property
    def flavors(self) -> tuple[Flavor, ...]:
        """Flavors in the order in which Kueue tries them."""
        return flavors(self.pools, self.region, self.own_machines, self.node_autoscaler)

    @cached_property
    def usd_per_unit_hour(self) -> dict[str, Fraction]:
        """USD per unit (GPU, or vCPU if the flavor has no GPUs) and hour, by flavor; 0 for prepaid machines."""
        share = self.spot_hours_percent
        return {flavor.name: usd_per_unit_hour(flavor, self.region, share) for flavor in self.flavors}

    @cached_property
    def units(self) -> dict[str, dict[str, int]]:
        """Tenant -> flavor -> number of GPUs, or vCPUs if the flavor has no GPUs."""
        return quotas(self.tenants, self.flavors, self.usd_per_unit_hour, self.rate)

    def borrowing(self, tenant: str) -> dict[str, int]:
        """Returns the units that a tenant may borrow by flavor; a flavor without an entry has no limit."""
        return borrowable(tenant, self.tenants[tenant], self.flavors, self.units)

    @cached_property
    def controlled(self) -> dict[str, dict[str, Any]]:
        """Queues whose quotas follow the spend, by tenant, as the controller in the cluster reads them."""
        if self.metering is None:
            return {}
        return controlled_queues(self.tenants, self.flavors, self.units, self.usd_per_unit_hour, self.rate)

    @property
    def rate(self) -> Fraction:
        """Exchange rate in AED per USD."""
        return Fraction(str(self.aed_per_usd))


def _queue_problems(
    tenant: str, queue: QueueSpec, usable: Sequence[Flavor], units: Mapping[str, int]
) -> Iterator[Problem]:
    pools = {flavor.pool for flavor in usable_flavors(tenant, queue, usable)}
    path = f"tenants.{tenant}"
    if not pools:
        allowed = f"where a pool is usable by tier {queue.tier.value}: all have GPUs or belong to other tenants"
        yield Problem(path, queue.tier.value, allowed, "add a pool, or leave the tenant out")
        return
    percent = queue.pool_percent or {}
    for pool in sorted(percent.keys() - pools):
        fix = "name a pool that the tenant may use"
        yield Problem(f"{path}.pool_percent.{pool}", percent[pool], ", ".join(sorted(pools)), fix)
    if sum(percent.values()) > 100:
        yield Problem(f"{path}.pool_percent", percent, "at most 100 in total", "lower some percentages")
    if not any(units.values()):
        allowed = f"enough for one GPU or vCPU during {queue.hours_per_month} hours of a month"
        fix = "raise it, or lower hours_per_month"
        yield Problem(f"{path}.aed_per_month", float(queue.aed_per_month), allowed, fix)
    yield from space_problems(tenant, queue, usable, units)
