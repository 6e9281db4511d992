"""Locations in Kubernetes objects: regions and zones of pods, volumes and nodes, and AWS host names."""

from collections.abc import Iterator

from ..engine.reading import Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.locations import IN_UAE_AWS, foreign_host, is_foreign_aws, is_foreign_azure, quote_location

_TOPOLOGY = frozenset(
    {
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone",
        "topology.ebs.csi.aws.com/zone",
        "topology.disk.csi.azure.com/zone",
    }
)


def _region_of(location: str) -> str:
    """`eu-west-1` of zone `eu-west-1a`, and `westeurope` of `westeurope-2`."""
    if location[-1:].isalpha() and location[-2:-1].isdigit():
        return location[:-1]
    head, dash, last = location.rpartition("-")
    return head if dash and last.isdigit() and "-" not in head else location


def _requested_locations(value: Plain, at: str = "") -> Iterator[tuple[str, Plain]]:
    """Locations as (path, location): topology labels, and expressions of the form {key, values}."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _requested_locations(item, f"{at}[{index}]")
    elif isinstance(value, dict):
        if str(value.get("key")) in _TOPOLOGY:
            values = value.get("values")
            yield from ((f"{at}.values", item) for item in (values if isinstance(values, list) else []))
        for name, item in value.items():
            path = f"{at}.{name}" if at else name
            if name in _TOPOLOGY:
                yield path, item
            yield from _requested_locations(item, path)


def named_locations(resource: Resource) -> Iterator[Outcome]:
    """Outcomes for every region, zone and AWS host name in an object, except image registries."""
    for path, location in _requested_locations(resource.props):
        region = _region_of(location) if isinstance(location, str) else ""
        if is_foreign_aws(region) or is_foreign_azure(region):
            yield failed(f"{path} asks for {quote_location(location)}", path)
        else:
            yield passed()
    for path, key, value in leaves(resource.props):
        region = foreign_host(value) if key != "image" else ""
        if region:
            yield failed(f"{path} is an address in '{region}'; allowed is {IN_UAE_AWS}", path)
