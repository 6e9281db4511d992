"""Mapping from the rows of the service catalogue to Azure's retail prices.

Names and units are those of answers of the Azure Retail Prices API that public repositories recorded in 2026
(`azure_database_meters.py` names the largest collection, which has all of them), and for NAT gateways those that
Infracost 95ba4f49 queries (internal/providers/terraform/azure/nat_gateway.go). None was tried against the API itself.
A row without a match, or with several prices, is left unchanged and reported.
"""

from collections.abc import Iterator
from itertools import product

from falaj.finops.prices.azure_database_meters import DATABASE_METERS
from falaj.finops.prices.azure_meter import Meter
from falaj.finops.prices.azure_network_meters import NETWORK_METERS
from falaj.finops.prices.azure_platform_meters import PLATFORM_METERS

_STORAGE, _REGISTRY, _VAULT, _FIREWALL = "Storage", "Container Registry", "Key Vault", "Azure Firewall"
_HDD = (4, 6, 10, 15, 20, 30, 40, 50)
_SIZES = (1, 2, 3, *_HDD)
"""Sizes of disks that the catalogue has."""
_BLOB, _GB_MONTH, _TEN_THOUSAND = "General Block Blob v2", "1 GB/Month", "10K"


def _storage() -> Iterator[Meter]:
    for tier, redundancy in product(("Hot", "Cool"), ("LRS", "ZRS", "GRS", "GZRS")):
        sku = f"{tier}-{redundancy}".lower()
        yield Meter("blob", sku, _STORAGE, _BLOB, f"{tier} {redundancy} Data Stored", _GB_MONTH)
    for letter, kind, sizes in (
        ("P", "Premium SSD", _SIZES),
        ("E", "Standard SSD", _SIZES),
        ("S", "Standard HDD", _HDD),
    ):
        for size in (f"{letter}{number}" for number in sizes):
            yield Meter("disk", size.lower(), _STORAGE, f"{kind} Managed Disks", f"{size} LRS Disk", "1/Month")


SHEET_METERS = (
    *_storage(),
    Meter("blob", "reads", _STORAGE, _BLOB, "Hot Read Operations", _TEN_THOUSAND),
    Meter("blob", "writes", _STORAGE, _BLOB, "Hot LRS Write Operations", _TEN_THOUSAND),
    Meter("blob", "writes-geo", _STORAGE, _BLOB, "Hot GRS Write Operations", _TEN_THOUSAND),
    Meter("blob", "retrieval-cool", _STORAGE, _BLOB, "Cool Data Retrieval", "1 GB"),
    Meter("files", "premium-lrs", _STORAGE, "Premium Files", "Premium LRS Provisioned", _GB_MONTH),
    Meter("files", "premium-zrs", _STORAGE, "Premium Files", "Premium ZRS Provisioned", _GB_MONTH),
    Meter("acr", "basic", _REGISTRY, "", "Basic Registry Unit", "1/Day"),
    Meter("acr", "standard", _REGISTRY, "", "Standard Registry Unit", "1/Day"),
    Meter("acr", "premium", _REGISTRY, "", "Premium Registry Unit", "1/Day"),
    Meter("acr", "stored", _REGISTRY, "", "Data Stored", _GB_MONTH),
    Meter("aks", "standard", "Azure Kubernetes Service", "", "Standard Uptime SLA", "1 Hour"),
    Meter("firewall", "standard", _FIREWALL, "", "Standard Deployment", "1 Hour"),
    Meter("firewall", "premium", _FIREWALL, "", "Premium Deployment", "1 Hour"),
    Meter("firewall", "processed", _FIREWALL, "", "Standard Data Processed", "1 GB"),
    Meter("key-vault", "operations", _VAULT, "", "Operations", _TEN_THOUSAND),
    Meter("key-vault", "advanced-key-operations", _VAULT, "", "Advanced Key Operations", _TEN_THOUSAND),
    Meter("log-analytics", "ingested", "Log Analytics", "", "Analytics Logs Data Ingestion", "1 GB"),
    Meter("log-analytics", "retained", "Log Analytics", "", "Analytics Logs Data Retention", _GB_MONTH),
    Meter("nat", "gateway", "NAT Gateway", "", "Standard Gateway", "1 Hour"),
    Meter("nat", "processed", "NAT Gateway", "", "Standard Data Processed", "1 GB"),
)
"""Meters that price sheets have by the same names; those of databases and platforms have not been seen in one."""

METERS = (*SHEET_METERS, *DATABASE_METERS, *PLATFORM_METERS, *NETWORK_METERS)

SERVICES = tuple(dict.fromkeys(meter.azure_service for meter in METERS if not meter.place))
"""Services to fetch in addition to virtual machines."""
PLACED_SERVICES = tuple(dict.fromkeys((meter.place, meter.azure_service) for meter in METERS if meter.place))
"""Places and services of which some meters are fetched there, and not under the region."""
PLACES = frozenset(place for place, _ in PLACED_SERVICES)
