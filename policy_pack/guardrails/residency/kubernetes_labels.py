"""Locations in Kubernetes objects: regions and zones of pods, volumes and nodes, and host names of AWS services."""

from collections.abc import Iterator

from ..engine.reading import Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed, passed
from ..readers.locations import IN_UAE_AWS, foreign_host, is_foreign_aws, is_foreign_azure, quote_location

_TOPOLOGY_LABELS = frozenset(
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
    """Returns the region of a zone: `eu-west-1` of `eu-west-1a`, and `westeurope` of `westeurope-2`."""
    if location[-1:].isalpha() and location[-2:-1].isdigit():
        return location[:-1]
    region, dash, zone = location.rpartition("-")
    return region if dash and zone.isdigit() and "-" not in region else location


def _requested_locations(value: Plain, parent_path: str = "") -> Iterator[tuple[str, Plain]]:
    """Yields locations as (path, location), from topology labels and expressions of the form {key, values}."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _requested_locations(item, f"{parent_path}[{index}]")
    elif isinstance(value, dict):
        if str(value.get("key")) in _TOPOLOGY_LABELS:
            values = value.get("values")
            yield from ((f"{parent_path}.values", item) for item in (values if isinstance(values, list) else []))
        for name, item in value.items():
            path = f"{parent_path}.{name}" if parent_path else name
            if name in _TOPOLOGY_LABELS:
                yield path, item
            yield from _requested_locations(item, path)


def check_locations(resource: Resource) -> Iterator[Outcome]:
    """Checks every region, zone and AWS host name in an object, except in image names."""
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
