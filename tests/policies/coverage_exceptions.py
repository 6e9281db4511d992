"""Properties that protect, and the types that have one which no row asks about, each for a reason.

A type of an SDK that has such a property is judged or stands here, so that an upgrade which brings one is noticed.
"""

from guardrails.engine.rows import aws, azure

_NO_DATA = "holds nothing that a customer wrote, or nothing that is not stated elsewhere"
_OBJECTS = aws("s3/BucketObject", "s3/BucketObjectv2", "s3/ObjectCopy")
_OF_MICROSOFT_365 = tuple(
    f"azure-native:{module}:PrivateLinkServicesFor{service}"
    for module in ("m365securityandcompliance", "securityandcompliance")
    for service in ("EDMUpload", "O365ManagementActivityAPI", "M365ComplianceCenter", "SCCPowershell",
                    "MIPPolicySync", "M365SecurityCenter")
)  # fmt: skip

LEFT_OUT: dict[str, dict[str, tuple[str, ...]]] = {
    "kmsKeyId": {
        _NO_DATA: aws("resiliencehub/V2System", "resiliencehub/V2Policy", "resiliencehub/V2Service",
                      "cloudwatch/LogAnomalyDetector"),
        "an object takes the key of its bucket": _OBJECTS,
    },
    "kmsKeyArn": {"only what a filter says is encrypted with it": aws("lambda/EventSourceMapping")},
    "kmsKeyIdentifier": {"the profile that is deployed has the key": aws("appconfig/Deployment")},
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
        "a cluster is private, or names who may call it": azure("containerservice:ManagedCluster"),
    },
    "properties.publicNetworkAccess": {
        "ways into Microsoft 365, which is not a platform's": _OF_MICROSOFT_365,
        "it would shut out whoever manages the subscription": azure("authorization:PrivateLinkAssociation"),
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
        "refused, as a copy in another region": aws("dynamodb/TableReplica"),
        "logs end by themselves": aws("cloudwatch/LogGroup"),
        _NO_DATA: aws("pinpoint/Smsvoicev2SenderId", "pinpoint/Smsvoicev2Pool", "pinpoint/Smsvoicev2PhoneNumber"),
    },
    "deleteProtection": {},
    "enableDeletionProtection": {},
    "forceDestroy": {
        _NO_DATA: aws("redshift/SnapshotSchedule", "ec2/DefaultVpc", "ec2/DefaultSubnet", "servicediscovery/Service",
                      "cloudwatch/EventRule", "cloudwatch/EventTarget", "iam/User", "transfer/Server",
                      "directconnect/LinkAggregationGroup", "dataexchange/RevisionAssets"),
        "machines come and go; what is to be kept lies on volumes of its own": aws(
            "ec2/Instance", "ec2/SpotInstanceRequest"),
        "the data is the cluster's": aws("rds/ClusterInstance"),
        "versions of the bucket keep it": _OBJECTS,
    },
    "forceDelete": {
        _NO_DATA: aws("redshift/EndpointAuthorization", "elasticbeanstalk/ApplicationVersion", "ecs/Service",
                      "ecs/TaskSet", "autoscaling/Group"),
    },
    "skipFinalSnapshot": {"the data is the cluster's": aws("neptune/ClusterInstance")},
    "skipFinalBackup": {"a working copy over a bucket": aws("fsx/LustreFileSystem")},
    "backupRetentionPeriod": {},
    "automaticBackupRetentionDays": {"a working copy over a bucket": aws("fsx/LustreFileSystem")},
    "snapshotRetentionLimit": {
        "a cache, which is filled again": aws("elasticache/Cluster", "elasticache/ServerlessCache",
                                              "elasticache/ReplicationGroup"),
    },
    "enablePurgeProtection": {},
    "copyTagsToSnapshot": {"snapshots are the cluster's": aws("rds/ClusterInstance")},
    "copyTagsToBackups": {},
    "propagateTags": {},
}  # fmt: skip
"""Property -> reason -> types that have it and are not asked about it."""
