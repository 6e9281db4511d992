"""Good uses of the types of AWS that were reviewed on 2026-11-29."""

from ..blind import KEY, ME, TAGS, aws
from . import Idiom
from .fourth import AWS_DOCS

IDIOMS = (
    Idiom("crawlers read a database and a broker with TLS", (
        aws("glue/Connection", {
            "name": "orders", "connectionType": "JDBC", "tags": TAGS, "connectionProperties": {
                "JDBC_CONNECTION_URL": "jdbc:postgresql://10.0.0.5:5432/orders", "SECRET_ID": "orders",
                "JDBC_ENFORCE_SSL": "true", "SKIP_CUSTOM_JDBC_CERT_VALIDATION": "false"}}, "database"),
        aws("glue/Connection", {
            "name": "events", "connectionType": "KAFKA", "tags": TAGS, "connectionProperties": {
                "KAFKA_BOOTSTRAP_SERVERS": "10.0.0.6:9094", "KAFKA_SSL_ENABLED": "true"}}, "broker")),
        f"{AWS_DOCS}/glue/latest/dg/connection-properties.html"),
    Idiom("a folder of its own, which others may read", (aws("efs/AccessPoint", {
        "fileSystemId": "fs-1", "posixUser": {"uid": 1000, "gid": 1000}, "tags": TAGS, "rootDirectory": {
            "path": "/app", "creationInfo": {"ownerUid": 1000, "ownerGid": 1000, "permissions": "0755"}}}),),
        f"{AWS_DOCS}/efs/latest/ug/efs-access-points.html"),
    Idiom("builds are recorded in a bucket instead of CloudWatch", (aws("codebuild/Project", {
        "name": "deploy", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
        "artifacts": {"type": "NO_ARTIFACTS"}, "source": {"type": "NO_SOURCE", "buildspec": "version: 0.2"},
        "environment": {"type": "LINUX_CONTAINER", "computeType": "BUILD_GENERAL1_SMALL",
                        "image": "aws/codebuild/standard:7.0"},
        "logsConfig": {"cloudwatchLogs": {"status": "DISABLED"}, "s3Logs": {
            "status": "ENABLED", "location": "bank-builds/logs"}}}),),
        f"{AWS_DOCS}/codebuild/latest/userguide/create-project.html",
        {"residency": {"known": {"bank-builds": "the platform team's bucket of builds"}}}),
    Idiom("training reads files of a volume as a bucket", (aws("fsx/S3AccessPointAttachment", {
        "name": "files", "type": "OPENZFS", "s3AccessPoint": {"vpcConfiguration": {"vpcId": "vpc-1"}},
        "openzfsConfiguration": {"volumeId": "fsvol-0123456789abcdef0", "fileSystemIdentity": {
            "type": "POSIX", "posixUser": {"uid": 1000, "gid": 1000, "secondaryGids": [2000]}}}}),),
        f"{AWS_DOCS}/fsx/latest/OpenZFSGuide/s3accesspoints-for-FSx.html"),
    Idiom("a group of users makes projects in its part of the catalogue", (aws("datazone/PolicyGrant", {
        "domainIdentifier": "dzd_1", "entityType": "DOMAIN_UNIT", "entityIdentifier": "unit-1",
        "policyType": "CREATE_PROJECT", "detail": {"createProject": {"includeChildDomainUnits": True}},
        "principal": {"group": {"groupIdentifier": "group-1"}}}),),
        f"{AWS_DOCS}/datazone/latest/userguide/domain-units-authorization-policies.html"),
    Idiom("tools of agents are approved and found by the bank's agents", (aws("bedrock/AgentcoreRegistry", {
        "name": "tools", "authorizerType": "AWS_IAM", "approvalConfigurations": [{"autoApproval": False}]}),),
        f"{AWS_DOCS}/bedrock-agentcore/latest/devguide/registry.html"),
    Idiom("an index searches documents of a bucket of the bank", (
        aws("kendra/DataSource", {
            "indexId": "i-1", "name": "policies", "type": "S3", "roleArn": f"arn:aws:iam::{ME}:role/kendra",
            "configuration": {"s3Configuration": {"bucketName": "bank-policies", "inclusionPrefixes": ["hr/"]}},
            "tags": TAGS}),
        aws("kendra/Experience", {
            "indexId": "i-1", "name": "policies", "roleArn": f"arn:aws:iam::{ME}:role/kendra", "configuration": {
                "contentSourceConfiguration": {"directPutContent": False, "faqIds": ["f-1"]},
                "userIdentityConfiguration": {"identityAttributeName": "12345ec453-1546651e-79c4-4554-91fa-00b"}}})),
        f"{AWS_DOCS}/kendra/latest/dg/data-source-s3.html"),
    Idiom("what a service must survive is written down", (
        aws("resiliencehub/V2Policy", {"name": "orders", "kmsKeyId": KEY, "sharingEnabled": False, "tags": TAGS,
                                       "multiAz": {"disasterRecoveryApproach": "ACTIVE_ACTIVE", "rtoInMinutes": 5}}),
        aws("resiliencehub/V2System", {"name": "orders", "kmsKeyId": KEY, "tags": TAGS})),
        f"{AWS_DOCS}/resilience-hub/latest/userguide/what-is.html"),
)  # fmt: skip
