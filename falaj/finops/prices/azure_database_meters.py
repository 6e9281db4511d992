"""Mapping from the catalogue's databases, caches, search services and brokers to Azure's retail prices.

Names and units are those of answers of the Azure Retail Prices API that a public repository recorded for 14 regions on
2026-08-14 (github.com/Arturo-Quiroga-MSFT/azure-architecture-diagram-builder 31f894ae, src/data/pricing/regions). None
of the 14 is a region of the UAE.
"""

from collections.abc import Iterator
from decimal import Decimal

from falaj.finops.prices.azure_meter import Meter
from falaj.finops.prices.azure_sql_meters import SQL_METERS

_POSTGRES, _MYSQL, _REDIS = "Azure Database for PostgreSQL", "Azure Database for MySQL", "Redis Cache"
_SEARCH, _COSMOS, _EVENTS, _BUS = "Azure Cognitive Search", "Azure Cosmos DB", "Event Hubs", "Service Bus"
_HOUR, _PER_HOUR, _MONTH, _GB_MONTH = "1 Hour", "1/Hour", "1/Month", "1 GB/Month"
_CORES = (("vCore", "vCore"), ("vCore", "1 vCore"), ("1 vCore", "1 vCore"))
"""Names of the meter and of the SKU of one core: some series have several, at the same price, and servers of more cores
have the meter of the first two.
"""

_SERVERS = {
    ("postgresql", _POSTGRES): {
        "General Purpose": "Dadsv5 Dadsv6 Dasv6 Ddsv4 Ddsv5 Ddsv6 Dsv3 Dsv6",
        "Memory Optimized": "Eadsv5 Eadsv6 Easv6 Ebdsv5 Edsv4 Edsv5 Edsv6 Esv3 Esv6",
        "Confidential Compute": "DCadsv6 DCesv6 ECadsv6 ECesv6",
    },
    ("mysql", _MYSQL): {
        "General Purpose": "Dadsv5 Dadsv6 Dasv6 Ddsv5 Ddsv6 Dsv6 Dv3",
        "Memory Optimized": "Eadsv5 Eadsv6 Easv6 Edsv6 Esv6",
    },
}
"""Series of flexible servers, whose product names have tier and series."""

_BURSTABLE = {
    "postgresql": "B1MS,B2S,B2ms vCore,B4ms vCore,B8ms vCore,B12ms vCore,B16ms vCore,B20ms vCore",
    "mysql": "B1MS,B2S,B2MS,B4MS,B8MS,B12MS,B16MS,B20MS",
}
"""Meters of burstable servers; the first word is the size."""

_OLDER_SERVERS = {
    "ddsv4": "General Purpose Series Compute",
    "edsv4": "Memory Optimized Series Compute",
    "ecadsv6": "Confidential Compute ECadsv6 Series",
}
"""Series of MySQL whose product names have another form: those of version four name no series."""

_CACHES = {"Basic": ("Cache", "C0 C1 C2 C3 C4 C5 C6"), "Standard": ("Cache Instance", "C0 C1 C2 C3 C4 C5 C6"),
           "Premium": ("Cache Instance", "P1 P2 P3 P4")}  # fmt: skip
"""Tier of Azure Cache for Redis -> end of the meter's name, sizes. The price of an instance is that of one node."""

_MANAGED_CACHES = {
    "Balanced": "B0 B1 B3 B5 B10 B20 B50 B100 B150 B250 B350 B500 B700 B1000",
    "Memory Optimized": "M10 M20 M50 M100 M150 M250 M350 M500 M700 M1000 M1500 M2000",
    "Compute Optimized": "X1 X3 X5 X10 X20 X50 X100 X150 X250 X350 X500 X700",
    "Flash Optimized": "A250 A500 A700 A1000 A1500 A2000 A4500",
}

_SEARCH_UNITS = {
    "basic": "Basic", "standard": "Standard S1", "standard2": "Standard S2", "standard3": "Standard S3",
    "storage_optimized_l1": "Storage Optimized L1", "storage_optimized_l2": "Storage Optimized L2",
}  # fmt: skip

_POSTGRES_STORAGE = "Az DB for PostgreSQL Flexible Server Storage"

_OTHERS = (
    Meter("postgresql", "storage", _POSTGRES, _POSTGRES_STORAGE, "Storage Data Stored", _GB_MONTH),
    Meter("postgresql", "premium-v2", _POSTGRES, _POSTGRES_STORAGE, "Premium SSD v2 Storage Data Stored",
          "1 GiB/Month"),
    Meter("postgresql", "premium-v2-iops", _POSTGRES, _POSTGRES_STORAGE, "Premium SSD v2 IOPS Provisioned IOPS",
          _MONTH),
    Meter("postgresql", "premium-v2-throughput", _POSTGRES, _POSTGRES_STORAGE,
          "Premium SSDv2 Throughput Prov Throughput (MBps)", _MONTH),
    Meter("mysql", "storage", _MYSQL, f"{_MYSQL} Flexible Server Storage", "Storage Data Stored", _GB_MONTH),
    Meter("mysql", "iops", _MYSQL, f"{_MYSQL} Flexible Server Storage", "Additional IOPS", "1 IOPS/Month"),
    # No meter of one core: that of the largest server that shares its host.
    Meter("mysql", "edsv5-vcore", _MYSQL, f"{_MYSQL} Flexible Server Memory Optimized Edsv5 Series Compute", "96 vCore",
          _HOUR, times=1 / Decimal(96)),
    Meter("cosmos-db", "100-ru", _COSMOS, _COSMOS, "100 RU/s", _PER_HOUR),
    Meter("cosmos-db", "100-ru-multi", _COSMOS, _COSMOS, "100 Multi-master RU/s", _PER_HOUR),
    Meter("cosmos-db", "100-ru-autoscale", _COSMOS, f"{_COSMOS} autoscale", "AP3 100 RUs", _PER_HOUR),
    Meter("event-hubs", "basic", _EVENTS, "", "Basic Throughput Unit", _HOUR),
    Meter("event-hubs", "standard", _EVENTS, "", "Standard Throughput Unit", _HOUR),
    Meter("event-hubs", "capture", _EVENTS, "", "Standard Capture", _HOUR),
    Meter("event-hubs", "premium", _EVENTS, "", "Premium Processing Unit", _HOUR),
    Meter("event-hubs", "dedicated", _EVENTS, "", "Dedicated Capacity Unit", _HOUR),
    Meter("service-bus", "premium", _BUS, "", "Premium Messaging Unit", _PER_HOUR),
    Meter("service-bus", "standard", _BUS, "", "Standard Base Unit", _MONTH),
)  # fmt: skip


def _servers() -> Iterator[Meter]:
    for (service, vendor), tiers in _SERVERS.items():
        for tier, series in tiers.items():
            for name in series.split():
                product = f"{vendor} Flexible Server {tier} {name} Series Compute"
                yield from _cores(service, name, vendor, product)
        product = f"{vendor} Flexible Server Burstable BS Series Compute"
        for meter in _BURSTABLE[service].split(","):
            yield Meter(service, meter.partition(" ")[0].lower(), vendor, product, meter, _HOUR)
    for series, product in _OLDER_SERVERS.items():
        yield from _cores("mysql", series, _MYSQL, f"{_MYSQL} Flexible Server {product}")


def _cores(service: str, series: str, vendor: str, product: str) -> Iterator[Meter]:
    for meter, sku_name in _CORES:
        yield Meter(service, f"{series.lower()}-vcore", vendor, product, meter, _HOUR, sku_name)


def _caches() -> Iterator[Meter]:
    for tier, (end, sizes) in _CACHES.items():
        for size in sizes.split():
            yield Meter("redis", f"{tier}-{size}".lower(), _REDIS, f"Azure Redis Cache {tier}", f"{size} {end}", _HOUR)
    for kind, sizes in _MANAGED_CACHES.items():
        for size in sizes.split():
            sku = f"{kind.replace(' ', '')}_{size}".lower()
            yield Meter("managed-redis", sku, _REDIS, f"Azure Managed Redis - {kind}", f"{size} Cache Instance", _HOUR)


def _search_units() -> Iterator[Meter]:
    for sku, name in _SEARCH_UNITS.items():
        yield Meter("ai-search", sku, _SEARCH, "Azure AI Search", f"{name} Unit", _HOUR)
        yield Meter("ai-search", f"{sku}-confidential", _SEARCH, "Azure AI Search", f"{name} CC Unit", _HOUR)


DATABASE_METERS = (*_OTHERS, *_servers(), *_caches(), *_search_units(), *SQL_METERS)
