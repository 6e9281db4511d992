"""Pricing of the stub: its node pools."""

from collections.abc import Iterable, Mapping

from falaj.finops.aws import MeterFunction
from falaj.finops.lines import Charge
from falaj.finops.plan import Planned
from falaj.finops.pools import PricedPool, charges
from falaj.finops.pricing_context import PricingContext


def _pool(context: PricingContext, item: Planned) -> Iterable[Charge]:
    props = item.props
    yield from charges(
        context,
        item,
        PricedPool(
            name=props["pool"],
            profile=props["profile"],
            machines=props["machines"],
            capacities=("spot",) if props["capacity"] == "spot" else ("on-demand",),
            min_nodes=int(props["min"]),
            max_nodes=int(props["max"]),
        ),
    )


METERS: Mapping[str, MeterFunction] = {"falaj:stub:NodePool": _pool}
