"""Attacks on Azure, thought up with the code of the pack and without sight of the other attacks (2026-11-28)."""

from ..blind import GROUP, TAGS, THEIR_SUB, az
from ..harness import Given
from . import Attack

STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
RES = ("FJ-RES-", "FJ-ESC-", "FJ-IDN-213")
ENC = ("FJ-ENC-", "FJ-ESC-")
EXP = ("FJ-EXP-", "FJ-IDN-213", "FJ-ESC-")
IDN = ("FJ-IDN-", "FJ-RES-003", "FJ-ESC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
ESC = ("FJ-ESC-",)
ABROAD = "data of customers is sent to a host or store of a stranger, wherever that is"
REACH = "a stranger's network or identity reaches what is private"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
THEIRS = f"{THEIR_SUB}/resourceGroups/rg/providers/Microsoft"
OURS = f"{GROUP}/providers/Microsoft"
NET = f"{THEIRS}.Network/virtualNetworks/v"
ACCOUNT = f"{THEIRS}.Storage/storageAccounts/st"
IDENTITY = {"identity": {"type": "SystemAssigned"}}
SUBNET = {"id": f"{OURS}.Network/virtualNetworks/v/subnets/s"}

ATTACKS = (
    Attack("the name of an API is an alias of a vendor's host on Azure DNS", RES, (az("dns:RecordSet", {
        **RG, "zoneName": "example.ae", "relativeRecordSetName": "api", "recordType": "CNAME", "ttl": 60,
        "cnameRecord": {"cname": "bank.edge-saas.io"}}),), "critical", ABROAD),
    Attack("a private name of the database is an alias of a hosted one", RES, (az("privatedns:PrivateRecordSet", {
        **RG, "privateZoneName": "db.internal", "relativeRecordSetName": "orders", "recordType": "CNAME", "ttl": 60,
        "cnameRecord": {"cname": "orders.hosted-postgres.io"}}),), "critical", ABROAD),
    Attack("an app keeps its data in a server that a connection string names", RES, (az("web:WebAppConnectionStrings", {
        **RG, "name": "app", "properties": {"orders": {"type": "SQLServer", "value":
            "Server=tcp:sql.hosted-db.io,1433;Database=o;Encrypt=True;Authentication=Active Directory MSI"}}}),),
        "critical", ABROAD),
    Attack("a container app writes to a hosted database by DB_HOST", RES, (az("app:ContainerApp", {
        **HERE, **IDENTITY, "managedEnvironmentId": f"{OURS}.App/managedEnvironments/e", "template": {"containers": [{
            "name": "a", "image": "registry.example.ae/a:1", "env": [
                {"name": "DB_HOST", "value": "ep-cool-sun.aws.neon.tech"}]}]}}),), "critical", ABROAD),
    Attack("a group of containers logs to a workspace known by number only", RES,
        (az("containerinstance:ContainerGroup", {
        **HERE, **IDENTITY, "osType": "Linux", "containers": [{
            "name": "a", "image": "registry.example.ae/a:1", "resources": {
                "requests": {"cpu": 1, "memoryInGB": 1}}}], "subnetIds": [SUBNET],
            "diagnostics": {"logAnalytics": {
                "workspaceId": "9b1d2f3a-0000-4444-8888-aaaaaaaaaaaa", "workspaceKey": "x"}}}),),
        "major", "logs of the containers go to a workspace of any tenant"),
    Attack("a group of containers runs a repository on the web", ESC, (az("containerinstance:ContainerGroup", {
        **HERE, **IDENTITY, "osType": "Linux", "subnetIds": [SUBNET], "volumes": [{"name": "src", "gitRepo": {
            "repository": "https://github.com/someone/tool.git"}}], "containers": [{
                "name": "a", "image": "registry.example.ae/a:1", "command": ["sh", "/src/tool/run.sh"],
                "volumeMounts": [{"name": "src", "mountPath": "/src"}],
                "resources": {"requests": {"cpu": 1, "memoryInGB": 1}}}]}),),
        "major", "the owner of the repository decides what runs with the group's identity"),
    Attack("a collection rule sends tables to event hubs of another subscription", RES,
        (az("monitor:DataCollectionRule", {
        **HERE, "kind": "Linux", "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["e"]}],
        "destinations": {"eventHubsDirect": [{"name": "e", "eventHubResourceId":
            f"{THEIRS}.EventHub/namespaces/n/eventhubs/h"}]}}),), "critical", ABROAD),
    Attack("a tunnel leads to a gateway of a name on the web", RES, (az("network:LocalNetworkGateway", {
        **HERE, "localNetworkGatewayName": "l", "fqdn": "vpn.offshore-host.io",
        "localNetworkAddressSpace": {"addressPrefixes": ["10.99.0.0/16"]}}),),
        "critical", "the network on the other side, wherever it is, is part of this one"),
    Attack("a server in a cloud share is copied to an account of another subscription", RES, (
        az("storagesync:CloudEndpoint", {**RG, "storageSyncServiceName": "s", "syncGroupName": "g",
                                         "azureFileShareName": "f", "storageAccountResourceId": ACCOUNT}),),
        "critical", ABROAD),
    Attack("a dataset tells a linked service which host to use", RES, (az("datafactory:Dataset", {
        **RG, "factoryName": "f", "properties": {"type": "Json", "linkedServiceName": {
            "type": "LinkedServiceReference", "referenceName": "any", "parameters": {
                "host": "https://intake.collector-app.io"}}, "location": {"type": "HttpServerLocation"}}}),),
        "critical", ABROAD),
    Attack("a global parameter of a factory is the address of the sink", RES, (az("datafactory:GlobalParameter", {
        **RG, "factoryName": "f", "properties": {"sink": {
            "type": "String", "value": "https://intake.collector-app.io/rows"}}}),), "major", ABROAD),
    Attack("a data flow calls a web address for each row", RES, (az("datafactory:DataFlow", {
        **RG, "factoryName": "f", "properties": {"type": "MappingDataFlow", "scriptLines": [
            "customers call(mapColumn(iban), skipDuplicateMapInputs: true, httpMethod: 'POST', requestFormat: ['type' ",
            "-> 'json'], url: 'https://intake.collector-app.io', format: 'rest') ~> sent"]}}),), "critical", ABROAD),
    Attack("a named value is the backend that a policy sends requests to", RES, (
        az("apimanagement:NamedValue", {**RG, "serviceName": "a", "displayName": "core", "namedValueId": "core",
                                        "value": "https://intake.collector-app.io"}),
        az("apimanagement:ApiPolicy", {**RG, "serviceName": "a", "apiId": "pay", "policyId": "policy", "format": "xml",
                                       "value": "<policies><inbound><base/><set-backend-service base-url='{{core}}'/>"
                                                "</inbound></policies>"})), "critical", ABROAD),
    Attack("a workspace with approved destinations approves every name", RES, (
        az("machinelearningservices:ManagedNetworkSettingsRule", {**RG, "workspaceName": "w", "ruleName": "r",
           "properties": {"type": "FQDN", "category": "UserDefined", "destination": "*.io"}}),), "critical", ABROAD),
    Attack("a factory has a private endpoint to an account of another subscription", RES, (
        az("datafactory:ManagedPrivateEndpoint", {**RG, "factoryName": "f", "managedVirtualNetworkName": "default",
           "properties": {"groupId": "blob", "privateLinkResourceId": ACCOUNT}}),), "critical", ABROAD),
    Attack("a policy of endpoints lets a subnet write to another subscription", RES, (
        az("network:ServiceEndpointPolicyDefinition", {**RG, "serviceEndpointPolicyName": "p",
           "service": "Microsoft.Storage", "serviceResources": [THEIR_SUB]}),),
        "major", "the limit on accounts that data may go to contains a stranger's"),
    Attack("a cluster of AKS sends its calls through a proxy on the web", RES, (az("containerservice:ManagedCluster", {
        **HERE, **IDENTITY, "httpProxyConfig": {"httpsProxy": "http://relay.proxy-host.io:3128"}}),),
        "critical", "the proxy sees, and its certificate authority opens, what the nodes send"),
    Attack("an export of costs is mailed to a private address", RES, (az("costmanagement:ScheduledActionByScope", {
        "scope": GROUP, "displayName": "costs", "kind": "Email", "status": "Enabled", "viewId": "v", "notification": {
            "subject": "costs", "to": ["someone@mail-box.io"]}, "schedule": {
                "frequency": "Daily", "startDate": "2026-12-01T00:00:00Z", "endDate": "2027-12-01T00:00:00Z"}}),),
        "minor", "names and costs of every resource leave the company"),
    Attack("a share is mounted by NFS, which Azure does not encrypt", ENC, (az("storage:FileShare", {
        **RG, "accountName": "st", "shareName": "f", "enabledProtocols": "NFS", "rootSquash": "NoRootSquash"}),),
        "major", "files cross the network in plaintext, and root of every client owns them"),
    Attack("a database is encrypted with a key in a vault of unknown owner", ENC, (az("sql:ServerKey", {
        **RG, "serverName": "s", "serverKeyType": "AzureKeyVault", "keyName": "theirs_k_1",
        "uri": "https://theirs.vault.azure.net/keys/k/0123456789abcdef0123456789abcdef"}),),
        "major", "who owns the key can lock the database, and opens its copies"),
    Attack("a key can be exported from its vault", ENC, (az("keyvault:Key", {
        **RG, "vaultName": "v", "keyName": "k", "tags": TAGS, "properties": {
            "kty": "RSA-HSM", "keySize": 3072, "attributes": {"exportable": True, "expires": 1830000000},
            "releasePolicy": {"data": "eyJ2ZXJzaW9uIjoiMS4wLjAifQ"},
            "rotationPolicy": {"lifetimeActions": [{"action": {"type": "rotate"}, "trigger": {
                "timeAfterCreate": "P90D"}}]}}}),), "major", "the key leaves the module, and opens copies anywhere"),
    Attack("a network of another subscription joins the hub", EXP, (az("network:HubVirtualNetworkConnection", {
        **RG, "virtualHubName": "h", "connectionName": "c", "enableInternetSecurity": False,
        "remoteVirtualNetwork": {"id": NET}}),), "critical", REACH),
    Attack("a network of another subscription is a member of a mesh", EXP, (az("network:StaticMember", {
        **RG, "networkManagerName": "m", "networkGroupName": "g", "staticMemberName": "s", "resourceId": NET}),),
        "critical", REACH),
    Attack("a mesh of Network Manager has its hub in another subscription", EXP,
        (az("network:ConnectivityConfiguration", {
        **RG, "networkManagerName": "m", "configurationName": "c", "connectivityTopology": "HubAndSpoke",
        "isGlobal": "True", "hubs": [{"resourceId": NET, "resourceType": "Microsoft.Network/virtualNetworks"}],
        "appliesToGroups": [{"networkGroupId": f"{OURS}.Network/networkManagers/m/networkGroups/g",
                             "groupConnectivity": "None", "useHubGateway": "True", "isGlobal": "True"}]}),),
        "critical", REACH),
    Attack("a perimeter accepts everything from another subscription", EXP, (
        az("network:NetworkSecurityPerimeterAccessRule", {**RG, "networkSecurityPerimeterName": "p",
           "profileName": "d", "accessRuleName": "r", "direction": "Inbound", "subscriptions": [{"id": THEIR_SUB}]}),),
        "critical", REACH),
    Attack("a directory for machines is open to the internet", EXP, (az("aad:DomainService", {
        **HERE, "domainName": "corp.example.ae", "ldapsSettings": {"ldaps": "Enabled", "externalAccess": "Enabled",
                                                                   "pfxCertificate": "x"},
        "domainSecuritySettings": {"tlsV1": "Enabled", "ntlmV1": "Enabled"}}),),
        "critical", "everybody tries passwords at the directory of the company"),
    Attack("desktops hand their drives to the user's own machine", (*EXP, "FJ-RES-"),
        (az("desktopvirtualization:HostPool", {
        **HERE, "hostPoolType": "Pooled", "loadBalancerType": "BreadthFirst", "preferredAppGroupType": "Desktop",
        "publicNetworkAccess": "Disabled", "customRdpProperty": "drivestoredirect:s:*;redirectclipboard:i:1;"}),),
        "major", "files of customers are copied to private machines anywhere"),
    Attack("guests of the developer portal may use a product", EXP, (az("apimanagement:ProductGroupLink", {
        **RG, "serviceName": "a", "productId": "payments", "groupLinkId": "l", "groupId":
            f"{OURS}.ApiManagement/service/a/groups/guests"}),),
        "minor", "everybody on the internet sees the definitions of the product"),
    Attack("a person of another directory administers a cluster of Data Explorer", IDN, (
        az("kusto:ClusterPrincipalAssignment", {**RG, "clusterName": "k", "principalAssignmentName": "p",
           "principalId": "someone@mail-box.io", "principalType": "User", "role": "AllDatabasesAdmin"}),),
        "critical", "a stranger reads and deletes every database"),
    Attack("an assignment of policies only watches and skips production", ESC, (az("authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": "deny-public", "enforcementMode": "DoNotEnforce",
        "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/x", "notScopes": [
            f"{GROUP}/providers/Microsoft.Storage/storageAccounts/prod"]}),),
        "minor", "the policy that denied is replaced by one that does not"),
    Attack("a container of Cosmos DB may scale to a million units", MONEY,
        (STACK, az("cosmosdb:SqlResourceSqlContainer", {
        **RG, "accountName": "c", "databaseName": "d", "resource": {"id": "orders"},
        "options": {"autoscaleSettings": {"maxThroughput": 1000000}}}),),
        "critical", "a tenth of it, AED 30,000 a month, is charged even when nobody asks"),
    Attack("a pool of Batch has a formula for five thousand machines", MONEY, (STACK, az("batch:Pool", {
        **RG, "accountName": "b", "poolName": "p", "vmSize": "STANDARD_ND96ISR_H100_V5", "identity": {
            "type": "UserAssigned", "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/i"]},
        "scaleSettings": {"autoScale": {"formula": "$TargetDedicatedNodes=5000;"}}}),),
        "critical", "every machine that the quota permits, with no ceiling"),
    Attack("dedicated event hubs are a part of nothing that has a price", MONEY, (STACK, az("eventhub:Cluster", {
        **HERE, "clusterName": "c", "sku": {"name": "Dedicated", "capacity": 20}}),),
        "critical", "twenty units cost about AED 400,000 a month"),
)  # fmt: skip
