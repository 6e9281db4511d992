"""Good programs that come close to what the rules on money report, written after a look at published lists."""

from ..blind import HERE, KEY, OURS, TAGS, aws, az
from . import Idiom, unpriced
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, kept

CLAIMS = {
    "identifier": "claims", "engine": "mysql", "engineVersion": "8.0.44", "instanceClass": "db.m7g.large",
    "engineLifecycleSupport": "open-source-rds-extended-support-disabled", "allocatedStorage": 100,
    "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "username": "owner",
    "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "multiAz": True, "publiclyAccessible": False,
    "dbSubnetGroupName": "data", "vpcSecurityGroupIds": GROUPS, "parameterGroupName": "claims",
    "backupRetentionPeriod": 35, "copyTagsToSnapshot": True, "deletionProtection": True, "skipFinalSnapshot": False,
    "finalSnapshotIdentifier": "claims-last", "iamDatabaseAuthenticationEnabled": True,
    "enabledCloudwatchLogsExports": ["audit", "error"], "autoMinorVersionUpgrade": True, "tags": TAGS,
}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a database takes no part in extended support", (BUDGET, aws("rds/Instance", CLAIMS, "db", protect=True)),
          f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/extended-support.html",
          {**unpriced("aws:rds/instance:Instance::db"), **kept("db")}),
    Idiom("a database of the version that is supported for years", (BUDGET, aws("rds/Instance", {
        **{key: value for key, value in CLAIMS.items() if key != "engineLifecycleSupport"}, "engineVersion": "8.4.7"},
        "db", protect=True)),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html",
        {**unpriced("aws:rds/instance:Instance::db"), **kept("db")}),
    Idiom("a snapshot of a disk is kept in standard storage in three zones", (az("compute:Snapshot", {
        **HERE, "snapshotName": "models", "incremental": True, "sku": {"name": "Standard_ZRS"},
        "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled",
        "encryption": {"type": "EncryptionAtRestWithCustomerKey",
                       "diskEncryptionSetId": f"{OURS}.Compute/diskEncryptionSets/models"},
        "creationData": {"createOption": "Copy", "sourceResourceId": f"{OURS}.Compute/disks/models"}}),),
        "learn.microsoft.com/azure/virtual-machines/disks-incremental-snapshots"),
)  # fmt: skip
