"""Good idiom of platform teams on AWS: a store of documents (set 13, blind)."""

from ..blind import KEY, TAGS, aws
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AWS_DOCS
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, kept

DOCUMENTS = [{"name": name, "value": "enabled"} for name in ("tls", "audit_logs", "profiler")]
IDIOMS: tuple[Idiom, ...] = (
    Idiom("documents of customers lie in DocumentDB with TLS, records of use and a password in the vault", (
        BUDGET,
        aws("docdb/ClusterParameterGroup", {"name": "documents", "family": "docdb5.0", "tags": TAGS,
                                            "parameters": DOCUMENTS}, "parameters"),
        aws("docdb/SubnetGroup", {"name": "documents", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("docdb/Cluster", {
            "clusterIdentifier": "documents", "engine": "docdb", "engineVersion": "5.0.0", "masterUsername":
            "documents_admin", "manageMasterUserPassword": True, "storageEncrypted": True, "kmsKeyId": KEY,
            "deletionProtection": True, "backupRetentionPeriod": 14, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "documents-final", "dbSubnetGroupName": "documents", "vpcSecurityGroupIds":
            GROUPS, "dbClusterParameterGroupName": "documents", "enabledCloudwatchLogsExports": ["audit", "profiler"],
            "preferredBackupWindow": "22:00-23:00", "tags": TAGS}, "documents", protect=True,
            links={"dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("parameters",)}),
        *(aws("docdb/ClusterInstance", {
            "identifier": f"documents-{n}", "clusterIdentifier": UNKNOWN, "instanceClass": "db.r6g.large",
            "autoMinorVersionUpgrade": True, "caCertIdentifier": "rds-ca-ecc384-g1", "tags": TAGS}, f"documents-{n}",
            links={"clusterIdentifier": ("documents",)}) for n in (1, 2))),
        f"{AWS_DOCS}/documentdb/latest/developerguide/security.encryption.ssl.html", kept("documents"),
        doubt="a machine of a cluster has no snapshots, but the property exists"),
)  # fmt: skip
