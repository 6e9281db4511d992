"""Protective properties, and the types that have one without a row that checks it, each with a reason.

Every SDK type with such a property has a row or is listed here, so that an SDK upgrade that adds one is noticed.
"""

from guardrails.engine.rows import aws, azure

_NO_DATA = "holds no customer data, or none that is not stored elsewhere"
_OBJECTS = aws("s3/BucketObject", "s3/BucketObjectv2", "s3/ObjectCopy")
_MICROSOFT_365_LINKS = tuple(
    f"azure-native:{module}:PrivateLinkServicesFor{service}"
    for module in ("m365securityandcompliance", "securityandcompliance")
    for service in ("EDMUpload", "O365ManagementActivityAPI", "M365ComplianceCenter", "SCCPowershell",
                    "MIPPolicySync", "M365SecurityCenter")
)  # fmt: skip

EXCEPTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "kmsKeyId": {
        _NO_DATA: aws("resiliencehub/V2System", "resiliencehub/V2Policy", "resiliencehub/V2Service",
                      "cloudwatch/LogAnomalyDetector"),
        "an object inherits the key of its bucket": _OBJECTS,
    },
    "kmsKeyArn": {"only the filter criteria are encrypted with it": aws("lambda/EventSourceMapping")},
    "kmsKeyIdentifier": {"the deployed configuration profile has the key": aws("appconfig/Deployment")},
    "customerEncryptionKeyArn": {},
    "encryptionKey": {},
    "encryptionKeyArn": {},
    "kmsEncryptionKey": {},
    "kmsKey": {},
    "kmsMasterKeyId": {},
    "encrypted": {},
    "storageEncrypted": {},
    "atRestEncryptionEnabled": {},
    "transitEncryptionEnabled": {},
    "publiclyAccessible": {},
    "publicNetworkAccess": {
        "a cluster is private, or lists its authorized IP ranges": azure("containerservice:ManagedCluster"),
        "virtualNetworkType decides, which has a row": azure("apimanagement:ApiManagementService"),
    },
    "properties.publicNetworkAccess": {
        "private links to Microsoft 365, which is not part of a platform": _MICROSOFT_365_LINKS,
        "it would lock out the administrators of the subscription": azure("authorization:PrivateLinkAssociation"),
    },
    "minimumTlsVersion": {},
    "minimalTlsVersion": {},
    "minimumTlsVersionAllowed": {},
    "httpsOnly": {},
    "properties.httpsOnly": {},
    "disableLocalAuth": {},
    "properties.disableLocalAuth": {},
    "adminUserEnabled": {},
    "iamDatabaseAuthenticationEnabled": {},
    "deletionProtection": {},
    "deletionProtectionEnabled": {
        "rejected by another rule, as a copy in another region": aws("dynamodb/TableReplica"),
        "logs expire after their retention period": aws("cloudwatch/LogGroup"),
        _NO_DATA: aws("pinpoint/Smsvoicev2SenderId", "pinpoint/Smsvoicev2Pool", "pinpoint/Smsvoicev2PhoneNumber"),
    },
    "deleteProtection": {},
    "enableDeletionProtection": {},
    "forceDestroy": {
        _NO_DATA: aws("redshift/SnapshotSchedule", "ec2/DefaultVpc", "ec2/DefaultSubnet", "servicediscovery/Service",
                      "cloudwatch/EventRule", "cloudwatch/EventTarget", "iam/User", "transfer/Server",
                      "directconnect/LinkAggregationGroup", "dataexchange/RevisionAssets"),
        "instances are replaceable; persistent data is on separate volumes": aws(
            "ec2/Instance", "ec2/SpotInstanceRequest"),
        "the data belongs to the cluster": aws("rds/ClusterInstance"),
        "the bucket's versioning retains it": _OBJECTS,
    },
    "forceDelete": {
        _NO_DATA: aws("redshift/EndpointAuthorization", "elasticbeanstalk/ApplicationVersion", "ecs/Service",
                      "ecs/TaskSet", "autoscaling/Group"),
    },
    "skipFinalSnapshot": {"the data belongs to the cluster": aws("neptune/ClusterInstance")},
    "skipFinalBackup": {"a cache of the data in a bucket": aws("fsx/LustreFileSystem")},
    "backupRetentionPeriod": {},
    "automaticBackupRetentionDays": {"a cache of the data in a bucket": aws("fsx/LustreFileSystem")},
    "snapshotRetentionLimit": {
        "a cache, which can be refilled": aws("elasticache/Cluster", "elasticache/ServerlessCache",
                                              "elasticache/ReplicationGroup"),
    },
    "enablePurgeProtection": {},
    "copyTagsToSnapshot": {"snapshots belong to the cluster": aws("rds/ClusterInstance")},
    "copyTagsToBackups": {},
    "propagateTags": {},
}  # fmt: skip
"""Property -> reason -> types that have the property without a row."""
