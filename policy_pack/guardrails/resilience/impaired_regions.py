"""Data in an impaired region that has no copy elsewhere in the country."""

import fnmatch
from collections.abc import Iterator, Mapping
from functools import partial

from falaj.facts.labels import REPLICATES_LABEL
from falaj.facts.regions import REGIONS, RegionState, normalise_azure

from ..engine.families import resilience_rule
from ..engine.plan import Plan, linked_by
from ..engine.reading import Resource, walk
from ..engine.rows import Guardrail, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.environments import is_production
from ..readers.locations import aws_region_of

_DATA_STORES = (
    *aws("s3/Bucket", "s3/BucketV2", "efs/FileSystem", "rds/Instance", "rds/Cluster", "docdb/Cluster",
         "neptune/Cluster", "dynamodb/Table", "redshift/Cluster", "opensearch/Domain", "docdb/ElasticCluster",
         "memorydb/Cluster", "keyspaces/Table", "dsql/Cluster", "neptunegraph/Graph", "qldb/Ledger",
         "redshiftserverless/Namespace", "timestreamwrite/Database", "s3tables/TableBucket", "s3/VectorsVectorBucket",
         "fsx/WindowsFileSystem", "fsx/OpenZfsFileSystem", "fsx/OntapFileSystem"),
    *azure("storage:StorageAccount", "sql:Database", "sql:ManagedInstance", "dbforpostgresql:Server",
           "dbformysql:Server", "cosmosdb:DatabaseAccount", "mongocluster:MongoCluster", "netapp:CapacityPoolVolume"),
)  # fmt: skip
"""Stores of data that cannot be recreated. Excludes scratch storage, caches and machine volumes."""
_COPIERS = ("aws:datasync/task:Task", "kubernetes:batch/v1:CronJob", "kubernetes:batch/v1:Job",
            "azure-native:datafactory:Pipeline", "azure-native:storage:ObjectReplicationPolicy")  # fmt: skip
_GEO_REDUNDANT = ("GRS", "GZRS")
"""Azure redundancy options with a copy in the paired region, which is in the country."""


def _region_name(resource: Resource) -> str:
    if resource.type.startswith("azure-native:"):
        location = resource.get("location")
        return normalise_azure(location) if isinstance(location, str) else ""
    location = aws_region_of(resource)
    return location.lower() if isinstance(location, str) else ""


def _copied_purposes(plan: Plan, _: str) -> dict[int, set[str]]:
    """Returns the purposes of stores that labels of copying resources name, by the number of their parts."""
    found: dict[int, set[str]] = {}
    for copier in plan.of_type(*_COPIERS):
        metadata = copier.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else None
        purpose = labels.get(REPLICATES_LABEL) if isinstance(labels, dict) else None
        if isinstance(purpose, str) and purpose:
            found.setdefault(purpose.count("-") + 1, set()).add(purpose)
    return found


def _is_copied(store: Resource, plan: Plan) -> bool:
    """Returns whether a resource copies a store: it depends on the store, or its label names the store's purpose."""
    parts = store.name.split("-")
    return store.urn in plan.by_key(linked_by(_COPIERS)) or any(
        "-".join(parts[start : start + count]) in purposes
        for count, purposes in plan.once(_copied_purposes, "").items()
        for start in range(len(parts) - count + 1)
    )


def _has_copy_elsewhere(store: Resource, plan: Plan, copied_elsewhere: Mapping[str, str]) -> bool:
    locations = {normalise_azure(str(location)) for _, location in walk(store.props, "locations[*].locationName")}
    sku = store.get("sku")
    redundancy = str(sku.get("name")) if isinstance(sku, dict) else ""
    return (
        any(option in redundancy for option in _GEO_REDUNDANT)
        or len(locations) > 1
        or _is_copied(store, plan)
        or any(fnmatch.fnmatchcase(store.name, pattern) for pattern in copied_elsewhere)
    )


def _check_copy(store: Resource, plan: Plan, *, copied_elsewhere: Mapping[str, str]) -> Iterator[Outcome]:
    region = REGIONS.get(_region_name(store))
    if region is None or region.state is not RegionState.IMPAIRED or not is_production(store):
        return
    if _has_copy_elsewhere(store, plan, copied_elsewhere):
        yield passed()
    else:
        since = region.state_date.isoformat()
        yield failed(
            f"its data is in {region.name} only, which is impaired (as of {since}), and nothing copies it "
            "elsewhere in the country"
        )


def impaired_region_guardrail(copied_elsewhere: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail. `copied_elsewhere`: pattern of the names of stores with another copy -> the location of
    the copy."""
    return resilience_rule(
        1,
        Severity.HIGH,
        "Data in an impaired region has a copy elsewhere in the country",
        "hardware of one availability zone has been lost there, with all data that existed only on it",
        "Replicate it to Azure UAE North or to an on-premises site, "
        "or list it under resilience.kept_elsewhere in enforcement.yaml with the location "
        "of the other copy",
        plan_predicate=partial(_check_copy, copied_elsewhere=copied_elsewhere),
        types=_DATA_STORES,
    )
