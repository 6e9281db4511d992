"""Mapping from the catalogue's rows of Azure SQL to Azure's retail prices.

Names of databases and pools are those of the recorded answers that `azure_database_meters.py` names. Hyperscale has two
products of storage and of serverless: those of 2023-11-01 are meant, which came with its prices without a licence.
Licences have one price everywhere and are listed under the region Global, by the products that Infracost 95ba4f49
queries (internal/resources/azure/sql_database.go and mssql_managed_instance.go). The recordings lack Managed Instances;
their names are those that public code queries (the same file; `code-62020812463`).
"""

from collections.abc import Iterator

from falaj.finops.prices.azure_meter import GLOBAL, Meter

_SQL, _INSTANCE = "SQL Database", "SQL Managed Instance"
_HOUR, _DAY, _GB_MONTH = "1 Hour", "1/Day", "1 GB/Month"
_TIERS = (("gp", "General Purpose"), ("bc", "Business Critical"))
_SINGLE = f"{_SQL} Single/Elastic Pool"


def _dtus() -> Iterator[Meter]:
    yield Meter("sql-database", "basic", _SQL, f"{_SQL} Single Basic", "B DTU", _DAY)
    for size in ("S0", "S1", "S2", "S3", "S4", "S6", "S7", "S9", "S12"):
        # Sizes from S4 on have the meter of ten units, at the price of the size.
        for meter in (f"{size} DTUs", "10 DTUs"):
            yield Meter("sql-database", size.lower(), _SQL, f"{_SQL} Single Standard", meter, _DAY, size)
    for size in ("P1", "P2", "P4", "P6", "P11", "P15"):
        yield Meter("sql-database", size.lower(), _SQL, f"{_SQL} Single Premium", f"{size} DTU", _DAY)
    for tier in ("Basic", "Standard", "Premium"):
        pool = f"{_SQL} Elastic Pool - {tier}"
        yield Meter("sql-database", f"{tier.lower()}-pool", _SQL, pool, "eDTUs", _DAY, "1 DTU")
    for tier in ("Standard", "Premium"):
        storage = f"{_SQL} {tier} - Storage"
        yield Meter("sql-database", f"{tier.lower()}-storage", _SQL, storage, "Data Stored", _GB_MONTH, tier)


_COMPUTE = (
    ("gp_gen5", f"{_SINGLE} General Purpose - Compute Gen5", "vCore"),
    ("bc_gen5", f"{_SINGLE} Business Critical - Compute Gen5", "vCore"),
    ("gp_fsv2", f"{_SINGLE} General Purpose - Compute FSv2 Series", "vCore"),
    ("gp_dc", f"{_SINGLE} General Purpose - Compute DC-Series", "vCore"),
    ("bc_dc", f"{_SINGLE} Business Critical - Compute DC-Series", "vCore"),
    ("hs_gen5", f"{_SQL} SingleDB/Elastic Pool Hyperscale - Compute Gen5", "vCore"),
    ("hs_prms", f"{_SINGLE} Hyperscale - Premium Series Compute", "vCore"),
    ("hs_moprms", f"{_SINGLE} Hyperscale - Premium Series Memory Optimized Compute", "vCore"),
    ("hs_dc", f"{_SINGLE} Hyperscale - Compute DC-Series", "vCore"),
    ("gp_s_gen5", f"{_SQL} General Purpose - Serverless - Compute Gen5", "vCore"),
    ("hs_s_gen5", f"{_SQL} Hyperscale - Serverless - Compute Gen5", "1 vCore"),
)
"""Tier and hardware, product, and the meter of one core."""


def _databases() -> Iterator[Meter]:
    for size, product, meter in _COMPUTE:
        yield Meter("sql-database", f"{size}-vcore", _SQL, product, meter, _HOUR, "1 vCore")
        if size in ("gp_gen5", "gp_s_gen5"):
            zones = "1 vCore Zone Redundancy"
            yield Meter("sql-database", f"{size}-zones", _SQL, product, "Zone Redundancy vCore", _HOUR, zones)
    for short, tier in _TIERS:
        product = f"{_SINGLE} {tier}"
        yield Meter("sql-database", f"{short}-storage", _SQL, f"{product} - Storage", f"{tier} Data Stored", _GB_MONTH)
        licence = f"{product} - SQL License"
        yield Meter("sql-database", f"{short}-license", _SQL, licence, "vCore", _HOUR, place=GLOBAL)
    yield Meter("sql-database", "hs-storage", _SQL, f"{_SQL} Hyperscale - Storage", "Hyperscale Data Stored", _GB_MONTH)
    yield Meter(
        "sql-database", "gp-storage-zones", _SQL, f"{_SINGLE} General Purpose - Storage",
        "General Purpose Zone Redundancy Data Stored", _GB_MONTH,
    )  # fmt: skip


def _instances() -> Iterator[Meter]:
    for short, tier in _TIERS:
        product, service = f"{_INSTANCE} {tier}", "sql-managed-instance"
        for size in ("1 vCore", "vCore"):
            compute = f"{product} - Compute Gen5"
            yield Meter(service, f"{short}_gen5-vcore", _INSTANCE, compute, "vCore", _HOUR, size)
        stored = f"{tier} Data Stored"
        yield Meter(service, f"{short}-storage", _INSTANCE, f"{product} - Storage", stored, _GB_MONTH)
        licence = f"{product} - SQL License"
        yield Meter(service, f"{short}-license", _INSTANCE, licence, "vCore", _HOUR, place=GLOBAL)


SQL_METERS = (*_dtus(), *_databases(), *_instances())
