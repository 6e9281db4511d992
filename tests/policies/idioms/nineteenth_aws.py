"""Good idioms of platform teams on AWS: clusters, databases, streams, search, caches and services (set 19, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import VPC, logs

CNI = json.dumps({"enableNetworkPolicy": "true", "nodeAgent": {"enablePolicyEventLogs": "true"}, "env": {
    "ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1", "AWS_VPC_K8S_CNI_EXTERNALSNAT": "false",
    "POD_SECURITY_GROUP_ENFORCING_MODE": "standard"}})  # fmt: skip
DNS = json.dumps({"replicaCount": 3, "autoScaling": {"enabled": True, "minReplicas": 3, "maxReplicas": 8}, "resources":
                  {"limits": {"memory": "170Mi"}, "requests": {"cpu": "100m", "memory": "70Mi"}}})  # fmt: skip
KAFKA = """auto.create.topics.enable=false
default.replication.factor=3
min.insync.replicas=2
num.partitions=12
unclean.leader.election.enable=false
allow.everyone.if.no.acl.found=false
log.retention.hours=168
delete.topic.enable=true
num.io.threads=8
num.network.threads=5
replica.lag.time.max.ms=30000
socket.request.max.bytes=104857600
"""
SLOW = {"log_min_duration_statement": "1000", "log_connections": "1", "log_disconnections": "1", "log_lock_waits": "1",
        "log_temp_files": "10240", "log_autovacuum_min_duration": "5000", "rds.force_ssl": "1",
        "rds.log_retention_period": "10080", "pgaudit.log": "ddl,role,write", "pgaudit.role": "rds_pgaudit",
        "ssl_min_protocol_version": "TLSv1.2", "rds.force_autovacuum_logging_level": "warning",
        "idle_in_transaction_session_timeout": "60000", "statement_timeout": "300000", "random_page_cost": "1.1",
        "password_encryption": "scram-sha-256", "rds.restrict_password_commands": "1"}  # fmt: skip
STATIC = {"shared_preload_libraries": "pg_stat_statements,pgaudit,auto_explain", "track_activity_query_size": "4096",
          "rds.logical_replication": "0", "max_connections": "500"}  # fmt: skip
INSIDE = [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.20.0.0/16"], "description":
           "From the bank's network"}]  # fmt: skip


def parameters(live: dict[str, str], static: dict[str, str]) -> list[dict[str, str]]:
    """Returns parameters of a database, with when each takes effect."""
    return [{"name": name, "value": value, "applyMethod": when}
            for values, when in ((live, "immediate"), (static, "pending-reboot"))
            for name, value in values.items()]  # fmt: skip


def addon(name: str, version: str, **more: object) -> Given:
    """Returns an add-on of the cluster, whose changes by hand are overwritten."""
    return aws("eks/Addon", {
        "clusterName": "models", "addonName": name, "addonVersion": version, "resolveConflictsOnCreate": "OVERWRITE",
        "resolveConflictsOnUpdate": "OVERWRITE", "tags": TAGS, **more}, name, links={
            "clusterName": ("cluster",)})  # fmt: skip


def alarm(name: str, namespace: str, metric: str, dimensions: dict[str, str], threshold: float,
          **more: object) -> Given:  # fmt: skip
    """Returns an alarm that is told to those on duty."""
    return aws("cloudwatch/MetricAlarm", {
        "name": name, "namespace": namespace, "metricName": metric, "dimensions": dimensions, "statistic": "Average",
        "comparisonOperator": "GreaterThanThreshold", "threshold": threshold, "period": 300, "evaluationPeriods": 3,
        "datapointsToAlarm": 2, "treatMissingData": "missing", "alarmActions": [arn("sns", "duty")], "okActions":
        [arn("sns", "duty")], "tags": TAGS, **more}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a cluster of models has add-ons with their own settings and rights, and staff come in by access entries", (
        BUDGET, logs("/aws/eks/models/cluster"),
        aws("eks/Cluster", {
            "name": "models", "roleArn": role_arn("eks"), "version": "1.34", "tags": TAGS, "deletionProtection": True,
            "bootstrapSelfManagedAddons": False, "upgradePolicy": {"supportType": "STANDARD"}, "accessConfig": {
                "authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "kubernetesNetworkConfig": {
                "serviceIpv4Cidr": "172.20.0.0/16", "ipFamily": "ipv4"}, "zonalShiftConfig": {"enabled": True},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS, "endpointPrivateAccess": True,
                          "endpointPublicAccess": False}}, "cluster", protect=True),
        addon("vpc-cni", "v1.20.4-eksbuild.2", configurationValues=CNI),
        addon("coredns", "v1.12.4-eksbuild.1", configurationValues=DNS),
        addon("kube-proxy", "v1.34.1-eksbuild.2"), addon("eks-pod-identity-agent", "v1.3.9-eksbuild.3"),
        addon("aws-ebs-csi-driver", "v1.52.1-eksbuild.1", podIdentityAssociations=[
            {"roleArn": role_arn("ebs-csi"), "serviceAccount": "ebs-csi-controller-sa"}]),
        addon("metrics-server", "v0.8.0-eksbuild.3"),
        aws("eks/AccessEntry", {"clusterName": "models", "principalArn": role_arn("scientists"), "type": "STANDARD",
                                "kubernetesGroups": ["scientists"], "tags": TAGS}, "scientists"),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "models", "principalArn": role_arn("scientists"), "policyArn":
            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", "accessScope": {
                "type": "namespace", "namespaces": ["training", "notebooks"]}}, "view"),
        aws("eks/PodIdentityAssociation", {
            "clusterName": "models", "namespace": "training", "serviceAccount": "trainer", "roleArn":
            role_arn("trainer"), "tags": TAGS}, "trainer")),
        f"{AWS_DOCS}/eks/latest/best-practices; userguide/eks-add-ons.html; userguide/pod-id-association.html",
        {**OURS, **unpriced(*(f"aws:eks/addon:Addon::{name}" for name in (
            "vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent", "aws-ebs-csi-driver", "metrics-server")))}),
    Idiom("accounts of customers are in PostgreSQL of three zones with pgaudit, records of slow queries and TLS only", (
        BUDGET,
        aws("rds/ParameterGroup", {"name": "accounts", "family": "postgres17", "description": "PostgreSQL of accounts",
                                   "parameters": parameters(SLOW, STATIC), "tags": TAGS}, "parameters"),
        aws("rds/SubnetGroup", {"name": "accounts", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/Cluster", {
            "clusterIdentifier": "accounts", "engine": "postgres", "engineVersion": "17.6", "storageType": "io2",
            "dbClusterInstanceClass": "db.r6gd.xlarge", "allocatedStorage": 400, "iops": 3000, "databaseName":
            "accounts", "masterUsername": "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "storageEncrypted": True, "kmsKeyId": KEY, "iamDatabaseAuthenticationEnabled": True, "dbSubnetGroupName":
            "accounts", "vpcSecurityGroupIds": GROUPS, "backupRetentionPeriod": 35, "preferredBackupWindow":
            "22:00-23:00", "preferredMaintenanceWindow": "fri:23:30-sat:01:00", "copyTagsToSnapshot": True,
            "deletionProtection": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "accounts-final",
            "enabledCloudwatchLogsExports": ["postgresql", "upgrade"], "performanceInsightsEnabled": True,
            "performanceInsightsKmsKeyId": KEY, "performanceInsightsRetentionPeriod": 465, "databaseInsightsMode":
            "advanced", "monitoringInterval": 30, "monitoringRoleArn": role_arn("rds-monitoring"),
            "caCertificateIdentifier": "rds-ca-rsa4096-g1", "networkType": "IPV4", "tags": TAGS}, "accounts",
            protect=True, links={"dbSubnetGroupName": ("subnets",)}),
        alarm("accounts-cpu", "AWS/RDS", "CPUUtilization", {"DBClusterIdentifier": "accounts"}, 80),
        alarm("accounts-space", "AWS/RDS", "FreeStorageSpace", {"DBClusterIdentifier": "accounts"}, 4e10,
              comparisonOperator="LessThanThreshold")),
        f"{AWS_DOCS}/AmazonRDS/latest/UserGuide/CHAP_BestPractices.html; Appendix.PostgreSQL.CommonDBATasks.html",
        {**OURS, **kept("accounts"), **unpriced("aws:rds/cluster:Cluster::accounts")}),
    Idiom("payments pass a Kafka of three zones with its own settings, callers by IAM and records of each broker", (
        BUDGET, logs("/aws/msk/payments"),
        aws("msk/Configuration", {"name": "payments", "kafkaVersions": ["3.9.x"], "serverProperties": KAFKA,
                                  "description": "Three copies, two of which answer"}, "config"),
        aws("msk/Cluster", {
            "clusterName": "payments", "kafkaVersion": "3.9.x", "numberOfBrokerNodes": 3, "enhancedMonitoring":
            "PER_TOPIC_PER_BROKER", "storageMode": "TIERED", "tags": TAGS, "brokerNodeGroupInfo": {
                "instanceType": "kafka.m7g.large", "clientSubnets": SUBNETS, "securityGroups": GROUPS, "azDistribution":
                "DEFAULT", "connectivityInfo": {"publicAccess": {"type": "DISABLED"}, "vpcConnectivity": {
                    "clientAuthentication": {"sasl": {"iam": True, "scram": False}, "tls": False}}},
                "storageInfo": {"ebsStorageInfo": {"volumeSize": 500, "provisionedThroughput": {"enabled": False}}}},
            "clientAuthentication": {"sasl": {"iam": True, "scram": False}, "unauthenticated": False},
            "encryptionInfo": {"encryptionAtRestKmsKeyArn": KEY, "encryptionInTransit": {
                "clientBroker": "TLS", "inCluster": True}},
            "configurationInfo": {"arn": UNKNOWN, "revision": 1}, "openMonitoring": {"prometheus": {
                "jmxExporter": {"enabledInBroker": True}, "nodeExporter": {"enabledInBroker": True}}},
            "loggingInfo": {"brokerLogs": {"cloudwatchLogs": {"enabled": True, "logGroup": "/aws/msk/payments"},
                                           "s3": {"enabled": True, "bucket": "bank-trail", "prefix": "msk/"}}}},
            "payments", protect=True, links={"configurationInfo": ("config",)}),
        *scaled("kafka", "kafka:broker-storage:VolumeSize", UNKNOWN, 500, 1000, "KafkaBrokerStorageUtilization", 60,
                ("payments",))),
        f"{AWS_DOCS}/msk/latest/developerguide/bestpractices.html; msk-configuration-properties.html",
        OURS),
    Idiom("searches of documents are answered by OpenSearch with its own masters, staff's rights and records", (
        BUDGET, logs("/aws/opensearch/documents"),
        aws("opensearch/Domain", {
            "domainName": "documents", "engineVersion": "OpenSearch_3.1", "ipAddressType": "ipv4", "tags": TAGS,
            "clusterConfig": {"instanceType": "r7g.large.search", "instanceCount": 3, "dedicatedMasterEnabled": True,
                              "dedicatedMasterType": "m7g.large.search", "dedicatedMasterCount": 3,
                              "zoneAwarenessEnabled": True, "zoneAwarenessConfig": {"availabilityZoneCount": 3},
                              "multiAzWithStandbyEnabled": True, "warmEnabled": False},
            "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 300, "iops": 3000, "throughput": 250},
            "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
            "domainEndpointOptions": {
                "enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10", "customEndpointEnabled":
                True, "customEndpoint": "search.bank.ae", "customEndpointCertificateArn": CERTIFICATE},
            "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "advancedSecurityOptions": {
                "enabled": True, "internalUserDatabaseEnabled": False, "anonymousAuthEnabled": False,
                "masterUserOptions": {"masterUserArn": role_arn("search-admin")}},
            "advancedOptions": {"rest.action.multi.allow_explicit_index": "false", "indices.fielddata.cache.size":
                                "20", "indices.query.bool.max_clause_count": "1024", "override_main_response_version":
                                "false"},
            "autoTuneOptions": {"desiredState": "ENABLED", "rollbackOnDisable": "NO_ROLLBACK",
                "useOffPeakWindow": True},
            "offPeakWindowOptions": {"enabled": True, "offPeakWindow": {"windowStartTime": {"hours": 21,
                "minutes": 0}}},
            "softwareUpdateOptions": {"autoSoftwareUpdateEnabled": True}, "logPublishingOptions": [
                {"logType": kind, "enabled": True, "cloudwatchLogGroupArn": UNKNOWN} for kind in (
                    "AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS")],
            "accessPolicies": document({
                "Effect": "Allow", "Principal": {"AWS": role_arn("search-api")}, "Action": [
                    "es:ESHttpGet", "es:ESHttpPost", "es:ESHttpPut"], "Resource": arn("es", "domain/documents/*")})},
            "documents", protect=True, links={"logPublishingOptions": ("logs",)}),
        alarm("documents-red", "AWS/ES", "ClusterStatus.red", {"DomainName": "documents", "ClientId": ME}, 0,
              statistic="Maximum", period=60, evaluationPeriods=1, datapointsToAlarm=1)),
        f"{AWS_DOCS}/opensearch-service/latest/developerguide/bp.html; cloudwatch-alarms.html",
        {**OURS, **kept("documents"), **unpriced("aws:opensearch/domain:Domain::documents")}),
    Idiom("sessions of staff are in Valkey of two zones, for users with names, over TLS and with records", (
        BUDGET, logs("/aws/elasticache/sessions"),
        aws("elasticache/ParameterGroup", {
            "name": "sessions", "family": "valkey8", "description": "Sessions", "tags": TAGS, "parameters": [
                {"name": "maxmemory-policy", "value": "volatile-lru"}, {"name": "notify-keyspace-events",
                    "value": "Ex"},
                {"name": "reserved-memory-percent", "value": "25"}, {"name": "timeout", "value": "300"},
                {"name": "slowlog-log-slower-than", "value": "10000"}, {"name": "tcp-keepalive", "value": "60"}]},
            "parameters"),
        aws("elasticache/User", {"userId": "sessions-default", "userName": "default", "engine": "valkey",
                                 "accessString": "off ~* -@all", "authenticationMode": {"type": "iam"}, "tags": TAGS},
            "default"),
        aws("elasticache/User", {
            "userId": "portal", "userName": "portal", "engine": "valkey", "accessString":
            "on ~session:* resetchannels -@all +@read +@write +@connection -@dangerous", "authenticationMode": {
                "type": "iam"}, "tags": TAGS}, "portal"),
        aws("elasticache/UserGroup", {"userGroupId": "sessions", "engine": "valkey", "userIds": [
            "sessions-default", "portal"], "tags": TAGS}, "users", links={"userIds": ("default", "portal")}),
        aws("elasticache/ReplicationGroup", {
            "replicationGroupId": "sessions", "description": "Sessions of the portal", "engine": "valkey",
            "engineVersion": "8.1", "nodeType": "cache.r7g.large", "numNodeGroups": 1, "replicasPerNodeGroup": 1,
            "automaticFailoverEnabled": True, "multiAzEnabled": True, "atRestEncryptionEnabled": True, "kmsKeyId": KEY,
            "transitEncryptionEnabled": True, "transitEncryptionMode": "required", "userGroupIds": ["sessions"],
            "subnetGroupName": "cache", "securityGroupIds": GROUPS, "parameterGroupName": "sessions",
            "snapshotRetentionLimit": 7, "snapshotWindow": "22:00-23:00", "maintenanceWindow": "fri:23:30-sat:00:30",
            "autoMinorVersionUpgrade": True, "finalSnapshotIdentifier": "sessions-final", "notificationTopicArn":
            arn("sns", "duty"), "networkType": "ipv4", "logDeliveryConfigurations": [
                {"destination": "/aws/elasticache/sessions", "destinationType": "cloudwatch-logs", "logFormat": "json",
                 "logType": kind} for kind in ("slow-log", "engine-log")], "tags": TAGS}, "sessions", protect=True,
            links={"parameterGroupName": ("parameters",), "userGroupIds": ("users",)})),
        f"{AWS_DOCS}/AmazonElastiCache/latest/dg/BestPractices.html; ParameterGroups.Engine.html",
        {**OURS, **unpriced("aws:elasticache/replicationGroup:ReplicationGroup::sessions")}),
    Idiom("the API of limits runs as two tasks behind an inner balancer, grows with calls and rolls back", (
        BUDGET, logs("/ecs/limits"),
        aws("ec2/SecurityGroup", {
            "vpcId": VPC, "description": "Tasks of limits", "revokeRulesOnDelete": True, "tags": TAGS,
                "ingress": INSIDE,
            "egress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.20.0.0/16"],
                        "description": "Endpoints of AWS"}]}, "tasks"),
        aws("lb/LoadBalancer", {
            "name": "limits", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "securityGroups":
            GROUPS, "enableDeletionProtection": True, "dropInvalidHeaderFields": True, "desyncMitigationMode":
            "strictest", "enableTlsVersionAndCipherSuiteHeaders": True, "enableXffClientPort": True, "idleTimeout": 60,
            "xffHeaderProcessingMode": "append", "enableHttp2": True, "accessLogs": {
                "enabled": True, "bucket": "bank-trail", "prefix": "alb/limits"}, "connectionLogs": {
                    "enabled": True, "bucket": "bank-trail", "prefix": "alb-connections/limits"}, "tags": TAGS},
            "limits", protect=True),
        aws("lb/TargetGroup", {
            "name": "limits", "port": 8443, "protocol": "HTTPS", "protocolVersion": "HTTP2", "targetType": "ip",
            "vpcId": VPC, "deregistrationDelay": 30, "slowStart": 30, "loadBalancingAlgorithmType":
            "least_outstanding_requests", "stickiness": {"type": "lb_cookie", "enabled": False}, "healthCheck": {
                "path": "/ready", "protocol": "HTTPS", "matcher": "200", "interval": 15, "healthyThreshold": 2,
                "unhealthyThreshold": 3, "timeout": 5}, "tags": TAGS}, "target"),
        aws("lb/Listener", {
            "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE, "sslPolicy":
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "routingHttpResponseServerEnabled": False,
            "routingHttpResponseStrictTransportSecurityHeaderValue": "max-age=31536000", "tags": TAGS,
            "routingHttpResponseXContentTypeOptionsHeaderValue": "nosniff", "defaultActions": [
                {"type": "forward", "targetGroupArn": UNKNOWN}]}, "listener", links={
                    "loadBalancerArn": ("limits",), "defaultActions": ("target",)}),
        aws("ecs/TaskDefinition", {
            "family": "limits", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "1024",
            "memory": "2048", "executionRoleArn": role_arn("limits-start"), "taskRoleArn": role_arn("limits"),
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, "ephemeralStorage": {
                "sizeInGib": 30}, "pidMode": "task", "tags": TAGS, "containerDefinitions": json.dumps([{
                    "name": "limits", "image": f"{ECR}/limits{DIGEST}", "essential": True, "user": "10001",
                    "readonlyRootFilesystem": True, "privileged": False, "versionConsistency": "enabled",
                    "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
                    "portMappings": [{"containerPort": 8443, "name": "https", "appProtocol": "http2"}],
                    "secrets": [{"name": "DB_PASSWORD", "valueFrom": arn("secretsmanager", "secret:limits-AbCdEf")}],
                    "environment": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "DB_SSLMODE", "value":
                                                                            "verify-full"}],
                    "healthCheck": {"command": ["CMD", "/app/healthy"], "interval": 15, "retries": 3},
                    "restartPolicy": {"enabled": True, "restartAttemptPeriod": 60}, "stopTimeout": 60,
                    "logConfiguration": {"logDriver": "awslogs", "options": {
                        "awslogs-group": "/ecs/limits", "awslogs-region": R, "awslogs-stream-prefix": "limits",
                        "mode": "non-blocking", "max-buffer-size": "25m"}}}])}, "task"),
        aws("ecs/Service", {
            "name": "limits", "cluster": arn("ecs", "cluster/apps"), "taskDefinition": UNKNOWN, "desiredCount": 2,
            "launchType": "FARGATE", "platformVersion": "1.4.0", "availabilityZoneRebalancing": "ENABLED",
            "enableExecuteCommand": False, "enableEcsManagedTags": True, "propagateTags": "TASK_DEFINITION", "tags":
            TAGS, "deploymentMinimumHealthyPercent": 100, "deploymentMaximumPercent": 200, "deploymentCircuitBreaker": {
                "enable": True, "rollback": True}, "healthCheckGracePeriodSeconds": 60, "networkConfiguration": {
                    "subnets": SUBNETS, "securityGroups": [UNKNOWN], "assignPublicIp": False},
            "alarms": {"enable": True, "rollback": True, "alarmNames": ["limits-errors"]}, "loadBalancers": [
                {"targetGroupArn": UNKNOWN, "containerName": "limits", "containerPort": 8443}]}, "service", links={
                    "taskDefinition": ("task",), "loadBalancers": ("target",), "networkConfiguration": ("tasks",)}),
        *scaled("ecs", "ecs:service:DesiredCount", "service/apps/limits", 2, 8, "ECSServiceAverageCPUUtilization", 60,
                ("service",))),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/security-tasks-containers.html; elasticloadbalancing/latest",
            OURS),
)  # fmt: skip
