"""Classes of databases, caches and search domains in AWS's price list: one row of the catalogue for a class and engine.

Attributes and values are those that public code found in answers of the Price List Query API of 2026 (found as strings,
2026-12-02; licences, editions and `deploymentModel` also in recorded products of AmazonRDS). A class has more products
than the one that the catalogue means, all at other prices: two zones, RDS Custom (a fifth dearer), extended support of
old engines, Valkey with durable writes, Outposts, and Aurora with I/O-Optimized storage. They differ in the usage type
before the colon, and those of RDS in `deploymentOption` and `deploymentModel`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from falaj.finops.properties import get_dict, get_str

_NONE, _OWN, _INCLUDED = "No license required", "Bring your own license", "License included"


@dataclass(frozen=True)
class ClassMeter:
    """Classes of one engine: the row of an instance type is `service` and the type with `suffix`. `usage` is the usage
    type between the region's prefix and the colon; `attributes` must be as stated, an empty one absent or empty.
    """

    service: str
    suffix: str
    code: str
    family: str
    usage: str
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])


def _rds(suffix: str, engine: str, edition: str = "", licence: str = _NONE, usage: str = "InstanceUsage") -> ClassMeter:
    attributes = {"databaseEngine": engine, "databaseEdition": edition, "licenseModel": licence}
    plain = {"deploymentOption": "Single-AZ", "deploymentModel": ""}
    return ClassMeter("rds", suffix, "AmazonRDS", "Database Instance", usage, attributes | plain)


def _cache(engine: str) -> ClassMeter:
    attributes = {"cacheEngine": engine}
    return ClassMeter(
        "elasticache", f"-{engine.lower()}", "AmazonElastiCache", "Cache Instance", "NodeUsage", attributes
    )


CLASS_METERS = (
    _rds("-mysql", "MySQL"),
    _rds("-postgres", "PostgreSQL"),
    _rds("-mariadb", "MariaDB"),
    _rds("-aurora", "Aurora MySQL"),
    _rds("-aurora", "Aurora PostgreSQL"),
    _rds("-aurora-io", "Aurora MySQL", usage="InstanceUsageIOOptimized"),
    _rds("-aurora-io", "Aurora PostgreSQL", usage="InstanceUsageIOOptimized"),
    _rds("-oracle-ee", "Oracle", "Enterprise", _OWN),
    _rds("-oracle-se2-byol", "Oracle", "Standard Two", _OWN),
    _rds("-oracle-se2-li", "Oracle", "Standard Two", _INCLUDED),
    _rds("-sqlserver-ex", "SQL Server", "Express", _INCLUDED),
    _rds("-sqlserver-web", "SQL Server", "Web", _INCLUDED),
    _rds("-sqlserver-se", "SQL Server", "Standard", _INCLUDED),
    _rds("-sqlserver-ee", "SQL Server", "Enterprise", _INCLUDED),
    _cache("Redis"),
    _cache("Memcached"),
    _cache("Valkey"),
    ClassMeter("opensearch", "", "AmazonES", "Amazon OpenSearch Service Instance", "ESInstance"),
    ClassMeter("docdb", "", "AmazonDocDB", "Database Instance", "InstanceUsage"),
)


def class_row(product: Mapping[str, Any], usage: str) -> tuple[str, str] | None:
    """Returns service and SKU of the row whose price a product has, if it is a class; `usage` is its usage type without
    the region's prefix.
    """
    attributes, family = get_dict(product, "product", "attributes"), get_str(product, "product", "productFamily")
    code = get_str(product, "serviceCode", default=get_str(attributes, "servicecode"))
    kind, colon, _ = usage.partition(":")
    name = get_str(attributes, "instanceType")
    for meter in CLASS_METERS if colon and name else ():
        if (meter.family, meter.usage) == (family, kind) and code in (meter.code, "") and _has(attributes, meter):
            return meter.service, f"{name}{meter.suffix}"
    return None


def _has(attributes: Mapping[str, Any], meter: ClassMeter) -> bool:
    return all(get_str(attributes, key) == value for key, value in meter.attributes.items())
