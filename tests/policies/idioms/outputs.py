"""Idioms whose values are outputs of other resources of the stack, and so are not known before deployment."""

import json
from dataclasses import replace

from ..blind import KEY, ME, TAGS, aws, az, k8s, meta
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .aws_data import kept
from .aws_platform import BUDGET, GROUPS
from .azure_network import AT, AVM, IN
from .azure_platform import IDENTITY, lock

SERVER = "https://ABCDEF0123456789ABCDEF0123456789.gr7.me-central-1.eks.amazonaws.com"
EKS_KUBE = {"kubeconfig": json.dumps({"clusters": [{"name": "c", "cluster": {"server": SERVER}}]})}
INTERNAL = k8s("core/v1:Service", {
    "metadata": meta(annotations={"service.beta.kubernetes.io/aws-load-balancer-type": "external",
                                  "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}),
    "spec": {"type": "LoadBalancer", "selector": {"app": "x"}, "ports": [{"port": 443}]}}, "lb")  # fmt: skip
CLAIM = k8s("core/v1:PersistentVolumeClaim", {"metadata": meta("data"), "spec": {
    "accessModes": ["ReadWriteOnce"], "storageClassName": "gp3",
    "resources": {"requests": {"storage": "20Gi"}}}}, "claim")  # fmt: skip
CMK = aws("kms/Key", {"description": "platform", "enableKeyRotation": True, "deletionWindowInDays": 30,
                      "tags": TAGS}, "cmk")  # fmt: skip
KEYED: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("cloudwatch/LogGroup", "kmsKeyId", {"name": "/app", "retentionInDays": 90}),
    ("sqs/Queue", "kmsMasterKeyId", {"name": "orders"}),
    ("sns/Topic", "kmsMasterKeyId", {"name": "orders"}),
    ("secretsmanager/Secret", "kmsKeyId", {"name": "orders"}),
)
FLAGS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
AROUND: tuple[tuple[str, dict[str, object]], ...] = (
    ("s3/BucketPolicy", {"policy": UNKNOWN}),
    ("s3/BucketPublicAccessBlock", dict.fromkeys(FLAGS, True)),
    ("s3/BucketVersioning", {"versioningConfiguration": {"status": "Enabled"}}),
    ("s3/BucketServerSideEncryptionConfiguration", {"rules": [{
        "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
        "bucketKeyEnabled": True}]}),
    ("s3/BucketLifecycleConfiguration", {"rules": [{
        "id": "old", "status": "Enabled", "filter": {}, "expiration": {"days": 400},
        "noncurrentVersionExpiration": {"noncurrentDays": 30},
        "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}]}),
)  # fmt: skip
PROGRAMMING = "pulumi.com/docs/iac/concepts/inputs-outputs"
ELSEWHERE = {"resilience": {"kept_elsewhere": {"db*": "replicated to Azure UAE North every hour"}}}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("log group, queue and topic with the key of the stack", (
        CMK, *(aws(kind, {**props, key: UNKNOWN, "tags": TAGS}, kind, links={key: ("cmk",)})
               for kind, key, props in KEYED)), PROGRAMMING),
    Idiom("policy of a role for a table and a queue of the stack", (
        aws("sqs/Queue", {"name": "orders", "kmsMasterKeyId": KEY, "tags": TAGS}, "queue"),
        aws("iam/Policy", {"policy": UNKNOWN, "tags": TAGS}, "policy", links={"policy": ("queue",)}),
        aws("iam/Role", {"assumeRolePolicy": UNKNOWN, "tags": TAGS}, "role", links={"assumeRolePolicy": ("queue",)})),
        PROGRAMMING),
    Idiom("bucket policy that is made from the bucket's ARN", (
        aws("s3/Bucket", {"tags": TAGS}, "bucket", protect=True),
        *(aws(kind, {"bucket": UNKNOWN, **props}, kind, links={"bucket": ("bucket",), "policy": ("bucket",)})
          for kind, props in AROUND)), PROGRAMMING, kept("bucket")),
    Idiom("rule of a security group for the address of a gateway of the stack", (
        aws("ec2/Eip", {"domain": "vpc", "tags": TAGS}, "eip"),
        aws("ec2/NatGateway", {"allocationId": UNKNOWN, "subnetId": "subnet-1", "tags": TAGS}, "nat",
            links={"allocationId": ("eip",)}),
        aws("vpc/SecurityGroupIngressRule", {"securityGroupId": "sg-1", "ipProtocol": "tcp", "fromPort": 443,
                                             "toPort": 443, "cidrIpv4": UNKNOWN, "tags": TAGS}, "in",
            links={"cidrIpv4": ("eip",)})), PROGRAMMING),
    Idiom("Aurora PostgreSQL with the key and groups of the stack", (
        BUDGET, CMK, aws("rds/Cluster", {
            "clusterIdentifier": "orders", "engine": "aurora-postgresql", "engineVersion": "17.4",
            "storageEncrypted": True, "kmsKeyId": UNKNOWN, "masterUsername": "dba", "manageMasterUserPassword": True,
            "masterUserSecretKmsKeyId": UNKNOWN, "iamDatabaseAuthenticationEnabled": True, "copyTagsToSnapshot": True,
            "deletionProtection": True, "backupRetentionPeriod": 35, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "orders-final", "dbSubnetGroupName": "db", "vpcSecurityGroupIds": GROUPS,
            "enabledCloudwatchLogsExports": ["postgresql"], "tags": TAGS}, "db", protect=True,
            links={"kmsKeyId": ("cmk",), "masterUserSecretKmsKeyId": ("cmk",)}),
        *(aws("rds/ClusterInstance", {
            "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql", "instanceClass": "db.r6g.large",
            "publiclyAccessible": False, "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": UNKNOWN,
            "monitoringInterval": 60, "monitoringRoleArn": f"arn:aws:iam::{ME}:role/rds", "copyTagsToSnapshot": True,
            "autoMinorVersionUpgrade": True, "tags": TAGS}, name, protect=True,
            links={"clusterIdentifier": ("db",), "performanceInsightsKmsKeyId": ("cmk",)})
          for name in ("db-a", "db-b"))), "terraform-aws-modules/terraform-aws-rds-aurora", {**ELSEWHERE, **unpriced(
              "aws:rds/cluster:Cluster::db", "aws:rds/clusterInstance:ClusterInstance::db-*")}),
    Idiom("narrow role on a resource of the stack", (
        az("managedidentity:UserAssignedIdentity", {**AT, "resourceName": "id"}, "id"),
        az("authorization:RoleAssignment", {
            "principalId": UNKNOWN, "principalType": "ServicePrincipal", "scope": UNKNOWN,
            "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/"
                                "7f951dda-4ed3-4680-a7ca-43fe172d538d"}, "acr-pull",
           links={"principalId": ("id",), "scope": ("id",)})), "learn.microsoft.com, AcrPull for AKS"),
    Idiom("group and resources that take its name and location", (
        az("resources:ResourceGroup", {"resourceGroupName": "rg", "location": "uaenorth", "tags": TAGS}, "rg"),
        lock(UNKNOWN, "rg"),
        az("network:VirtualNetwork", {
            "resourceGroupName": UNKNOWN, "location": UNKNOWN, "virtualNetworkName": "v", "tags": TAGS,
            "addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}}, "v",
           links={"resourceGroupName": ("rg",), "location": ("rg",)}),
        az("managedidentity:UserAssignedIdentity", {"resourceGroupName": UNKNOWN, "resourceName": "id",
                                                    "tags": TAGS}, "id", links={"resourceGroupName": ("rg",)})),
        PROGRAMMING),
    Idiom("disk encryption set with the vault's key of the stack", (
        az("keyvault:Key", {**IN, "vaultName": "kv", "keyName": "disks", "tags": TAGS, "properties": {
            "kty": "RSA", "keySize": 4096, "rotationPolicy": {
                "attributes": {"expiryTime": "P1Y"},
                "lifetimeActions": [{"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "rotate"}}]}}}, "key"),
        az("compute:DiskEncryptionSet", {
            **AT, "diskEncryptionSetName": "des", "encryptionType": "EncryptionAtRestWithCustomerKey",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]},
            "rotationToLatestKeyVersionEnabled": True, "activeKey": {"keyUrl": UNKNOWN}}, "des",
           links={"activeKey": ("key",)})), f"{AVM}, avm-res-compute-diskencryptionset"),
    Idiom("alerts of the activity log, which are global", (az("monitor:ActivityLogAlert", {
        **AT, "location": "global", "activityLogAlertName": "policies", "enabled": True, "scopes": [
            "/subscriptions/00000000-0000-0000-0000-000000000001"], "condition": {"allOf": [
                {"field": "category", "equals": "Administrative"},
                {"field": "operationName", "equals": "Microsoft.Authorization/policyAssignments/write"}]},
        "actions": {"actionGroups": [{"actionGroupId": UNKNOWN}]}}),),
        "learn.microsoft.com/rest/api/monitor/activity-log-alerts: Global, West Europe and North Europe only"),
    Idiom("load balancer and volume in a cluster of another stack, by its kubeconfig", (
        Given("pulumi:providers:kubernetes", EKS_KUBE, "site"),
        *(replace(given, provider=EKS_KUBE) for given in (INTERNAL, CLAIM))), "pulumi.com, stack references"),
    Idiom("service account with the role of the stack", (
        aws("iam/Role", {"assumeRolePolicy": UNKNOWN, "tags": TAGS}, "role", links={"assumeRolePolicy": ("provider",)}),
        aws("iam/OpenIdConnectProvider", {"url": UNKNOWN, "clientIdLists": ["sts.amazonaws.com"], "tags": TAGS},
            "provider"),
        k8s("core/v1:ServiceAccount", {"metadata": meta("orders", annotations={
            "eks.amazonaws.com/role-arn": UNKNOWN}), "automountServiceAccountToken": False}, "sa",
            links={"metadata": ("role",)})), "terraform-aws-modules/terraform-aws-iam, IRSA"),
)  # fmt: skip
