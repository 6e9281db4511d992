"""Good idioms of platform teams on Azure: databases, messages, documents, networks and machines (set 13, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, CLIENT, TENANT
from .sixth_azure import endpoint
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit, granted

USER = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}
ADMINS = "22222222-3333-4444-5555-666666666666"
ZONE = f"{OURS}.Network/privateDnsZones"
DISKS = f"{OURS}.Compute/diskEncryptionSets/des-bank"
GALLERY = f"{OURS}.Compute/galleries/galbank/images/rhel9-gpu/versions/1.4.2"
SQL, REDIS = f"{OURS}.Sql/servers/sql-bank", f"{OURS}.Cache/redisEnterprise/redis-bank"
DOCUMENTS = f"{OURS}.CognitiveServices/accounts/docs-bank"
WORKSPACE = f"{OURS}.MachineLearningServices/workspaces/mlw-bank"
BLUE = f"{WORKSPACE}/onlineEndpoints/claims/deployments/blue"
ONLY_MIRROR = ["registry.bank.ae", "login.microsoftonline.com"]


def rule(name: str, priority: int, direction: str, access: str, source: str, target: str, ports: list[str],
         protocol: str = "Tcp") -> dict[str, object]:  # fmt: skip
    """Returns a rule of a security group."""
    return {"name": name, "priority": priority, "direction": direction, "access": access, "protocol": protocol,
            "sourceAddressPrefix": source, "sourcePortRange": "*", "destinationAddressPrefix": target,
            "destinationPortRanges": ports}  # fmt: skip


def settings(kind: str, server: str, **values: str) -> tuple[Given, ...]:
    """Returns settings of a server of a database."""
    return tuple(az(f"{kind}:Configuration", {
        **RG, "serverName": server, "configurationName": name, "value": value, "source": "user-override"},
        name.replace("_", "-"), links={"serverName": ("server",)}) for name, value in values.items())  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("accounts of customers lie in a database of SQL that knows groups of Entra and the bank's key", (
        AZURE_BUDGET,
        az("sql:Server", {
            **HERE, "serverName": "sql-bank", "version": "12.0", "minimalTlsVersion": "1.2", **CLOSED, **USER,
            "primaryUserAssignedIdentityId": ID, "keyId": KEY_URL, "restrictOutboundNetworkAccess": "Enabled",
            "administrators": {"administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True,
                               "principalType": "Group", "login": "sql-admins", "sid": ADMINS, "tenantId": TENANT}},
            "server", protect=True),
        az("sql:Database", {
            **HERE, "serverName": "sql-bank", "databaseName": "accounts", "zoneRedundant": True, "isLedgerOn": False,
            "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2},
            "requestedBackupStorageRedundancy": "Zone", "maxSizeBytes": 107374182400}, "accounts", protect=True,
            links={"serverName": ("server",)}),
        az("sql:EncryptionProtector", {
            **RG, "serverName": "sql-bank", "encryptionProtectorName": "current", "serverKeyType": "AzureKeyVault",
            "serverKeyName": "kv-bank_cmk_0123456789abcdef0123456789abcdef", "autoRotationEnabled": True}, "protector",
            links={"serverName": ("server",)}),
        az("sql:ExtendedServerBlobAuditingPolicy", {
            **RG, "serverName": "sql-bank", "blobAuditingPolicyName": "default", "state": "Enabled",
            "isAzureMonitorTargetEnabled": True, "isDevopsAuditEnabled": True, "auditActionsAndGroups": [
                "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP", "FAILED_DATABASE_AUTHENTICATION_GROUP",
                "BATCH_COMPLETED_GROUP"]}, "auditing", links={"serverName": ("server",)}),
        az("sql:BackupShortTermRetentionPolicy", {
            **RG, "serverName": "sql-bank", "databaseName": "accounts", "policyName": "default", "retentionDays": 35},
            "backups", links={"databaseName": ("accounts",)}),
        audit("accounts", f"{SQL}/databases/accounts"), endpoint("sql", SQL, "sqlServer"), lock(SQL, "server")),
        f"{LEARN}/azure-sql/database/security-best-practice"),
    Idiom("flags of apps are kept in a store of settings without keys, reached by one name of the network", (
        AZURE_BUDGET,
        az("appconfiguration:ConfigurationStore", {
            **HERE, "configStoreName": "appcs-bank", "sku": {"name": "Standard"}, "disableLocalAuth": True, **CLOSED,
            "enablePurgeProtection": True, "softDeleteRetentionInDays": 7, **USER, "encryption": {
                "keyVaultProperties": {"identityClientId": CLIENT, "keyIdentifier": KEY_URL}},
            "dataPlaneProxy": {"authenticationMode": "Pass-through", "privateLinkDelegation": "Disabled"}}, "store",
            protect=True),
        az("privatedns:PrivateZone", {**RG, "location": "global", "tags": TAGS, "privateZoneName":
                                      "privatelink.azconfig.io"}, "zone"),
        az("privatedns:VirtualNetworkLink", {
            **RG, "location": "global", "tags": TAGS, "privateZoneName": "privatelink.azconfig.io",
            "virtualNetworkLinkName": "spoke", "registrationEnabled": False, "virtualNetwork": {"id": VNET}}, "spoke",
            links={"privateZoneName": ("zone",)}),
        endpoint("appcs", f"{OURS}.AppConfiguration/configurationStores/appcs-bank", "configurationStores"),
        az("network:PrivateDnsZoneGroup", {
            **RG, "privateEndpointName": "pe-appcs", "privateDnsZoneGroupName": "default", "privateDnsZoneConfigs": [
                {"name": "azconfig", "privateDnsZoneId": f"{ZONE}/privatelink.azconfig.io"}]}, "names",
            links={"privateEndpointName": ("pe-appcs",), "privateDnsZoneConfigs": ("zone",)}),
        granted("reader", f"{OURS}.AppConfiguration/configurationStores/appcs-bank",
                "516239f1-63e1-4d78-a4de-a74fb236a071"),
        audit("store", f"{OURS}.AppConfiguration/configurationStores/appcs-bank"),
        lock(f"{OURS}.AppConfiguration/configurationStores/appcs-bank", "store")),
        f"{LEARN}/azure-app-configuration/concept-customer-managed-keys", unpriced(
            "azure-native:appconfiguration:ConfigurationStore::store")),
    Idiom("papers of customers are read by Document Intelligence through the network only", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "docs-bank", "kind": "FormRecognizer", "sku": {"name": "S0"}, **ASSIGNED,
            "properties": {
                "customSubDomainName": "docs-bank", "disableLocalAuth": True, **CLOSED,
                "restrictOutboundNetworkAccess": True, "allowedFqdnList": ["stbank.blob.core.windows.net"],
                "networkAcls": {"defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    **VAULT, "identityClientId": CLIENT}}}}, "account", protect=True),
        granted("reader", DOCUMENTS, "a97b65f3-24c7-4388-baec-2e87135dc908"),
        endpoint("docs", DOCUMENTS, "account"), audit("account", DOCUMENTS), lock(DOCUMENTS, "account"),
        az("monitor:MetricAlert", {
            **RG, "location": "global", "tags": TAGS, "ruleName": "docs-errors", "enabled": True, "severity": 2,
            "scopes": [DOCUMENTS], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": True,
            "criteria": {"odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                "name": "errors", "criterionType": "StaticThresholdCriterion", "metricName": "TotalErrors",
                "operator": "GreaterThan", "threshold": 20, "timeAggregation": "Total"}]},
            "actions": [{"actionGroupId": f"{OURS}.Insights/actionGroups/oncall"}]}, "errors",
            links={"scopes": ("account",)})),
        f"{LEARN}/ai-services/document-intelligence/authentication/managed-identities", {
            **OWN, **unpriced("azure-native:cognitiveservices:Account::account")}),
    Idiom("sessions are cached by Managed Redis without keys of access, each app by its identity", (
        AZURE_BUDGET,
        az("redisenterprise:RedisEnterprise", {
            **HERE, "clusterName": "redis-bank", "sku": {"name": "Balanced_B5"}, "highAvailability": "Enabled",
            "minimumTlsVersion": "1.2", **CLOSED, **USER, "encryption": {"customerManagedKeyEncryption": {
                "keyEncryptionKeyUrl": KEY_URL, "keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": ID}}}}, "cluster",
            protect=True),
        az("redisenterprise:Database", {
            **RG, "clusterName": "redis-bank", "databaseName": "default", "clientProtocol": "Encrypted", "port": 10000,
            "accessKeysAuthentication": "Disabled", "clusteringPolicy": "OSSCluster", "evictionPolicy": "VolatileLRU",
            "deferUpgrade": "NotDeferred", "persistence": {"aofEnabled": False, "rdbEnabled": True,
                                                           "rdbFrequency": "6h"}}, "sessions",
            links={"clusterName": ("cluster",)}),
        az("redisenterprise:AccessPolicyAssignment", {
            **RG, "clusterName": "redis-bank", "databaseName": "default", "accessPolicyAssignmentName": "chat",
            "accessPolicyName": "default", "user": {"objectId": CLIENT}}, "chat",
            links={"databaseName": ("sessions",)}),
        endpoint("redis", REDIS, "redisEnterprise"), lock(REDIS, "cluster")),
        f"{LEARN}/redis/entra-for-authentication", unpriced(
            "azure-native:redisenterprise:RedisEnterprise::cluster",
            "azure-native:redisenterprise:Database::sessions")),
    Idiom("workers of a team are machines of its own image, trusted from their start, without addresses", (
        AZURE_BUDGET,
        az("compute:VirtualMachineScaleSet", {
            **HERE, "vmScaleSetName": "vmss-workers", "orchestrationMode": "Uniform", "zones": ["1", "2", "3"],
            "sku": {"name": "Standard_D4s_v5", "tier": "Standard", "capacity": 3}, **USER, "overprovision": False,
            "upgradePolicy": {"mode": "Rolling", "automaticOSUpgradePolicy": {"enableAutomaticOSUpgrade": True},
                              "rollingUpgradePolicy": {"maxBatchInstancePercent": 34}},
            "automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT30M"}, "virtualMachineProfile": {
                "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch",
                                    "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}},
                "osProfile": {"computerNamePrefix": "worker", "adminUsername": "operator", "linuxConfiguration": {
                    "disablePasswordAuthentication": True, "provisionVMAgent": True, "ssh": {"publicKeys": [
                        {"path": "/home/operator/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAAC3Nza ops"}]}}},
                "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": {
                    "createOption": "FromImage", "caching": "ReadWrite", "managedDisk": {
                        "storageAccountType": "Premium_ZRS", "diskEncryptionSet": {"id": DISKS}}}},
                "networkProfile": {
                    "healthProbe": {"id": f"{OURS}.Network/loadBalancers/lb-inner/probes/health"},
                    "networkInterfaceConfigurations": [{
                        "name": "nic", "primary": True, "enableAcceleratedNetworking": True,
                        "enableIPForwarding": False,
                        "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/nsg-workers"},
                        "ipConfigurations": [{"name": "ip", "primary": True,
                                              "subnet": {"id": f"{VNET}/subnets/workers"}}]}]},
                "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}}, "workers")),
        f"{LEARN}/virtual-machines/trusted-launch",
        unpriced("azure-native:compute:VirtualMachineScaleSet::workers")),
    Idiom("orders lie in MySQL of two zones with TLS 1.3, users of Entra and the bank's key", (
        AZURE_BUDGET,
        az("dbformysql:Server", {
            **HERE, "serverName": "mysql-bank", "version": "8.0.21", "createMode": "Default", "availabilityZone": "1",
            "sku": {"name": "Standard_D2ds_v4", "tier": "GeneralPurpose"}, **USER, "storage": {
                "storageSizeGB": 128, "autoGrow": "Enabled"},
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"},
            "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Disabled"},
            "network": {**CLOSED, "delegatedSubnetResourceId": f"{VNET}/subnets/mysql", "privateDnsZoneResourceId":
                        f"{ZONE}/bank.private.mysql.database.azure.com"},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL,
                               "primaryUserAssignedIdentityId": ID}}, "server", protect=True),
        az("dbformysql:AzureADAdministrator", {
            **RG, "serverName": "mysql-bank", "administratorName": "ActiveDirectory", "administratorType":
            "ActiveDirectory", "identityResourceId": ID, "login": "mysql-admins", "sid": ADMINS, "tenantId": TENANT},
            "admins", links={"serverName": ("server",)}),
        *settings("dbformysql", "mysql-bank", require_secure_transport="ON", tls_version="TLSv1.3",
                  aad_auth_only="ON", audit_log_enabled="ON", audit_log_events="CONNECTION,DCL,DDL"),
        lock(f"{OURS}.DBforMySQL/flexibleServers/mysql-bank", "server")),
        f"{LEARN}/mysql/flexible-server/concepts-azure-ad-authentication", unpriced(
            "azure-native:dbformysql:Server::server")),
    Idiom("measurements of models are asked in a cluster of Data Explorer that nobody reaches from outside", (
        AZURE_BUDGET,
        az("kusto:Cluster", {
            **HERE, "clusterName": "adxbank", "sku": {"name": "Standard_E2ads_v5", "tier": "Standard", "capacity": 2},
            **USER, "enableDiskEncryption": True, "enableDoubleEncryption": True, "enableAutoStop": False, **CLOSED,
            "restrictOutboundNetworkAccess": "Enabled", "allowedFqdnList": [], "trustedExternalTenants": [],
            "enablePurge": False, "enableStreamingIngest": True, "zones": ["1", "2", "3"], "publicIPType": "IPv4",
            "keyVaultProperties": {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                                   "userIdentity": ID},
            "optimizedAutoscale": {"isEnabled": True, "minimum": 2, "maximum": 4, "version": 1}}, "cluster",
            protect=True),
        az("kusto:ReadWriteDatabase", {
            **RG, "location": "uaenorth", "clusterName": "adxbank", "databaseName": "measurements", "kind": "ReadWrite",
            "hotCachePeriod": "P7D", "softDeletePeriod": "P365D"}, "measurements", links={"clusterName": ("cluster",)}),
        az("kusto:DatabasePrincipalAssignment", {
            **RG, "clusterName": "adxbank", "databaseName": "measurements", "principalAssignmentName": "analysts",
            "principalId": ADMINS, "principalType": "Group", "role": "Viewer", "tenantId": TENANT}, "analysts",
            links={"databaseName": ("measurements",)}),
        endpoint("adx", f"{OURS}.Kusto/clusters/adxbank", "cluster"),
        audit("cluster", f"{OURS}.Kusto/clusters/adxbank"),
        lock(f"{OURS}.Kusto/clusters/adxbank", "cluster")),
        f"{LEARN}/data-explorer/security-network-private-endpoint", unpriced("azure-native:kusto:Cluster::cluster")),
    Idiom("events of claims go to two apps by a topic, each reading what concerns it", (
        AZURE_BUDGET,
        az("servicebus:Namespace", {
            **HERE, "namespaceName": "sb-claims", "sku": {"name": "Premium", "tier": "Premium", "capacity": 1}, **USER,
            "disableLocalAuth": True, "minimumTlsVersion": "1.2", **CLOSED, "zoneRedundant": True,
            "premiumMessagingPartitions": 1, "encryption": {
                "keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
                    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
                    "identity": {"userAssignedIdentity": ID}}]}}, "bus", protect=True),
        az("servicebus:Topic", {
            **RG, "namespaceName": "sb-claims", "topicName": "claims", "defaultMessageTimeToLive": "P7D",
            "requiresDuplicateDetection": True, "duplicateDetectionHistoryTimeWindow": "PT10M",
            "supportOrdering": True}, "claims", links={"namespaceName": ("bus",)}),
        az("servicebus:Subscription", {
            **RG, "namespaceName": "sb-claims", "topicName": "claims", "subscriptionName": "triage", "maxDeliveryCount":
            10, "lockDuration": "PT1M", "deadLetteringOnMessageExpiration": True, "requiresSession": False}, "triage",
            links={"topicName": ("claims",)}),
        az("servicebus:Rule", {
            **RG, "namespaceName": "sb-claims", "topicName": "claims", "subscriptionName": "triage", "ruleName": "new",
            "filterType": "SqlFilter", "sqlFilter": {"sqlExpression": "kind = 'new' AND amount > 1000"}}, "new",
            links={"subscriptionName": ("triage",)}),
        granted("receiver", f"{OURS}.ServiceBus/namespaces/sb-claims/topics/claims/subscriptions/triage",
                "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"),
        endpoint("sb", f"{OURS}.ServiceBus/namespaces/sb-claims", "namespace"),
        audit("bus", f"{OURS}.ServiceBus/namespaces/sb-claims"),
        lock(f"{OURS}.ServiceBus/namespaces/sb-claims", "bus")),
        f"{LEARN}/service-bus-messaging/service-bus-managed-service-identity"),
    Idiom("a subnet of apps sends everything through the firewall and takes calls of the gateway only", (
        az("network:NetworkSecurityGroup", {
            **HERE, "networkSecurityGroupName": "nsg-apps", "flushConnection": True, "securityRules": [
                rule("gateway", 100, "Inbound", "Allow", "10.20.1.0/24", "10.20.4.0/24", ["8443"]),
                rule("others-in", 4096, "Inbound", "Deny", "*", "*", ["0-65535"], "*"),
                rule("endpoints", 100, "Outbound", "Allow", "10.20.4.0/24", "10.20.9.0/24", ["443"]),
                rule("database", 110, "Outbound", "Allow", "10.20.4.0/24", "10.20.6.0/24", ["5432"]),
                rule("others-out", 4096, "Outbound", "Deny", "*", "*", ["0-65535"], "*")]}, "group"),
        az("network:RouteTable", {
            **HERE, "routeTableName": "rt-apps", "disableBgpRoutePropagation": True, "routes": [{
                "name": "out", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress":
                "10.10.0.4"}]}, "routes"),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "spoke", "subnetName": "apps", "addressPrefix": "10.20.4.0/24",
            "defaultOutboundAccess": False, "privateEndpointNetworkPolicies": "Enabled", "networkSecurityGroup": {
                "id": UNKNOWN}, "routeTable": {"id": UNKNOWN}}, "apps",
            links={"networkSecurityGroup": ("group",), "routeTable": ("routes",)}),
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "afwp-bank", "ruleCollectionGroupName": "apps", "priority": 300,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "apps", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "mirror", "sourceAddresses": ["10.20.4.0/24"],
                    "targetFqdns": ONLY_MIRROR, "protocols": [{"protocolType": "Https", "port": 443}]}]}]}, "out")),
        f"{LEARN}/architecture/networking/architecture/hub-spoke", OWN),
    Idiom("a model of claims is asked at an endpoint of the workspace by tokens of Entra, and grows by two", (
        AZURE_BUDGET,
        az("machinelearningservices:OnlineEndpoint", {
            **HERE, "workspaceName": "mlw-bank", "endpointName": "claims", "kind": "Managed", **USER,
            "properties": {"authMode": "AADToken", "publicNetworkAccess": "Disabled", "traffic": {"blue": 100},
                           "description": "Claims"}}, "endpoint"),
        az("machinelearningservices:OnlineDeployment", {
            **HERE, "workspaceName": "mlw-bank", "endpointName": "claims", "deploymentName": "blue", "kind": "Managed",
            "sku": {"name": "Default", "capacity": 2}, "properties": {
                "endpointComputeType": "Managed", "instanceType": "Standard_D4s_v5", "appInsightsEnabled": False,
                "egressPublicNetworkAccess": "Disabled", "model": f"{WORKSPACE}/models/claims/versions/7",
                "environmentId": f"{WORKSPACE}/environments/claims/versions/3",
                "codeConfiguration": {"codeId": f"{WORKSPACE}/codes/claims/versions/3", "scoringScript": "score.py"},
                "requestSettings": {"maxConcurrentRequestsPerInstance": 4, "requestTimeout": "PT30S"},
                "livenessProbe": {"initialDelay": "PT60S", "period": "PT10S", "failureThreshold": 10},
                "scaleSettings": {"scaleType": "Default"}}}, "blue", links={"endpointName": ("endpoint",)}),
        az("monitor:AutoscaleSetting", {
            **HERE, "autoscaleSettingName": "claims", "enabled": True, "targetResourceUri": BLUE, "profiles": [{
                "name": "calls", "capacity": {"minimum": "2", "maximum": "4", "default": "2"}, "rules": [{
                    "metricTrigger": {
                        "metricName": "CpuUtilizationPercentage", "metricResourceUri": BLUE, "operator": "GreaterThan",
                        "statistic": "Average", "threshold": 70, "timeAggregation": "Average", "timeGrain": "PT1M",
                        "timeWindow": "PT5M"},
                    "scaleAction": {"cooldown": "PT5M", "direction": "Increase", "type": "ChangeCount",
                                    "value": "1"}}]}]}, "growth", links={"targetResourceUri": ("blue",)}),
        granted("caller", f"{WORKSPACE}/onlineEndpoints/claims", "f6c7c914-8db3-469d-8ca1-694a8f32e121"),
        audit("endpoint", f"{WORKSPACE}/onlineEndpoints/claims")),
        f"{LEARN}/machine-learning/concept-secure-online-endpoint", unpriced(
            "azure-native:machinelearningservices:OnlineEndpoint::endpoint",
            "azure-native:machinelearningservices:OnlineDeployment::blue")),
)  # fmt: skip
