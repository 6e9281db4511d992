"""Fields of a usage file. Unknown fields are errors; the estimate prints the defaults of omitted ones."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from falaj.facts.clouds import Cloud
from falaj.facts.support_plans import SUPPORT_PLANS
from falaj.finops.plausibility import MAX_AMOUNT

MAX_PLACES = 40
"""Decimal places of a number; one that a program computed has at most 28 digits."""

Number = Annotated[Decimal, Field(le=MAX_AMOUNT, decimal_places=MAX_PLACES, allow_inf_nan=False)]
"""A number of an input file. Its bounds keep every figure that follows from it exact to the fils."""

Amount = Annotated[Number, Field(ge=0)]
"""A quantity per month: zero or more."""

Positive = Annotated[Number, Field(gt=0)]
"""More than zero."""

Share = Annotated[Number, Field(ge=0, le=1)]
"""A share, 0 to 1."""

Hours = Annotated[Number, Field(ge=0, le=744)]
"""Hours per month; the longest month has 744."""


class InputModel(BaseModel):
    """A section of an input file. Unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    @model_validator(mode="before")
    @classmethod
    def _truth_is_no_number(cls, raw: Any) -> Any:
        """Returns `true` and `false` of a number as texts, which the field refuses: Python counts them as 1 and 0."""
        if not isinstance(raw, dict):
            return raw
        fields = cls.model_fields
        truths = [name for name, value in raw.items() if isinstance(value, bool) and name in fields]
        return raw | {name: str(raw[name]).lower() for name in truths if _is_number(fields[name].annotation)}


def _is_number(annotation: Any) -> bool:
    """Returns whether a field takes whole or floating numbers. Decimals refuse truth values themselves."""
    return not {int, float}.isdisjoint(_kinds(annotation))


def _kinds(annotation: Any) -> Iterator[Any]:
    yield annotation if isinstance(annotation, type) else None
    for part in get_args(annotation):
        yield from _kinds(part)


class PoolUsage(InputModel):
    """Usage of a pool that scales."""

    nodes: Amount | None = None
    """Average number of machines during `hours`, limited to the pool's minimum and maximum."""
    load: Share | None = None
    """Instead of `nodes`: the average share, during `hours`, of the machines between the pool's minimum and maximum."""
    hours: Hours | None = None
    """Hours per month in which the pool is above its minimum, or in which a pool with a sleep schedule runs."""
    office_hours: bool = False
    """Instead of `hours`: working days during office hours (`falaj.facts.calendar`)."""
    utilisation: Share | None = None
    """Share of the paid machine hours that does work; the rest is reported as idle."""


class StoreUsage(InputModel):
    """Data stored in a vault, and data transferred, per month."""

    stored_gb: Amount | None = None
    written_gb: Amount | None = None
    """GB written, which geo-redundant storage replicates to the other region."""
    cool_share: Share | None = None
    """Share of the stored data that is in the infrequent-access tier."""
    writes: Amount | None = None
    """PUT, COPY, POST and LIST requests."""
    reads: Amount | None = None
    """GET requests."""
    retrieved_gb: Amount | None = None
    """GB read from the infrequent-access tier."""


class WorkloadUsage(InputModel):
    """Usage of a workload that the plan has."""

    replicas: Annotated[int, Field(ge=0, le=100_000)] | None = None
    """Average number of pods of a workload that scales, limited to the minimum and maximum of its autoscaler."""
    hours: Hours | None = None
    """Hours per month in which a job runs. Without them, jobs are part of the load of their pool."""


class SiteUsage(InputModel):
    """Usage of a whole site per month."""

    pools: dict[str, PoolUsage] = {}
    workloads: dict[str, WorkloadUsage] = {}
    vaults: dict[str, StoreUsage] = {}
    internet_out_gb: Amount | None = None
    """GB transferred out to the internet."""
    copied_out_gb: Amount | None = None
    """GB copied to another site or cloud in the country."""
    cross_zone_gb: Amount | None = None
    """GB transferred between zones, counted once."""
    nat_gb: Amount | None = None
    """GB processed by the NAT gateways."""
    load_balancer_gb: Amount | None = None
    """GB processed by all load balancers together, in both directions."""
    endpoint_gb: Amount | None = None
    """GB processed by all private endpoints together."""
    logs_gb: Amount | None = None
    """GB of logs ingested, without those of the EKS control plane."""
    control_plane_logs_gb: Amount | None = None
    """GB of logs ingested from the EKS control plane."""
    flow_logs_gb: Amount | None = None
    """GB of network flow logs ingested."""
    files_gb: Amount | None = None
    """GB in each shared file system that is billed by stored data."""
    files_moved_gb: Amount | None = None
    """GB read from and written to those file systems."""
    images_gb: Amount | None = None
    """GB of container images in each registry or repository."""
    volumes_gb: Amount | None = None
    """GB of volumes that are claimed in the cluster beside those of the plan, which have lines of their own."""
    key_requests: Amount | None = None
    """Requests to each key."""
    backup_gb: Amount | None = None
    """GB stored in backups: of file systems and of volumes, which cost the same."""


class SharedCost(InputModel):
    """How cost that is shared by all tenants is allocated to them."""

    by: Literal["none", "direct", "even", "weights"] = "none"
    """`none`: not allocated; `direct`: in proportion to direct cost; `even`: in equal shares; or by `weights`."""
    weights: dict[str, Positive] = {}
    """Tenant -> weight."""


class Usage(InputModel):
    """A complete usage file. `sites` take precedence over `profiles` and `site_defaults`, and these over the built-in
    defaults.
    """

    version: Annotated[int, Field(ge=1, le=1)] = 1
    as_of: date | None = None
    """The day for which these figures are valid."""
    hours: Annotated[Number, Field(gt=0, le=744)] = Decimal(730)
    """Hours per month: 8,760 hours a year divided by 12."""
    profiles: dict[str, PoolUsage] = {}
    site_defaults: SiteUsage = SiteUsage()
    sites: dict[str, SiteUsage] = {}
    tenants: list[str] = []
    """Tenants that take part in the shared cost even without resources of their own."""
    shared: SharedCost = SharedCost()
    support: dict[Cloud, str] = {}
    """Cloud -> support plan of its account: `business-plus`, `enterprise` or `unified-operations` on AWS, `developer`,
    `standard` or `prodirect` on Azure."""

    @field_validator("support")
    @classmethod
    def _known_plans(cls, support: dict[Cloud, str]) -> dict[Cloud, str]:
        for cloud, name in support.items():
            if name not in (known := SUPPORT_PLANS.get(cloud, {})):
                raise ValueError(f"{cloud.value} has no support plan {name}; allowed: {', '.join(known)}")
        return support
