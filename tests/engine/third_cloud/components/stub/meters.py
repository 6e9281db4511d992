"""Pricing of the stub: its node pools, and the load balancers and volumes of its clusters."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import ClusterMeters, MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pools import pool_charges
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import PROFILES
from falaj.finops.volume_classes import VolumeClass, VolumeDriver

_DRIVER = "csi.stub.example"


def _pool(context: PricingContext, item: Planned) -> Iterable[PricedPool]:
    props = item.props
    yield PricedPool(
        name=props["pool"],
        profile=props["profile"],
        machines=props["machines"],
        capacities=("spot",) if props["capacity"] == "spot" else ("on-demand",),
        min_nodes=int(props["min"]),
        max_nodes=int(props["max"]),
    )


def _volume(parameters: Mapping[str, Any], size_gib: Decimal) -> tuple[Charge, ...]:
    return (Charge("stub-disk", "fast", fixed(size_gib)),)


def _classes(context: PricingContext, site: str) -> Mapping[str, VolumeClass]:
    """The clusters of the stub come with the classes that the platform's workloads name."""
    names = (f"falaj-{profile}" for profile in PROFILES)
    return {name: VolumeClass(name, _DRIVER) for name in names}


def _balancer(context: PricingContext, item: Planned) -> Iterable[Charge]:
    yield Charge("stub-balancer", "plain", fixed(context.hours))


_POOL = "falaj:stub:NodePool"
CLUSTER = ClusterMeters(
    load_balancer=_balancer, drivers={_DRIVER: VolumeDriver(_volume)}, classes=_classes, pools={_POOL: _pool}
)
METERS: Mapping[str, MeterFunction] = {_POOL: pool_charges}
