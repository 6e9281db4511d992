"""Fields of a usage file. Unknown fields are errors; omitted ones have defaults that the estimate prints."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Amount = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
"""A quantity a month: zero or more."""

Share = Annotated[Decimal, Field(ge=0, le=1, allow_inf_nan=False)]
"""A part of a whole, 0 to 1."""

Hours = Annotated[Decimal, Field(ge=0, le=744, allow_inf_nan=False)]
"""Hours a month; the longest month has 744."""


class InputModel(BaseModel):
    """A part of an input file. Unknown fields are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class PoolUsage(InputModel):
    """How a pool that scales is used."""

    nodes: Amount | None = None
    """Machines that run on average during `hours`, held between the pool's least and most."""
    load: Share | None = None
    """In place of `nodes`: the part of what the pool may add to its least that runs on average during `hours`."""
    hours: Hours | None = None
    """Hours a month in which the pool is above its least; of one that sleeps by a schedule, in which it is awake."""
    office_hours: bool = False
    """In place of `hours`: working days from opening to closing (`falaj.facts.calendar`)."""
    utilisation: Share | None = None
    """Part of the paid machine hours that does work; the rest is shown as idle."""


class StoreUsage(InputModel):
    """What is stored in a vault and moved in and out of it, a month."""

    stored_gb: Amount | None = None
    written_gb: Amount | None = None
    """GB written: what geo-redundant storage copies to the other region."""
    cool_share: Share | None = None
    """Part of what is stored that lies in the infrequent-access tier."""
    writes: Amount | None = None
    """PUT, COPY, POST and LIST requests."""
    reads: Amount | None = None
    """GET requests."""
    retrieved_gb: Amount | None = None
    """GB read out of the infrequent-access tier."""


class SiteUsage(InputModel):
    """What a site as a whole uses, a month."""

    pools: dict[str, PoolUsage] = {}
    vaults: dict[str, StoreUsage] = {}
    internet_out_gb: Amount | None = None
    """GB to the internet."""
    copied_out_gb: Amount | None = None
    """GB copied to another site or cloud in the country."""
    cross_zone_gb: Amount | None = None
    """GB between zones, counted once."""
    nat_gb: Amount | None = None
    """GB through the NAT gateways."""
    endpoint_gb: Amount | None = None
    """GB through all private endpoints together."""
    logs_gb: Amount | None = None
    """GB of logs taken in."""
    flow_logs_gb: Amount | None = None
    """GB of network flow logs taken in."""
    files_gb: Amount | None = None
    """GB in each shared file system that is paid by what it holds."""
    files_moved_gb: Amount | None = None
    """GB read from and written to it."""
    images_gb: Amount | None = None
    """GB of container images in each registry or repository."""
    volumes_gb: Amount | None = None
    """GB of volumes that charts and workloads claim in the cluster."""
    key_requests: Amount | None = None
    """Requests to each key."""
    backup_gb: Amount | None = None
    """GB that backups hold."""


class SharedCost(InputModel):
    """How cost that is shared by all tenants is shared among the tenants."""

    by: Literal["none", "direct", "even", "weights"] = "none"
    """`none`: kept apart; `direct`: like their own cost; `even`; or `weights`."""
    weights: dict[str, Annotated[Decimal, Field(gt=0)]] = {}
    """Tenant -> weight."""


class Usage(InputModel):
    """A whole usage file. `profiles` and `site_defaults` go before our defaults, `sites` before both."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    as_of: date | None = None
    """The day on which these figures were true."""
    hours: Annotated[Decimal, Field(gt=0, le=744)] = Decimal(730)
    """Hours of a month: 8,760 a year by 12."""
    profiles: dict[str, PoolUsage] = {}
    site_defaults: SiteUsage = SiteUsage()
    sites: dict[str, SiteUsage] = {}
    tenants: list[str] = []
    """Tenants that share the shared cost although nothing is theirs alone."""
    shared: SharedCost = SharedCost()
