"""Locations in Kubernetes objects: regions and zones of pods, volumes and nodes, in values of charts and in texts."""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.locations import foreign_locations, has_location_keys


def check_locations(resource: Resource) -> Iterator[Outcome]:
    """Checks every region, zone, ARN and host name in an object."""
    for location in foreign_locations(resource):
        yield failed(location.sentence, location.path)
    if has_location_keys(resource):
        yield passed()
