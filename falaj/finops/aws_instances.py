"""Single machines on AWS: instances of EC2, and requests for spot ones."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from falaj.finops.aws_pools import address, mapped
from falaj.finops.aws_volumes import volume
from falaj.finops.lines import Charge
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pools import charges
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str

_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
_DEFAULT_ROOT_GIB = 8
"""Size of the root disk of an instance that states none, which is that of its image (Amazon Linux, as known)."""


def _spot_request(context: PricingContext, item: Planned) -> Iterable[Charge]:
    spot = {"marketType": "spot", "spotOptions": {"maxPrice": item.props.get("spotPrice")}}
    return _instance(context, replace(item, props={**item.props, "instanceMarketOptions": spot}))


def _instance(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a machine with its disks; what it does not state is that of its launch template."""
    template = next((found for found in context.plan.sources(item, "launchTemplate") if found.type == _TEMPLATE), None)
    of_template = template.props if template is not None else {}
    machine = get_str(item.props, "instanceType") or get_str(of_template, "instanceType")
    market = get_dict(item.props, "instanceMarketOptions") or get_dict(of_template, "instanceMarketOptions")
    has_address = get_path(item.props, "associatePublicIpAddress") is True
    # Which of the template's disks the instance's own root replaces is not known: both count.
    volumes = (*mapped(of_template), *mapped(item.props))
    if not mapped(of_template) and "rootBlockDevice" not in item.props:
        volumes = (*volume({"volumeSize": _DEFAULT_ROOT_GIB}), *volumes)
    yield from charges(
        context,
        item,
        PricedPool(
            name=item.name,
            profile="",
            machines=[machine] if machine else [],
            capacities=("spot",) if get_str(market, "marketType") == "spot" else ("on-demand",),
            min_nodes=1,
            max_nodes=1,
            spot_limit=get_number(get_path(market, "spotOptions", "maxPrice"), 0) or None,
            disks=(*volumes, *address(context, has_address)),
        ),
    )


METERS: Mapping[str, MeterFunction] = {
    "aws:ec2/instance:Instance": _instance,
    "aws:ec2/spotInstanceRequest:SpotInstanceRequest": _spot_request,
}
