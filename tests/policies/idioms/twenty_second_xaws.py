"""Good idioms of platform teams on AWS: networks, clusters, services and databases (set 22, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS, scaled
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm

PATTERNS = f"{AWS_DOCS}/prescriptive-guidance/latest/patterns"


def attached(role: str, *names: str) -> tuple[Given, ...]:
    """Returns the attachments of narrow policies of AWS to a role of the plan."""
    return tuple(aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn": f"arn:aws:iam::aws:policy/{name}"},
                     name.rpartition("/")[2], links={"role": (role,)}) for name in names)  # fmt: skip


def group(name: str, *rules: tuple[str, int, str]) -> Given:
    """Returns a security group that some addresses of the site may reach by a port."""
    return aws("ec2/SecurityGroup", {"vpcId": VPC, "name": name, "description": f"What reaches {name}", "tags": TAGS,
        "ingress": [{"protocol": "tcp", "fromPort": port, "toPort": port, "cidrBlocks": [block], "description": why}
                    for block, port, why in rules]}, f"sg-{name}")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("awsx lays out three zones with private and isolated subnets, and flows are written to a bucket", (
        BUDGET, aws("ec2/Vpc", {"cidrBlock": "10.64.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
                                "tags": {**TAGS, "Name": "core"}}, "vpc"),
        *(given for zone, number in (("a", 0), ("b", 1), ("c", 2)) for given in (
            *(aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": f"10.64.{number * 32 + first}.0/{size}",
                                 "availabilityZone": f"{R}{zone}", "mapPublicIpOnLaunch": False, "tags": {
                                     **TAGS, "SubnetType": kind, "Name": f"core-{kind.lower()}-{zone}"}},
                  f"{kind.lower()}-{zone}", parent="vpc", links={"vpcId": ("vpc",)})
              for kind, first, size in (("Private", 0, 20), ("Isolated", 16, 24))),
            aws("ec2/RouteTable", {"vpcId": UNKNOWN, "tags": TAGS}, f"table-{zone}", parent="vpc",
                links={"vpcId": ("vpc",)}),
            aws("ec2/Route", {"routeTableId": UNKNOWN, "destinationCidrBlock": "0.0.0.0/0", "transitGatewayId":
                              "tgw-0123456789abcdef0"}, f"out-{zone}", parent=f"table-{zone}",
                links={"routeTableId": (f"table-{zone}",)}),
            aws("ec2/RouteTableAssociation", {"routeTableId": UNKNOWN, "subnetId": UNKNOWN}, f"assoc-{zone}", links={
                "routeTableId": (f"table-{zone}",), "subnetId": (f"private-{zone}",)}))),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "default", links={"vpcId": ("vpc",)}),
        aws("ec2/VpcEndpoint", {"vpcId": UNKNOWN, "serviceName": f"com.amazonaws.{R}.s3", "vpcEndpointType": "Gateway",
                                "routeTableIds": [UNKNOWN], "tags": TAGS, "policy": document({
            "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
            "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalAccount": ME}}})}, "s3", links={
                "vpcId": ("vpc",), "routeTableIds": ("table-a",)}),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "s3", "logDestination":
                            "arn:aws:s3:::bank-flows/core/", "destinationOptions": {
                                "fileFormat": "parquet", "hiveCompatiblePartitions": True, "perHourPartition": True},
                            "tags": TAGS}, "flows", links={"vpcId": ("vpc",)})),
        "pulumi.com/docs/iac/clouds/aws/guides/vpc; docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html, as "
        "known", merged(OURS, {"presets": ["awsx"], "residency": {"known": {
            "bank-flows": "the bank's bucket of records, in me-central-1"}}})),
    Idiom("pulumi-eks runs a managed group of nodes from a template, and the disk driver takes its role by its pod", (
        BUDGET, trusted("eks.amazonaws.com", "core-cluster"), trusted("ec2.amazonaws.com", "core-node"),
        *attached("core-cluster", "AmazonEKSClusterPolicy"), *attached("core-node", "AmazonEKSWorkerNodePolicy",
            "AmazonEC2ContainerRegistryPullOnly", "AmazonSSMManagedInstanceCore"),
        aws("eks/Cluster", {
            "name": "core", "roleArn": UNKNOWN, "version": "1.34", "deletionProtection": True, "tags": TAGS,
            "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
            "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "upgradePolicy": {
                "supportType": "STANDARD"}, "kubernetesNetworkConfig": {"ipFamily": "ipv4", "serviceIpv4Cidr":
                "172.20.0.0/16"}, "vpcConfig": {"subnetIds": SUBNETS, "endpointPrivateAccess": True,
                "endpointPublicAccess": False, "securityGroupIds": GROUPS}}, "cluster", protect=True,
            links={"roleArn": ("core-cluster",)}),
        aws("ec2/LaunchTemplate", {
            "namePrefix": "core-", "updateDefaultVersion": True, "tags": TAGS, "metadataOptions": {
                "httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1,
                "instanceMetadataTags": "disabled"}, "monitoring": {"enabled": True}, "blockDeviceMappings": [{
                    "deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": KEY, "volumeSize": 100,
                                                       "volumeType": "gp3", "deleteOnTermination": "true"}}],
            "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
                "instance", "volume", "network-interface")]}, "template"),
        aws("eks/NodeGroup", {
            "clusterName": UNKNOWN, "nodeGroupName": "apps", "nodeRoleArn": UNKNOWN, "subnetIds": SUBNETS, "amiType":
            "BOTTLEROCKET_x86_64", "capacityType": "ON_DEMAND", "instanceTypes": ["m6i.xlarge"], "scalingConfig": {
                "minSize": 3, "maxSize": 9, "desiredSize": 3}, "updateConfig": {"maxUnavailablePercentage": 33},
            "nodeRepairConfig": {"enabled": True}, "labels": TAGS, "launchTemplate": {"id": UNKNOWN, "version": "1"},
            "tags": TAGS}, "nodes", links={"clusterName": ("cluster",), "nodeRoleArn": ("core-node",),
                                           "launchTemplate": ("template",)}),
        aws("iam/Role", {"name": "core-ebs", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})},
            "core-ebs"),
        *attached("core-ebs", "service-role/AmazonEBSCSIDriverPolicy"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(
            statement(["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
                       "kms:DescribeKey"], KEY), statement("kms:CreateGrant", KEY, {
                           "Bool": {"kms:GrantIsForAWSResource": "true"}}))}, "ebs-key", links={"role": ("core-ebs",)}),
        *(aws("eks/Addon", {"clusterName": UNKNOWN, "addonName": name, "addonVersion": version, "tags": TAGS,
                            "resolveConflictsOnUpdate": "PRESERVE", **more}, name, links={"clusterName": ("cluster",)})
          for name, version, more in (
              ("eks-pod-identity-agent", "v1.3.8-eksbuild.2", {}),
              ("coredns", "v1.12.3-eksbuild.1", {"configurationValues": json.dumps({"replicaCount": 3,
                  "podDisruptionBudget": {"enabled": True, "maxUnavailable": 1}})}),
              ("aws-ebs-csi-driver", "v1.48.0-eksbuild.1", {"podIdentityAssociations": [
                  {"roleArn": UNKNOWN, "serviceAccount": "ebs-csi-controller-sa"}], "configurationValues": json.dumps(
                  {"controller": {"extraVolumeTags": TAGS}, "defaultStorageClass": {"enabled": False}})})))),
        "pulumi/pulumi-eks examples/managed-nodegroups; docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html, "
        "as known",
        {**OURS, "presets": ["pulumi-eks"]}),
    Idiom("Karpenter of a blueprint has its queue, four rules of events, and roles for itself and for its nodes", (
        aws("sqs/Queue", {"name": "apps-karpenter", "messageRetentionSeconds": 300, "kmsMasterKeyId": KEY,
                          "tags": TAGS}, "queue"),
        aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
            {"Effect": "Allow", "Principal": {"Service": ["events.amazonaws.com", "sqs.amazonaws.com"]}, "Action":
             "sqs:SendMessage", "Resource": arn("sqs", "apps-karpenter")},
            {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": arn("sqs", "apps-karpenter"),
             "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "queue-policy", links={
                 "queueUrl": ("queue",)}),
        *(given for name, source, detail in (
            ("health", "aws.health", "AWS Health Event"), ("spot", "aws.ec2", "EC2 Spot Instance Interruption Warning"),
            ("rebalance", "aws.ec2", "EC2 Instance Rebalance Recommendation"),
            ("state", "aws.ec2", "EC2 Instance State-change Notification")) for given in (
            aws("cloudwatch/EventRule", {"name": f"apps-{name}", "tags": TAGS, "eventPattern": json.dumps(
                {"source": [source], "detail-type": [detail]})}, name),
            aws("cloudwatch/EventTarget", {"rule": UNKNOWN, "targetId": "karpenter", "arn": UNKNOWN}, f"{name}-target",
                links={"rule": (name,), "arn": ("queue",)}))),
        aws("iam/Role", {"name": "apps-karpenter", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "pods.eks.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession"], "Condition": {"StringEquals": {"aws:SourceAccount": ME}}})},
            "apps-karpenter"),
        rights("apps-karpenter", statement(
            ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"], arn("sqs", "apps-karpenter")),
            statement("iam:PassRole", role_arn("apps-karpenter-node"), {
                "StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}),
            statement(["ec2:DescribeInstances", "ec2:DescribeInstanceTypes", "ec2:DescribeSubnets",
                       "ec2:DescribeSecurityGroups", "ec2:DescribeLaunchTemplates", "ec2:DescribeImages",
                       "ec2:DescribeSpotPriceHistory", "ec2:DescribeInstanceTypeOfferings"], "*",
                      {"StringEquals": {"aws:RequestedRegion": R}}),
            statement(["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"], [
                arn("ec2", "instance/*"), arn("ec2", "launch-template/*")], {"StringEquals": {
                    "aws:ResourceTag/kubernetes.io/cluster/apps": "owned"}, "StringLike": {
                        "aws:ResourceTag/karpenter.sh/nodepool": "*"}}), statement(
                "ssm:GetParameter", f"arn:aws:ssm:{R}::parameter/aws/service/*"), statement(
                "eks:DescribeCluster", arn("eks", "cluster/apps"))),
        aws("eks/PodIdentityAssociation", {"clusterName": "apps", "namespace": "kube-system", "serviceAccount":
                                           "karpenter", "roleArn": UNKNOWN, "tags": TAGS}, "pod", links={
                                               "roleArn": ("apps-karpenter",)}),
        aws("eks/AccessEntry", {"clusterName": "apps", "principalArn": role_arn("apps-karpenter-node"), "type":
                                "EC2_LINUX", "tags": TAGS}, "nodes")),
        "karpenter.sh/docs/reference/cloudformation; aws-ia/terraform-aws-eks-blueprints, as known on 2026-12-01",
        {**OURS, "presets": ["karpenter"]}),
    Idiom("a service of Fargate behind an inner balancer writes its calls, follows its load and comes back by itself", (
        BUDGET, logs("/ecs/quotes"), trusted("ecs-tasks.amazonaws.com", "quotes"),
        trusted("ecs-tasks.amazonaws.com", "quotes-start"), rights("quotes", statement(
            ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"], arn("dynamodb", "table/quotes"))),
        *attached("quotes-start", "service-role/AmazonECSTaskExecutionRolePolicy"),
        aws("ecs/Cluster", {"name": "quotes", "tags": TAGS, "settings": [
            {"name": "containerInsights", "value": "enhanced"}], "configuration": {
                "managedStorageConfiguration": {"fargateEphemeralStorageKmsKeyId": KEY}}}, "cluster"),
        group("balancer", ("10.64.0.0/16", 443, "Callers in the network")),
        aws("alb/LoadBalancer", {
            "name": "quotes", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS,
            "securityGroups": [UNKNOWN], "enableDeletionProtection": True, "dropInvalidHeaderFields": True,
            "idleTimeout": 60, "accessLogs": {"bucket": "bank-balancers", "prefix": "quotes", "enabled": True},
            "connectionLogs": {"bucket": "bank-balancers", "prefix": "quotes-tls", "enabled": True}, "tags": TAGS},
            "balancer", links={"securityGroups": ("sg-balancer",)}),
        aws("alb/TargetGroup", {"name": "quotes", "port": 8443, "protocol": "HTTPS", "targetType": "ip", "vpcId": VPC,
                                "deregistrationDelay": 30, "healthCheck": {
                                    "protocol": "HTTPS", "path": "/ready", "matcher": "200", "interval": 15},
                                "tags": TAGS}, "targets"),
        aws("alb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn":
                             CERTIFICATE, "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultActions": [
                                 {"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS}, "listener", links={
                                     "loadBalancerArn": ("balancer",), "defaultActions": ("targets",)}),
        aws("ecs/TaskDefinition", {
            "family": "quotes", "cpu": "1024", "memory": "2048", "networkMode": "awsvpc", "requiresCompatibilities": [
                "FARGATE"], "executionRoleArn": UNKNOWN, "taskRoleArn": UNKNOWN, "runtimePlatform": {
                    "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, "tags": TAGS,
            "containerDefinitions": json.dumps([{
                "name": "quotes", "image": f"{ECR}/quotes{DIGEST}", "essential": True, "user": "10001",
                "readonlyRootFilesystem": True, "privileged": False, "portMappings": [{
                    "containerPort": 8443, "protocol": "tcp"}], "linuxParameters": {"initProcessEnabled": True,
                        "capabilities": {"drop": ["ALL"]}}, "secrets": [{"name": "SIGNING_KEY", "valueFrom": arn(
                            "secretsmanager", "secret:quotes/signing-AbCdEf")}], "logConfiguration": {
                        "logDriver": "awslogs", "options": {"awslogs-group": "/ecs/quotes", "awslogs-region": R,
                            "awslogs-stream-prefix": "quotes", "mode": "non-blocking"}}}])}, "task", links={
                                "executionRoleArn": ("quotes-start",), "taskRoleArn": ("quotes",)}),
        aws("ecs/Service", {
            "name": "quotes", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 3, "launchType": "FARGATE",
            "platformVersion": "1.4.0", "enableEcsManagedTags": True, "propagateTags": "SERVICE",
                "enableExecuteCommand": False,
            "availabilityZoneRebalancing": "ENABLED", "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "loadBalancers": [{"targetGroupArn": UNKNOWN, "containerName": "quotes", "containerPort": 8443}],
            "tags": TAGS}, "service", links={"cluster": ("cluster",), "taskDefinition": ("task",), "loadBalancers":
                                             ("targets",)}),
        *scaled("ecs", "ecs:service:DesiredCount", "service/quotes/quotes", 3, 12, "ECSServiceAverageCPUUtilization",
                60.0, ("service",)), alarm("quotes-5xx", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", 10.0,
                                           LoadBalancer="app/quotes/0123456789abcdef")),
        f"{PATTERNS}/access-container-applications-privately-on-amazon-ecs-by-using-aws-fargate; "
        f"{AWS_DOCS}/AmazonECS/latest/bestpracticesguide, as known", merged(OURS, {"residency": {"known": {
            "bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
    Idiom("accounts are in Aurora PostgreSQL of two zones behind a proxy, whose callers sign in by their roles", (
        BUDGET, aws("rds/SubnetGroup", {"name": "accounts", "subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/ClusterParameterGroup", {"name": "accounts", "family": "aurora-postgresql16", "tags": TAGS,
            "parameters": [{"name": name, "value": value, "applyMethod": method} for name, value, method in (
                ("rds.force_ssl", "1", "immediate"), ("log_connections", "1", "immediate"),
                ("log_disconnections", "1", "immediate"), ("log_min_duration_statement", "5000", "immediate"),
                ("shared_preload_libraries", "pg_stat_statements,pgaudit", "pending-reboot"),
                ("pgaudit.log", "ddl,role,write", "immediate"))]}, "parameters"),
        aws("rds/Cluster", {
            "clusterIdentifier": "accounts", "engine": "aurora-postgresql", "engineVersion": "16.8", "databaseName":
            "accounts", "masterUsername": "owner", "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY,
            "storageEncrypted": True, "kmsKeyId": KEY, "storageType": "aurora-iopt1", "dbSubnetGroupName": UNKNOWN,
            "dbClusterParameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS, "deletionProtection": True,
            "backupRetentionPeriod": 35, "preferredBackupWindow": "21:00-22:00", "preferredMaintenanceWindow":
            "fri:23:00-sat:00:00", "copyTagsToSnapshot": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier":
            "accounts-final", "iamDatabaseAuthenticationEnabled": True, "enabledCloudwatchLogsExports": ["postgresql"],
            "engineLifecycleSupport": "open-source-rds-extended-support-disabled", "tags": TAGS}, "cluster",
            protect=True, links={"dbSubnetGroupName": ("subnets",), "dbClusterParameterGroupName": ("parameters",)}),
        *(aws("rds/ClusterInstance", {
            "identifier": f"accounts-{zone}", "clusterIdentifier": UNKNOWN, "engine": "aurora-postgresql",
            "instanceClass": "db.r6g.large", "availabilityZone": f"{R}{zone}", "promotionTier": tier,
            "publiclyAccessible": False, "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY,
            "performanceInsightsRetentionPeriod": 465, "monitoringInterval": 30, "monitoringRoleArn": role_arn(
                "rds-figures"), "autoMinorVersionUpgrade": True, "caCertIdentifier": "rds-ca-rsa2048-g1",
            "copyTagsToSnapshot": True, "tags": TAGS}, f"instance-{zone}", links={"clusterIdentifier": ("cluster",)})
          for zone, tier in (("a", 0), ("b", 1))),
        trusted("rds.amazonaws.com", "accounts-proxy"), rights("accounts-proxy", statement(
            "secretsmanager:GetSecretValue", arn("secretsmanager", "secret:accounts/app-AbCdEf")), statement(
                "kms:Decrypt", KEY, {"StringEquals": {"kms:ViaService": f"secretsmanager.{R}.amazonaws.com"}})),
        logs("/aws/rds/proxy/accounts"),
        aws("rds/Proxy", {"name": "accounts", "engineFamily": "POSTGRESQL", "requireTls": True, "roleArn": UNKNOWN,
                          "vpcSubnetIds": SUBNETS, "vpcSecurityGroupIds": GROUPS, "idleClientTimeout": 1800,
                          "debugLogging": False, "auths": [{"authScheme": "SECRETS", "iamAuth": "REQUIRED",
                              "clientPasswordAuthType": "POSTGRES_SCRAM_SHA_256", "secretArn": arn(
                                  "secretsmanager", "secret:accounts/app-AbCdEf")}], "tags": TAGS}, "proxy", links={
                                      "roleArn": ("accounts-proxy",)}),
        aws("rds/ProxyDefaultTargetGroup", {"dbProxyName": UNKNOWN, "connectionPoolConfig": {
            "maxConnectionsPercent": 80, "maxIdleConnectionsPercent": 30, "connectionBorrowTimeout": 60}}, "pool",
            links={"dbProxyName": ("proxy",)}),
        aws("rds/ProxyTarget", {"dbProxyName": UNKNOWN, "targetGroupName": "default", "dbClusterIdentifier": UNKNOWN},
            "target", links={"dbProxyName": ("proxy",), "dbClusterIdentifier": ("cluster",)}),
        alarm("accounts-cpu", "AWS/RDS", "CPUUtilization", 80.0, DBClusterIdentifier="accounts")),
        f"{AWS_DOCS}/AmazonRDS/latest/AuroraUserGuide/Aurora.BestPractices.html; .../rds-proxy.html, as known",
        merged(merged(OURS, kept("cluster")), unpriced("aws:rds/cluster:Cluster::cluster",
            "aws:rds/clusterInstance:ClusterInstance::instance-a",
                       "aws:rds/clusterInstance:ClusterInstance::instance-b"))),
)  # fmt: skip
