"""Sites in which a workload may run: the cloud regions of the UAE, and on-premises machines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field

from falaj.facts.currency import AED_PER_USD
from falaj.facts.gpus import gpu
from falaj.facts.machines import Machine, Price, PriceKind, find, machines
from falaj.facts.prices import BadPrice, Layer, Prices, UnitPrice
from falaj.facts.regions import REGIONS, RegionState
from falaj.finops.errors import BadInput
from falaj.finops.input_files import read_yaml
from falaj.finops.rightsize.profile import Architecture
from falaj.finops.rightsize.work import Availability
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel


@dataclass(frozen=True)
class CandidateSite:
    """One site. `limits` is the number of machines of a type; cloud sites have no limits here."""

    name: str
    region: str
    machines: Sequence[Machine]
    warning: str = ""
    limits: Mapping[str, int] = field(default_factory=dict)
    rdma: frozenset[str] = frozenset()

    def stock(self, machine: str) -> Availability:
        """Returns how many machines of a type are available, and whether RDMA connects them."""
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
    vcpu: Annotated[int, Field(ge=1, le=100_000)]
    memory_gib: Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
    gpus: Annotated[int, Field(ge=0, le=1000)] = 0
    gpu_model: str | None = None
    architecture: Architecture = "x86_64"
    count: Annotated[int, Field(ge=1, le=1_000_000)]
    rdma: bool = False
    """Whether InfiniBand or RoCE connects them."""
    usd_hour: Annotated[Decimal, Field(gt=0, le=1_000_000, allow_inf_nan=False)] | None = None
    aed_hour: Annotated[Decimal, Field(gt=0, le=1_000_000, allow_inf_nan=False)] | None = None
    """Hourly cost of one machine in AED, instead of USD: purchase, power and staff, amortised. Missing if omitted."""
    as_of: date | None = None


class OnPremSites(InputModel):
    """Machines by site."""

    sites: dict[str, list[OnPremMachines]]


def regions() -> tuple[CandidateSite, ...]:
    """Returns the UAE cloud regions as sites, with a warning if a region is not fully available."""
    return tuple(CandidateSite(name, name, tuple(machines(name).values()), _state_warning(name)) for name in REGIONS)


def _state_warning(region: str) -> str:
    facts = REGIONS[region]
    if facts.state is RegionState.AVAILABLE:
        return ""
    return f"{region} is {facts.state} since {facts.state_date.isoformat()}: {facts.source}"


def own_sites(path: Path, base: Prices, aed_per_usd: Decimal = AED_PER_USD) -> tuple[tuple[CandidateSite, ...], Prices]:
    """Returns the on-premises sites of a file, and a price layer that includes their machines. Raises `BadInput`.

    AED amounts are converted to USD at the rate used to display them, so that no bank FX spread applies.
    """
    sites_by_name = checked(OnPremSites, read_yaml(path), str(path)).sites
    if conflicts := sorted(set(sites_by_name) & set(REGIONS)):
        raise BadInput(f"{path}: sites", f"{conflicts[0]} is a region of a cloud: give the site another name")
    for site, machine_specs in sites_by_name.items():
        for machine in machine_specs:
            if machine.usd_hour is not None and machine.aed_hour is not None:
                raise BadInput(f"{path}: {site}.{machine.name}", "give usd_hour or aed_hour, and not both")
            if machine.gpus and gpu(machine.gpu_model) is None:
                raise BadInput(f"{path}: {site}.{machine.name}", f"unknown GPU {machine.gpu_model!r}")
    sites = tuple(
        CandidateSite(
            site,
            site,
            tuple(_machine(site, machine) for machine in machine_specs),
            limits={machine.name: machine.count for machine in machine_specs},
            rdma=frozenset(machine.name for machine in machine_specs if machine.rdma),
        )
        for site, machine_specs in sites_by_name.items()
    )
    try:
        unit_prices = {
            (site, machine.name, "on-demand"): _unit_price(machine, usd, str(path))
            for site, machine_specs in sites_by_name.items()
            for machine in machine_specs
            if (usd := machine.aed_hour / aed_per_usd if machine.aed_hour is not None else machine.usd_hour) is not None
        }
        return sites, Layer(base, unit_prices)
    except BadPrice as error:
        raise BadInput(str(path), str(error)) from None


def _unit_price(machine: OnPremMachines, usd: Decimal, source: str) -> UnitPrice:
    return UnitPrice(usd, "hour", PriceKind.AMORTISED, source, str(machine.as_of or ""), "own machines")


def _machine(site: str, spec: OnPremMachines) -> Machine:
    card = gpu(spec.gpu_model)
    no_price = Price(None, PriceKind.MISSING, "taken from the price layer", "")
    return Machine(
        region=site,
        name=spec.name,
        vcpu=spec.vcpu,
        memory_gib=spec.memory_gib,
        gpus=spec.gpus,
        gpu_model=spec.gpu_model if spec.gpus else None,
        gpu_memory_gib=card.memory_gb if card and spec.gpus else None,
        arch=spec.architecture,
        zone_ids=(),
        on_demand=no_price,
        spot=no_price,
    )
