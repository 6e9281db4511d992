"""Networks, clusters and data of AWS in the shapes of terraform-aws-modules, awsx, pulumi-eks and EKS blueprints."""

import json

from ..blind import KEY, ME, TAGS, aws, document
from ..harness import UNKNOWN, Given
from . import Idiom

REGION = "me-central-1"
MODULES = "github.com/terraform-aws-modules/terraform-aws"
ZONES = tuple(f"{REGION}{letter}" for letter in "abc")
SUBNETS = ["subnet-1", "subnet-2", "subnet-3"]
GROUPS = ["sg-1"]


def vpc() -> Given:
    """Returns the network of a platform."""
    return aws("ec2/Vpc", {"cidrBlock": "10.20.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
                           "tags": TAGS}, "vpc")  # fmt: skip


def flow_log() -> tuple[Given, ...]:
    """Returns the flow log of the network, to an encrypted log group."""
    return (
        aws("cloudwatch/LogGroup", {"name": "/vpc/flow", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS}, "lg"),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": UNKNOWN, "iamRoleArn": f"arn:aws:iam::{ME}:role/flow",
                            "maxAggregationInterval": 60, "tags": TAGS}, "flow",
            links={"vpcId": ("vpc",), "logDestination": ("lg",)}),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "default", links={"vpcId": ("vpc",)}),
    )  # fmt: skip


def subnet(name: str, cidr: str, zone: str) -> Given:
    """Returns a private subnet."""
    return aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": cidr, "availabilityZone": zone,
                              "mapPublicIpOnLaunch": False, "tags": TAGS}, name, links={"vpcId": ("vpc",)})  # fmt: skip


def bucket(name: str) -> tuple[Given, ...]:
    """Returns a bucket with everything around it."""
    at = {"bucket": name}
    links = {"bucket": ("bucket",)}
    tls = {"Effect": "Deny", "Principal": "*", "Action": "s3:*",
           "Condition": {"Bool": {"aws:SecureTransport": "false"}},
           "Resource": [f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*"]}  # fmt: skip
    flags = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    return (
        aws("s3/Bucket", {**at, "tags": TAGS}, "bucket", protect=True),
        aws("s3/BucketPublicAccessBlock", {**at, **dict.fromkeys(flags, True)}, "pab", links=links),
        aws("s3/BucketVersioning", {**at, "versioningConfiguration": {"status": "Enabled"}}, "ver", links=links),
        aws("s3/BucketServerSideEncryptionConfiguration", {**at, "rules": [{
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
            "bucketKeyEnabled": True}]}, "sse", links=links),
        aws("s3/BucketOwnershipControls", {**at, "rule": {"objectOwnership": "BucketOwnerEnforced"}}, "own",
            links=links),
        aws("s3/BucketLifecycleConfiguration", {**at, "rules": [
            {"id": "old", "status": "Enabled", "filter": {}, "noncurrentVersionExpiration": {"noncurrentDays": 30}},
            {"id": "abort", "status": "Enabled", "filter": {}, "abortIncompleteMultipartUpload": {
                "daysAfterInitiation": 7}}]}, "life", links=links),
        aws("s3/BucketPolicy", {**at, "policy": document(tls)}, "policy", links=links),
    )  # fmt: skip


def endpoint(service: str) -> Given:
    """Returns an interface endpoint."""
    return aws("ec2/VpcEndpoint", {
        "vpcId": UNKNOWN, "serviceName": f"com.amazonaws.{REGION}.{service}", "vpcEndpointType": "Interface",
        "privateDnsEnabled": True, "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "tags": TAGS,
        "policy": document({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*",
                            "Condition": {"StringEquals": {"aws:PrincipalAccount": ME}}})},
        service.replace(".", "-"), links={"vpcId": ("vpc",)})  # fmt: skip


KEPT = {"resilience": {"kept_elsewhere": {"bucket": "copied every night to the account in Azure UAE North"}}}
EKS = aws("eks/Cluster", {
    "name": "platform", "version": "1.33", "roleArn": f"arn:aws:iam::{ME}:role/eks", "tags": TAGS,
    "accessConfig": {"authenticationMode": "API"}, "deletionProtection": True,
    "enabledClusterLogTypes": ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]},
    "upgradePolicy": {"supportType": "STANDARD"},
    "vpcConfig": {"endpointPrivateAccess": True, "endpointPublicAccess": False, "subnetIds": SUBNETS}},
    "cluster")  # fmt: skip
BUDGET = aws("budgets/Budget", {
    "name": "platform", "budgetType": "COST", "timeUnit": "MONTHLY", "limitAmount": "20000", "limitUnit": "USD",
    "tags": TAGS, "notifications": [
        {"comparisonOperator": "GREATER_THAN", "threshold": 80, "thresholdType": "PERCENTAGE",
         "notificationType": kind, "subscriberEmailAddresses": ["finops@example.ae"]}
        for kind in ("ACTUAL", "FORECASTED")]}, "budget")  # fmt: skip
LAUNCH = aws("ec2/LaunchTemplate", {
    "name": "nodes", "updateDefaultVersion": True, "tags": TAGS,
    "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
    "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
        "encrypted": "true", "kmsKeyId": KEY, "volumeType": "gp3", "volumeSize": 80, "deleteOnTermination": "true"}}],
    "tagSpecifications": [{"resourceType": kind, "tags": TAGS} for kind in (
        "instance", "volume", "network-interface")]}, "lt")  # fmt: skip
LISTENER = {"loadBalancerArn": UNKNOWN, "tags": TAGS}
TO_LB = {"loadBalancerArn": ("lb",)}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("network of three zones with a NAT gateway and flow logs", (
        vpc(), *flow_log(),
        *(subnet(f"private{n}", f"10.20.{n}.0/24", zone) for n, zone in enumerate(ZONES)),
        aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": "10.20.100.0/26", "availabilityZone": ZONES[0],
                           "tags": TAGS}, "public", links={"vpcId": ("vpc",)}),
        aws("ec2/InternetGateway", {"vpcId": UNKNOWN, "tags": TAGS}, "igw", links={"vpcId": ("vpc",)}),
        aws("ec2/Eip", {"domain": "vpc", "tags": TAGS}, "eip"),
        aws("ec2/NatGateway", {"allocationId": UNKNOWN, "subnetId": UNKNOWN, "tags": TAGS}, "nat",
            links={"allocationId": ("eip",), "subnetId": ("public",)}),
        aws("ec2/RouteTable", {"vpcId": UNKNOWN, "tags": TAGS}, "rt", links={"vpcId": ("vpc",)}),
        aws("ec2/Route", {"routeTableId": UNKNOWN, "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": UNKNOWN}, "r",
            links={"routeTableId": ("rt",), "natGatewayId": ("nat",)})), f"{MODULES}-vpc, and awsx.ec2.Vpc"),
    Idiom("gateway endpoints of S3 and DynamoDB", (
        vpc(), *flow_log(), *(aws("ec2/VpcEndpoint", {
            "vpcId": UNKNOWN, "serviceName": f"com.amazonaws.{REGION}.{name}", "vpcEndpointType": "Gateway",
            "routeTableIds": ["rtb-1"], "tags": TAGS}, name, links={"vpcId": ("vpc",)})
            for name in ("s3", "dynamodb"))), f"{MODULES}-vpc modules/vpc-endpoints"),
    Idiom("interface endpoints of a private cluster", (vpc(), *flow_log(), *map(endpoint, (
        "ecr.api", "ecr.dkr", "sts", "logs", "ec2", "eks", "kms", "ssm"))),
        "docs.aws.amazon.com/eks/latest/userguide/private-clusters.html"),
    Idiom("attachment of a spoke to a shared transit gateway", (
        vpc(), *flow_log(), aws("ec2transitgateway/VpcAttachment", {
            "transitGatewayId": "tgw-1", "vpcId": UNKNOWN, "subnetIds": SUBNETS, "tags": TAGS,
            "transitGatewayDefaultRouteTableAssociation": False,
            "transitGatewayDefaultRouteTablePropagation": False}, "tgwa", links={"vpcId": ("vpc",)}),
        aws("ec2/Route", {"routeTableId": "rtb-1", "destinationCidrBlock": "10.0.0.0/8", "transitGatewayId": "tgw-1"},
            "r")), f"{MODULES}-transit-gateway"),
    Idiom("security group of an internal service", (
        aws("ec2/SecurityGroup", {"vpcId": "vpc-1", "description": "orders", "tags": TAGS}, "sg"),
        aws("vpc/SecurityGroupIngressRule", {"securityGroupId": UNKNOWN, "ipProtocol": "tcp", "fromPort": 8443,
                                             "toPort": 8443, "referencedSecurityGroupId": "sg-9", "tags": TAGS}, "in",
            links={"securityGroupId": ("sg",)}),
        aws("vpc/SecurityGroupEgressRule", {"securityGroupId": UNKNOWN, "ipProtocol": "tcp", "fromPort": 443,
                                            "toPort": 443, "cidrIpv4": "0.0.0.0/0", "tags": TAGS}, "out",
            links={"securityGroupId": ("sg",)})), f"{MODULES}-security-group"),
    Idiom("EKS cluster with access entries of the account, and a budget", (
        EKS, BUDGET,
        aws("eks/AccessEntry", {"clusterName": "platform", "principalArn": f"arn:aws:iam::{ME}:role/platform-admins",
                                "type": "STANDARD", "tags": TAGS}, "entry"),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "platform", "principalArn": f"arn:aws:iam::{ME}:role/orders-team",
            "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
            "accessScope": {"type": "namespace", "namespaces": ["orders"]}}, "edit")),
        f"{MODULES}-eks, and aws-ia/terraform-aws-eks-blueprints"),
    Idiom("managed node group with a launch template", (
        BUDGET, LAUNCH, aws("eks/NodeGroup", {
            "clusterName": "platform", "nodeRoleArn": f"arn:aws:iam::{ME}:role/nodes", "subnetIds": SUBNETS,
            "instanceTypes": ["m6i.xlarge"], "amiType": "AL2023_x86_64_STANDARD", "tags": TAGS,
            "scalingConfig": {"minSize": 3, "desiredSize": 3, "maxSize": 6}, "updateConfig": {"maxUnavailable": 1},
            "launchTemplate": {"id": UNKNOWN, "version": UNKNOWN}}, "nodes", links={"launchTemplate": ("lt",)})),
        f"{MODULES}-eks modules/eks-managed-node-group"),
    Idiom("add-ons of EKS, with tags for volumes", (
        *(aws("eks/Addon", {"clusterName": "platform", "addonName": name, "tags": TAGS,
                            "resolveConflictsOnUpdate": "PRESERVE"}, name)
          for name in ("vpc-cni", "coredns", "kube-proxy", "eks-pod-identity-agent")),
        aws("eks/Addon", {"clusterName": "platform", "addonName": "aws-ebs-csi-driver", "tags": TAGS,
                          "configurationValues": json.dumps({"controller": {"extraVolumeTags": TAGS}})}, "ebs")),
        "docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html"),
    Idiom("bucket with versions, key, lifecycle and TLS only", bucket("platform-data"), f"{MODULES}-s3-bucket", KEPT),
    Idiom("registry of images with scanning and a lifecycle", (
        aws("ecr/Repository", {"name": "orders", "imageTagMutability": "IMMUTABLE", "tags": TAGS,
                               "imageScanningConfiguration": {"scanOnPush": True},
                               "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}]}, "repo"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [{
            "rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed",
                                             "countUnit": "days", "countNumber": 14},
            "action": {"type": "expire"}}]})}, "life", links={"repository": ("repo",)})), f"{MODULES}-ecr"),
    Idiom("PostgreSQL in two zones with IAM sign-in", (
        BUDGET, aws("rds/ParameterGroup", {"family": "postgres16", "tags": TAGS, "parameters": [
            {"name": "rds.force_ssl", "value": "1"}]}, "pg"),
        aws("rds/SubnetGroup", {"subnetIds": SUBNETS, "tags": TAGS}, "subnets"),
        aws("rds/Instance", {
            "engine": "postgres", "engineVersion": "16.8", "instanceClass": "db.m6g.large", "allocatedStorage": 100,
            "storageType": "gp3", "storageEncrypted": True, "kmsKeyId": KEY, "multiAz": True, "username": "dba",
            "manageMasterUserPassword": True, "masterUserSecretKmsKeyId": KEY, "publiclyAccessible": False,
            "iamDatabaseAuthenticationEnabled": True, "deletionProtection": True, "backupRetentionPeriod": 35,
            "copyTagsToSnapshot": True, "skipFinalSnapshot": False, "finalSnapshotIdentifier": "orders-final",
            "performanceInsightsEnabled": True, "performanceInsightsKmsKeyId": KEY, "autoMinorVersionUpgrade": True,
            "enabledCloudwatchLogsExports": ["postgresql"], "monitoringInterval": 60, "dbSubnetGroupName": UNKNOWN,
            "monitoringRoleArn": f"arn:aws:iam::{ME}:role/rds", "caCertIdentifier": "rds-ca-rsa2048-g1",
            "parameterGroupName": UNKNOWN, "vpcSecurityGroupIds": GROUPS, "tags": TAGS}, "db", protect=True,
            links={"dbSubnetGroupName": ("subnets",), "parameterGroupName": ("pg",)})), f"{MODULES}-rds",
        {"resilience": {"kept_elsewhere": {"db": "replicated to PostgreSQL in Azure UAE North every hour"}}}),
    Idiom("queue with a dead-letter queue", (
        aws("sqs/Queue", {"name": "orders-dead", "kmsMasterKeyId": KEY, "messageRetentionSeconds": 1209600,
                          "tags": TAGS}, "dead"),
        aws("sqs/Queue", {"name": "orders", "kmsMasterKeyId": KEY, "tags": TAGS, "redrivePolicy": UNKNOWN}, "queue",
            links={"redrivePolicy": ("dead",)})), f"{MODULES}-sqs"),
    Idiom("topic for alarms of the account", (
        aws("sns/Topic", {"name": "alarms", "kmsMasterKeyId": KEY, "tags": TAGS}, "topic"),
        aws("sns/TopicPolicy", {"arn": UNKNOWN, "policy": document({
            "Effect": "Allow", "Principal": {"Service": "cloudwatch.amazonaws.com"}, "Action": "sns:Publish",
            "Resource": f"arn:aws:sns:{REGION}:{ME}:alarms",
            "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}, {
            "Effect": "Deny", "Principal": "*", "Action": "sns:Publish",
            "Resource": f"arn:aws:sns:{REGION}:{ME}:alarms",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, "policy", links={"arn": ("topic",)}),
        aws("sns/TopicSubscription", {"topic": UNKNOWN, "protocol": "email", "endpoint": "ops@example.ae"}, "mail",
            links={"topic": ("topic",)})), f"{MODULES}-sns"),
    Idiom("function in the network, on a queue", (
        aws("cloudwatch/LogGroup", {"name": "/aws/lambda/orders", "retentionInDays": 90, "kmsKeyId": KEY,
                                    "tags": TAGS}, "lg"),
        aws("lambda/Function", {
            "name": "orders", "role": f"arn:aws:iam::{ME}:role/orders", "runtime": "python3.13", "handler": "a.b",
            "kmsKeyArn": KEY, "timeout": 30, "memorySize": 512, "reservedConcurrentExecutions": 10, "tags": TAGS,
            "environment": {"variables": {"TABLE": "orders", "POWERTOOLS_SERVICE_NAME": "orders"}},
            "tracingConfig": {"mode": "Active"}, "architectures": ["arm64"],
            "deadLetterConfig": {"targetArn": f"arn:aws:sqs:{REGION}:{ME}:orders-dead"},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}}, "f"),
        aws("lambda/EventSourceMapping", {"eventSourceArn": f"arn:aws:sqs:{REGION}:{ME}:orders", "tags": TAGS,
                                          "functionName": UNKNOWN, "batchSize": 10, "kmsKeyArn": KEY}, "esm",
            links={"functionName": ("f",)})), f"{MODULES}-lambda"),
    Idiom("internal load balancer with TLS and a redirect", (
        aws("lb/LoadBalancer", {"name": "orders", "internal": True, "loadBalancerType": "application",
                                "dropInvalidHeaderFields": True, "enableDeletionProtection": True, "subnets": SUBNETS,
                                "securityGroups": GROUPS, "tags": TAGS,
                                "accessLogs": {"bucket": "logs", "enabled": True, "prefix": "alb"}}, "lb"),
        aws("lb/TargetGroup", {"port": 8443, "protocol": "HTTPS", "targetType": "ip", "vpcId": "vpc-1", "tags": TAGS,
                               "healthCheck": {"path": "/healthz", "protocol": "HTTPS"}}, "tg"),
        aws("lb/Listener", {**LISTENER, "port": 443, "protocol": "HTTPS", "certificateArn":
                            f"arn:aws:acm:{REGION}:{ME}:certificate/11111111-2222-3333-4444-555555555555",
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
                            "defaultActions": [{"type": "forward", "targetGroupArn": UNKNOWN}]}, "https",
            links={**TO_LB, "defaultActions": ("tg",)}),
        aws("lb/Listener", {**LISTENER, "port": 80, "protocol": "HTTP", "defaultActions": [{
            "type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}]}, "http",
            links=TO_LB)), f"{MODULES}-alb, and awsx.lb.ApplicationLoadBalancer"),
)  # fmt: skip
