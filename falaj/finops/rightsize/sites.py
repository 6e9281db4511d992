"""Sites in which a workload may run: the cloud regions of the UAE, and on-premises machines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field

from falaj.facts.currency import AED_PER_USD
from falaj.facts.gpus import gpu
from falaj.facts.machines import Machine, Price, PriceKind, find, machines
from falaj.facts.prices import BadPrice, Layer, Prices, UnitPrice
from falaj.facts.regions import REGIONS, RegionState
from falaj.finops.errors import BadInput
from falaj.finops.rightsize.profile import Architecture
from falaj.finops.rightsize.work import Availability
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel


@dataclass(frozen=True)
class CandidateSite:
    """One place. `limits` says how many of a machine there are; a cloud's are not limited here."""

    name: str
    region: str
    machines: Sequence[Machine]
    warning: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)
    rdma: frozenset[str] = frozenset()

    def stock(self, machine: str) -> Availability:
        """How many of a machine there are and what joins them."""
        specification = find(self.region, machine)
        return Availability(
            self.limits.get(machine), machine in self.rdma or bool(specification and specification.rdma)
        )

    @property
    def cloud(self) -> str:
        """`aws`, `azure` or `onprem`."""
        return REGIONS[self.region].cloud.value if self.region in REGIONS else "onprem"


class OnPremMachines(InputModel):
    """On-premises machines of one type."""

    name: str
    vcpu: Annotated[int, Field(ge=1)]
    memory_gib: Annotated[float, Field(gt=0)]
    gpus: Annotated[int, Field(ge=0)] = 0
    gpu_model: str | None = None
    architecture: Architecture = "x86_64"
    count: Annotated[int, Field(ge=1)]
    rdma: bool = False
    """Whether InfiniBand or RoCE joins them."""
    usd_hour: Annotated[Decimal, Field(gt=0, allow_inf_nan=False)] | None = None
    aed_hour: Annotated[Decimal, Field(gt=0, allow_inf_nan=False)] | None = None
    """What an hour of one costs, in one of the currencies: purchase, power and staff, amortised. Left out: missing."""
    as_of: date | None = None


class OnPremSites(InputModel):
    """Site -> its machines."""

    sites: dict[str, list[OnPremMachines]]


def regions() -> tuple[CandidateSite, ...]:
    """The regions of the country as sites, with a warning where one is not in its full state."""
    return tuple(CandidateSite(name, name, tuple(machines(name).values()), _state(name)) for name in REGIONS)


def _state(region: str) -> str:
    facts = REGIONS[region]
    if facts.state is RegionState.AVAILABLE:
        return ""
    return f"{region} is {facts.state} since {facts.state_date.isoformat()}: {facts.source}"


def own_sites(
    path: Path, under: Prices, aed_per_usd: Decimal = AED_PER_USD
) -> tuple[tuple[CandidateSite, ...], Prices]:
    """The sites of a file, and prices that know their machines. Raises `BadInput`.

    Dirhams are kept as dollars at the rate that they are shown by: no bank takes part in them.
    """
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {' '.join(str(unreadable).split())}") from None
    stated = checked(OnPremSites, raw, str(path)).sites
    if taken := sorted(set(stated) & set(REGIONS)):
        raise BadInput(f"{path}: sites", f"{taken[0]} is a region of a cloud: give the site another name")
    for site, own in stated.items():
        for one in own:
            if one.usd_hour is not None and one.aed_hour is not None:
                raise BadInput(f"{path}: {site}.{one.name}", "give usd_hour or aed_hour, and not both")
            if one.gpus and gpu(one.gpu_model) is None:
                raise BadInput(f"{path}: {site}.{one.name}", f"unknown GPU {one.gpu_model!r}")
    sites = tuple(
        CandidateSite(
            site,
            site,
            tuple(_machine(site, one) for one in own),
            limits={one.name: one.count for one in own},
            rdma=frozenset(one.name for one in own if one.rdma),
        )
        for site, own in stated.items()
    )
    try:
        unit_prices = {
            (site, one.name, "on-demand"): _unit(one, usd, str(path))
            for site, own in stated.items()
            for one in own
            if (usd := one.aed_hour / aed_per_usd if one.aed_hour is not None else one.usd_hour) is not None
        }
        return sites, Layer(under, unit_prices)
    except BadPrice as bad:
        raise BadInput(str(path), str(bad)) from None


def _unit(own: OnPremMachines, usd: Decimal, source: str) -> UnitPrice:
    return UnitPrice(usd, "hour", PriceKind.AMORTISED, source, str(own.as_of or ""), "own machines")


def _machine(site: str, own: OnPremMachines) -> Machine:
    card = gpu(own.gpu_model)
    nothing = Price(None, PriceKind.MISSING, "asked of the price layer", "")
    return Machine(
        region=site,
        name=own.name,
        vcpu=own.vcpu,
        memory_gib=own.memory_gib,
        gpus=own.gpus,
        gpu_model=own.gpu_model if own.gpus else None,
        gpu_memory_gib=card.memory_gb if card and own.gpus else None,
        arch=own.architecture,
        zone_ids=(),
        on_demand=nothing,
        spot=nothing,
    )
