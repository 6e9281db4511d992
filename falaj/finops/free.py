"""Resource types without a cost of their own, with the reason. A type that is neither priced nor listed here or in
`falaj.facts.type_charges` has no price.
"""

from collections.abc import Mapping
from decimal import Decimal

from falaj.facts.prices import missing
from falaj.facts.type_charges import TypeCharge, type_charges
from falaj.finops.lines import ZERO, Basis, Charge, Range

_RULES: Mapping[str, tuple[str, ...]] = {
    "network plumbing: addresses, routes, rules and attachments carry no charge of their own": (
        "aws:ec2/vpc:Vpc", "aws:ec2/subnet:Subnet", "aws:ec2/route:Route", "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation", "aws:ec2/internetGateway:InternetGateway",
        "aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/securityGroupRule:SecurityGroupRule", "aws:ec2/networkAcl:NetworkAcl", "aws:ec2/tag:Tag",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "aws:ec2/defaultRouteTable:DefaultRouteTable",
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "aws:route53/zoneAssociation:ZoneAssociation",
        "aws:route53/resolverRuleAssociation:ResolverRuleAssociation",
        "azure-native:network:VirtualNetwork", "azure-native:network:Subnet", "azure-native:network:RouteTable",
        "azure-native:network:NetworkSecurityGroup", "azure-native:network:PrivateDnsZoneGroup",
        "azure-native:network:Route", "azure-native:network:SecurityRule", "azure-native:network:IpGroup",
        "azure-native:network:FirewallPolicyRuleCollectionGroup", "azure-native:network:NetworkInterface",
    ),
    "identities and permissions are free": (
        "aws:iam/*", "aws:eks/accessEntry:AccessEntry", "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        "aws:eks/podIdentityAssociation:PodIdentityAssociation", "azure-native:authorization:*",
        "azure-native:managedidentity:*",
    ),
    "part of another resource that is priced": (
        "aws:eks/addon:Addon", "aws:ec2/launchTemplate:LaunchTemplate", "aws:autoscaling/tag:Tag",
        "aws:kms/alias:Alias",
        "aws:kms/grant:Grant", "aws:autoscaling/lifecycleHook:LifecycleHook",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls", "aws:s3/bucketPolicy:BucketPolicy",
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "aws:s3/bucketVersioning:BucketVersioning",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
        "aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketNotification:BucketNotification",
        "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
        "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        "aws:ec2/flowLog:FlowLog", "aws:efs/accessPoint:AccessPoint", "aws:efs/mountTarget:MountTarget",
        "aws:efs/backupPolicy:BackupPolicy", "aws:efs/fileSystemPolicy:FileSystemPolicy",
        "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation", "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:ecr/repositoryPolicy:RepositoryPolicy", "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
        "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate", "aws:ecr/registryPolicy:RegistryPolicy",
        "aws:backup/plan:Plan", "aws:backup/selection:Selection", "aws:backup/vaultPolicy:VaultPolicy",
        "aws:backup/regionSettings:RegionSettings",
        "aws:backup/vaultLockConfiguration:VaultLockConfiguration", "aws:sns/topicPolicy:TopicPolicy",
        "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
        "aws:sqs/queuePolicy:QueuePolicy", "aws:networkfirewall/firewallPolicy:FirewallPolicy",
        "aws:networkfirewall/ruleGroup:RuleGroup", "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
        "azure-native:compute:DiskEncryptionSet", "azure-native:containerregistry:CacheRule",
        "azure-native:containerregistry:CredentialSet", "azure-native:network:FirewallPolicy",
        "azure-native:containerservice:MaintenanceConfiguration", "azure-native:monitor:DiagnosticSetting",
        "azure-native:storage:BlobContainer", "azure-native:storage:BlobServiceProperties",
        "azure-native:storage:FileServiceProperties", "azure-native:storage:ManagementPolicy",
        "azure-native:privatedns:VirtualNetworkLink", "azure-native:keyvault:Vault",
        "azure-native:privatedns:PrivateRecordSet",
        "azure-native:keyvault:AccessPolicy", "azure-native:storage:BlobInventoryPolicy",
        "azure-native:storage:ObjectReplicationPolicy", "azure-native:containerservice:TrustedAccessRoleBinding",
    ),
    "folders of other resources": ("azure-native:resources:ResourceGroup", "aws:resourcegroups/group:Group"),
    "cost tools are free; what they store is counted at its bucket or account": (
        "aws:bcmdata/export:Export", "aws:cur/reportDefinition:ReportDefinition",
        "aws:costexplorer/anomalyMonitor:AnomalyMonitor", "aws:costexplorer/anomalySubscription:AnomalySubscription",
        "aws:costexplorer/costCategory:CostCategory", "aws:costexplorer/costAllocationTag:CostAllocationTag",
        "azure-native:consumption:Budget", "azure-native:costmanagement:Export",
        "azure-native:costmanagement:ScheduledActionByScope", "azure-native:costmanagement:ScheduledAction",
    ),
    "budgets are free, and so are the first two with actions; each further one is 0.10 USD a day": (
        "aws:budgets/budget:Budget", "aws:budgets/budgetAction:BudgetAction",
    ),
    "messages of an interruption queue and of alarms stay far below the million a month that are free": (
        "aws:sqs/queue:Queue", "aws:sns/topic:Topic", "aws:sns/topicSubscription:TopicSubscription",
        "azure-native:monitor:ActionGroup",
    ),
    "events of AWS's own services are free on the default bus": (
        "aws:cloudwatch/eventRule:EventRule", "aws:cloudwatch/eventTarget:EventTarget",
    ),
    "a few runs a day stay far below the free allowance (4,000 actions of a workflow, 14 million schedules)": (
        "azure-native:logic:Workflow", "aws:scheduler/schedule:Schedule", "aws:scheduler/scheduleGroup:ScheduleGroup",
    ),
}  # fmt: skip

_EXACT = {kind: reason for reason, kinds in _RULES.items() for kind in kinds}
_PREFIXES = {kind[:-1]: reason for reason, kinds in _RULES.items() for kind in kinds if kind.endswith("*")}


def why_free(kind: str) -> str | None:
    """Returns why a type is free; None if it is not listed."""
    if kind in _EXACT:
        return _EXACT[kind]
    by_prefix = next((reason for prefix, reason in _PREFIXES.items() if kind.startswith(prefix)), None)
    return by_prefix or ("it has no charge of its own" if type_charges().get(kind) is TypeCharge.FREE else None)


def of_unlisted(kind: str) -> Charge:
    """Returns the charge without a price of a type that has no price model: by its use, or because it exists."""
    return by_use(kind) if type_charges().get(kind) is TypeCharge.USE else without_model(kind)


def by_use(kind: str) -> Charge:
    """Returns the charge of a resource that costs nothing as long as it is not used."""
    price = missing("month", "it is charged by its use, which is not estimated")
    return Charge("unlisted", kind, Range(ZERO, ZERO, Decimal(1)), Basis.USAGE, price=price)


def without_model(kind: str, reason: str = "the type has no price model") -> Charge:
    """Returns the charge of a resource that costs something because it exists, and has no price."""
    return Charge("unlisted", kind, Range(Decimal(1), Decimal(1), Decimal(1)), price=missing("month", reason))
