"""Locations in Kubernetes objects: regions and zones of pods, volumes and nodes, in values of charts and in texts."""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.locations import foreign_places, has_place_keys


def check_locations(resource: Resource) -> Iterator[Outcome]:
    """Checks every region, zone, ARN and host name in an object."""
    for place in foreign_places(resource):
        yield failed(place.sentence, place.path)
    if has_place_keys(resource):
        yield passed()
