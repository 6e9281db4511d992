"""Good programs of AWS beside clusters: add-ons, images, figures, files and jobs (2026-12-03, before any rule ran)."""

import json

from ..blind import KEY, ME, TAGS, aws, document, statement
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import AWS_DOCS, R
from .fourth_kubernetes import BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .thirteenth_aws import OURS
from .twelfth_aws_platform import VPC, rights, trusted
from .twentieth_goodb_charts import merged
from .twenty_first_xaws import ALARMS, alarm
from .twenty_fourth_good_aws import log
from .twenty_second_xaws import attached
from .twenty_third_aws import by_pod, store

ECR = f"{ME}.dkr.ecr.{R}.amazonaws.com"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("EKS: a closed cluster in auto mode, people by entries of access, records of a year and pods by identity", (
        BUDGET, log("/aws/eks/apps/cluster", "cluster-log"), trusted("eks.amazonaws.com", "apps-cluster"),
        *attached("apps-cluster", "AmazonEKSClusterPolicy", "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy",
                  "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy"),
        trusted("ec2.amazonaws.com", "apps-node"),
        aws("eks/Cluster", {
            "name": "apps", "version": "1.34", "roleArn": UNKNOWN, "bootstrapSelfManagedAddons": False, "vpcConfig": {
                "subnetIds": SUBNETS, "endpointPrivateAccess": True, "endpointPublicAccess": False,
                "securityGroupIds": GROUPS}, "accessConfig": {"authenticationMode": "API",
                                                              "bootstrapClusterCreatorAdminPermissions": False},
            "computeConfig": {"enabled": True, "nodePools": ["system"], "nodeRoleArn": role_arn("apps-node")},
            "storageConfig": {"blockStorage": {"enabled": True}}, "kubernetesNetworkConfig": {
                "elasticLoadBalancing": {"enabled": True}, "ipFamily": "ipv4", "serviceIpv4Cidr": "172.20.0.0/16"},
            "encryptionConfig": {"provider": {"keyArn": KEY}, "resources": ["secrets"]}, "enabledClusterLogTypes": [
                "api", "audit", "authenticator", "controllerManager", "scheduler"], "deletionProtection": True,
            "upgradePolicy": {"supportType": "STANDARD"}, "zonalShiftConfig": {"enabled": True}, "tags": TAGS},
            "cluster", protect=True, links={"roleArn": ("apps-cluster",)}),
        aws("eks/AccessEntry", {
            "clusterName": "apps", "principalArn": f"arn:aws:iam::{ME}:role/team-claims", "type": "STANDARD",
            "kubernetesGroups": ["team-claims"], "tags": TAGS}, "claims", links={"clusterName": ("cluster",)}),
        aws("eks/AccessPolicyAssociation", {
            "clusterName": "apps", "principalArn": f"arn:aws:iam::{ME}:role/team-claims", "policyArn":
            "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy", "accessScope": {
                "type": "namespace", "namespaces": ["claims"]}}, "claims-edit", links={"clusterName": ("cluster",)}),
        *by_pod("apps-external-secrets", "apps", "external-secrets", "external-secrets", statement(
            ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], arn("secretsmanager",
                                                                                    "secret:apps/*")),
            statement("kms:Decrypt", KEY)),
        *(aws("eks/Addon", {
            "clusterName": "apps", "addonName": name, "addonVersion": version, "resolveConflictsOnCreate": "OVERWRITE",
            "resolveConflictsOnUpdate": "PRESERVE", "preserve": False, "tags": TAGS}, name, links={
                "clusterName": ("cluster",)}) for name, version in (
                ("metrics-server", "v0.8.0-eksbuild.2"), ("cert-manager", "v1.19.1-eksbuild.1"))),
        alarm("apps-errors", "AWS/EKS", "apiserver_request_total_5xx", 50.0, ClusterName="apps")),
        f"{AWS_DOCS}/eks/latest/userguide/automode.html; .../access-policies.html; .../zone-shift.html, as known",
        merged(OURS, unpriced("aws:eks/cluster:Cluster::cluster"))),
    Idiom("ECR: images of vendors come through one cache, are checked by Inspector, cannot change and age out", (
        BUDGET,
        *(aws("ecr/PullThroughCacheRule", {"ecrRepositoryPrefix": name, "upstreamRegistryUrl": url}, name) for name,
            url in (
            ("quay", "quay.io"), ("k8s", "registry.k8s.io"))),
        aws("ecr/RepositoryCreationTemplate", {
            "prefix": "quay", "description": "Copies of images of vendors", "appliedFors": ["PULL_THROUGH_CACHE"],
            "imageTagMutability": "IMMUTABLE", "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}],
            "customRoleArn": role_arn("ecr-templates"), "resourceTags": TAGS, "lifecyclePolicy": json.dumps({"rules": [{
                "rulePriority": 1, "selection": {"tagStatus": "any", "countType": "sinceImagePushed", "countUnit":
                                                 "days", "countNumber": 180}, "action": {"type": "expire"}}]})},
            "template"),
        aws("ecr/RegistryScanningConfiguration", {"scanType": "ENHANCED", "rules": [{
            "scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}]}]},
            "checks"),
        aws("ecr/RegistryPolicy", {"policy": document({
            "Sid": "Cache", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/apps-node"}, "Action": [
                "ecr:CreateRepository", "ecr:BatchImportUpstreamImage"], "Resource": [
                arn("ecr", "repository/quay/*"), arn("ecr", "repository/k8s/*")]})}, "registry"),
        aws("ecr/Repository", {
            "name": "apps/claims", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
            "imageTagMutabilityExclusionFilters": [{"filter": "cache*", "filterType": "WILDCARD"}],
            "imageScanningConfiguration": {"scanOnPush": True}, "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": KEY}], "forceDelete": False, "tags": TAGS}, "claims", protect=True),
        aws("ecr/LifecyclePolicy", {"repository": UNKNOWN, "policy": json.dumps({"rules": [{
            "rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit":
                                             "days", "countNumber": 14}, "action": {"type": "expire"}}]})}, "age",
            links={"repository": ("claims",)})),
        f"{AWS_DOCS}/AmazonECR/latest/userguide/pull-through-cache.html; .../repository-creation-templates, as known",
        merged(OURS, kept("claims"))),
    Idiom("figures: a workspace of Prometheus takes what pods send, and boards are for people of the directory", (
        BUDGET, log("/aws/prometheus/apps", "figures-log"),
        aws("amp/Workspace", {"alias": "apps", "kmsKeyArn": KEY, "tags": TAGS}, "figures", protect=True),
        aws("amp/WorkspaceConfiguration", {
            "workspaceId": UNKNOWN, "retentionPeriodInDays": 150, "limitsPerLabelSets": [{
                "labelSet": {"team": "claims"}, "limits": {"maxSeries": 200000}}]}, "limits", links={
                    "workspaceId": ("figures",)}),
        aws("amp/RuleGroupNamespace", {"workspaceId": UNKNOWN, "name": "slo", "tags": TAGS, "data":
            "groups:\n- name: slo\n  rules:\n  - alert: Errors\n    expr: sum(rate(http_errors_total[5m])) > 5\n"
            "    for: 10m\n"}, "rules", links={"workspaceId": ("figures",)}),
        aws("amp/AlertManagerDefinition", {"workspaceId": UNKNOWN, "definition":
            "alertmanager_config: |\n  route:\n    receiver: duty\n  receivers:\n  - name: duty\n    sns_configs:\n"
            f"    - topic_arn: {ALARMS}\n      sigv4:\n        region: {R}\n"}, "alarms", links={
                "workspaceId": ("figures",)}),
        *by_pod("apps-prometheus", "apps", "monitoring", "prometheus", statement(
            "aps:RemoteWrite", arn("aps", "workspace/ws-11111111-2222-3333-4444-555555555555"))),
        aws("ec2/VpcEndpoint", {
            "vpcId": VPC, "serviceName": f"com.amazonaws.{R}.aps-workspaces", "vpcEndpointType": "Interface",
            "privateDnsEnabled": True, "subnetIds": SUBNETS, "securityGroupIds": GROUPS, "policy": document({
                "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:root"}, "Action": "aps:RemoteWrite",
                "Resource": arn("aps", "workspace/ws-11111111-2222-3333-4444-555555555555")}), "tags": TAGS},
            "endpoint")),
        f"{AWS_DOCS}/prometheus/latest/userguide/AMP-onboard-ingest-metrics.html; .../AMP-and-interface-VPC.html, as "
        "known", merged(OURS, merged(kept("figures"), unpriced("aws:amp/workspace:Workspace::figures")))),
    Idiom("FSx for OpenZFS: notebooks of EKS share sealed files of two zones, with copies each night", (
        BUDGET,
        aws("ec2/SecurityGroup", {
            "vpcId": VPC, "name": "notebook-files", "description": "NFS of pods of notebooks", "ingress": [
                {"protocol": "tcp", "fromPort": 2049, "toPort": 2049, "cidrBlocks": ["10.20.32.0/19"], "description":
                 "NFS"}, {"protocol": "tcp", "fromPort": 111, "toPort": 111, "cidrBlocks": ["10.20.32.0/19"],
                          "description": "Portmapper"}], "tags": TAGS}, "group"),
        aws("fsx/OpenZfsFileSystem", {
            "deploymentType": "MULTI_AZ_1", "storageCapacity": 1024, "throughputCapacity": 160,
                "subnetIds": SUBNETS[:2],
            "preferredSubnetId": SUBNETS[0], "endpointIpAddressRange": "198.19.255.0/24", "securityGroupIds": [UNKNOWN],
            "kmsKeyId": KEY, "automaticBackupRetentionDays": 30, "dailyAutomaticBackupStartTime": "22:00",
            "weeklyMaintenanceStartTime": "5:23:00", "copyTagsToBackups": True, "copyTagsToVolumes": True,
            "skipFinalBackup": False, "finalBackupTags": TAGS, "rootVolumeConfiguration": {
                "dataCompressionType": "ZSTD", "readOnly": False, "nfsExports": {"clientConfigurations": [
                    {"clients": "10.20.32.0/19", "options": ["rw", "crossmnt", "root_squash", "sync"]}]}},
                        "tags": TAGS},
            "files", protect=True, links={"securityGroupIds": ("group",)}),
        aws("fsx/OpenZfsVolume", {
            "name": "notebooks", "parentVolumeId": UNKNOWN, "storageCapacityQuotaGib": 512, "dataCompressionType":
            "ZSTD", "nfsExports": {"clientConfigurations": [{"clients": "10.20.32.0/19", "options": [
                "rw", "crossmnt", "root_squash"]}]}, "userAndGroupQuotas": [
                    {"id": 10001, "storageCapacityQuotaGib": 50, "type": "USER"}], "tags": TAGS}, "notebooks", links={
                        "parentVolumeId": ("files",)}),
        alarm("files-full", "AWS/FSx", "UsedStorageCapacity", 900e9, FileSystemId="fs-0123456789abcdef0")),
        f"{AWS_DOCS}/fsx/latest/OpenZFSGuide/availability-durability.html; .../OpenZFSGuide/managing-volumes.html, as "
        "known", merged(OURS, merged(kept("files", "notebooks"), unpriced(
            "aws:fsx/openZfsFileSystem:OpenZfsFileSystem::files")))),
    Idiom("Batch on EKS: jobs of risk wait in two queues with shares, on spot, for at most what they may cost", (
        BUDGET, *store("bank-risk-results", "results"),
        trusted("batch.amazonaws.com", "risk-batch"),
        aws("batch/ComputeEnvironment", {
            "name": "risk", "type": "MANAGED", "state": "ENABLED", "eksConfiguration": {
                "eksClusterArn": arn("eks", "cluster/apps"), "kubernetesNamespace": "risk"}, "computeResources": {
                "type": "SPOT", "allocationStrategy": "SPOT_PRICE_CAPACITY_OPTIMIZED", "minVcpus": 0, "maxVcpus": 64,
                "instanceTypes": ["m6i.2xlarge", "c6in.2xlarge"], "instanceRole":
                f"arn:aws:iam::{ME}:instance-profile/apps-node", "subnets": SUBNETS, "securityGroupIds": GROUPS,
                "bidPercentage": 70, "tags": TAGS}, "updatePolicy": {
                "jobExecutionTimeoutMinutes": 60, "terminateJobsOnUpdate": False}, "tags": TAGS}, "risk"),
        aws("batch/SchedulingPolicy", {"name": "shares", "fairSharePolicy": {
            "computeReservation": 10, "shareDecaySeconds": 3600, "shareDistributions": [
                {"shareIdentifier": "daily", "weightFactor": 0.5}, {"shareIdentifier": "study", "weightFactor": 1}]},
            "tags": TAGS}, "shares"),
        aws("batch/JobQueue", {
            "name": "risk", "state": "ENABLED", "priority": 10, "schedulingPolicyArn": UNKNOWN,
            "computeEnvironmentOrders": [{"order": 1, "computeEnvironment": UNKNOWN}], "jobStateTimeLimitActions": [{
                "action": "CANCEL", "maxTimeSeconds": 7200, "reason": "CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY",
                "state": "RUNNABLE"}], "tags": TAGS}, "queue", links={
                "schedulingPolicyArn": ("shares",), "computeEnvironmentOrders": ("risk",)}),
        aws("batch/JobDefinition", {
            "name": "value-at-risk", "type": "container", "platformCapabilities": ["EC2"], "propagateTags": True,
            "timeout": {"attemptDurationSeconds": 3600}, "retryStrategy": {"attempts": 3, "evaluateOnExits": [
                {"action": "RETRY", "onReason": "*Pod*Evicted*"}, {"action": "EXIT", "onReason": "*"}]},
            "eksProperties": {"podProperties": {
                "serviceAccountName": "risk", "hostNetwork": False, "dnsPolicy": "ClusterFirst", "metadata": {
                    "labels": TAGS}, "containers": [{
                    "name": "risk", "image": f"{ECR}/risk@sha256:" + "d" * 64, "args": ["--day", "yesterday"],
                    "resources": {"requests": {"cpu": "4", "memory": "8Gi"}, "limits": {"cpu": "4", "memory": "8Gi"}},
                    "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "runAsGroup": 10001, "privileged":
                                        False, "readOnlyRootFileSystem": True, "allowPrivilegeEscalation": False}}]}},
            "tags": TAGS}, "job"),
        *by_pod("apps-risk", "apps", "risk", "risk", statement(
            ["s3:PutObject", "s3:AbortMultipartUpload"], "arn:aws:s3:::bank-risk-results/*"), statement(
            ["kms:GenerateDataKey", "kms:Decrypt"], KEY)),
        rights("risk-batch", statement(["eks:DescribeCluster"], arn("eks", "cluster/apps")))),
        f"{AWS_DOCS}/batch/latest/userguide/eks.html; .../fair-share-scheduling.html, as known",
        merged(OURS, merged(kept("results"), {"residency": {"known": {
            "bank-risk-results": "our own bucket, in me-central-1"}}}))),
)  # fmt: skip
