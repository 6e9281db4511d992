"""Good idioms of platform teams on Azure: clusters, files, records, lines and gateways (set 16, blind)."""

from ..blind import SUB, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT
from .sixth_azure import endpoint
from .thirteenth_azure import DISKS, USER
from .twelfth_azure_platform import VAULT, audit

HUB = f"{OURS}.Network/virtualHubs/hub-uaenorth"
WALL = f"{OURS}.Network/azureFirewalls/fw-hub"
FILES, STORE = f"{OURS}.NetApp/netAppAccounts/na-bank", f"{OURS}.Storage/storageAccounts/stbank"
JOBS, COSMOS = f"{OURS}.Automation/automationAccounts/aa-bank", f"{OURS}.DocumentDB/databaseAccounts/cosmos-bank"
PARTNERS = f"{OURS}.Logic/integrationAccounts/ia-bank"
ZONES = ["1", "2", "3"]
SEALED = {"diskEncryptionSetId": DISKS, "encryptionAtHost": "Enabled"}
KERBEROS = {"kerberos5pReadWrite": True, "kerberos5pReadOnly": False, "kerberos5ReadOnly": False, "kerberos5ReadWrite":
            False, "kerberos5iReadOnly": False, "kerberos5iReadWrite": False, "unixReadOnly": False,
            "unixReadWrite": False}  # fmt: skip
NIGHT = {"scheduledTime": "20:00:00", "timeZone": "Arabian Standard Time", "requestedDaysOfTheMonth": [],
         "requestedMonths": ["All"], "requestedWeekDays": [
             "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], "deadlineType": "InitiateAt"}  # fmt: skip
READ = "Microsoft.DocumentDB/databaseAccounts"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("OpenShift of the bank answers inside the network alone, on sealed disks, with a way out by the firewall", (
        AZURE_BUDGET,
        az("redhatopenshift:OpenShiftCluster", {
            **HERE, "resourceName": "aro-bank", "apiserverProfile": {"visibility": "Private"}, "ingressProfiles": [
                {"name": "default", "visibility": "Private"}], "clusterProfile": {
                    "domain": "aro-bank", "version": "4.17.27", "fipsValidatedModules": "Enabled", "pullSecret":
                    UNKNOWN, "resourceGroupId": f"{SUB}/resourceGroups/rg-aro-nodes"},
            "masterProfile": {"vmSize": "Standard_D8s_v5", "subnetId": f"{VNET}/subnets/masters", **SEALED},
            "workerProfiles": [{"name": "worker", "vmSize": "Standard_D4s_v5", "count": 3, "diskSizeGB": 128,
                                "subnetId": f"{VNET}/subnets/workers", **SEALED}],
            "networkProfile": {"podCidr": "10.128.0.0/14", "serviceCidr": "172.30.0.0/16", "outboundType":
                               "UserDefinedRouting", "preconfiguredNSG": "Enabled"},
            "servicePrincipalProfile": {"clientId": CLIENT, "clientSecret": UNKNOWN}}, "aro", protect=True),
        lock(f"{OURS}.RedHatOpenShift/openShiftClusters/aro-bank", "aro")),
        f"{LEARN}/openshift/howto-create-private-cluster-4x", unpriced(
            "azure-native:redhatopenshift:OpenShiftCluster::aro")),
    Idiom("files of models are sealed by Kerberos on the wire and the bank's key on disks, and kept ninety days", (
        AZURE_BUDGET,
        az("netapp:Account", {
            **HERE, "accountName": "na-bank", **USER, "encryption": {
                "keySource": "Microsoft.KeyVault", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                    "keyName": "cmk", "keyVaultUri": VAULT["keyVaultUri"], "keyVaultResourceId":
                    f"{OURS}.KeyVault/vaults/kv-bank"}}}, "account"),
        az("netapp:CapacityPool", {**HERE, "accountName": "na-bank", "poolName": "models", "serviceLevel": "Premium",
                                   "size": 4398046511104, "encryptionType": "Double"}, "pool", links={
                                       "accountName": ("account",)}),
        az("netapp:BackupVault", {**HERE, "accountName": "na-bank", "backupVaultName": "models"}, "vault", protect=True,
            links={"accountName": ("account",)}),
        az("netapp:BackupPolicy", {
            **HERE, "accountName": "na-bank", "backupPolicyName": "daily", "enabled": True, "dailyBackupsToKeep": 30,
            "weeklyBackupsToKeep": 13, "monthlyBackupsToKeep": 3}, "daily", links={"accountName": ("account",)}),
        az("netapp:CapacityPoolVolume", {
            **HERE, "accountName": "na-bank", "poolName": "models", "volumeName": "models", "creationToken": "models",
            "serviceLevel": "Premium", "usageThreshold": 1099511627776, "subnetId": f"{VNET}/subnets/netapp",
            "protocolTypes": ["NFSv4.1"], "kerberosEnabled": True, "networkFeatures": "Standard", "zones": ["1"],
            "encryptionKeySource": "Microsoft.KeyVault", "keyVaultPrivateEndpointResourceId":
            f"{OURS}.Network/privateEndpoints/pe-kv", "securityStyle": "unix", "unixPermissions": "0770",
            "snapshotDirectoryVisible": False, "exportPolicy": {"rules": [{
                "ruleIndex": 1, "allowedClients": "10.20.16.0/20", "nfsv41": True, "nfsv3": False, "cifs": False,
                "hasRootAccess": False, **KERBEROS}]},
            "dataProtection": {"backup": {"backupVaultId": f"{FILES}/backupVaults/models", "backupPolicyId":
                                          f"{FILES}/backupPolicies/daily", "policyEnforced": True}}}, "models",
            protect=True, links={"poolName": ("pool",), "dataProtection": ("vault", "daily")})),
        f"{LEARN}/azure-netapp-files/backup-introduction; {LEARN}/azure-netapp-files/configure-kerberos-encryption",
        {"resilience": {"kept_elsewhere": {"models": "copied every night to the vault of backups"}}, **unpriced(
            "azure-native:netapp:CapacityPool::pool", "azure-native:netapp:CapacityPoolVolume::models",
            "azure-native:netapp:BackupVault::vault")}),
    Idiom("a database of customers is sealed, and who is not of the branch sees numbers masked", (
        AZURE_BUDGET,
        az("sql:Database", {
            **HERE, "serverName": "sql-bank", "databaseName": "customers", "sku": {"name": "GP_Gen5_2", "tier":
                                                                                   "GeneralPurpose"},
            "zoneRedundant": True, "requestedBackupStorageRedundancy": "Zone"}, "customers",
            protect=True),
        az("sql:TransparentDataEncryption", {
            **RG, "serverName": "sql-bank", "databaseName": "customers", "tdeName": "current", "state": "Enabled"},
            "sealed", links={"databaseName": ("customers",)}),
        az("sql:DataMaskingPolicy", {
            **RG, "serverName": "sql-bank", "databaseName": "customers", "dataMaskingPolicyName": "Default",
            "dataMaskingState": "Enabled", "exemptPrincipals": "branch"}, "masked", links={
                "databaseName": ("customers",)})),
        f"{LEARN}/azure-sql/database/dynamic-data-masking-overview", {
            "resilience": {"kept_elsewhere": {
                "customers": "copied every night to the site in Dubai"}}}),
    Idiom("all traffic of the hub passes the firewall, also that of the line to the data centre", (
        AZURE_BUDGET,
        az("network:RoutingIntent", {
            **RG, "virtualHubName": "hub-uaenorth", "routingIntentName": "all", "routingPolicies": [
                {"name": "private", "destinations": ["PrivateTraffic"], "nextHop": WALL},
                {"name": "internet", "destinations": ["Internet"], "nextHop": WALL}]}, "intent"),
        az("network:ExpressRouteGateway", {
            **HERE, "expressRouteGatewayName": "ergw-hub", "virtualHub": {"id": HUB},
            "allowNonVirtualWanTraffic": False, "autoScaleConfiguration": {"bounds": {"min": 1, "max": 2}},
            "expressRouteConnections": [{
                "name": "dubai", "enableInternetSecurity": True, "expressRouteGatewayBypass": False, "routingWeight":
                10, "expressRouteCircuitPeering": {
                    "id": f"{OURS}.Network/expressRouteCircuits/erc-bank/peerings/AzurePrivatePeering"}}]}, "gateway")),
        f"{LEARN}/virtual-wan/how-to-routing-policies", {
            "residency": {"known": {HUB: "our own hub, in uaenorth"}}}),
    Idiom("apps of the cluster are reached by a gateway for containers with a firewall of the web before it", (
        AZURE_BUDGET,
        az("servicenetworking:TrafficControllerInterface", {**HERE, "trafficControllerName": "agc-bank"}, "gateway"),
        az("servicenetworking:FrontendsInterface", {
            **HERE, "trafficControllerName": "agc-bank", "frontendName": "portal"}, "portal", links={
                "trafficControllerName": ("gateway",)}),
        az("servicenetworking:AssociationsInterface", {
            **HERE, "trafficControllerName": "agc-bank", "associationName": "apps", "associationType": "subnets",
            "subnet": {"id": f"{VNET}/subnets/agc"}}, "apps", links={"trafficControllerName": ("gateway",)}),
        az("servicenetworking:SecurityPoliciesInterface", {
            **HERE, "trafficControllerName": "agc-bank", "securityPolicyName": "waf", "wafPolicy": {
                "id": f"{OURS}.Network/applicationGatewayWebApplicationFirewallPolicies/waf-bank"}}, "waf", links={
                    "trafficControllerName": ("gateway",)}),
        audit("gateway", f"{OURS}.ServiceNetworking/trafficControllers/agc-bank")),
        f"{LEARN}/application-gateway/for-containers/web-application-firewall", unpriced(
            "azure-native:servicenetworking:TrafficControllerInterface::gateway",
            "azure-native:servicenetworking:FrontendsInterface::portal",
            "azure-native:servicenetworking:AssociationsInterface::apps",
            "azure-native:servicenetworking:SecurityPoliciesInterface::waf"),
        doubt="a gateway for containers has public frontends by nature; the firewall of the web stands before it"),
    Idiom("patches are planned by an account of automation without keys, that the network alone reaches", (
        az("automation:AutomationAccount", {
            **HERE, "automationAccountName": "aa-bank", "disableLocalAuth": True, "publicNetworkAccess": False, "sku": {
                "name": "Basic"}, **USER, "encryption": {
                    "keySource": "Microsoft.Keyvault", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                        "keyName": "cmk", "keyVersion": VAULT["keyVersion"], "keyvaultUri": VAULT["keyVaultUri"]}}},
            "jobs"),
        endpoint("aa", JOBS, "DSCAndHybridWorker"), audit("jobs", JOBS), lock(JOBS, "jobs")),
        f"{LEARN}/automation/automation-secure-asset-encryption", unpriced(
            "azure-native:automation:AutomationAccount::jobs")),
    Idiom("what comes to the account of files is scanned, up to a limit, and everything in it is listed each week", (
        AZURE_BUDGET,
        az("security:DefenderForStorage", {
            "resourceId": STORE, "settingName": "current", "properties": {
                "isEnabled": True, "overrideSubscriptionLevelSettings": True, "malwareScanning": {
                    "onUpload": {"isEnabled": True, "capGBPerMonth": 500}}, "sensitiveDataDiscovery": {
                        "isEnabled": True}}}, "scanned"),
        az("storage:BlobInventoryPolicy", {
            **RG, "accountName": "stbank", "blobInventoryPolicyName": "default", "policy": {
                "enabled": True, "type": "Inventory", "rules": [{
                    "name": "weekly", "enabled": True, "destination": "inventories", "definition": {
                        "format": "Parquet", "objectType": "Blob", "schedule": "Weekly", "schemaFields": [
                            "Name", "Creation-Time", "Content-Length", "EncryptionScope"], "filters": {
                                "blobTypes": ["blockBlob"], "prefixMatch": ["intake/"]}}}]}}, "weekly")),
        f"{LEARN}/storage/blobs/blob-inventory; {LEARN}/defender-for-cloud/tutorial-enable-storage-plan", unpriced(
            "azure-native:security:DefenderForStorage::scanned")),
    Idiom("machines of tests sleep from eight in the evening on days of work, and the team hears of it", (
        az("computeschedule:ScheduledAction", {
            **HERE, "scheduledActionName": "sleep", "properties": {
                "resourceType": "VirtualMachine", "actionType": "Deallocate", "startTime": "2026-12-01T00:00:00Z",
                "disabled": False, "schedule": NIGHT, "notificationSettings": [
                    {"destination": "platform@bank.ae", "type": "Email", "language": "en-us", "disabled": False}]}},
            "sleep"),),
        f"{LEARN}/virtual-machines/scheduled-actions-overview", {
            "residency": {"known": {"@bank.ae": "our own mail"}}, **unpriced(
                "azure-native:computeschedule:ScheduledAction::sleep")}),
    Idiom("messages of one partner bank are checked against its agreement, and every one is on record", (
        AZURE_BUDGET,
        az("logic:IntegrationAccount", {**HERE, "integrationAccountName": "ia-bank", "state": "Enabled", "sku": {
            "name": "Standard"}}, "partners"),
        az("logic:IntegrationAccountPartner", {
            **HERE, "integrationAccountName": "ia-bank", "partnerName": "clearing", "partnerType": "B2B", "content": {
                "b2b": {"businessIdentities": [{"qualifier": "ZZ", "value": "CLEARING01"}]}}}, "clearing", links={
                    "integrationAccountName": ("partners",)}),
        audit("partners", PARTNERS), lock(PARTNERS, "partners")),
        f"{LEARN}/logic-apps/enterprise-integration/create-integration-account", unpriced(
            "azure-native:logic:IntegrationAccount::partners",
            "azure-native:logic:IntegrationAccountPartner::clearing")),
    Idiom("an app may read and write one container of Cosmos by a role of the bank's own, and nothing else", (
        az("cosmosdb:SqlResourceSqlRoleDefinition", {
            **RG, "accountName": "cosmos-bank", "roleDefinitionId": "5b6f1d0a-3c52-4f0e-9a84-1a1f0e5a7b10", "roleName":
            "items of limits", "type": "CustomRole", "assignableScopes": [f"{COSMOS}/dbs/risk/colls/limits"],
            "permissions": [{"dataActions": [
                f"{READ}/readMetadata", f"{READ}/sqlDatabases/containers/items/read",
                f"{READ}/sqlDatabases/containers/items/create", f"{READ}/sqlDatabases/containers/items/replace"]}]},
            "items"),
        az("cosmosdb:SqlResourceSqlRoleAssignment", {
            **RG, "accountName": "cosmos-bank", "roleAssignmentId": "7c1e8d2b-90f4-4a59-8c2e-6f6a6d6d2c11",
            "roleDefinitionId": UNKNOWN, "principalId": CLIENT, "scope": f"{COSMOS}/dbs/risk/colls/limits"}, "app",
            links={"roleDefinitionId": ("items",)})),
        f"{LEARN}/cosmos-db/nosql/how-to-connect-role-based-access-control"),
)  # fmt: skip
