"""Good idioms of platform teams on AWS: networks and clusters in the shapes of awsx and pulumi-eks (set 23, blind)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .seventeenth_aws import CERTIFICATE
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, logs, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import alarm
from .twenty_second_xaws import attached, group

ISSUER = f"oidc.eks.{R}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
SERVICES = ("ecr.api", "ecr.dkr", "logs", "sts", "ssm", "ssmmessages", "kms", "secretsmanager", "sqs", "monitoring")
AUDITED = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
ORG = "o-a1b2c3d4e5"


def by_account(name: str, namespace: str, account: str, *statements: dict[str, object]) -> tuple[Given, ...]:
    """Returns a role that one service account takes by the issuer of its cluster."""
    return (aws("iam/Role", {"name": name, "tags": TAGS, "assumeRolePolicy": document({
        "Effect": "Allow", "Principal": {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{ISSUER}"}, "Action":
        "sts:AssumeRoleWithWebIdentity", "Condition": {"StringEquals": {
            f"{ISSUER}:sub": f"system:serviceaccount:{namespace}:{account}", f"{ISSUER}:aud": "sts.amazonaws.com"}}})},
        name), *((rights(name, *statements),) if statements else ()))  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("awsx makes a network with one way out, endpoints of ten services for its own account and records of flows", (
        BUDGET, aws("ec2/Vpc", {"cidrBlock": "10.70.0.0/16", "enableDnsHostnames": True, "enableDnsSupport": True,
                                "tags": {**TAGS, "Name": "models"}}, "models"),
        aws("ec2/InternetGateway", {"vpcId": UNKNOWN, "tags": {**TAGS, "Name": "models"}}, "models-igw",
            parent="models",
            links={"vpcId": ("models",)}),
        *(given for number in (1, 2, 3) for given in (
            aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": f"10.70.{(number - 1) * 64}.0/19", "availabilityZone":
                               f"{R}{'abc'[number - 1]}", "mapPublicIpOnLaunch": False, "tags": {
                                   **TAGS, "SubnetType": "Private", "Name": f"models-private-{number}"}},
                f"models-private-{number}", parent="models", links={"vpcId": ("models",)}),
            aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": f"10.70.{(number - 1) * 64 + 32}.0/20",
                               "availabilityZone": f"{R}{'abc'[number - 1]}", "mapPublicIpOnLaunch": False, "tags": {
                                   **TAGS, "SubnetType": "Public", "Name": f"models-public-{number}"}},
                f"models-public-{number}", parent="models", links={"vpcId": ("models",)}),
            aws("ec2/RouteTable", {"vpcId": UNKNOWN, "tags": TAGS}, f"table-private-{number}", parent="models",
                links={"vpcId": ("models",)}),
            aws("ec2/Route", {"routeTableId": UNKNOWN, "destinationCidrBlock": "0.0.0.0/0", "natGatewayId": UNKNOWN},
                f"out-{number}", parent=f"table-private-{number}", links={
                    "routeTableId": (f"table-private-{number}",), "natGatewayId": ("models-nat",)}),
            aws("ec2/RouteTableAssociation", {"routeTableId": UNKNOWN, "subnetId": UNKNOWN}, f"assoc-{number}", links={
                "routeTableId": (f"table-private-{number}",), "subnetId": (f"models-private-{number}",)}))),
        aws("ec2/Eip", {"domain": "vpc", "tags": TAGS}, "models-eip", parent="models"),
        aws("ec2/NatGateway", {"allocationId": UNKNOWN, "subnetId": UNKNOWN, "connectivityType": "public",
            "tags": TAGS},
            "models-nat", parent="models", links={"allocationId": ("models-eip",), "subnetId": ("models-public-1",)}),
        aws("ec2/SecurityGroup", {"vpcId": UNKNOWN, "name": "endpoints", "description": "Endpoints", "tags": TAGS,
            "ingress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.70.0.0/16"],
                         "description": "The network"}], "egress": []}, "endpoints", links={"vpcId": ("models",)}),
        *(aws("ec2/VpcEndpoint", {
            "vpcId": UNKNOWN, "vpcEndpointType": "Interface", "serviceName": f"com.amazonaws.{R}.{service}",
            "privateDnsEnabled": True, "ipAddressType": "ipv4", "subnetIds": [UNKNOWN, UNKNOWN, UNKNOWN],
            "securityGroupIds": [UNKNOWN], "policy": document({
                "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {
                    "aws:PrincipalOrgID": ORG, "aws:ResourceOrgID": ORG}}}), "tags": {**TAGS, "Name": service}},
            service, links={"vpcId": ("models",), "securityGroupIds": ("endpoints",)}) for service in SERVICES),
        logs("/aws/vpc/models"), trusted("vpc-flow-logs.amazonaws.com", "flows"), rights("flows", statement(
            ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], arn(
                "logs", "log-group:/aws/vpc/models:*"))),
        aws("ec2/FlowLog", {"vpcId": UNKNOWN, "trafficType": "ALL", "logDestinationType": "cloud-watch-logs",
                            "logDestination": UNKNOWN, "iamRoleArn": UNKNOWN, "maxAggregationInterval": 60, "logFormat":
                            "${version} ${vpc-id} ${srcaddr} ${dstaddr} ${dstport} ${action} ${flow-direction}",
                            "tags": TAGS}, "flow-log", links={"vpcId": ("models",), "logDestination": ("logs",),
                                                              "iamRoleArn": ("flows",)}),
        aws("ec2/DefaultSecurityGroup", {"vpcId": UNKNOWN, "tags": TAGS}, "default", links={"vpcId": ("models",)})),
        f"pulumi.com/docs/iac/clouds/aws/guides/vpc; {AWS_DOCS}/whitepapers/latest/building-a-data-perimeter-on-aws, "
        "as known", merged(OURS, {"presets": ["awsx"], "identity": {"trusted": {ORG: "our organisation"}}})),
    Idiom("pulumi-eks makes a cluster of apps whose add-ons take roles by its issuer, with groups in two capacities", (
        BUDGET, trusted("eks.amazonaws.com", "apps-eksRole"), *attached("apps-eksRole", "AmazonEKSClusterPolicy",
                                                                        "AmazonEKSVPCResourceController"),
        aws("cloudwatch/LogGroup", {"name": "/aws/eks/apps/cluster", "retentionInDays": 90, "kmsKeyId": KEY, "tags":
                                    TAGS}, "cluster-log"),
        aws("eks/Cluster", {
            "name": "apps", "roleArn": UNKNOWN, "version": "1.34", "accessConfig": {
                "authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
                    "enabledClusterLogTypes":
            AUDITED, "deletionProtection": True, "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": [
                "secrets"]}, "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": [UNKNOWN], "endpointPrivateAccess":
                    True, "endpointPublicAccess": False}, "upgradePolicy": {"supportType": "STANDARD"},
                        "zonalShiftConfig":
            {"enabled": True}, "tags": {**TAGS, "Name": "apps-eksCluster"}}, "apps", protect=True, links={
                "roleArn": ("apps-eksRole",), "vpcConfig": ("apps-eksClusterSecurityGroup",)}),
        aws("ec2/SecurityGroup", {"vpcId": VPC, "description": "Managed by Pulumi", "revokeRulesOnDelete": True, "tags":
                                  TAGS, "egress": [{"protocol": "tcp", "fromPort": 1025, "toPort": 65535, "cidrBlocks":
                                                    ["10.64.0.0/16"], "description": "Kubelets and webhooks"}]},
            "apps-eksClusterSecurityGroup"),
        aws("iam/OpenIdConnectProvider", {"url": f"https://{ISSUER}", "clientIdLists": ["sts.amazonaws.com"],
                                          "thumbprintLists": ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"],
                                              "tags": TAGS},
            "apps-oidcProvider"),
        trusted("ec2.amazonaws.com", "apps-instanceRole"), *attached(
            "apps-instanceRole", "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"),
        *by_account("apps-cni", "kube-system", "aws-node"), *attached("apps-cni", "AmazonEKS_CNI_Policy"),
        *by_account("apps-autoscaler", "kube-system", "cluster-autoscaler", statement(
            ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"], arn(
                "autoscaling", "autoScalingGroup:*:autoScalingGroupName/eks-*"), {"StringEquals": {
                    "aws:ResourceTag/k8s.io/cluster-autoscaler/apps": "owned"}}), statement(
            ["autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances",
             "autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeTags",
             "autoscaling:DescribeScalingActivities", "ec2:DescribeLaunchTemplateVersions", "ec2:DescribeInstanceTypes",
             "ec2:DescribeImages", "ec2:GetInstanceTypesFromInstanceRequirements", "eks:DescribeNodegroup"])),
        *(aws("eks/Addon", {"clusterName": UNKNOWN, "addonName": name, "addonVersion": version,
                            "resolveConflictsOnCreate": "OVERWRITE", "resolveConflictsOnUpdate": "OVERWRITE", "tags":
                            TAGS, **more}, f"apps-{name}", links={"clusterName": ("apps",)})
          for name, version, more in (
              ("vpc-cni", "v1.20.1-eksbuild.3", {"serviceAccountRoleArn": UNKNOWN, "configurationValues": json.dumps({
                  "enableNetworkPolicy": "true", "nodeAgent": {"enablePolicyEventLogs": "true"}, "env": {
                      "ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1", "AWS_VPC_K8S_CNI_EXTERNALSNAT":
                      "true", "POD_SECURITY_GROUP_ENFORCING_MODE": "standard"}})}),
              ("kube-proxy", "v1.34.0-eksbuild.2", {}), ("metrics-server", "v0.8.0-eksbuild.2", {}),
              ("coredns", "v1.12.3-eksbuild.1", {"configurationValues": json.dumps({"autoScaling": {
                  "enabled": True, "minReplicas": 2, "maxReplicas": 10}, "resources": {"limits": {
                      "memory": "170Mi"}}})}))),
        aws("ec2/LaunchTemplate", {
            "name": "apps", "metadataOptions": {"httpTokens": "required", "httpEndpoint": "enabled",
                                                "httpPutResponseHopLimit": 1}, "blockDeviceMappings": [{
                "deviceName": "/dev/xvda", "ebs": {"encrypted": "true", "kmsKeyId": KEY, "volumeSize": 80, "volumeType":
                                                   "gp3"}}], "tagSpecifications": [
                    {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")], "tags": TAGS},
                        "template"),
        *(aws("eks/NodeGroup", {
            "clusterName": UNKNOWN, "nodeGroupName": name, "nodeRoleArn": UNKNOWN, "subnetIds": SUBNETS, "amiType":
            "AL2023_ARM_64_STANDARD", "capacityType": capacity, "instanceTypes": types, "scalingConfig": {
                "minSize": 0 if capacity == "SPOT" else 2, "maxSize": 10, "desiredSize": 2}, "updateConfig": {
                    "maxUnavailablePercentage": 25}, "labels": {**TAGS, "capacity": name}, "launchTemplate": {
                        "id": UNKNOWN, "version": "1"}, "tags": {
                        **TAGS, "k8s.io/cluster-autoscaler/enabled": "true",
                            "k8s.io/cluster-autoscaler/apps": "owned"}},
            f"apps-{name}", links={"clusterName": ("apps",), "nodeRoleArn": ("apps-instanceRole",), "launchTemplate": (
                "template",)}) for name, capacity, types in (
                    ("steady", "ON_DEMAND", ["m7g.xlarge"]), ("spare", "SPOT", ["m7g.xlarge", "m6g.xlarge"]))),
        *(given for name, who, policy, scope in (
            ("staff", "AWSReservedSSO_Platform_0123456789abcdef", "AmazonEKSAdminViewPolicy", {"type": "cluster"}),
            ("payments", "AWSReservedSSO_Payments_0123456789abcdef", "AmazonEKSEditPolicy", {
                "type": "namespace", "namespaces": ["payments"]})) for given in (
            aws("eks/AccessEntry", {"clusterName": UNKNOWN, "type": "STANDARD", "tags": TAGS, "principalArn": role_arn(
                f"aws-reserved/sso.amazonaws.com/{who}")}, f"apps-{name}", links={"clusterName": ("apps",)}),
            aws("eks/AccessPolicyAssociation", {"clusterName": UNKNOWN, "accessScope": scope, "principalArn": role_arn(
                f"aws-reserved/sso.amazonaws.com/{who}"), "policyArn":
                f"arn:aws:eks::aws:cluster-access-policy/{policy}"}, f"apps-{name}-rights", links={
                    "clusterName": ("apps",)})))),
        f"pulumi/pulumi-eks examples/oidc-iam-sa; {AWS_DOCS}/eks/latest/best-practices/cas.html, as known",
        {**OURS, "presets": ["pulumi-eks", "cluster-autoscaler"]}),
    Idiom("pulumi-eks makes a cluster whose nodes AWS runs, with two roles and sealed volumes of its own class", (
        BUDGET, aws("iam/Role", {"name": "auto-cluster", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "eks.amazonaws.com"}, "Action": [
                "sts:AssumeRole", "sts:TagSession"]})}, "auto-cluster"),
        *attached("auto-cluster", "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy",
                  "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"),
        trusted("ec2.amazonaws.com", "auto-node"), *attached(
            "auto-node", "AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"),
        aws("eks/Cluster", {
            "name": "auto", "roleArn": UNKNOWN, "version": "1.34", "bootstrapSelfManagedAddons": False,
                "computeConfig": {
                "enabled": True, "nodePools": ["general-purpose", "system"], "nodeRoleArn": UNKNOWN},
            "kubernetesNetworkConfig": {"elasticLoadBalancing": {"enabled": True}}, "storageConfig": {"blockStorage": {
                "enabled": True}}, "accessConfig": {"authenticationMode": "API",
                                                    "bootstrapClusterCreatorAdminPermissions": False},
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "enabledClusterLogTypes":
            AUDITED, "deletionProtection": True, "vpcConfig": {"subnetIds": SUBNETS, "endpointPrivateAccess": True,
                "endpointPublicAccess": False, "securityGroupIds": GROUPS}, "upgradePolicy": {
                    "supportType": "STANDARD"},
            "tags": TAGS}, "auto", protect=True, links={"roleArn": ("auto-cluster",), "computeConfig": ("auto-node",)}),
        aws("eks/AccessEntry", {"clusterName": UNKNOWN, "principalArn": role_arn(
            "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Platform_0123456789abcdef"), "kubernetesGroups": [
                "platform-readers"], "tags": TAGS}, "staff", links={"clusterName": ("auto",)}),
        aws("ebs/DefaultKmsKey", {"keyArn": KEY}, "disks-key"),
        aws("ebs/EncryptionByDefault", {"enabled": True}, "disks")),
        f"pulumi.com/registry/packages/eks (autoMode); {AWS_DOCS}/eks/latest/userguide/auto-cluster-iam-role.html, as "
        "known", {**OURS, "presets": ["pulumi-eks"], **unpriced("aws:eks/cluster:Cluster::auto")}),
    Idiom("awsx runs an app of Fargate behind its inner balancer, with its image's repository and its group of logs", (
        BUDGET, aws("ecr/Repository", {"name": "portal", "imageTagMutability": "IMMUTABLE", "forceDelete": False,
            "imageScanningConfiguration": {"scanOnPush": True}, "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": KEY}], "tags": TAGS}, "portal-repo"),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [{
            "rulePriority": 1, "description": "remove untagged images", "selection": {
                "tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {
                    "type": "expire"}}]})}, "portal-age", links={"repository": ("portal-repo",)}),
        group("portal-lb", ("10.64.0.0/16", 443, "Staff in the network")),
        aws("lb/LoadBalancer", {
            "name": "portal", "internal": True, "loadBalancerType": "application", "subnets": SUBNETS, "securityGroups":
            [UNKNOWN], "enableDeletionProtection": True, "dropInvalidHeaderFields": True, "desyncMitigationMode":
            "defensive", "xffHeaderProcessingMode": "append", "accessLogs": {"bucket": "bank-balancers",
                "enabled": True,
                                                                             "prefix": "portal"}, "tags": TAGS},
            "portal-lb", links={"securityGroups": ("sg-portal-lb",)}),
        aws("lb/TargetGroup", {"name": "portal", "port": 8443, "protocol": "HTTPS", "targetType": "ip", "vpcId": VPC,
                               "slowStart": 30, "loadBalancingAlgorithmType": "least_outstanding_requests",
                               "stickiness": {"type": "lb_cookie", "enabled": True, "cookieDuration": 3600},
                               "healthCheck": {"protocol": "HTTPS", "path": "/healthz", "matcher": "200-299"}, "tags":
                               TAGS}, "portal-targets", parent="portal-lb"),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": CERTIFICATE,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "defaultActions": [{
                                "type": "fixed-response", "fixedResponse": {"contentType": "text/plain", "statusCode":
                                                                            "404", "messageBody": "Not found"}}],
                            "routingHttpResponseStrictTransportSecurityHeaderValue": "max-age=31536000", "tags": TAGS},
            "portal-https", parent="portal-lb", links={"loadBalancerArn": ("portal-lb",)}),
        aws("lb/ListenerRule", {"listenerArn": UNKNOWN, "priority": 10, "conditions": [{"hostHeader": {"values": [
            "portal.bank.ae"]}}], "actions": [{"type": "forward", "targetGroupArn": UNKNOWN}], "tags": TAGS},
            "portal-rule", links={"listenerArn": ("portal-https",), "actions": ("portal-targets",)}),
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 80, "protocol": "HTTP", "defaultActions": [{
            "type": "redirect", "redirect": {"port": "443", "protocol": "HTTPS", "statusCode": "HTTP_301"}}], "tags":
            TAGS}, "portal-http", parent="portal-lb", links={"loadBalancerArn": ("portal-lb",)}),
        logs("/awsx/portal"), aws("ecs/Cluster", {"name": "portal", "settings": [{"name": "containerInsights", "value":
            "enabled"}], "tags": TAGS}, "portal-cluster"),
        trusted("ecs-tasks.amazonaws.com", "portal-execution"), *attached(
            "portal-execution", "service-role/AmazonECSTaskExecutionRolePolicy"),
        trusted("ecs-tasks.amazonaws.com", "portal-task"), rights("portal-task", statement(
            ["ssm:GetParameter", "ssm:GetParametersByPath"], arn("ssm", "parameter/portal/*"))),
        aws("ecs/TaskDefinition", {
            "family": "portal", "cpu": "512", "memory": "1024", "networkMode": "awsvpc", "requiresCompatibilities": [
                "FARGATE"], "executionRoleArn": UNKNOWN, "taskRoleArn": UNKNOWN, "volumes": [{"name": "scratch"}],
            "containerDefinitions": json.dumps([{
                "name": "portal", "image": f"{ECR}/portal{DIGEST}", "essential": True, "cpu": 512, "memory": 1024,
                "user": "10001:10001", "readonlyRootFilesystem": True, "mountPoints": [{
                    "sourceVolume": "scratch", "containerPath": "/var/cache/portal", "readOnly": False}],
                "portMappings": [{
                        "containerPort": 8443, "hostPort": 8443, "protocol": "tcp", "name": "https"}], "healthCheck": {
                            "command": ["CMD", "/app/health"], "interval": 15, "retries": 3, "startPeriod": 30},
                "ulimits": [{"name": "nofile", "softLimit": 65536, "hardLimit": 65536}], "stopTimeout": 60,
                "restartPolicy": {"enabled": True, "restartAttemptPeriod": 60}, "environment": [
                    {"name": "ASPNETCORE_URLS", "value": "https://+:8443"}, {"name": "TZ", "value": "Asia/Dubai"}],
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": "/awsx/portal", "awslogs-region": R, "awslogs-stream-prefix": "portal"}}}]),
            "tags": TAGS}, "portal-definition", links={"executionRoleArn": ("portal-execution",), "taskRoleArn": (
                "portal-task",)}),
        aws("ecs/Service", {
            "name": "portal", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 2, "launchType": "FARGATE",
            "healthCheckGracePeriodSeconds": 60, "deploymentMinimumHealthyPercent": 100,
                "deploymentMaximumPercent": 200,
            "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "propagateTags": "TASK_DEFINITION",
            "networkConfiguration": {"subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "loadBalancers": [{"targetGroupArn": UNKNOWN, "containerName": "portal", "containerPort": 8443}],
            "waitForSteadyState": True, "tags": TAGS}, "portal-service", links={
                "cluster": ("portal-cluster",), "taskDefinition": ("portal-definition",), "loadBalancers": (
                    "portal-targets",)}), alarm("portal-slow", "AWS/ApplicationELB", "TargetResponseTime", 2.0,
                                                LoadBalancer="app/portal/0123456789abcdef")),
        "pulumi/examples aws-ts-containers; pulumi.com/docs/iac/clouds/aws/guides/ecs, as known", merged(
            {**OURS, "presets": ["awsx"]}, {"residency": {"known": {
                "bank-balancers": "the bank's bucket of records, in me-central-1"}}})),
)  # fmt: skip
