"""Good idioms of teams on Azure with types that were reviewed last, written before their review (2026-11-28)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .ninth_azure import TENANT

TEAM = f"{OURS}.Insights/actionGroups/platform"
MQTT = {**RG, "namespaceName": "eg-meters"}
CENTRE = {**RG, "projectName": "claims"}


def _endpoint(name: str, priority: int) -> dict[str, object]:
    return {"name": name, "type": "Microsoft.Network/trafficManagerProfiles/azureEndpoints", "priority": priority,
            "targetResourceId": f"{OURS}.Network/publicIPAddresses/{name}", "endpointStatus": "Enabled"}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("names lead to the second region when the first does not answer", (az("trafficmanager:Profile", {
        **HERE, "location": "global", "profileName": "tm-bank", "trafficRoutingMethod": "Priority",
        "dnsConfig": {"relativeName": "tm-bank", "ttl": 30},
        "monitorConfig": {"protocol": "HTTPS", "port": 443, "path": "/healthz", "intervalInSeconds": 30,
                          "timeoutInSeconds": 10, "toleratedNumberOfFailures": 3},
        "endpoints": [_endpoint("north", 1), _endpoint("central", 2)]}, "tm"),),
        f"{LEARN}/traffic-manager/traffic-manager-configure-priority-routing-method",
        unpriced("azure-native:trafficmanager:Profile::tm")),
    Idiom("a team gets a key of one product of the APIs", (az("apimanagement:Subscription", {
        **RG, "serviceName": "apim-bank", "sid": "claims", "displayName": "Claims", "allowTracing": False,
        "scope": "/products/models", "state": "active"}, "claims"),),
        f"{LEARN}/api-management/api-management-subscriptions"),
    Idiom("developers sign in to the portal of the APIs with the bank's accounts", (
        az("apimanagement:IdentityProvider", {
        **RG, "serviceName": "apim-bank", "identityProviderName": "aad", "type": "aad", "clientLibrary": "MSAL-2",
        "clientId": "22222222-3333-4444-5555-666666666666", "signinTenant": TENANT, "allowedTenants": [TENANT],
        "clientSecret": UNKNOWN},
        "portal"),), f"{LEARN}/api-management/api-management-howto-aad"),
    Idiom("a developer of the bank has a user in the portal of the APIs", (az("apimanagement:User", {
        **RG, "serviceName": "apim-bank", "userId": "claims-dev", "email": "dev@example.ae", "firstName": "Dev",
        "lastName": "Claims", "state": "active", "identities": [{
            "provider": "Aad", "id": "33333333-4444-5555-6666-777777777777"}]}, "dev"),),
        f"{LEARN}/api-management/api-management-howto-create-or-invite-developers",
        {"residency": {"known": {"example.ae": "the bank's own domain"}}}),
    Idiom("the vault of backups may act in the cluster", (az("containerservice:TrustedAccessRoleBinding", {
        **RG, "resourceName": "aks-bank", "trustedAccessRoleBindingName": "backup",
        "roles": ["Microsoft.DataProtection/backupVaults/backup-operator"],
        "sourceResourceId": f"{OURS}.DataProtection/backupVaults/aks"}, "backup"),),
        f"{LEARN}/backup/azure-kubernetes-service-cluster-backup"),
    Idiom("the workspace of analytics reaches the spoke", (az("databricks:VNetPeering", {
        **RG, "workspaceName": "dbw-bank", "peeringName": "spoke", "remoteVirtualNetwork": {"id": VNET},
        "allowVirtualNetworkAccess": True, "allowForwardedTraffic": False, "allowGatewayTransit": False,
        "useRemoteGateways": False}, "peering"),),
        f"{LEARN}/databricks/security/network/classic/vnet-peering",
        {"residency": {"known": {VNET: "the spoke of the analysts, in uaenorth"}}}),
    Idiom("the cache has a copy in the second region", (az("redis:RedisLinkedServer", {
        **RG, "name": "redis-north", "linkedServerName": "redis-central", "serverRole": "Secondary",
        "linkedRedisCacheId": f"{OURS}.Cache/redis/redis-central", "linkedRedisCacheLocation": "uaecentral"}, "copy"),),
        f"{LEARN}/azure-cache-for-redis/cache-how-to-geo-replication",
        {"residency": {"known": {f"{OURS}.Cache/redis/redis-central": "the second region, uaecentral"}}}),
    Idiom("agents of the bank reach what is approved only", (
        az("cognitiveservices:ManagedNetworkSetting", {
            **RG, "accountName": "ai-bank", "managedNetworkName": "default", "properties": {"managedNetwork": {
                "isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": "Standard"}}}, "network"),
        az("cognitiveservices:OutboundRule", {
            **RG, "accountName": "ai-bank", "managedNetworkName": "default", "ruleName": "documents", "properties": {
                "type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                    "serviceResourceId": f"{OURS}.Storage/storageAccounts/stbank", "subresourceTarget": "blob"}}},
           "documents")), f"{LEARN}/ai-foundry/how-to/managed-virtual-network",
        unpriced("azure-native:cognitiveservices:ManagedNetworkSetting::network",
                 "azure-native:cognitiveservices:OutboundRule::documents")),
    Idiom("jobs of learning reach the bank's own store", (az("machinelearningservices:OutboundRule", {
        **RG, "workspaceName": "ml-bank", "managedNetworkName": "default", "ruleName": "features", "properties": {
            "type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                "serviceResourceId": f"{OURS}.Storage/storageAccounts/stbank", "subresourceTarget": "dfs",
                "sparkEnabled": True}}}, "features"),),
        f"{LEARN}/machine-learning/how-to-managed-network",
        unpriced("azure-native:machinelearningservices:OutboundRule::features")),
    Idiom("meters send their readings with certificates", (
        az("eventgrid:CaCertificate", {**MQTT, "caCertificateName": "meters", "description": "The meters' authority",
                                       "encodedCertificate": "-----BEGIN CERTIFICATE-----\nMIIB"}, "ca"),
        az("eventgrid:Client", {
            **MQTT, "clientName": "meter-1", "state": "Enabled", "authenticationName": "meter-1.example.ae",
            "clientCertificateAuthentication": {"validationScheme": "SubjectMatchesAuthenticationName"}}, "meter"),
        az("eventgrid:PermissionBinding", {
            **MQTT, "permissionBindingName": "readings", "clientGroupName": "meters", "topicSpaceName": "readings",
            "permission": "Publisher"}, "binding")), f"{LEARN}/event-grid/mqtt-access-control",
        {"escape": {"allowed_switches": {
            "azure-native:eventgrid:CaCertificate:encodedCertificate": "The authority of the bank's meters"}}}),
    Idiom("developers work on machines in the bank's network", (
        az("devcenter:Pool", {
            **HERE, **CENTRE, "poolName": "claims", "devBoxDefinitionName": "ubuntu", "licenseType": "Windows_Client",
            "localAdministrator": "Disabled", "networkConnectionName": "spoke", "singleSignOnStatus": "Enabled",
            "virtualNetworkType": "Unmanaged", "stopOnDisconnect": {"status": "Enabled", "gracePeriodMinutes": 60}},
           "boxes"),
        az("devcenter:ProjectEnvironmentType", {
            **HERE, **CENTRE, "environmentTypeName": "dev", "status": "Enabled",
            "identity": {"type": "SystemAssigned"},
            "deploymentTargetId": "/subscriptions/00000000-0000-0000-0000-000000000001",
            "creatorRoleAssignment": {"roles": ["acdd72a7-3385-48ef-bd42-f606fba81ae7"]}}, "dev")),
        f"{LEARN}/dev-box/how-to-manage-dev-box-pools", unpriced("azure-native:devcenter:Pool::boxes")),
    Idiom("alerts of every resource reach the platform team", (az("alertsmanagement:AlertProcessingRuleByName", {
        **HERE, "location": "Global", "alertProcessingRuleName": "everything", "properties": {
            "actions": [{"actionType": "AddActionGroups", "actionGroupIds": [TEAM]}],
            "scopes": ["/subscriptions/00000000-0000-0000-0000-000000000001"], "enabled": True}}, "rule"),),
        f"{LEARN}/azure-monitor/alerts/alerts-processing-rules"),
    Idiom("a database of the site moves to the server in the cloud", (az("dbforpostgresql:Migration", {
        **HERE, "serverName": "pg-bank", "migrationName": "claims", "dbsToMigrate": ["claims"],
        "migrationMode": "Offline", "migrationOption": "ValidateAndMigrate", "sourceType": "OnPremises",
        "sslMode": "VerifyFull", "sourceDbServerResourceId": "pg.dc1.example.ae:5432@postgres"}, "claims"),),
        f"{LEARN}/postgresql/migrate/migration-service/tutorial-migration-service-iaas",
        {"residency": {"known": {"pg.dc1.example.ae": "the bank's own database in Dubai"}}}),
    Idiom("changes of the catalogue are events of the bank's own hub", (az("purview:KafkaConfiguration", {
        **RG, "accountName": "pv-bank", "kafkaConfigurationName": "notify", "consumerGroup": "$Default",
        "eventHubType": "Notification", "eventStreamingState": "Enabled", "eventStreamingType": "Azure",
        "eventHubResourceId": f"{OURS}.EventHub/namespaces/eh-bank/eventhubs/catalogue",
        "credentials": {"type": "UserAssigned", "identityId": ID}}, "notify"),),
        "learn.microsoft.com/purview/how-to-kafka-atlas",
        {"residency": {"known": {f"{OURS}.EventHub/namespaces/eh-bank": "the bank's own hub, in uaenorth"}}}),
    Idiom("queries and alerts of the workspace lie in the bank's own account", (
        az("operationalinsights:LinkedStorageAccount", {
            **RG, "workspaceName": "logs", "dataSourceType": "Query",
            "storageAccountIds": [f"{OURS}.Storage/storageAccounts/stbank"]}, "queries"),),
        f"{LEARN}/azure-monitor/logs/private-storage"),
    Idiom("devices of the hub are signed for by a verified authority", (az("iothub:Certificate", {
        **RG, "resourceName": "iot-bank", "certificateName": "devices",
        "properties": {"certificate": "MIIB", "isVerified": False}}, "devices"),),
        f"{LEARN}/iot-hub/authenticate-authorize-x509"),
    Idiom("machines start in order when the region is gone", (az("recoveryservices:ReplicationRecoveryPlan", {
        **RG, "resourceName": "rsv-bank", "recoveryPlanName": "claims", "properties": {
            "failoverDeploymentModel": "ResourceManager",
            "primaryFabricId": f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationFabrics/uaenorth",
            "recoveryFabricId": f"{OURS}.RecoveryServices/vaults/rsv-bank/replicationFabrics/uaecentral",
            "groups": [{"groupType": "Boot", "startGroupActions": [], "endGroupActions": [],
                        "replicationProtectedItems": [{"id": f"{OURS}.RecoveryServices/vaults/rsv-bank/x/vm"}]}]}},
        "plan"),), f"{LEARN}/site-recovery/site-recovery-create-recovery-plans"),
    Idiom("tables of the analysts are made by a script", (az("kusto:Script", {
        **RG, "clusterName": "kusto-bank", "databaseName": "claims", "scriptName": "tables",
        "continueOnErrors": False, "principalPermissionsAction": "RemovePermissionOnScriptCompletion",
        "scriptContent": ".create-merge table Claims (id: string, paid: real)\n"
                         ".alter-merge table Claims policy retention softdelete = 365d"}, "tables"),),
        "learn.microsoft.com/azure/data-explorer/database-script"),
    Idiom("images come with a pipeline from the bank's own account", (az("containerregistry:ImportPipeline", {
        **RG, "location": "uaenorth", "registryName": "acrbank", "importPipelineName": "lab",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
        "source": {"type": "AzureStorageBlobContainer", "uri": "https://stbank.blob.core.windows.net/images",
                   "keyVaultUri": "https://kv-bank.vault.azure.net/secrets/images"}}, "lab"),),
        f"{LEARN}/container-registry/container-registry-transfer-prerequisites", {"residency": {"known": {
            "stbank.blob.core.windows.net": "the bank's own account, in uaenorth",
            "kv-bank.vault.azure.net": "the bank's own vault, in uaenorth"}}}),
    Idiom("pods of the cluster use an identity of the team", (az("containerservice:IdentityBinding", {
        **RG, "resourceName": "aks-bank", "identityBindingName": "claims",
        "properties": {"managedIdentity": {"resourceId": ID}}}, "claims"),), f"{LEARN}/aks/identity-bindings"),
    Idiom("machines of the site have a network of the platform", (az("azurestackhci:LogicalNetwork", {
        **HERE, "logicalNetworkName": "lnet-1", "vmSwitchName": "ConvergedSwitch(compute)",
        "extendedLocation": {"type": "CustomLocation", "name": f"{OURS}.ExtendedLocation/customLocations/dc1"},
        "dhcpOptions": {"dnsServers": ["10.0.0.4"]}, "subnets": [{
            "name": "machines", "addressPrefix": "10.20.0.0/24", "ipAllocationMethod": "Static", "vlan": 20,
            "ipPools": [{"start": "10.20.0.10", "end": "10.20.0.200"}]}]}, "lnet"),),
        "learn.microsoft.com/azure/azure-local/manage/create-logical-networks"),
    Idiom("the bank's page is looked at every five minutes", (az("applicationinsights:WebTest", {
        **HERE, "webTestName": "home", "kind": "standard", "webTestKind": "standard", "syntheticMonitorId": "home",
        "enabled": True, "frequency": 300, "timeout": 30, "retryEnabled": True,
        "locations": [{"location": "emea-se-sto-edge"}, {"location": "apac-sg-sin-azr"}],
        "request": {"requestUrl": "https://www.example.ae/healthz", "httpVerb": "GET", "followRedirects": True,
                    "parseDependentRequests": False},
        "validationRules": {"expectedHttpStatusCode": 200, "sSLCheck": True, "sSLCertRemainingLifetimeCheck": 7}},
        "home"),), f"{LEARN}/azure-monitor/app/availability"),
    Idiom("a model of the workspace answers in its region", (az("machinelearningservices:EndpointDeployment", {
        **RG, "workspaceName": "ml-bank", "endpointName": "aoai", "deploymentName": "chat", "properties": {
            "type": "Azure.OpenAI", "versionUpgradeOption": "NoAutoUpgrade",
            "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
            "sku": {"name": "Standard", "capacity": 10}}}, "chat"),),
        f"{LEARN}/ai-foundry/foundry-models/concepts/deployment-types",
        unpriced("azure-native:machinelearningservices:EndpointDeployment::chat")),
    Idiom("two databases of branches are kept alike", (az("sql:SyncGroup", {
        **RG, "serverName": "sql-bank", "databaseName": "branches", "syncGroupName": "branches", "interval": 3600,
        "conflictResolutionPolicy": "HubWin", "usePrivateLinkConnection": True,
        "syncDatabaseId": f"{OURS}.Sql/servers/sql-bank/databases/sync"}, "branches"),),
        f"{LEARN}/azure-sql/database/sql-data-sync-sql-server-configure",
        {"residency": {"known": {f"{OURS}.Sql/servers/sql-bank": "the branches' own server, in uaenorth"}}}),
    Idiom("roles are reviewed each quarter, and end where nobody says yes", (
        az("authorization:AccessReviewScheduleDefinitionById", {
            "scheduleDefinitionId": "22222222-0000-0000-0000-000000000001", "displayName": "Owners", "interval": 3,
            "type": "absoluteMonthly", "autoApplyDecisionsEnabled": True, "defaultDecision": "Deny",
            "defaultDecisionEnabled": True, "justificationRequiredOnApproval": True, "instanceDurationInDays": 14,
            "reviewers": [{"principalId": "11111111-2222-3333-4444-555555555555"}]}, "owners"),),
        "learn.microsoft.com/entra/id-governance/privileged-identity-management, access reviews of Azure resources"),
)  # fmt: skip
