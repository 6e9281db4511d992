"""Properties of Azure that must be set in one case only, because the vendor's default is then the weak position.

A row of the table of switches must be set in every resource of its type, or in none. The defaults are those that the
descriptions of pulumi-azure-native 3.29.0 state; that an absent issuer means any authority by Microsoft's description
of `issuerThumbprint`, "Only used together with CommonName"; that rows are synchronised through the public endpoint
unless the private link is asked for as known; read on 2026-11-29.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..engine.reading import MISSING, Plain, Resource, each_item, walk
from ..engine.verdicts import Outcome, failed


@dataclass(frozen=True)
class _Unset:
    """A property at `path` that must be set where the value at `when` matches `values`, both inside each item of
    `within`, or inside the resource if it is empty; `why` says what an absent one does."""

    type: str
    within: str
    when: str
    values: str
    path: str
    why: str


_ROWS = (
    _Unset("azure-native:storage:FileShare", "", "enabledProtocols", "nfs", "rootSquash",
           "root of every client owns the files"),
    _Unset("azure-native:servicefabric:ManagedCluster", "clients", "commonName", ".+", "issuerThumbprint",
           "every authority of the world may issue the name of an administrator"),
    _Unset("azure-native:machinelearningservices:Compute", "properties", "computeType", "computeinstance",
           "properties.applicationSharingPolicy", "every user of the workspace reaches its applications"),
    _Unset("azure-native:sql:SyncMember", "", "databaseType", "azuresqldatabase", "usePrivateLinkConnection",
           "rows are synchronised through the public endpoint"),
)  # fmt: skip


def check_unset(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each property that is missing where it must be set."""
    for row in _ROWS:
        if row.type == resource.type:
            found = walk(resource.props, f"{row.within}?") if row.within else (("", resource.props),)
            for place, item in each_item(found):
                yield from _missing(row, place, item)


def _missing(row: _Unset, place: str, item: Plain) -> Iterator[Outcome]:
    value = item.get(row.when) if isinstance(item, dict) else None
    if not isinstance(value, str) or not re.fullmatch(row.values, value.strip(), re.IGNORECASE):
        return
    for path, found in walk(item, row.path):
        if found is MISSING:
            path = f"{place}.{path}".lstrip(".")
            yield failed(f"{path} must be set where {row.when} is {value}: otherwise {row.why}", path)
