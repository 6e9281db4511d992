"""Attacks on Azure with types that were reviewed last, written before their review (2026-11-28).

Until then only FJ-ESC-112 refused them, whatever they say. Properties by pulumi-azure-native 3.29.0; what a service
does with them by its documentation, as known.
"""

from ..blind import HERE, OURS, RG, THEIRS, az
from ..harness import UNKNOWN
from . import Attack

BY_VALUE = ("FJ-ESC-115", "FJ-EXP-", "FJ-IDN-", "FJ-RES-", "FJ-ENC-")
"""Rules that refuse what a resource says, and not its type as a whole."""

ATTACKS = (
    Attack("no alert reaches anybody", BY_VALUE, (az("alertsmanagement:AlertProcessingRuleByName", {
        **HERE, "location": "Global", "alertProcessingRuleName": "quiet", "properties": {
            "actions": [{"actionType": "RemoveAllActionGroups"}], "enabled": True,
            "scopes": ["/subscriptions/00000000-0000-0000-0000-000000000001"]}}),),
        "critical", "an intrusion is seen by nobody (Azure Monitor, 'Alert processing rules', suppression)"),
    Attack("a name of the bank leads to a stranger's host", BY_VALUE, (az("trafficmanager:Endpoint", {
        **RG, "profileName": "tm-bank", "endpointName": "second", "endpointType": "ExternalEndpoints",
        "target": "login.collector.example.com", "endpointStatus": "Enabled", "alwaysServe": "Enabled"}),),
        "critical", "clients of the bank sign in at the stranger's (Traffic Manager, 'External endpoints')"),
    Attack("one key opens every API, and shows what policies do", BY_VALUE, (az("apimanagement:Subscription", {
        **RG, "serviceName": "apim-bank", "sid": "all", "displayName": "All", "scope": "/apis", "allowTracing": True,
        "state": "active"}),),
        "critical", "its holder calls everything, and traces show tokens (API Management, 'Subscriptions', 'Trace')"),
    Attack("everybody with an account of Google signs in to the portal of the APIs", BY_VALUE, (
        az("apimanagement:IdentityProvider", {
            **RG, "serviceName": "apim-bank", "identityProviderName": "google", "type": "google",
            "clientId": "1234.apps.example.ae", "clientSecret": UNKNOWN}),),
        "critical", "strangers subscribe to products (API Management, 'Developer accounts')"),
    Attack("the workspace of analytics is in the network of a stranger", ("FJ-RES-208",), (
        az("databricks:VNetPeering", {
            **RG, "workspaceName": "dbw-bank", "peeringName": "spoke", "allowVirtualNetworkAccess": True,
            "remoteVirtualNetwork": {"id": f"{THEIRS}.Network/virtualNetworks/collector"}}),),
        "critical", "clusters are reached from it (Azure Databricks, 'VNet peering')"),
    Attack("the cache has a copy in Europe", ("FJ-RES-208",), (az("redis:RedisLinkedServer", {
        **RG, "name": "redis-north", "linkedServerName": "copy", "serverRole": "Secondary",
        "linkedRedisCacheId": f"{OURS}.Cache/redis/copy", "linkedRedisCacheLocation": "westeurope"}),),
        "critical", "data leaves the country (Azure Cache for Redis, 'Geo-replication')"),
    Attack("agents send to every address", BY_VALUE, (az("cognitiveservices:ManagedNetworkSetting", {
        **RG, "accountName": "ai-bank", "managedNetworkName": "default", "properties": {"managedNetwork": {
            "isolationMode": "AllowInternetOutbound"}}}),),
        "critical", "what an agent reads leaves (Foundry, 'Managed virtual network')"),
    Attack("jobs of learning reach a stranger's host", BY_VALUE, (az("machinelearningservices:OutboundRule", {
        **RG, "workspaceName": "ml-bank", "managedNetworkName": "default", "ruleName": "packages", "properties": {
            "type": "FQDN", "category": "UserDefined", "destination": "collector.example.com"}}),),
        "critical", "data for training leaves (Azure Machine Learning, 'Managed network isolation')"),
    Attack("every client of the broker publishes everywhere", BY_VALUE, (az("eventgrid:PermissionBinding", {
        **RG, "namespaceName": "eg-meters", "permissionBindingName": "all", "clientGroupName": "$all",
        "topicSpaceName": "commands", "permission": "Publisher"}),),
        "critical", "a stolen meter commands the others (Event Grid, 'MQTT access control')"),
    Attack("a service acts in the cluster with any role", BY_VALUE, (az("containerservice:TrustedAccessRoleBinding", {
        **RG, "resourceName": "aks-bank", "trustedAccessRoleBindingName": "vendor",
        "roles": ["Vendor.Platform/agents/cluster-admin"], "sourceResourceId": f"{OURS}.Vendor/agents/a"}),),
        "critical", "it reads each secret of the cluster (AKS, 'Trusted access')"),
    Attack("whoever makes an environment owns the subscription", BY_VALUE, (az("devcenter:ProjectEnvironmentType", {
        **HERE, "projectName": "claims", "environmentTypeName": "dev", "status": "Enabled",
        "deploymentTargetId": "/subscriptions/00000000-0000-0000-0000-000000000001",
        "creatorRoleAssignment": {"roles": ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"]}}),),
        "critical", "developers grant anybody anything (Deployment Environments, 'Project environment types')"),
    Attack("developers are administrators of machines outside the network", BY_VALUE, (az("devcenter:Pool", {
        **HERE, "projectName": "claims", "poolName": "claims", "devBoxDefinitionName": "win", "licenseType":
        "Windows_Client", "networkConnectionName": "managedNetwork", "localAdministrator": "Enabled",
        "virtualNetworkType": "Managed", "managedVirtualNetworkRegions": ["uaenorth"]}),),
        "major", "agents of security are removed, and files leave past the firewall (Dev Box, 'Dev box pools')"),
    Attack("a database moves in plaintext", BY_VALUE, (az("dbforpostgresql:Migration", {
        **HERE, "serverName": "pg-bank", "migrationName": "claims", "dbsToMigrate": ["claims"],
        "sourceType": "AzureVM", "sslMode": "Prefer",
        "sourceDbServerResourceId": f"{OURS}.Compute/virtualMachines/pg"}),),
        "critical", "passwords and rows are read on the way (PostgreSQL, 'Migration service', SSL mode)"),
    Attack("an authority of devices is taken without proof of its key", BY_VALUE, (az("iothub:Certificate", {
        **RG, "resourceName": "iot-bank", "certificateName": "devices",
        "properties": {"certificate": "MIIB", "isVerified": True}}),),
        "major", "devices of whoever has the authority's key are let in (IoT Hub, 'Verify CA certificate')"),
    Attack("a model of the workspace answers from anywhere", BY_VALUE, (
        az("machinelearningservices:EndpointDeployment", {
        **RG, "workspaceName": "ml-bank", "endpointName": "aoai", "deploymentName": "chat", "properties": {
            "type": "Azure.OpenAI", "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
            "sku": {"name": "GlobalStandard", "capacity": 10}}}),),
        "critical", "prompts are processed in any country (Foundry Models, 'Deployment types')"),
    Attack("the firewall at the edge only watches", BY_VALUE, (az("frontdoor:Policy", {
        **HERE, "location": "Global", "policyName": "waf", "sku": {"name": "Premium_AzureFrontDoor"},
        "policySettings": {"mode": "Detection", "enabledState": "Enabled"}}),),
        "major", "attacks pass (Web Application Firewall on Front Door, 'Policy settings')"),
    Attack("a draft of the firewall's rules forwards everybody to the database", ("FJ-EXP-101",), (
        az("network:FirewallPolicyRuleCollectionGroupDraft", {
            **RG, "firewallPolicyName": "hub", "ruleCollectionGroupName": "in", "priority": 100, "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyNatRuleCollection", "name": "in", "priority": 100,
                "action": {"type": "DNAT"}, "rules": [{
                    "ruleType": "NatRule", "name": "db", "ipProtocols": ["TCP"], "sourceAddresses": ["*"],
                    "destinationAddresses": ["203.0.113.10"], "destinationPorts": ["5432"],
                    "translatedAddress": "10.1.0.4", "translatedPort": "5432"}]}]}),),
        "critical", "the database is reached from the internet (Azure Firewall, 'DNAT', 'Draft and deployment')"),
    Attack("the app lets callers in who have not signed in", BY_VALUE, (az("web:WebAppAuthSettingsV2WithoutSecrets", {
        **RG, "name": "app", "platform": {"enabled": True}, "globalValidation": {
            "requireAuthentication": False, "unauthenticatedClientAction": "AllowAnonymous"}}),),
        "critical", "everybody calls it (App Service, 'Authentication and authorization')"),
    Attack("users sign in to a slot of the app in plaintext", ("FJ-ENC-",), (
        az("web:WebAppAuthSettingsV2WithoutSecretsSlot", {
            **RG, "name": "app", "slot": "next", "platform": {"enabled": True}, "httpSettings": {"requireHttps": False},
            "globalValidation": {"requireAuthentication": True, "unauthenticatedClientAction": "Return401"}}),),
        "major", "tokens are read on the way (App Service, 'Authentication and authorization', requireHttps)"),
    Attack("a group of database servers listens on a public address", BY_VALUE, (
        az("sqlvirtualmachine:AvailabilityGroupListener", {
            **RG, "sqlVirtualMachineGroupName": "sql", "availabilityGroupListenerName": "l",
            "availabilityGroupName": "ag", "port": 1433, "loadBalancerConfigurations": [{
                "loadBalancerResourceId": f"{OURS}.Network/loadBalancers/sql", "probePort": 59999,
                "publicIpAddressResourceId": f"{OURS}.Network/publicIPAddresses/sql"}]}),),
        "critical", "the database is reached from the internet (SQL Server on Azure VMs, 'Listener')"),
    Attack("jobs run with a module of a stranger's repository", ("FJ-ESC-111",), (az("automation:Module", {
        **HERE, "automationAccountName": "aa-bank", "moduleName": "Tools",
        "contentLink": {"uri": "https://github.com/collector/tools/archive/main.zip"}}),),
        "critical", "it runs with the identity of the account (Azure Automation, 'Manage modules')"),
    Attack("a name of the bank leads to an address of unknown owner", BY_VALUE, (az("trafficmanager:Endpoint", {
        **RG, "profileName": "tm-bank", "endpointName": "second", "endpointType": "ExternalEndpoints",
        "target": "203.0.113.9", "endpointStatus": "Enabled"}),),
        "critical", "clients of the bank sign in at the stranger's (Traffic Manager, 'External endpoints')"),
    Attack("a key is of the whole service of the APIs", BY_VALUE, (az("apimanagement:Subscription", {
        **RG, "serviceName": "apim-bank", "sid": "all", "displayName": "All", "state": "active",
        "scope": f"{OURS}.ApiManagement/service/apim-bank"}),),
        "critical", "its holder calls everything (API Management, 'All-access subscription')"),
    Attack("a script of the database makes a stranger its administrator", BY_VALUE, (az("kusto:Script", {
        **RG, "clusterName": "kusto-bank", "databaseName": "claims", "scriptName": "tables",
        "scriptContent": ".create table Claims (id: string)\n.add database claims admins ('aaduser=a@example.ae')"}),),
        "critical", "who changes a script reads everything (Azure Data Explorer, 'Manage database security roles')"),
    Attack("a script that nobody reads is loaded for the database", BY_VALUE, (az("kusto:Script", {
        **RG, "clusterName": "kusto-bank", "databaseName": "claims", "scriptName": "tables",
        "scriptUrl": "https://stbank.blob.core.windows.net/scripts/tables.kql"}),),
        "major", "it grants roles (Azure Data Explorer, 'Database scripts')"),
    Attack("the line to the edge of Microsoft is in plaintext", BY_VALUE, (az("network:ExpressRoutePort", {
        **HERE, "expressRoutePortName": "dubai", "bandwidthInGbps": 10, "encapsulation": "Dot1Q",
        "peeringLocation": "Dubai2", "links": [{"name": "link1", "adminState": "Enabled"}]}),),
        "major", "whoever is at the exchange reads traffic (ExpressRoute Direct, 'MACsec')"),
    Attack("a recovery runs a file of a share", BY_VALUE, (az("recoveryservices:ReplicationRecoveryPlan", {
        **RG, "resourceName": "rsv-bank", "recoveryPlanName": "claims", "properties": {
            "primaryFabricId": f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationFabrics/site",
            "recoveryFabricId": f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationFabrics/uaenorth",
            "groups": [{"groupType": "Boot", "startGroupActions": [{
                "actionName": "a", "failoverDirections": ["PrimaryToRecovery"], "failoverTypes": ["TestFailover"],
                "customDetails": {"instanceType": "ScriptActionDetails", "fabricLocation": "Primary",
                                  "path": "\\\\share\\run.ps1"}}]}]}}),),
        "critical", "who writes the share has the servers (Site Recovery, 'Add scripts to a recovery plan')"),
    Attack("records of the cluster go to a workspace of unknown owner", BY_VALUE, (
        az("hdinsight:ExtensionAzureMonitorStatus", {
            **RG, "clusterName": "spark", "workspaceId": "99999999-2222-3333-4444-555555555555",
            "primaryKey": UNKNOWN}),),
        "major", "a stranger reads queries and names (HDInsight, 'Azure Monitor logs')"),
    Attack("an assignment of a role has the number of a stranger's workspace as its name", ("FJ-RES-208",), (
        az("hdinsight:ExtensionAzureMonitorStatus", {
            **RG, "clusterName": "spark", "workspaceId": "99999999-2222-3333-4444-666666666666",
            "primaryKey": UNKNOWN}),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.HDInsight/clusters/spark", "principalId": "11111111-2222-3333-4444-555555555555",
            "principalType": "ServicePrincipal", "roleAssignmentName": "99999999-2222-3333-4444-666666666666",
            "roleDefinitionId": "/providers/Microsoft.Authorization/roleDefinitions/"
                                "acdd72a7-3385-48ef-bd42-f606fba81ae7"}, "assignment")),
        "major", "a stranger reads queries and names (HDInsight, 'Azure Monitor logs')"),
    Attack("half of all addresses enter the namespace of events", ("FJ-EXP-120",), (
        az("eventhub:NamespaceIpFilterRule", {
            **RG, "namespaceName": "eh-bank", "ipFilterRuleName": "home", "filterName": "home", "action": "Accept",
            "ipMask": "0.0.0.0/1"}),),
        "major", "a stolen token is used from anywhere (Event Hubs, 'IP firewall')"),
    Attack("a rule of the network manager lets everybody in by the type's former name", ("FJ-EXP-101",), (
        az("network:UserRule", {
            **RG, "networkManagerName": "nm", "configurationName": "in", "ruleCollectionName": "in", "ruleName": "ssh",
            "kind": "Custom", "direction": "Inbound", "protocol": "Tcp", "destinationPortRanges": ["22"],
            "sources": [{"addressPrefix": "0.0.0.0/1", "addressPrefixType": "IPPrefix"}]}),),
        "critical", "machines are reached from the internet (Virtual Network Manager, 'User rules')"),
    Attack("agents reach the accounts of every customer", ("FJ-RES-207",), (az("cognitiveservices:OutboundRule", {
        **RG, "accountName": "ai-bank", "managedNetworkName": "default", "ruleName": "stores", "properties": {
            "type": "ServiceTag", "category": "UserDefined", "destination": {
                "serviceTag": "Storage", "protocol": "TCP", "portRanges": "443", "action": "Allow"}}}),),
        "critical", "an agent writes what it reads to a stranger's account (Foundry, 'Managed virtual network')"),
    Attack("settings of servers of a site are a stranger's program", ("FJ-ESC-102",), (
        az("guestconfiguration:GuestConfigurationHCRPAssignment", {
            **RG, "location": "uaenorth", "machineName": "db-1", "name": "base",
            "guestConfigurationAssignmentName": "base",
            "properties": {"guestConfiguration": {
                "name": "base", "version": "1.0.0", "assignmentType": "ApplyAndAutoCorrect",
                "contentUri": "https://collector.blob.core.windows.net/x/base.zip", "contentHash": "AB"}}}),),
        "critical", "it runs as administrator (Machine configuration, 'Custom packages')"),
    Attack("records of the directory go to Europe", ("FJ-RES-209",), (
        az("operationalinsights:Workspace", {**HERE, "location": "westeurope", "workspaceName": "logs-eu"}, "logs-eu"),
        az("aadiam:DiagnosticSetting", {
            "name": "send", "workspaceId": f"{OURS}.OperationalInsights/workspaces/logs-eu",
            "logs": [{"category": "AuditLogs", "enabled": True}]})),
        "critical", "who signs in, and where, is stored abroad (Microsoft Entra, 'Diagnostic settings')"),
    Attack("root of every client owns the files of a volume", BY_VALUE, (az("netapp:ElasticVolume", {
        **HERE, "accountName": "na", "poolName": "p", "volumeName": "v", "properties": {
            "filePath": "v", "size": 1, "protocolTypes": ["NFSv4"], "exportPolicy": {"rules": [{
                "ruleIndex": 1, "allowedClients": ["10.0.0.0/8"], "rootAccess": "Enabled", "nfsv4": "Enabled",
                "unixAccessRule": "ReadWrite"}]}}}),),
        "major", "one machine of the network reads everybody's files (Azure NetApp Files, 'Export policy')"),
)  # fmt: skip
