"""Encryption at rest of AWS databases and caches.

Property names checked against pulumi-aws 7.51.1 on 2026-11-24 (a test repeats it).
"""

from ....engine.conditions import CUSTOMER_KEY, TRUE, UNSET, one_of
from ....engine.families import encryption_rule
from ....engine.rows import Check, Guardrail, Severity, aws
from ..reasons import AWS_KEY, OWN_KEY

_NO_REPLICA = ("replicateSourceDb", UNSET)
"""Limits a row to databases that are not replicas of another one."""

DATABASE_ROWS = (
    Check(aws("rds/Cluster", "docdb/Cluster", "neptune/Cluster"), "storageEncrypted", TRUE),
    Check(aws("rds/Cluster", "docdb/Cluster"), "kmsKeyId", CUSTOMER_KEY),
    # A replica in its source's region has the source's key, and is to name none (AWS SDKs, rds,
    # CreateDBInstanceReadReplica, KmsKeyId, found as a string on 2026-11-30); sources abroad are refused (FJ-RES-104).
    Check(aws("rds/Instance"), "storageEncrypted", TRUE, when=_NO_REPLICA),
    Check(aws("rds/Instance"), "kmsKeyId", CUSTOMER_KEY, when=_NO_REPLICA),
    Check(aws("neptune/Cluster"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("redshift/Cluster"), "encrypted", TRUE),
    Check(aws("redshift/Cluster", "redshiftserverless/Namespace", "docdb/ElasticCluster"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("rds/Instance", "rds/ClusterInstance", "rds/Cluster"), "performanceInsightsKmsKeyId", CUSTOMER_KEY,
          when=("performanceInsightsEnabled", TRUE)),
    Check(aws("docdb/ClusterInstance"), "performanceInsightsKmsKeyId", CUSTOMER_KEY,
          when=("enablePerformanceInsights", TRUE)),
    Check(aws("rds/Instance", "rds/Cluster"), "masterUserSecretKmsKeyId", CUSTOMER_KEY,
          when=("manageMasterUserPassword", TRUE)),
    Check(aws("redshift/Cluster"), "masterPasswordSecretKmsKeyId", CUSTOMER_KEY, when=("manageMasterPassword", TRUE)),
    Check(aws("redshiftserverless/Namespace"), "adminPasswordSecretKmsKeyId", CUSTOMER_KEY,
          when=("manageAdminPassword", TRUE)),
    Check(aws("elasticache/ReplicationGroup"), "atRestEncryptionEnabled", TRUE),
    Check(aws("elasticache/ReplicationGroup", "elasticache/ServerlessCache"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("memorydb/Cluster"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("opensearch/Domain", "elasticsearch/Domain"), "encryptAtRest.enabled", TRUE),
    Check(aws("opensearch/Domain", "elasticsearch/Domain"), "encryptAtRest.kmsKeyId", CUSTOMER_KEY),
    Check(aws("dynamodb/Table"), "serverSideEncryption.enabled", TRUE),
    Check(aws("dynamodb/Table"), "serverSideEncryption.kmsKeyArn", CUSTOMER_KEY),
    Check(aws("dynamodb/Table"), "replicas[*].kmsKeyArn", CUSTOMER_KEY),
    Check(aws("dynamodb/TableReplica"), "kmsKeyArn", CUSTOMER_KEY),
    Check(aws("dax/Cluster"), "serverSideEncryption.enabled", TRUE),
    Check(aws("dsql/Cluster"), "kmsEncryptionKey", CUSTOMER_KEY),
    Check(aws("timestreamwrite/Database"), "kmsKeyId", CUSTOMER_KEY),
    Check(aws("keyspaces/Table"), "encryptionSpecification.type", one_of("CUSTOMER_MANAGED_KMS_KEY")),
    Check(aws("keyspaces/Table"), "encryptionSpecification.kmsKeyIdentifier", CUSTOMER_KEY),
)  # fmt: skip

AWS_DATABASES: tuple[Guardrail, ...] = (
    encryption_rule(104, Severity.HIGH, "AWS databases and caches are encrypted with a customer-managed key",
                    OWN_KEY, AWS_KEY,
                    checks=DATABASE_ROWS),
)  # fmt: skip
