"""Counterparts of planned AWS types in CloudFormation, for AWS's schemas, and in Terraform, for scanners.

Pulumi's AWS provider is derived from Terraform's. Some of its types are a property of a CloudFormation type (`under`).
Some properties have other names (`renames`), another form (`reshaped`) or no counterpart (`without`: options of
Terraform that AWS does not see, and fields that are separate resources in CloudFormation).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.scan import reshape, reshape_money, reshape_storage
from tests.scan.reshape import Inputs


@dataclass(frozen=True)
class Counterpart:
    """A CloudFormation type, a Terraform type and the conversion; `region` is that of the service's endpoint."""

    cloudformation: str
    terraform: str
    renames: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    under: str = ""
    reshaped: Callable[[Inputs], Inputs] = dict
    region: str = "me-central-1"


@dataclass(frozen=True)
class NoCounterpart:
    """A type without a CloudFormation counterpart, and the reason."""

    terraform: str
    reason: str


def _bucket_part(terraform: str, under: str, **more: Any) -> Counterpart:
    """Returns the counterpart of a separate Terraform resource that is a property of a bucket in CloudFormation."""
    return Counterpart("AWS::S3::Bucket", terraform, under=under, without=frozenset({"bucket"}), **more)


def _money(cloudformation: str, terraform: str, **more: Any) -> Counterpart:
    """Returns the counterpart of a type of a billing service, whose endpoint is in us-east-1."""
    return Counterpart(cloudformation, terraform, region="us-east-1", **more)


COUNTERPARTS: Mapping[str, Counterpart] = {
    "aws:bcmdata/export:Export": _money(
        "AWS::BCMDataExports::Export", "aws_bcmdataexports_export", reshaped=reshape_money.data_export
    ),
    "aws:budgets/budgetAction:BudgetAction": _money(
        "AWS::Budgets::BudgetsAction", "aws_budgets_budget_action", reshaped=reshape_money.action
    ),
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": _money(
        "AWS::CE::AnomalyMonitor", "aws_ce_anomaly_monitor", reshaped=reshape_money.anomaly_monitor
    ),
    "aws:costexplorer/anomalySubscription:AnomalySubscription": _money(
        "AWS::CE::AnomalySubscription", "aws_ce_anomaly_subscription", reshaped=reshape_money.anomaly_subscription
    ),
    "aws:costexplorer/costCategory:CostCategory": _money(
        "AWS::CE::CostCategory", "aws_ce_cost_category", reshaped=reshape_money.cost_category
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": Counterpart(
        "AWS::CloudWatch::Alarm",
        "aws_cloudwatch_metric_alarm",
        {"name": "AlarmName", "okActions": "OKActions"},
        reshaped=reshape_money.metric_alarm,
    ),
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": Counterpart(
        "AWS::EKS::PodIdentityAssociation", "aws_eks_pod_identity_association"
    ),
    "aws:iam/policy:Policy": Counterpart(
        "AWS::IAM::ManagedPolicy",
        "aws_iam_policy",
        {"policy": "PolicyDocument", "name": "ManagedPolicyName"},
        frozenset({"tags"}),
    ),
    "aws:sns/topicSubscription:TopicSubscription": Counterpart(
        "AWS::SNS::Subscription", "aws_sns_topic_subscription", {"topic": "TopicArn"}
    ),
    "aws:budgets/budget:Budget": Counterpart(
        "AWS::Budgets::Budget", "aws_budgets_budget", reshaped=reshape.budget, region="us-east-1"
    ),
    "aws:cloudwatch/eventRule:EventRule": Counterpart("AWS::Events::Rule", "aws_cloudwatch_event_rule"),
    "aws:cloudwatch/eventTarget:EventTarget": Counterpart(
        "AWS::Events::Rule", "aws_cloudwatch_event_target", reshaped=reshape.event_target
    ),
    "aws:cloudwatch/logGroup:LogGroup": Counterpart(
        "AWS::Logs::LogGroup", "aws_cloudwatch_log_group", {"name": "LogGroupName"}, frozenset({"skipDestroy"})
    ),
    "aws:ec2/eip:Eip": Counterpart("AWS::EC2::EIP", "aws_eip"),
    "aws:ec2/flowLog:FlowLog": Counterpart("AWS::EC2::FlowLog", "aws_flow_log", reshaped=reshape.flow_log),
    "aws:ec2/internetGateway:InternetGateway": Counterpart(
        "AWS::EC2::InternetGateway", "aws_internet_gateway", without=frozenset({"vpcId"})
    ),
    "aws:ec2/launchTemplate:LaunchTemplate": Counterpart(
        "AWS::EC2::LaunchTemplate", "aws_launch_template", reshaped=reshape.launch_template
    ),
    "aws:ec2/natGateway:NatGateway": Counterpart("AWS::EC2::NatGateway", "aws_nat_gateway"),
    "aws:ec2/route:Route": Counterpart("AWS::EC2::Route", "aws_route"),
    "aws:ec2/routeTable:RouteTable": Counterpart("AWS::EC2::RouteTable", "aws_route_table"),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": Counterpart(
        "AWS::EC2::SubnetRouteTableAssociation", "aws_route_table_association"
    ),
    "aws:ec2/securityGroup:SecurityGroup": Counterpart(
        "AWS::EC2::SecurityGroup", "aws_security_group", {"name": "GroupName", "description": "GroupDescription"}
    ),
    "aws:ec2/subnet:Subnet": Counterpart("AWS::EC2::Subnet", "aws_subnet"),
    "aws:ec2/vpc:Vpc": Counterpart("AWS::EC2::VPC", "aws_vpc"),
    "aws:ec2/vpcEndpoint:VpcEndpoint": Counterpart(
        "AWS::EC2::VPCEndpoint", "aws_vpc_endpoint", {"policy": "PolicyDocument"}
    ),
    "aws:eks/accessEntry:AccessEntry": Counterpart("AWS::EKS::AccessEntry", "aws_eks_access_entry"),
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": Counterpart(
        "AWS::EKS::AccessEntry", "aws_eks_access_policy_association", reshaped=reshape.access_policy
    ),
    "aws:eks/addon:Addon": Counterpart("AWS::EKS::Addon", "aws_eks_addon", reshaped=reshape.addon),
    "aws:eks/cluster:Cluster": Counterpart("AWS::EKS::Cluster", "aws_eks_cluster", reshaped=reshape.eks_cluster),
    "aws:eks/nodeGroup:NodeGroup": Counterpart(
        "AWS::EKS::Nodegroup", "aws_eks_node_group", {"nodeRoleArn": "NodeRole", "subnetIds": "Subnets"}
    ),
    "aws:iam/instanceProfile:InstanceProfile": Counterpart(
        "AWS::IAM::InstanceProfile", "aws_iam_instance_profile", reshaped=reshape.instance_profile
    ),
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": Counterpart(
        "AWS::IAM::OIDCProvider", "aws_iam_openid_connect_provider", {"clientIdLists": "ClientIdList"}
    ),
    "aws:iam/role:Role": Counterpart(
        "AWS::IAM::Role",
        "aws_iam_role",
        {"name": "RoleName", "assumeRolePolicy": "AssumeRolePolicyDocument"},
        frozenset({"forceDetachPolicies"}),
    ),
    "aws:iam/rolePolicy:RolePolicy": Counterpart(
        "AWS::IAM::RolePolicy",
        "aws_iam_role_policy",
        {"name": "PolicyName", "policy": "PolicyDocument", "role": "RoleName"},
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": Counterpart(
        "AWS::IAM::Role", "aws_iam_role_policy_attachment", reshaped=reshape.attachment
    ),
    "aws:kms/alias:Alias": Counterpart("AWS::KMS::Alias", "aws_kms_alias", {"name": "AliasName"}),
    "aws:kms/key:Key": Counterpart(
        "AWS::KMS::Key", "aws_kms_key", {"policy": "KeyPolicy", "deletionWindowInDays": "PendingWindowInDays"}
    ),
    "aws:s3/bucket:Bucket": Counterpart(
        "AWS::S3::Bucket", "aws_s3_bucket", {"bucket": "BucketName"}, frozenset({"forceDestroy"})
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _bucket_part(
        "aws_s3_bucket_lifecycle_configuration", "LifecycleConfiguration", reshaped=reshape.bucket_lifecycle
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _bucket_part(
        "aws_s3_bucket_ownership_controls", "OwnershipControls", reshaped=lambda inputs: {"rules": [inputs["rule"]]}
    ),
    "aws:s3/bucketPolicy:BucketPolicy": Counterpart(
        "AWS::S3::BucketPolicy", "aws_s3_bucket_policy", {"policy": "PolicyDocument"}
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _bucket_part(
        "aws_s3_bucket_public_access_block", "PublicAccessBlockConfiguration"
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _bucket_part(
        "aws_s3_bucket_server_side_encryption_configuration", "BucketEncryption", reshaped=reshape.bucket_encryption
    ),
    "aws:s3/bucketVersioning:BucketVersioning": _bucket_part("aws_s3_bucket_versioning", ""),
    "aws:sns/topic:Topic": Counterpart("AWS::SNS::Topic", "aws_sns_topic", {"name": "TopicName"}),
    "aws:sns/topicPolicy:TopicPolicy": Counterpart(
        "AWS::SNS::TopicPolicy",
        "aws_sns_topic_policy",
        {"policy": "PolicyDocument"},
        reshaped=lambda inputs: {"topics": [inputs["arn"]], "policy": inputs["policy"]},
    ),
    "aws:backup/plan:Plan": Counterpart(
        "AWS::Backup::BackupPlan", "aws_backup_plan", reshaped=reshape_storage.backup_plan
    ),
    "aws:backup/selection:Selection": Counterpart(
        "AWS::Backup::BackupSelection", "aws_backup_selection", reshaped=reshape_storage.backup_selection
    ),
    "aws:backup/vault:Vault": Counterpart(
        "AWS::Backup::BackupVault",
        "aws_backup_vault",
        {"name": "BackupVaultName", "kmsKeyArn": "EncryptionKeyArn", "tags": "BackupVaultTags"},
    ),
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": Counterpart(
        "AWS::Backup::BackupVault", "aws_backup_vault_lock_configuration", reshaped=reshape_storage.vault_lock
    ),
    "aws:backup/vaultPolicy:VaultPolicy": Counterpart(
        "AWS::Backup::BackupVault", "aws_backup_vault_policy", {"policy": "AccessPolicy"}
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": Counterpart(
        "AWS::ECR::Repository",
        "aws_ecr_lifecycle_policy",
        reshaped=lambda inputs: {"lifecyclePolicy": {"lifecyclePolicyText": inputs["policy"]}},
    ),
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": Counterpart(
        "AWS::ECR::PullThroughCacheRule", "aws_ecr_pull_through_cache_rule"
    ),
    "aws:ecr/repository:Repository": Counterpart(
        "AWS::ECR::Repository",
        "aws_ecr_repository",
        {"name": "RepositoryName"},
        reshaped=reshape_storage.repository,
    ),
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": Counterpart(
        "AWS::ECR::RepositoryCreationTemplate",
        "aws_ecr_repository_creation_template",
        reshaped=reshape_storage.repository_template,
    ),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": Counterpart(
        "AWS::ECR::Repository",
        "aws_ecr_repository_policy",
        {"policy": "RepositoryPolicyText"},
        frozenset({"repository"}),
    ),
    "aws:efs/accessPoint:AccessPoint": Counterpart(
        "AWS::EFS::AccessPoint", "aws_efs_access_point", reshaped=reshape_storage.access_point
    ),
    "aws:efs/backupPolicy:BackupPolicy": Counterpart(
        "AWS::EFS::FileSystem", "aws_efs_backup_policy", without=frozenset({"fileSystemId"})
    ),
    "aws:efs/fileSystem:FileSystem": Counterpart(
        "AWS::EFS::FileSystem", "aws_efs_file_system", {"tags": "FileSystemTags"}
    ),
    "aws:efs/fileSystemPolicy:FileSystemPolicy": Counterpart(
        "AWS::EFS::FileSystem",
        "aws_efs_file_system_policy",
        {"policy": "FileSystemPolicy"},
        frozenset({"fileSystemId"}),
    ),
    "aws:efs/mountTarget:MountTarget": Counterpart("AWS::EFS::MountTarget", "aws_efs_mount_target"),
    "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation": Counterpart(
        "AWS::FSx::DataRepositoryAssociation", "aws_fsx_data_repository_association"
    ),
    "aws:fsx/lustreFileSystem:LustreFileSystem": Counterpart(
        "AWS::FSx::FileSystem", "aws_fsx_lustre_file_system", reshaped=reshape_storage.lustre
    ),
    "aws:sqs/queue:Queue": Counterpart("AWS::SQS::Queue", "aws_sqs_queue", reshaped=reshape.queue),
    "aws:sqs/queuePolicy:QueuePolicy": Counterpart(
        "AWS::SQS::QueuePolicy",
        "aws_sqs_queue_policy",
        {"policy": "PolicyDocument"},
        reshaped=lambda inputs: {"queues": [inputs["queueUrl"]], "policy": inputs["policy"]},
    ),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": Counterpart(
        "AWS::EC2::SecurityGroupEgress",
        "aws_vpc_security_group_egress_rule",
        {"securityGroupId": "GroupId", "referencedSecurityGroupId": "DestinationSecurityGroupId"},
        frozenset({"tags"}),
    ),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": Counterpart(
        "AWS::EC2::SecurityGroupIngress",
        "aws_vpc_security_group_ingress_rule",
        {"securityGroupId": "GroupId", "cidrIpv4": "CidrIp", "referencedSecurityGroupId": "SourceSecurityGroupId"},
        frozenset({"tags"}),
    ),
}

NO_COUNTERPART: Mapping[str, NoCounterpart] = {
    "aws:costexplorer/costAllocationTag:CostAllocationTag": NoCounterpart(
        "aws_ce_cost_allocation_tag", "CloudFormation cannot activate cost allocation tags"
    ),
    "aws:autoscaling/tag:Tag": NoCounterpart(
        "aws_autoscaling_group_tag",
        "a tag on a group that EKS created; CloudFormation tags only groups that it creates",
    ),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": NoCounterpart(
        "aws_default_security_group", "manages the group that AWS creates with every VPC"
    ),
}
