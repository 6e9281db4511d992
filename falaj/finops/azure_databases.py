"""Charges of relational databases on Azure: flexible servers of PostgreSQL and MySQL.

What is charged by use has no estimate: backups beyond the size of the storage, and IOPS that scale by themselves.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from falaj.facts.prices import missing
from falaj.finops.free import without_model
from falaj.finops.lines import ZERO, Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_number, get_path, get_str, unknown_at

_POSTGRES, _MYSQL = "azure-native:dbforpostgresql:Server", "azure-native:dbformysql:Server"

_STANDBY = 2
"""Copies that a server with high availability pays for: infracost/infracost 95ba4f49, internal/resources/azure/
postgresql_flexible_server.go, doubles the compute, and MySQL bills compute and storage of both (MicrosoftDocs/
azure-databases-docs 10488044 articles/mysql/flexible-server/concepts-high-availability-faq.md). A standby of PostgreSQL
has the storage of the first as well (MicrosoftDocs/azure-docs 02d09f64 articles/postgresql/flexible-server/
concepts-high-availability.md); read 2026-12-01."""

_SIZE = r"standard_([a-z]+)(\d+)i?([a-z]*)_v(\d+)"
"""Name of a size: family, vCores, features and version. The price list has the price of one vCore of a series, such as
`Ddsv5`, and those of burstable sizes as a whole."""

_TIERS = (("P4", 32), ("P6", 64), ("P10", 128), ("P15", 256), ("P20", 512), ("P30", 1024), ("P40", 2048),
          ("P50", 4096), ("P60", 8192), ("P70", 16_384), ("P80", 32_768))  # fmt: skip
"""Performance tiers of storage of PostgreSQL, and the sizes in GiB up to which each is included (hashicorp/
terraform-provider-azurerm 015f68e5 website/docs/r/postgresql_flexible_server.html.markdown, read 2026-12-01)."""

_FREE_IOPS, _FREE_IOPS_GIB = 300, 3
"""IOPS that storage of MySQL includes, and more for each GiB (infracost 95ba4f49, internal/resources/azure/
mysql_flexible_server.go, read 2026-12-01)."""


_DISKS = {"Premium_LRS": "storage", "PremiumV2_LRS": "premium-v2"}
"""Types of PostgreSQL's storage that have a price."""

_LARGE_DISK = 400
_INCLUDED = {"iops": (3000, 12_000), "throughput": (125, 500)}
"""IOPS and MB/s that a disk of the second version includes: below `_LARGE_DISK` GiB, and from there on (Azure Database
for PostgreSQL, "Premium SSD v2", read 2026-12-02)."""


def _postgres(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a server with its storage, for each node of an elastic cluster."""
    props = _with_source(context, item)
    if unknown := unknown_at(props, *_DECIDING, "cluster.clusterSize", *(f"storage.{key}" for key in _OF_POSTGRES)):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    nodes = max(1, int(get_number(get_path(props, "cluster", "clusterSize"), 1)))
    kind, tier = get_str(props, "storage", "type", default="Premium_LRS"), get_str(props, "storage", "tier")
    yield from _server(context, item, ("postgresql", _DISKS.get(kind, "storage")), props, nodes)
    size = get_number(get_path(props, "storage", "storageSizeGB"), 0)
    if kind not in _DISKS:
        yield without_model(item.type, f"storage of type {kind} has no price")
    elif kind == "PremiumV2_LRS":
        for key, included in _INCLUDED.items():
            above = get_number(get_path(props, "storage", key), 0) - included[size >= _LARGE_DISK]
            yield Charge("postgresql", f"premium-v2-{key}", fixed(max(ZERO, above) * nodes * _copies(props)))
    if tier and tier not in (name for name, most in _TIERS if size and most < 2 * size):
        yield without_model(item.type, f"the performance tier {tier} is above that of its size, and has no price")


def _mysql(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a server with its storage and the IOPS above those that are included."""
    props = _with_source(context, item)
    if unknown := unknown_at(props, *_DECIDING, *(f"storage.{key}" for key in _OF_MYSQL)):
        yield without_model(item.type, f"{unknown[0]} is known only after the update")
        return
    yield from _server(context, item, ("mysql", "storage"), props, 1)
    storage = get_dict(props, "storage")
    if get_str(storage, "autoIoScaling") != "Enabled":
        included = _FREE_IOPS + _FREE_IOPS_GIB * get_number(get_path(storage, "storageSizeGB"), 0)
        above = max(ZERO, get_number(get_path(storage, "iops"), 0) - included)
        yield Charge("mysql", "iops", fixed(above * _copies(props)))
    if get_str(storage, "logOnDisk") == "Enabled" or get_str(storage, "storageRedundancy") == "ZoneRedundancy":
        yield without_model(item.type, "accelerated logs and zone-redundant storage have no price")


_DECIDING = ("sku.name", "storage.storageSizeGB", "highAvailability.mode")
_OF_POSTGRES = ("type", "tier", *_INCLUDED)
_OF_MYSQL = ("iops", "autoIoScaling", "logOnDisk", "storageRedundancy")


def _with_source(context: PricingContext, item: Planned) -> Mapping[str, Any]:
    """Returns the properties of a server, with size and storage of its source in the plan where it states none: a
    replica has those of its source (MicrosoftDocs/azure-databases-docs 02b79467 articles/mysql/flexible-server/
    concepts-read-replicas.md), and so has a restored server (006d208a concepts-backup-restore.md); read 2026-12-01."""
    name = get_str(item.props, "sourceServerResourceId").rpartition("/")[2]
    found = context.plan.named_by(item, "sourceServerResourceId", item.type, "serverName", name)
    own = {key: value for key, value in item.props.items() if value is not None}
    return {**{key: found[0].props.get(key) for key in ("sku", "storage")}, **own} if found else own


def _copies(props: Mapping[str, Any]) -> int:
    return _STANDBY if get_str(props, "highAvailability", "mode") not in ("", "Disabled") else 1


def _server(
    context: PricingContext, item: Planned, row: tuple[str, str], props: Mapping[str, Any], nodes: int
) -> Iterable[Charge]:
    """Yields nodes and storage; `row` is the service and the SKU of its storage."""
    service, storage = row
    name, size = get_str(props, "sku", "name"), get_number(get_path(props, "storage", "storageSizeGB"), 0)
    copies = nodes * _copies(props)
    if not name:
        yield without_model(item.type, "its size is not in the plan")
    else:
        sku, cores = _series(name)
        yield Charge(service, sku, fixed(cores * copies * context.hours))
    price = None if size else missing("GB-month", "the size of its storage is not in the plan")
    yield Charge(service, storage, fixed((size or 1) * copies), price=price)


def _series(name: str) -> tuple[str, int]:
    """Returns the SKU of a size and the number of its units: the vCores of a series, or one of a burstable size."""
    if match := re.fullmatch(_SIZE, name.lower()):
        family, cores, features, version = match.groups()
        return f"{family}{features}v{version}-vcore", int(cores)
    return name.lower().removeprefix("standard_"), 1


METERS: Mapping[str, MeterFunction] = {_POSTGRES: _postgres, _MYSQL: _mysql}
