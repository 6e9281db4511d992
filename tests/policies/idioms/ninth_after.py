"""Good idioms on AWS and Azure, written after the ninth set was mended and before they were evaluated (2026-11-28)."""

from ..blind import KEY, ME, SUB, TAGS, aws, az, document, policy, role, statement
from ..harness import UNKNOWN
from . import Idiom
from .aws_platform import bucket
from .fourth import AWS_DOCS, HERE, ID, LEARN, OURS, RG, VNET
from .ninth_aws import arn, kept, role_arn

TENANT = "00000000-1111-2222-3333-444444444444"
CLIENT = "11111111-2222-3333-4444-555555555555"
SUBNETS, GROUPS = ["subnet-1", "subnet-2"], ["sg-1"]
ROLES = f"{SUB}/providers/Microsoft.Authorization"
SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0m0m0m0m0m0m0m0m0m0m0m0m0m0m0m0m0m0m0m partner"


IDIOMS: tuple[Idiom, ...] = (
    Idiom("libraries of functions are a layer of the team's bucket", (*bucket("bank-layers"), aws(
        "lambda/LayerVersion", {
        "layerName": "common", "s3Bucket": "bank-layers", "s3Key": "common-7.zip",
        "compatibleRuntimes": ["python3.13"], "compatibleArchitectures": ["arm64"]}, "common")),
        f"{AWS_DOCS}/lambda/latest/dg/chapter-layers.html", kept("bucket")),
    Idiom("deleted snapshots can be brought back for a week", (aws("rbin/Rule", {
        "resourceType": "EBS_SNAPSHOT", "description": "All snapshots", "tags": TAGS, "retentionPeriod": {
            "retentionPeriodUnit": "DAYS", "retentionPeriodValue": 7}}, "keep"),),
        f"{AWS_DOCS}/ebs/latest/userguide/recycle-bin.html"),
    Idiom("a partner stores files in a folder of the team's bucket", (*bucket("bank-exchange"),
        aws("transfer/User", {
            "serverId": "s-1234567890abcdef0", "userName": "partner", "role": role_arn("partner"),
            "homeDirectoryType": "LOGICAL", "tags": TAGS, "homeDirectoryMappings": [
                {"entry": "/", "target": "/bank-exchange/partner"}]}, "partner"),
        aws("transfer/SshKey", {"serverId": "s-1234567890abcdef0", "userName": "partner", "body": SSH}, "key")),
        f"{AWS_DOCS}/transfer/latest/userguide/logical-dir-mappings.html", kept("bucket")),
    Idiom("a group of users and the scopes of an API", (
        aws("cognito/UserGroup", {"userPoolId": "me-central-1_AbCdEfGhI", "name": "tellers", "precedence": 10,
                                  "description": "Tellers"}, "tellers"),
        aws("cognito/ResourceServer", {"userPoolId": "me-central-1_AbCdEfGhI", "identifier": "orders", "name": "orders",
                                       "scopes": [{"scopeName": "read", "scopeDescription": "Reads orders"}]}, "api")),
        f"{AWS_DOCS}/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html"),
    Idiom("nobody deletes backups, and failures are announced", (
        aws("backup/VaultPolicy", {"backupVaultName": "bank", "policy": document({
            "Effect": "Deny", "Principal": "*", "Resource": "*", "Action": [
                "backup:DeleteRecoveryPoint", "backup:DeleteBackupVault", "backup:UpdateRecoveryPointLifecycle"]})},
            "policy"),
        aws("backup/VaultNotifications", {
            "backupVaultName": "bank", "snsTopicArn": arn("sns", "platform"),
            "backupVaultEvents": ["BACKUP_JOB_FAILED", "RESTORE_JOB_COMPLETED"]}, "failed")),
        f"{AWS_DOCS}/aws-backup/latest/devguide/create-a-vault-access-policy.html"),
    Idiom("services find each other by private names", (
        aws("servicediscovery/PrivateDnsNamespace", {"name": "bank.internal", "vpc": "vpc-1", "tags": TAGS,
                                                     "description": "Services of the bank"}, "names"),
        aws("servicediscovery/Service", {"name": "orders", "tags": TAGS, "dnsConfig": {
            "namespaceId": UNKNOWN, "routingPolicy": "MULTIVALUE", "dnsRecords": [{"ttl": 10, "type": "A"}]}}, "orders",
            links={"dnsConfig": ("names",)})),
        f"{AWS_DOCS}/AmazonECS/latest/developerguide/service-discovery.html"),
    Idiom("a second service behind the balancer has a path of its own", (
        aws("lb/TargetGroup", {"name": "limits", "port": 8443, "protocol": "HTTPS", "targetType": "ip",
                               "vpcId": "vpc-1", "tags": TAGS,
                               "healthCheck": {"path": "/health", "protocol": "HTTPS"}}, "limits"),
        aws("lb/ListenerRule", {
            "listenerArn": arn("elasticloadbalancing", "listener/app/in/50dc6c495c0c9188/f2f7dc8efc522ab2"),
            "priority": 20, "tags": TAGS, "actions": [{"type": "forward", "targetGroupArn": UNKNOWN}],
            "conditions": [{"pathPattern": {"values": ["/limits/*"]}}]}, "path", links={"actions": ("limits",)})),
        f"{AWS_DOCS}/elasticloadbalancing/latest/application/listener-rules.html"),
    Idiom("developers make roles within a boundary only", (
        policy(statement(["iam:CreateRole", "iam:PutRolePermissionsBoundary"], f"arn:aws:iam::{ME}:role/app-*", {
            "StringEquals": {"iam:PermissionsBoundary": f"arn:aws:iam::{ME}:policy/boundary"}}),
            statement(["iam:GetRole", "iam:ListRoles"])),
        role({"Service": "lambda.amazonaws.com"}, {"StringEquals": {"aws:SourceAccount": ME}}, name="app")),
        f"{AWS_DOCS}/IAM/latest/UserGuide/access_policies_boundaries.html"),
    Idiom("machines of a group take the baseline of patches of the bank", (
        aws("ssm/PatchGroup", {"baselineId": "pb-0123456789abcdef0", "patchGroup": "production"}, "group"),
        aws("ssm/DefaultPatchBaseline", {"baselineId": "pb-0123456789abcdef0",
                                         "operatingSystem": "AMAZON_LINUX_2023"}, "default")),
        f"{AWS_DOCS}/systems-manager/latest/userguide/patch-manager-patch-groups.html"),
    Idiom("a secret is read from one endpoint of the network only", (aws("secretsmanager/SecretPolicy", {
        "secretArn": arn("secretsmanager", "secret:orders-AbCdEf"), "blockPublicPolicy": True, "policy": document({
            "Effect": "Deny", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*",
            "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}}})}, "policy"),),
        f"{AWS_DOCS}/secretsmanager/latest/userguide/auth-and-access_examples.html"),
    Idiom("a bucket is copied to the one for backups, with its key", (*bucket("bank-rows"),
        aws("s3/BucketReplicationConfig", {
            "bucket": "bank-rows", "role": role_arn("copies"), "rules": [{
                "id": "all", "status": "Enabled", "filter": {}, "deleteMarkerReplication": {"status": "Disabled"},
                "sourceSelectionCriteria": {"sseKmsEncryptedObjects": {"status": "Enabled"}},
                "destination": {"bucket": "arn:aws:s3:::bank-rows-copy", "account": ME, "storageClass": "STANDARD_IA",
                                "encryptionConfiguration": {"replicaKmsKeyId": KEY}}}]}, "copies",
            links={"bucket": ("bucket",)})), f"{AWS_DOCS}/AmazonS3/latest/userguide/replication.html", {
            "residency": {"known": {"bank-rows-copy": "the bank's own bucket, in me-central-1"}}, **kept("bucket")}),
    Idiom("capacity of a table follows its use, between bounds", (
        aws("dynamodb/Table", {
            "name": "limits", "hashKey": "id", "attributes": [{"name": "id", "type": "S"}], "tags": TAGS,
            "billingMode": "PAY_PER_REQUEST", "deletionProtectionEnabled": True, "pointInTimeRecovery": {
                "enabled": True}, "serverSideEncryption": {"enabled": True, "kmsKeyArn": KEY},
            "onDemandThroughput": {"maxReadRequestUnits": 1000, "maxWriteRequestUnits": 500}}, "limits"),),
        f"{AWS_DOCS}/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html",
        kept("limits")),
    Idiom("Sentinel is on, reads sign-ins and knows servers of the bank", (
        az("securityinsights:SentinelOnboardingState", {**RG, "workspaceName": "logs",
                                                        "sentinelOnboardingStateName": "default"}, "on"),
        az("securityinsights:AADDataConnector", {
            **RG, "workspaceName": "logs", "dataConnectorId": CLIENT, "kind": "AzureActiveDirectory",
            "tenantId": TENANT, "dataTypes": {"alerts": {"state": "Enabled"}}}, "signins"),
        az("securityinsights:Watchlist", {
            **RG, "workspaceName": "logs", "watchlistAlias": "servers", "displayName": "Servers", "provider": "Bank",
            "source": "servers.csv", "itemsSearchKey": "address", "contentType": "text/csv",
            "rawContent": "address,owner\n10.20.4.10,payments\n"}, "servers")),
        f"{LEARN}/sentinel/quickstart-onboard"),
    Idiom("a program writes the cache by its identity", (az("redis:AccessPolicyAssignment", {
        **RG, "cacheName": "redis-bank", "accessPolicyAssignmentName": "portal", "accessPolicyName": "Data Contributor",
        "objectId": CLIENT, "objectIdAlias": "portal"}, "portal"),),
        f"{LEARN}/azure-cache-for-redis/cache-configure-role-based-access-control"),
    Idiom("agents keep threads and files in stores of the bank", (az("cognitiveservices:AccountCapabilityHost", {
        **RG, "accountName": "ai-bank", "capabilityHostName": "agents", "capabilityHostProperties": {
            "capabilityHostKind": "Agents", "customerSubnet": f"{VNET}/subnets/agents",
            "threadStorageConnections": ["cosmos"], "storageConnections": ["storage"],
            "vectorStoreConnections": ["search"]}}, "agents"),),
        f"{LEARN}/ai-foundry/agents/concepts/capability-hosts"),
    Idiom("a factory reaches the bank's account by an endpoint", (az("datafactory:ManagedPrivateEndpoint", {
        **RG, "factoryName": "adf-bank", "managedVirtualNetworkName": "default", "managedPrivateEndpointName": "blobs",
        "properties": {"groupId": "blob",
                       "privateLinkResourceId": f"{OURS}.Storage/storageAccounts/stbank"}}, "blobs"),),
        f"{LEARN}/data-factory/managed-virtual-network-private-endpoint"),
    Idiom("events of the bank's hub are read into a table", (az("kusto:EventHubDataConnection", {
        **RG, "location": "uaenorth", "clusterName": "adx", "databaseName": "orders", "dataConnectionName": "orders",
        "kind": "EventHub", "consumerGroup": "adx", "tableName": "Orders", "dataFormat": "JSON",
        "mappingRuleName": "orders", "managedIdentityResourceId": ID,
        "eventHubResourceId": f"{OURS}.EventHub/namespaces/evh-bank/eventhubs/orders"}, "orders"),),
        f"{LEARN}/data-explorer/ingest-data-event-hub-overview"),
    Idiom("machines with a label are patched by the window", (az(
        "maintenance:ConfigurationAssignmentsForSubscription", {
        "configurationAssignmentName": "production", "location": "uaenorth",
        "maintenanceConfigurationId": f"{OURS}.Maintenance/maintenanceConfigurations/friday",
        "filter": {"osTypes": ["Linux"], "locations": ["uaenorth"],
                   "resourceTypes": ["Microsoft.Compute/virtualMachines"],
                   "tagSettings": {"filterOperator": "All", "tags": {"environment": ["prod"]}}}}, "production"),),
        f"{LEARN}/update-manager/dynamic-scope-overview"),
    Idiom("volumes of a cluster are backed up every day", (
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bv-bank", "backupInstanceName": "disk-1", "tags": TAGS, "properties": {
                "objectType": "BackupInstance", "friendlyName": "disk-1",
                "dataSourceInfo": {"resourceID": f"{OURS}.Compute/disks/disk-1", "objectType": "Datasource",
                                   "datasourceType": "Microsoft.Compute/disks", "resourceLocation": "uaenorth",
                                   "resourceName": "disk-1", "resourceType": "Microsoft.Compute/disks"},
                "policyInfo": {"policyId": f"{OURS}.DataProtection/backupVaults/bv-bank/backupPolicies/daily"}}},
            "disk"),), f"{LEARN}/backup/disk-backup-overview"),
    Idiom("policies of the bank are one initiative on its landing zones", (
        az("authorization:PolicySetDefinition", {
            "policySetDefinitionName": "bank", "displayName": "Bank", "policyType": "Custom", "metadata": {
                "category": "General"}, "policyDefinitions": [
                {"policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/"
                                       "e56962a6-4747-49cd-b67b-bf8b01975c4c",
                 "parameters": {"listOfAllowedLocations": {"value": ["uaenorth", "uaecentral"]}}}]}, "set"),
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "bank", "displayName": "Bank", "enforcementMode": "Default",
            "policyDefinitionId": f"{ROLES}/policySetDefinitions/bank"}, "assignment")),
        f"{LEARN}/governance/policy/concepts/initiative-definition-structure"),
    Idiom("hourly numbers are made of many lines", (az("operationalinsights:SummaryLog", {
        **RG, "workspaceName": "logs", "summaryLogsName": "calls", "ruleType": "User", "displayName": "Calls",
        "ruleDefinition": {"binSize": 60, "destinationTable": "Calls_CL", "timeSelector": "TimeGenerated",
                           "query": "ApiManagementGatewayLogs | summarize calls=count() by ApiId"}}, "calls"),),
        f"{LEARN}/azure-monitor/logs/summary-rules"),
    Idiom("the activity of the subscription is kept in the workspace", (az("monitor:SubscriptionDiagnosticSetting", {
        "name": "activity", "workspaceId": f"{OURS}.OperationalInsights/workspaces/logs", "logs": [
            {"category": name, "enabled": True} for name in ("Administrative", "Security", "Policy", "Alert")]},
        "activity"),), f"{LEARN}/azure-monitor/platform/activity-log"),
    Idiom("a service of the platform is offered to one subscription", (az("network:PrivateLinkService", {
        **HERE, "serviceName": "orders", "enableProxyProtocol": False,
        "loadBalancerFrontendIpConfigurations": [
            {"id": f"{OURS}.Network/loadBalancers/lb/frontendIPConfigurations/in"}],
        "ipConfigurations": [{"name": "nat", "primary": True, "privateIPAllocationMethod": "Dynamic",
                              "subnet": {"id": f"{VNET}/subnets/nat"}}],
        "visibility": {"subscriptions": [SUB.rpartition("/")[2]]},
        "autoApproval": {"subscriptions": [SUB.rpartition("/")[2]]}}, "orders"),),
        f"{LEARN}/private-link/private-link-service-overview"),
    Idiom("spokes are connected with the hub by the network manager", (az("network:ConnectivityConfiguration", {
        **RG, "networkManagerName": "nm", "configurationName": "hub", "connectivityTopology": "HubAndSpoke",
        "isGlobal": "False", "deleteExistingPeering": "False",
        "hubs": [{"resourceId": f"{OURS}.Network/virtualNetworks/hub", "resourceType":
                  "Microsoft.Network/virtualNetworks"}],
        "appliesToGroups": [{"networkGroupId": f"{OURS}.Network/networkManagers/nm/networkGroups/spokes",
                             "groupConnectivity": "None", "useHubGateway": "True", "isGlobal": "False"}]}, "hub"),),
        f"{LEARN}/virtual-network-manager/concept-connectivity-configuration"),
)  # fmt: skip
