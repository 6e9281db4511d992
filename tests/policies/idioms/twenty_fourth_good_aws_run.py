"""Good programs of platform teams on AWS: clusters, services, machines and functions (set 24, before any rule ran)."""

import base64
import json

from ..blind import KEY, TAGS, aws, statement
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, role_arn
from .thirteenth_aws import DIGEST, ECR, OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twenty_first_xaws import alarm
from .twenty_fourth_good_aws import log
from .twenty_second_xaws import attached

ADMINS = role_arn("platform-admins")
EKS = f"{AWS_DOCS}/eks/latest/userguide"
SPREAD = [{"key": key, "value": value, "propagateAtLaunch": True} for key, value in TAGS.items()]


def template(name: str, size: int, **more: object) -> Given:
    """Returns a launch template with a sealed disk, tokens for metadata and tags of what it starts."""
    return aws("ec2/LaunchTemplate", {
        "name": name, "updateDefaultVersion": True, "tags": TAGS, "ebsOptimized": "true", "monitoring": {
            "enabled": True}, "metadataOptions": {"httpEndpoint": "enabled", "httpTokens": "required",
                                                  "httpPutResponseHopLimit": 1, "instanceMetadataTags": "enabled"},
        "blockDeviceMappings": [{"deviceName": "/dev/xvda", "ebs": {
            "encrypted": "true", "kmsKeyId": KEY, "volumeSize": size, "volumeType": "gp3", "deleteOnTermination":
            "true"}}], "vpcSecurityGroupIds": GROUPS, "tagSpecifications": [
                {"resourceType": kind, "tags": TAGS} for kind in ("instance", "volume")], **more},
        f"{name}-template")  # fmt: skip


def task(family: str, *containers: dict[str, object], **more: object) -> Given:
    """Returns a task of the bank's images whose container writes to its log and not to its disk."""
    return aws("ecs/TaskDefinition", {
        "family": family, "networkMode": "awsvpc", "executionRoleArn": role_arn("ecs-start"), "taskRoleArn":
        role_arn(f"{family}-task"), "cpu": "1024", "memory": "2048", "runtimePlatform": {
            "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"}, "containerDefinitions": json.dumps([{
                "name": "app", "image": f"{ECR}/{family}{DIGEST}", "essential": True, "readonlyRootFilesystem": True,
                "user": "10001:10001", "linuxParameters": {"initProcessEnabled": True, "capabilities": {
                    "drop": ["ALL"]}},
                "logConfiguration": {"logDriver": "awslogs", "options": {
                    "awslogs-group": f"/ecs/{family}", "awslogs-region": R, "awslogs-stream-prefix": "app", "mode":
                    "non-blocking", "max-buffer-size": "25m"}}, **container} for container in containers]),
        "tags": TAGS, **more}, f"{family}-task")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("EKS hybrid nodes: a private cluster takes nodes of the data centre by an activation of Systems Manager", (
        BUDGET,
        aws("eks/Cluster", {
            "name": "hybrid", "version": "1.34", "roleArn": role_arn("hybrid-cluster"), "vpcConfig": {
                "subnetIds": SUBNETS, "endpointPrivateAccess": True, "endpointPublicAccess": False,
                "securityGroupIds": GROUPS}, "accessConfig": {"authenticationMode": "API",
                                                              "bootstrapClusterCreatorAdminPermissions": False},
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "enabledClusterLogTypes": [
                "api", "audit", "authenticator", "controllerManager", "scheduler"], "remoteNetworkConfig": {
                "remoteNodeNetworks": {"cidrs": ["10.200.0.0/20"]}, "remotePodNetworks": {"cidrs": ["10.201.0.0/16"]}},
            "deletionProtection": True, "upgradePolicy": {"supportType": "STANDARD"}, "tags": TAGS}, "cluster",
            protect=True),
        aws("ec2/SecurityGroup", {"name": "hybrid-control", "description": "Nodes and pods of the data centre", "vpcId":
            VPC, "ingress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": [
                "10.200.0.0/20", "10.201.0.0/16"], "description": "API server"}], "egress": [
                {"protocol": "tcp", "fromPort": 10250, "toPort": 10250, "cidrBlocks": ["10.200.0.0/20"], "description":
                 "Kubelets"},
                {"protocol": "tcp", "fromPort": 9443, "toPort": 9443, "cidrBlocks": ["10.201.0.0/16"], "description":
                 "Webhooks"}], "tags": TAGS}, "control"),
        trusted("ssm.amazonaws.com", "hybrid-node"), *attached(
            "hybrid-node", "AmazonSSMManagedInstanceCore", "AmazonEC2ContainerRegistryPullOnly"),
        rights("hybrid-node", statement("eks:DescribeCluster", arn("eks", "cluster/hybrid")), statement(
            "ssm:DeregisterManagedInstance", arn("ssm", "managed-instance/*"), {"StringEquals": {
                "ssm:resourceTag/EKSClusterARN": arn("eks", "cluster/hybrid")}})),
        aws("ssm/Activation", {"name": "dc1", "description": "Nodes of the data centre", "iamRole": UNKNOWN,
                               "registrationLimit": 20, "expirationDate": "2026-12-20T00:00:00Z", "tags": {
                                   **TAGS, "EKSClusterARN": arn("eks", "cluster/hybrid")}}, "activation", links={
                                       "iamRole": ("hybrid-node",)}),
        aws("eks/AccessEntry", {"clusterName": "hybrid", "principalArn": UNKNOWN, "type": "HYBRID_LINUX", "tags": TAGS},
            "nodes", links={"principalArn": ("hybrid-node",), "clusterName": ("cluster",)}),
        aws("eks/AccessEntry", {"clusterName": "hybrid", "principalArn": ADMINS, "type": "STANDARD", "tags": TAGS},
            "admins", links={"clusterName": ("cluster",)}),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "hybrid", "principalArn": ADMINS, "accessScope": {"type": "cluster"}, "policyArn":
            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"}, "admins-policy", links={
                "clusterName": ("cluster",)}),
        *(aws("eks/Addon", {"clusterName": "hybrid", "addonName": name, "resolveConflictsOnUpdate": "PRESERVE",
                            "tags": TAGS}, name, links={"clusterName": ("cluster",)}) for name in (
                                "coredns", "kube-proxy", "eks-pod-identity-agent"))),
        "terraform-aws-modules/terraform-aws-eks 36ceb05c, examples/eks-hybrid-nodes, read 2026-12-02; "
        f"{EKS}/hybrid-nodes-creds.html, as known", OURS),
    Idiom("EKS add-ons: CNI with prefixes and policies, EBS, EFS, Mountpoint and watchers, each by its own role", (
        BUDGET,
        aws("eks/Addon", {"clusterName": "apps", "addonName": "vpc-cni", "addonVersion": "v1.20.4-eksbuild.2",
            "resolveConflictsOnCreate": "OVERWRITE", "resolveConflictsOnUpdate": "PRESERVE", "configurationValues":
            json.dumps({"enableNetworkPolicy": "true", "nodeAgent": {"enablePolicyEventLogs": "true"}, "env": {
                "ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1", "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG":
                "false", "POD_SECURITY_GROUP_ENFORCING_MODE": "standard", "ENABLE_POD_ENI": "true"}}),
            "podIdentityAssociations": [{"serviceAccount": "aws-node", "roleArn": role_arn("apps-cni")}], "tags": TAGS},
            "vpc-cni"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "aws-ebs-csi-driver", "configurationValues": json.dumps({
            "controller": {"replicaCount": 2, "extraVolumeTags": TAGS, "resources": {"requests": {
                "cpu": "10m", "memory": "64Mi"}, "limits": {"memory": "256Mi"}}},
            "defaultStorageClass": {"enabled": False}}), "podIdentityAssociations": [
                {"serviceAccount": "ebs-csi-controller-sa", "roleArn": role_arn("apps-ebs")}], "tags": TAGS}, "ebs"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "aws-efs-csi-driver", "configurationValues": json.dumps({
            "controller": {"deleteAccessPointRootDir": False, "tags": "project:arabic-llm"}}),
            "podIdentityAssociations": [{"serviceAccount": "efs-csi-controller-sa", "roleArn": role_arn("apps-efs")}],
            "tags": TAGS}, "efs"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "aws-mountpoint-s3-csi-driver", "configurationValues":
            json.dumps({"node": {"tolerateAllTaints": False, "tolerations": [
                {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}}),
                    "podIdentityAssociations": [
                    {"serviceAccount": "s3-csi-driver-sa", "roleArn": UNKNOWN}], "tags": TAGS}, "s3", links={
                        "podIdentityAssociations": ("apps-s3",)}),
        aws("iam/Role", {"name": "apps-s3", "tags": TAGS, "assumeRolePolicy": json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {
                "Service": "pods.eks.amazonaws.com"}, "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": {
                    "ArnEquals": {"aws:SourceArn": arn("eks", "cluster/apps")}}}]})}, "apps-s3"),
        rights("apps-s3", statement("s3:ListBucket", "arn:aws:s3:::bank-models"), statement(
            "s3:GetObject", "arn:aws:s3:::bank-models/*"), statement("kms:Decrypt", KEY)),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "amazon-cloudwatch-observability", "configurationValues":
            json.dumps({"containerLogs": {"enabled": True, "fluentBit": {"resources": {"limits": {
                "memory": "256Mi"}}}}, "agent": {"config": {"logs": {"metrics_collected": {"kubernetes": {
                    "enhanced_container_insights": True, "accelerated_compute_metrics": True},
                    "application_signals": {}}}, "traces": {"traces_collected": {"application_signals": {}}}}}}),
            "podIdentityAssociations": [{"serviceAccount": "cloudwatch-agent", "roleArn": role_arn("apps-watch")}],
            "tags": TAGS}, "watch"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "aws-guardduty-agent", "resolveConflictsOnUpdate":
                          "PRESERVE", "tags": TAGS}, "guardduty"),
        aws("eks/Addon", {"clusterName": "apps", "addonName": "snapshot-controller", "tags": TAGS}, "snapshots"),
        *(log(f"/aws/containerinsights/apps/{kind}", f"log-{kind}", 90) for kind in (
            "application", "dataplane", "host", "performance"))),
        f"aws-ia/terraform-aws-eks-blueprints-addons, docs; {EKS}/s3-csi.html; {EKS}/add-ons-iam.html, as known", OURS),
    Idiom("ECS on EC2: groups of on-demand and spot machines, a canary of ten percent and sealed disks for tasks", (
        BUDGET, trusted("ec2.amazonaws.com", "ecs-machine"), *attached(
            "ecs-machine", "service-role/AmazonEC2ContainerServiceforEC2Role", "AmazonSSMManagedInstanceCore"),
        aws("iam/InstanceProfile", {"name": "ecs-machine", "role": UNKNOWN, "tags": TAGS}, "profile", links={
            "role": ("ecs-machine",)}),
        *(given for kind, minimum, base in (("firm", 2, 2), ("spot", 0, 0)) for given in (
            template(kind, 60, imageId="resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/"
                     "image_id", iamInstanceProfile={"name": "ecs-machine"}, userData=base64.b64encode(
                b"#!/bin/bash\necho ECS_CLUSTER=quotes >> /etc/ecs/ecs.config\necho ECS_ENABLE_TASK_IAM_ROLE=true >> "
                b"/etc/ecs/ecs.config\necho ECS_ENABLE_SPOT_INSTANCE_DRAINING=true >> /etc/ecs/ecs.config\n"
                b"echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config\n").decode()),
            aws("autoscaling/Group", {
                "name": f"quotes-{kind}", "minSize": minimum, "maxSize": 10, "vpcZoneIdentifiers": SUBNETS,
                "protectFromScaleIn": True, "capacityRebalance": kind == "spot", "mixedInstancesPolicy": {
                    "instancesDistribution": {"onDemandBaseCapacity": base, "spotAllocationStrategy":
                                              "price-capacity-optimized", "onDemandPercentageAboveBaseCapacity":
                                              100 if kind == "firm" else 0},
                    "launchTemplate": {"launchTemplateSpecification": {"launchTemplateId": UNKNOWN, "version":
                                                                       "$Latest"}, "overrides": [
                        {"instanceType": "m7g.xlarge"}, {"instanceType": "m6g.xlarge"}]}}, "healthCheckType": "EC2",
                "tags": [*SPREAD, {"key": "AmazonECSManaged", "value": "true", "propagateAtLaunch": True}]}, kind,
                links={"mixedInstancesPolicy": (f"{kind}-template",)}),
            aws("ecs/CapacityProvider", {"name": kind, "autoScalingGroupProvider": {
                "autoScalingGroupArn": UNKNOWN, "managedDraining": "ENABLED", "managedTerminationProtection": "ENABLED",
                "managedScaling": {"status": "ENABLED", "targetCapacity": 90, "minimumScalingStepSize": 1,
                                   "maximumScalingStepSize": 5}}, "tags": TAGS}, f"{kind}-capacity", links={
                "autoScalingGroupProvider": (kind,)}))),
        aws("ecs/Cluster", {"name": "quotes", "settings": [{"name": "containerInsights", "value": "enhanced"}], "tags":
                            TAGS}, "cluster"),
        aws("ecs/ClusterCapacityProviders", {"clusterName": "quotes", "capacityProviders": ["firm", "spot"],
            "defaultCapacityProviderStrategies": [{"capacityProvider": "firm", "base": 2, "weight": 60},
                                                  {"capacityProvider": "spot", "weight": 40}]}, "capacity", links={
            "clusterName": ("cluster",)}),
        log("/ecs/quotes", "log", 90), task("quotes", {"portMappings": [{"containerPort": 8443, "name": "https"}],
                                                       "mountPoints": [{"sourceVolume": "work", "containerPath":
                                                                        "/work"}]},
                                            requiresCompatibilities=["EC2"], volumes=[
                                                {"name": "work", "configureAtLaunch": True}]),
        aws("ecs/Service", {
            "name": "quotes", "cluster": UNKNOWN, "taskDefinition": UNKNOWN, "desiredCount": 4,
            "capacityProviderStrategies": [{"capacityProvider": "firm", "base": 2, "weight": 1},
                                           {"capacityProvider": "spot", "weight": 1}],
            "deploymentConfiguration": {"strategy": "CANARY", "bakeTimeInMinutes": "10", "canaryConfiguration": {
                "canaryPercent": 10.0, "canaryBakeTimeInMinutes": "5"}}, "availabilityZoneRebalancing": "ENABLED",
            "deploymentCircuitBreaker": {"enable": True, "rollback": True}, "alarms": {
                "enable": True, "rollback": True, "alarmNames": ["quotes-errors"]}, "networkConfiguration": {
                    "subnets": SUBNETS, "securityGroups": GROUPS, "assignPublicIp": False},
            "loadBalancers": [{"targetGroupArn": arn("elasticloadbalancing", "targetgroup/quotes-a/0123456789abcdef"),
                               "containerName": "app", "containerPort": 8443, "advancedConfiguration": {
                "alternateTargetGroupArn": arn("elasticloadbalancing", "targetgroup/quotes-b/0123456789abcdef"),
                "productionListenerRule": arn("elasticloadbalancing", "listener-rule/app/inner/1/2/3"), "roleArn":
                role_arn("ecs-balancer")}}], "volumeConfiguration": {"name": "work", "managedEbsVolume": {
                    "roleArn": role_arn("ecs-disks"), "encrypted": True, "kmsKeyId": KEY, "sizeInGb": 20, "volumeType":
                    "gp3", "fileSystemType": "xfs", "tagSpecifications": [{
                        "resourceType": "volume", "propagateTags": "SERVICE", "tags": TAGS}]}},
            "propagateTags": "SERVICE", "enableEcsManagedTags": True, "enableExecuteCommand": False, "tags": TAGS},
            "service", links={"cluster": ("cluster",), "taskDefinition": ("quotes-task",)}),
        alarm("quotes-errors", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", 10.0, LoadBalancer="app/inner/1")),
        "terraform-aws-modules/terraform-aws-ecs 00f040dd, examples/ec2-autoscaling, read 2026-12-02", OURS),
)  # fmt: skip
