"""A region in the country that is switched off for an account: a row of one path cannot say that one abroad may be off.

Whoever disables a region removes every access to what is in it (botocore 1.44.8, account, DisableRegion; read
2026-11-29).
"""

from collections.abc import Iterator

from ..engine.reading import UNKNOWN, Resource
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.location_names import AWS_UAE

_REGION = aws("account/Region")[0]
_OFF = frozenset({"false", "0"})


def check_home_region(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if a region in the UAE is switched off; an unknown one is reported."""
    if resource.type != _REGION or str(resource.get("enabled")).strip().lower() not in _OFF:
        return
    name = resource.get("regionName")
    if name is UNKNOWN:
        yield undetermined("regionName is not known before deployment, and the region is switched off", "enabled")
    elif str(name).strip().lower() in AWS_UAE:
        yield failed(f"enabled must be true for {name}: otherwise nobody reaches what is in the region", "enabled")
