"""Attacks on the budget of a stack by sizes that few know (2026-11-28, fourth blind set).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; prices by the vendors' pages, as known.
"""

from ..blind import KEY, ME, TAGS, aws, az
from ..harness import Given
from ..idioms.azure_platform import BUDGET as AZURE_BUDGET
from ..idioms.fourth_kubernetes import BUDGET
from . import Attack

COST = ("FJ-COST-",)
HERE = {"resourceGroupName": "rg-platform", "location": "uaenorth", "tags": TAGS}
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
SUBNETS, GROUPS = ["subnet-1", "subnet-2"], ["sg-1"]

ATTACKS = (
    Attack("a cache without servers keeps five terabytes warm", COST, (STACK, BUDGET, aws(
        "elasticache/ServerlessCache", {
        "engine": "valkey", "name": "prompts", "majorEngineVersion": "8", "kmsKeyId": KEY, "subnetIds": SUBNETS,
        "securityGroupIds": GROUPS, "userGroupId": "apps", "tags": TAGS, "dailySnapshotTime": "22:00",
        "snapshotRetentionLimit": 7, "cacheUsageLimits": {
            "dataStorage": {"minimum": 5000, "maximum": 5000, "unit": "GB"},
            "ecpuPerSeconds": [{"minimum": 1000000, "maximum": 15000000}]}}, "cache"),),
        "critical", "the minimum is charged by the hour (Amazon ElastiCache, 'serverless pricing')"),
    Attack("functions may start machines with fifteen thousand processors", COST, (STACK, BUDGET, aws(
        "lambda/CapacityProvider", {
            "name": "large", "kmsKeyArn": KEY, "tags": TAGS, "permissionsConfig": {
                "capacityProviderOperatorRoleArn": f"arn:aws:iam::{ME}:role/operator"},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "capacityProviderScalingConfigs": [{
                "maxVcpuCount": 15000, "scalingMode": "Auto", "scalingPolicies": []}]}, "large"),),
        "critical", "machines and a fee of fifteen per cent (AWS Lambda, 'Managed Instances')"),
    Attack("a search domain has a hundred and fifty warm nodes", COST, (STACK, BUDGET, aws("opensearch/Domain", {
        "domainName": "logs", "engineVersion": "OpenSearch_2.19", "tags": TAGS, "clusterConfig": {
            "instanceType": "r7g.large.search", "instanceCount": 3, "zoneAwarenessEnabled": True,
            "zoneAwarenessConfig": {"availabilityZoneCount": 3}, "dedicatedMasterEnabled": True,
            "dedicatedMasterCount": 3, "dedicatedMasterType": "m7g.large.search", "warmEnabled": True,
            "warmType": "ultrawarm1.large.search", "warmCount": 150},
        "ebsOptions": {"ebsEnabled": True, "volumeSize": 100, "volumeType": "gp3"},
        "encryptAtRest": {"enabled": True, "kmsKeyId": KEY}, "nodeToNodeEncryption": {"enabled": True},
        "domainEndpointOptions": {"enforceHttps": True, "tlsSecurityPolicy": "Policy-Min-TLS-1-2-PFS-2023-10"},
        "vpcOptions": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "advancedSecurityOptions": {
            "enabled": True, "internalUserDatabaseEnabled": False, "masterUserOptions": {
                "masterUserArn": f"arn:aws:iam::{ME}:role/search-admin"}}}, "logs"),),
        "critical", "about 300,000 dollars a month (Amazon OpenSearch Service, 'UltraWarm')"),
    Attack("a cluster of MongoDB has twenty of the largest shards", COST, (STACK, AZURE_BUDGET, az(
        "mongocluster:MongoCluster", {**HERE, "mongoClusterName": "docs", "properties": {
            "serverVersion": "8.0", "publicNetworkAccess": "Disabled", "compute": {"tier": "M200"},
            "storage": {"sizeGb": 32767}, "sharding": {"shardCount": 20},
            "highAvailability": {"targetMode": "ZoneRedundantPreferred"}}}, "docs"),),
        "critical", "forty nodes of 64 processors (Azure DocumentDB, 'compute and storage')"),
    Attack("a cluster of PostgreSQL has twenty nodes of a hundred processors", COST, (STACK, AZURE_BUDGET, az(
        "dbforpostgresql:ServerGroupCluster", {
            **HERE, "clusterName": "rows", "postgresqlVersion": "16", "citusVersion": "13.0", "enableHa": True,
            "coordinatorServerEdition": "GeneralPurpose", "coordinatorVCores": 96,
            "coordinatorStorageQuotaInMb": 2097152, "coordinatorEnablePublicIpAccess": False,
            "nodeCount": 20, "nodeServerEdition": "MemoryOptimized", "nodeVCores": 104,
            "nodeStorageQuotaInMb": 2097152, "nodeEnablePublicIpAccess": False,
            "authConfig": {"activeDirectoryAuth": "enabled", "passwordAuth": "disabled"}}, "rows"),),
        "critical", "42 machines of 104 processors with high availability (Azure Cosmos DB for PostgreSQL)"),
    Attack("a gateway to a line keeps ten units", COST, (STACK, AZURE_BUDGET, az("network:ExpressRouteGateway", {
        **HERE, "expressRouteGatewayName": "line", "virtualHub": {
            "id": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-platform/providers/"
                  "Microsoft.Network/virtualHubs/hub"},
        "autoScaleConfiguration": {"bounds": {"min": 10, "max": 10}}}, "line"),),
        "major", "each unit is charged by the hour whether used or not (Azure Virtual WAN pricing)"),
)  # fmt: skip
