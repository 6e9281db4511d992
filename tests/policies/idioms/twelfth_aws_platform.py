"""Good idioms of platform teams on AWS: data, models and what runs them, as whole plans (twelfth set, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .twelfth_charts import image

VPC = "vpc-0123456789abcdef0"
NAMES = {"bank.ae": "our own domain, in our data centre in Abu Dhabi",
         "bank-*": "our own buckets, in me-central-1", "bank-datasets": "our own bucket, in me-central-1"}  # fmt: skip
OURS = {"residency": {"known": NAMES},
        "escape": {"image_publishers": {"registry.bank.ae": "the company's mirror of reviewed images"}}}  # fmt: skip
VPC_ENDPOINT = "vpce-0123456789abcdef0"


def trusted(service: str, name: str) -> Given:
    """Returns a role that one service of the account assumes."""
    return aws("iam/Role", {"name": name, "tags": TAGS, "assumeRolePolicy": document({
        "Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})}, name)  # fmt: skip


def rights(name: str, *statements: dict[str, object]) -> Given:
    """Returns the rights of a role of the plan."""
    return aws("iam/RolePolicy", {"role": UNKNOWN, "name": name, "policy": document(*statements)}, f"{name}-rights",
               links={"role": (name,)})  # fmt: skip


def logs(name: str) -> Given:
    """Returns a group of logs of one year under the bank's key."""
    return aws("cloudwatch/LogGroup", {"name": name, "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS}, "logs")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("scientists work in a domain of SageMaker without the internet, each by their own profile", (
        BUDGET,
        aws("sagemaker/Domain", {
            "domainName": "research", "authMode": "SSO", "vpcId": VPC, "subnetIds": SUBNETS, "kmsKeyId": KEY,
            "appNetworkAccessType": "VpcOnly", "appSecurityGroupManagement": "Customer", "tags": TAGS,
            "tagPropagation": "ENABLED", "retentionPolicy": {"homeEfsFileSystem": "Retain"},
            "domainSettings": {"securityGroupIds": GROUPS, "executionRoleIdentityConfig": "USER_PROFILE_NAME"},
            "defaultUserSettings": {
                "executionRole": role_arn("research"), "securityGroups": GROUPS, "studioWebPortal": "ENABLED",
                "sharingSettings": {"notebookOutputOption": "Disabled"},
                "jupyterLabAppSettings": {"appLifecycleManagement": {"idleSettings": {
                    "lifecycleManagement": "ENABLED", "idleTimeoutInMinutes": 60}}}}}, "domain", protect=True),
        aws("sagemaker/UserProfile", {
            "domainId": UNKNOWN, "userProfileName": "analyst-1", "tags": TAGS, "userSettings": {
                "executionRole": role_arn("research"), "securityGroups": GROUPS}}, "analyst",
            links={"domainId": ("domain",)})),
        f"{AWS_DOCS}/sagemaker/latest/dg/onboard-vpc.html", {**kept("domain"), **unpriced(
            "aws:sagemaker/domain:Domain::domain", "aws:sagemaker/userProfile:UserProfile::analyst")}),
    Idiom("vectors are searched in a collection that only the network's endpoint reaches", (
        BUDGET,
        aws("opensearch/ServerlessSecurityPolicy", {"name": "vectors", "type": "encryption", "policy": json.dumps({
            "Rules": [{"ResourceType": "collection", "Resource": ["collection/vectors"]}], "AWSOwnedKey": False,
            "KmsARN": KEY})}, "key"),
        aws("opensearch/ServerlessSecurityPolicy", {"name": "vectors-net", "type": "network", "policy": json.dumps([{
            "Rules": [{"ResourceType": "collection", "Resource": ["collection/vectors"]}], "AllowFromPublic": False,
            "SourceVPCEs": [VPC_ENDPOINT]}])}, "network"),
        aws("opensearch/ServerlessAccessPolicy", {"name": "vectors", "type": "data", "policy": json.dumps([{
            "Rules": [{"ResourceType": "index", "Resource": ["index/vectors/*"], "Permission": [
                "aoss:ReadDocument", "aoss:WriteDocument", "aoss:DescribeIndex", "aoss:CreateIndex"]}],
            "Principal": [role_arn("retriever")]}])}, "access"),
        aws("opensearch/ServerlessCollection", {
            "name": "vectors", "type": "VECTORSEARCH", "standbyReplicas": "ENABLED", "tags": TAGS,
            "description": "Vectors of documents"}, "vectors", protect=True)),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/serverless-vector-search.html", {
            **kept("vectors"), **unpriced("aws:opensearch/serverlessCollection:ServerlessCollection::vectors")}),
    Idiom("claims lie in Aurora that grows with its load and asks for TLS and short tokens", (
        BUDGET,
        aws("rds/ClusterParameterGroup", {
            "name": "claims", "family": "aurora-postgresql17", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}, {"name": "log_connections", "value": "1"},
            {"name": "shared_preload_libraries", "value": "pgaudit", "applyMethod": "pending-reboot"}]}, "parameters"),
        aws("rds/SubnetGroup", {"name": "claims", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/Cluster", {
            "clusterIdentifier": "claims", "engine": "aurora-postgresql", "engineVersion": "17.5", "databaseName":
            "claims", "masterUsername": "claims_admin", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId":
            KEY, "storageEncrypted": True, "kmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True,
            "deletionProtection": True, "copyTagsToSnapshot": True, "backupRetentionPeriod": 14,
            "dbSubnetGroupName": "claims", "vpcSecurityGroupIds": GROUPS, "skipFinalSnapshot": False,
            "finalSnapshotIdentifier": "claims-final", "enabledCloudwatchLogsExports": ["postgresql"],
            "serverlessv2ScalingConfiguration": {"minCapacity": 0.5, "maxCapacity": 8},
            "dbClusterParameterGroupName": "claims", "tags": TAGS}, "claims", protect=True,
            links={"dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("parameters",)}),
        *(aws("rds/ClusterInstance", {
            "identifier": f"claims-{n}", "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql", "tags": TAGS,
            "instanceClass": "db.serverless", "publiclyAccessible": False, "caCertIdentifier": "rds-ca-ecc384-g1",
            "autoMinorVersionUpgrade": True, "monitoringInterval": 60, "monitoringRoleArn": role_arn("rds-monitoring"),
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "copyTagsToSnapshot": True},
            f"claims-{n}", links={"clusterIdentifier": ("claims",)}) for n in (1, 2))),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html", {
            **kept("claims"), **unpriced("aws:rds/cluster:Cluster::claims", *(
                f"aws:rds/clusterInstance:ClusterInstance::claims-{n}" for n in (1, 2)))}),
    Idiom("pods of a team read one folder of the bucket by an identity of the cluster", (
        aws("iam/Role", {"name": "reader", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"},
            "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {
                "StringEquals": {"aws:SourceAccount": ME}, "ArnEquals": {
                    "aws:SourceArn": arn("eks", "cluster/apps")}}})},
            "reader"),
        rights("reader", statement("s3:GetObject", "arn:aws:s3:::bank-models/falcon/*"),
               statement("s3:ListBucket", "arn:aws:s3:::bank-models", {"StringLike": {"s3:prefix": "falcon/*"}}),
               statement("kms:Decrypt", KEY, {"StringEquals": {"kms:ViaService": f"s3.{R}.amazonaws.com"}})),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "eks-pod-identity-agent", "tags": TAGS,
                          "addonVersion": "v1.3.9-eksbuild.3", "resolveConflictsOnUpdate": "PRESERVE"}, "agent"),
        aws("eks/PodIdentityAssociation", {
            "clusterName": "apps", "namespace": "team-a", "serviceAccount": "app", "roleArn": UNKNOWN, "tags": TAGS},
            "pods", links={"roleArn": ("reader",)})),
        f"{AWS_DOCS}/eks/latest/userguide/pod-id-association.html", OURS),
    Idiom("events run through Kafka that takes roles of the account over TLS", (
        BUDGET, logs("/msk/events"),
        aws("msk/Configuration", {"name": "events", "kafkaVersions": ["3.8.x"], "serverProperties":
            "auto.create.topics.enable=false\ndefault.replication.factor=3\nmin.insync.replicas=2\n"
            "allow.everyone.if.no.acl.found=false\n"}, "settings"),
        aws("msk/Cluster", {
            "clusterName": "events", "kafkaVersion": "3.8.x", "numberOfBrokerNodes": 3, "tags": TAGS,
            "brokerNodeGroupInfo": {
                "instanceType": "kafka.m7g.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS,
                "storageInfo": {"ebsStorageInfo": {"volumeSize": 200}},
                "connectivityInfo": {"publicAccess": {"type": "DISABLED"}}},
            "clientAuthentication": {"sasl": {"iam": True, "scram": False}, "unauthenticated": False},
            "encryptionInfo": {"encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {
                "clientBroker": "TLS", "inCluster": True}},
            "configurationInfo": {"arn": UNKNOWN, "revision": 1}, "enhancedMonitoring": "PER_BROKER",
            "openMonitoring": {"prometheus": {"jmxExporter": {"enabledInBroker": True}}},
            "loggingInfo": {"brokerLogs": {"cloudwatchLogs": {"enabled": True, "logGroup": "/msk/events"}}}}, "events",
            protect=True, links={"configurationInfo": ("settings",), "loggingInfo": ("logs",)})),
        f"{AWS_DOCS}/msk/latest/developerguide/bestpractices.html", {
            **kept("events"), **unpriced("aws:msk/cluster:Cluster::events")}),
    Idiom("sessions are cached by a serverless Valkey with users of its own", (
        BUDGET,
        aws("elasticache/User", {
            "userId": "sessions-app", "userName": "sessions-app", "engine": "valkey", "tags": TAGS, "accessString":
            "on ~session:* -@all +@read +@write", "authenticationMode": {"type": "iam"}}, "app"),
        aws("elasticache/UserGroup", {"userGroupId": "sessions", "engine": "valkey", "tags": TAGS,
                                      "userIds": ["sessions-app"]}, "group", links={"userIds": ("app",)}),
        aws("elasticache/ServerlessCache", {
            "name": "sessions", "engine": "valkey", "majorEngineVersion": "8", "kmsKeyId": KEY, "tags": TAGS,
            "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "userGroupId": "sessions", "snapshotRetentionLimit": 7,
            "dailySnapshotTime": "01:00", "cacheUsageLimits": {
                "dataStorage": {"maximum": 10, "unit": "GB"}, "ecpuPerSeconds": [{"maximum": 5000}]}}, "sessions",
            links={"userGroupId": ("group",)})),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/auth-iam.html"),
    Idiom("an inner service of Fargate answers by a balancer with TLS 1.3", (
        BUDGET, logs("/ecs/triage"),
        aws("ecs/Cluster", {"name": "apps", "tags": TAGS, "settings": [
            {"name": "containerInsights", "value": "enhanced"}], "configuration": {"executeCommandConfiguration": {
                "kmsKeyId": KEY, "logging": "OVERRIDE", "logConfiguration": {
                    "cloudWatchEncryptionEnabled": True, "cloudWatchLogGroupName": "/ecs/triage"}}}}, "cluster"),
        aws("ecs/TaskDefinition", {
            "family": "triage", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "512", "memory":
            "1024", "executionRoleArn": role_arn("ecs-start"), "taskRoleArn": role_arn("triage"), "tags": TAGS,
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            "containerDefinitions": json.dumps([{
                "name": "app", "image": image("triage"), "essential": True, "readonlyRootFilesystem": True, "user":
                "10001", "privileged": False, "portMappings": [{"containerPort": 8443, "protocol": "tcp"}],
                "repositoryCredentials": {"credentialsParameter": arn("secretsmanager", "secret:registry-AbCdEf")},
                "secrets": [{"name": "MODEL_KEY", "valueFrom": arn("secretsmanager", "secret:triage-AbCdEf")}],
                "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": "/ecs/triage", "awslogs-region": R, "awslogs-stream-prefix": "app"}}}])}, "task"),
        aws("lb/LoadBalancer", {
            "name": "triage", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "securityGroups":
            GROUPS, "dropInvalidHeaderFields": True, "enableDeletionProtection": True, "desyncMitigationMode":
            "strictest", "accessLogs": {"bucket": "bank-access-logs", "enabled": True}, "tags": TAGS}, "lb"),
        aws("lb/TargetGroup", {
            "name": "triage", "port": 8443, "protocol": "HTTPS", "targetType": "ip", "vpcId": VPC, "tags": TAGS,
            "healthCheck": {"protocol": "HTTPS", "path": "/health", "matcher": "200"}}, "targets"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": arn("acm", "certificate/1"),
            "sslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06", "tags": TAGS, "defaultActions": [
                {"type": "forward", "targetGroupArn": UNKNOWN}]}, "tls",
            links={"loadBalancerArn": ("lb",), "defaultActions": ("targets",)}),
        aws("ecs/Service", {
            "name": "triage", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 2, "launchType": "FARGATE",
            "platformVersion": "LATEST", "enableExecuteCommand": False, "propagateTags": "SERVICE", "tags": TAGS,
            "enableEcsManagedTags": True, "availabilityZoneRebalancing": "ENABLED", "networkConfiguration": {
                "subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "loadBalancers": [
                {"containerName": "app", "containerPort": 8443, "targetGroupArn": UNKNOWN}]}, "service",
            links={"cluster": ("cluster",), "taskDefinition": ("task",), "loadBalancers": ("targets",)})),
        f"{AWS_DOCS}/AmazonECS/latest/bestpracticesguide/security-tasks-containers.html", OURS),
)  # fmt: skip
