"""Deletion protection, final snapshots, backups and soft delete that are set by a property of the resource itself.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from ..engine.conditions import NOT_FALSE, NOT_TRUE, SET, TRUE, UNSET, Condition, none_of, one_of
from ..engine.families import resilience_rule
from ..engine.number_conditions import at_least
from ..engine.reading import Plain, from_json
from ..engine.rows import Check, Guardrail, Severity, aws, azure
from ..engine.verdicts import Verdict
from ..readers.environments import is_production, rows_where, types_of

_WEEK = at_least(7)
_FEWEST_IMAGES = 3
"""What runs, what runs in a rollout, and what a release is rolled back to."""
_FEWEST_DAYS = 7
"""Days after which an image may go by its age alone: a service may be released no more often than once a week."""


def _keeps_images(policy: Plain) -> bool:
    """Returns whether no rule of a lifecycle policy of ECR expires images of every tag down to fewer than needed."""
    document = from_json(policy)
    rules = document.get("rules") if isinstance(document, dict) else None
    if not isinstance(rules, list):
        return False
    return not any(_expires_all(rule) for rule in rules if isinstance(rule, dict))


def _expires_all(rule: dict[str, Plain]) -> bool:
    """Returns whether a rule deletes images that are pulled: a transition, and a rule for the archive, delete none."""
    selection, action = rule.get("selection"), rule.get("action")
    if not isinstance(selection, dict) or (isinstance(action, dict) and action.get("type") == "transition"):
        return False
    patterns = selection.get("tagPatternList")
    is_every_tag = selection.get("tagStatus") == "any" or (isinstance(patterns, list) and "*" in patterns)
    limit = _LIMITS.get(str(selection.get("countType")), 0)
    count = selection.get("countNumber")
    is_of_archive = selection.get("storageClass") == "archive"
    return is_every_tag and not is_of_archive and isinstance(count, int | float) and count < limit


_LIMITS = {
    "imageCountMoreThan": _FEWEST_IMAGES, "sinceImagePushed": _FEWEST_DAYS, "sinceImagePulled": _FEWEST_DAYS,
}  # fmt: skip
"""Way of counting -> lowest number that deletes nothing which is needed."""
KEEPS_IMAGES = Condition(
    f"must keep {_FEWEST_IMAGES} images or more of every tag, and images of any age for {_FEWEST_DAYS} days",
    _keeps_images,
    missing=Verdict.PASS,
)
"""Amazon ECR User Guide, "Lifecycle policy properties" and "Examples of lifecycle policies" (tagStatus,
tagPatternList, storageClass, countType, and the actions expire and transition; read 2026-11-29)."""

DELETION_ROWS = (
    Check(aws("eks/Cluster", "rds/Instance", "rds/Cluster", "docdb/Cluster", "neptune/Cluster", "neptunegraph/Graph"),
          "deletionProtection", TRUE),
    Check(aws("qldb/Ledger"), "deletionProtection", NOT_FALSE),
    Check(aws("dynamodb/Table", "dsql/Cluster"), "deletionProtectionEnabled", TRUE),
    Check(aws("networkfirewall/Firewall"), "deleteProtection", TRUE),
    Check(aws("cognito/UserPool"), "deletionProtection", one_of("ACTIVE")),
    Check(aws("verifiedpermissions/PolicyStore"), "deletionProtection", one_of("ENABLED")),
    Check(azure("appconfiguration:ConfigurationStore"), "enablePurgeProtection", TRUE),
    # By default, whoever may stop a backup deletes its copies too (Azure/azure-policy f4a50bac built-in-policies/
    # policyDefinitions/Backup, RecoveryServices_Immutability_Audit.json, read 2026-12-01).
    Check(azure("recoveryservices:Vault", "dataprotection:BackupVault"),
          "properties.securitySettings.immutabilitySettings.state", SET),
    Check(aws("lb/LoadBalancer", "alb/LoadBalancer"), "enableDeletionProtection", TRUE),
)  # fmt: skip

_NO_REPLICA = ("replicateSourceDb", UNSET)
"""Limits a row to databases that are not replicas of another one."""
FORCED_DELETION_ROWS = (
    Check(aws("s3/Bucket", "s3/BucketV2", "s3/DirectoryBucket", "backup/Vault", "athena/Workgroup", "athena/Database",
              "s3tables/TableBucket", "s3/VectorsVectorBucket", "dsql/Cluster", "route53/Zone"),
          "forceDestroy", NOT_TRUE),
    Check(aws("ecr/Repository", "lightsail/Bucket"), "forceDelete", NOT_TRUE),
    Check(aws("ecr/LifecyclePolicy"), "policy", KEEPS_IMAGES),
    Check(aws("ecr/RepositoryCreationTemplate"), "lifecyclePolicy", KEEPS_IMAGES),
    Check(aws("secretsmanager/Secret"), "recoveryWindowInDays", at_least(7, missing=Verdict.PASS)),
    # A replica has no final snapshot (botocore 1.44.8, rds, DeleteDBInstance: SkipFinalSnapshot must be set for a read
    # replica, read 2026-11-29).
    Check(aws("rds/Instance"), "skipFinalSnapshot", NOT_TRUE, when=_NO_REPLICA),
    Check(aws("rds/Cluster", "docdb/Cluster", "neptune/Cluster", "redshift/Cluster", "lightsail/Database"),
          "skipFinalSnapshot", NOT_TRUE),
    Check(aws("fsx/WindowsFileSystem", "fsx/OpenZfsFileSystem", "fsx/OntapVolume"), "skipFinalBackup", NOT_TRUE),
    Check(aws("fsx/OpenZfsFileSystem"), "deleteOptions", none_of("DELETE_CHILD_VOLUMES_AND_SNAPSHOTS")),
    Check(aws("fsx/OpenZfsVolume"), "deleteVolumeOptions", none_of("DELETE_CHILD_VOLUMES_AND_SNAPSHOTS")),
    # The home folders of all users are deleted with the domain (botocore 1.44.8, sagemaker, RetentionPolicy).
    Check(aws("sagemaker/Domain"), "retentionPolicy?.homeEfsFileSystem", none_of("Delete")),
)  # fmt: skip

_COSMOS = azure("cosmosdb:DatabaseAccount")
BACKUP_ROWS = (
    Check(aws("rds/Instance"), "backupRetentionPeriod", _WEEK, when=_NO_REPLICA),
    Check(aws("rds/Cluster", "docdb/Cluster", "neptune/Cluster"), "backupRetentionPeriod", _WEEK),
    Check(aws("redshift/Cluster"), "automatedSnapshotRetentionPeriod", _WEEK),
    Check(aws("dynamodb/Table"), "pointInTimeRecovery.enabled", TRUE),
    Check(aws("keyspaces/Table"), "pointInTimeRecovery.status", one_of("ENABLED")),
    Check(aws("docdb/ElasticCluster"), "backupRetentionPeriod", _WEEK),
    Check(aws("memorydb/Cluster"), "snapshotRetentionLimit", _WEEK),
    Check(aws("fsx/OpenZfsFileSystem", "fsx/OntapFileSystem"), "automaticBackupRetentionDays", _WEEK),
    Check(aws("fsx/WindowsFileSystem"), "automaticBackupRetentionDays", at_least(7, missing=Verdict.PASS)),
    Check(azure("dbforpostgresql:Server", "dbformysql:Server"), "backup?.backupRetentionDays",
          at_least(7, missing=Verdict.PASS)),
    Check(azure("sql:BackupShortTermRetentionPolicy"), "retentionDays", at_least(7, missing=Verdict.PASS)),
    # By default, Cosmos DB keeps two backups of the last eight hours.
    Check(_COSMOS, "backupPolicy.type", one_of("Periodic", "Continuous")),
    Check(_COSMOS, "backupPolicy.periodicModeProperties.backupRetentionIntervalInHours", at_least(7 * 24),
          when=("backupPolicy.type", one_of("Periodic"))),
)  # fmt: skip

REDUNDANT_BACKUP_ROWS = (
    Check(_COSMOS, "backupPolicy?.periodicModeProperties?.backupStorageRedundancy", none_of("Local")),
    Check(azure("sql:Database", "sql:ManagedInstance"), "requestedBackupStorageRedundancy", none_of("Local")),
    Check(azure("recoveryservices:Vault"), "properties?.redundancySettings?.standardTierStorageRedundancy",
          none_of("LocallyRedundant")),
    Check(azure("dataprotection:BackupVault"), "properties.storageSettings[*].type", none_of("LocallyRedundant")),
)  # fmt: skip
"""Backups are stored in other zones or in the paired region, which is in the country for both UAE regions."""

PRODUCTION_ROWS = (*DELETION_ROWS, *FORCED_DELETION_ROWS, *BACKUP_ROWS, *REDUNDANT_BACKUP_ROWS)
"""Rows that apply to production only."""

SOFT_DELETE_ROWS = (
    Check(azure("storage:BlobServiceProperties"), "deleteRetentionPolicy?.enabled", NOT_FALSE),
    Check(azure("storage:BlobServiceProperties"), "containerDeleteRetentionPolicy?.enabled", NOT_FALSE),
    Check(azure("storage:FileServiceProperties"), "shareDeleteRetentionPolicy?.enabled", NOT_FALSE),
    Check(azure("recoveryservices:Vault"), "properties?.securitySettings?.softDeleteSettings?.softDeleteState",
          none_of("Disabled")),
    Check(azure("recoveryservices:Vault"), "properties?.securitySettings?.immutabilitySettings?.state",
          none_of("Disabled")),
    Check(azure("dataprotection:BackupVault"), "properties?.securitySettings?.softDeleteSettings?.state",
          none_of("Off")),
    Check(azure("dataprotection:BackupVault"), "properties?.securitySettings?.immutabilitySettings?.state",
          none_of("Disabled")),
    Check(aws("s3/BucketVersioning", "s3/BucketVersioningV2"), "versioningConfiguration.status",
          none_of("Suspended", "Disabled")),
)  # fmt: skip


RESILIENCE_ROWS: tuple[Guardrail, ...] = (
    resilience_rule(101, Severity.HIGH,
                    "Clusters, databases, load balancers and backups in production have deletion protection",
                    "one wrong command must not be enough to lose them",
                    "Enable deletion protection; for a stack outside production, list its environment (dev, test or "
                    "staging) under tags.environments in enforcement.yaml, unless it is a word of the stack's name",
                    predicate=rows_where(is_production, DELETION_ROWS), types=types_of(DELETION_ROWS)),
    resilience_rule(102, Severity.HIGH, "Deleting a resource in production does not delete its data without a backup",
                    "forced deletion destroys the contents, and takes no final snapshot",
                    "Disable forced deletion, and keep the final snapshot",
                    predicate=rows_where(is_production, FORCED_DELETION_ROWS), types=types_of(FORCED_DELETION_ROWS)),
    resilience_rule(103, Severity.MEDIUM, "Databases in production can be restored to any point of the last week",
                    "mistakes are often noticed days later", "Keep backups for at least 7 days",
                    predicate=rows_where(is_production, BACKUP_ROWS), types=types_of(BACKUP_ROWS)),
    resilience_rule(105, Severity.MEDIUM, "Backups in production are stored in another zone or region than the data",
                    "a disaster that destroys the data would destroy the backups too",
                    "Use Geo (the paired region is in the country) or, in a region with zones, Zone redundancy; on "
                    "backup vaults GeoRedundant or ZoneRedundant",
                    predicate=rows_where(is_production, REDUNDANT_BACKUP_ROWS), types=types_of(REDUNDANT_BACKUP_ROWS)),
    resilience_rule(104, Severity.HIGH, "Versioning, soft delete and immutability are not disabled",
                    "an attacker who takes over an account deletes the backups first",
                    "Leave it enabled",
                    checks=SOFT_DELETE_ROWS),
)  # fmt: skip
