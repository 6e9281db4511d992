"""Services, networks and operations of Azure in the shapes of Azure Verified Modules, second blind set."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, Settings, unpriced
from .azure_network import AT, AVM, DENY, IN, NETWORK, network, rule
from .azure_platform import BUDGET, DISKS, IDENTITY, KEY_ID, ROLES, TENANT, USER_ASSIGNED, WORKSPACE, lock

LEARN = "learn.microsoft.com/azure"
SUBNET = f"{NETWORK}/virtualNetworks/v/subnets/apps"
VAULT = "https://kv-platform.vault.azure.net"
GATEWAY = f"{NETWORK}/applicationGateways/agw"
STORE = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stdata"
SERVICE_KEY = {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True, "keyVaultProperties": [{
    "keyName": "cmk", "keyVaultUri": VAULT, "identity": {"userAssignedIdentity": IDENTITY}}]}  # fmt: skip


def at(container: str, name: str) -> dict[str, str]:
    """Returns the reference to a part of the application gateway."""
    return {"id": f"{GATEWAY}/{container}/{name}"}


def closed(
    token: str, title: str, *more: Given, source: str, settings: Settings | None = None, **props: object
) -> Idiom:
    """Returns the idiom of a private service with a lock."""
    return Idiom(title, (BUDGET, az(token, {**AT, "publicNetworkAccess": "Disabled", **props}, "it"), *more,
                         lock(UNKNOWN, "it")), source, settings or {})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("virtual WAN with a hub, and a spoke that is connected", (BUDGET,
        az("network:VirtualWan", {**AT, "virtualWANName": "wan", "type": "Standard", "disableVpnEncryption": False,
                                  "allowBranchToBranchTraffic": True}, "wan"),
        az("network:VirtualHub", {**AT, "virtualHubName": "hub", "addressPrefix": "10.100.0.0/23",
                                  "virtualWan": {"id": UNKNOWN}}, "hub", links={"virtualWan": ("wan",)}),
        network("vnet-spoke", "10.8.0.0/16"),
        az("network:HubVirtualNetworkConnection", {
            **IN, "virtualHubName": "hub", "connectionName": "spoke", "enableInternetSecurity": True,
            "remoteVirtualNetwork": {"id": UNKNOWN}}, "conn", links={"remoteVirtualNetwork": ("vnet-spoke",)})),
        f"{AVM}, avm-ptn-alz-connectivity-virtual-wan"),
    Idiom("application gateway with a private frontend and TLS to its backends", (BUDGET, az(
        "network:ApplicationGateway", {
            **AT, "applicationGatewayName": "agw", "identity": USER_ASSIGNED, "zones": ["1", "2", "3"],
                "enableHttp2": True,
            "sku": {"name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {"minCapacity": 1, "maxCapacity": 2},
            "firewallPolicy": {"id": f"{NETWORK}/ApplicationGatewayWebApplicationFirewallPolicies/waf"},
            "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"},
            "gatewayIPConfigurations": [{"name": "ip", "subnet": {"id": SUBNET}}],
            "frontendIPConfigurations": [{"name": "private", "subnet": {"id": SUBNET}, "privateIPAddress": "10.0.4.10",
                                          "privateIPAllocationMethod": "Static"}],
            "frontendPorts": [{"name": "https", "port": 443}],
            "sslCertificates": [{"name": "apps", "keyVaultSecretId": f"{VAULT}/secrets/apps"}],
            "backendAddressPools": [{"name": "apps", "backendAddresses": [{"ipAddress": "10.0.8.4"}]}],
            "backendHttpSettingsCollection": [{"name": "https", "port": 443, "protocol": "Https",
                                               "hostName": "apps.example.ae", "requestTimeout": 30}],
            "httpListeners": [{"name": "apps", "protocol": "Https", "hostName": "apps.example.ae",
                               "frontendIPConfiguration": at("frontendIPConfigurations", "private"),
                               "frontendPort": at("frontendPorts", "https"),
                               "sslCertificate": at("sslCertificates", "apps")}],
            "requestRoutingRules": [{"name": "apps", "priority": 10, "ruleType": "Basic",
                                     "httpListener": at("httpListeners", "apps"),
                                     "backendAddressPool": at("backendAddressPools", "apps"),
                                     "backendHttpSettings": at("backendHttpSettingsCollection", "https")}]}, "agw")),
        f"{AVM}, avm-res-network-applicationgateway", unpriced("azure-native:network:ApplicationGateway::agw")),
    Idiom("internal environment of Container Apps, with an app", (BUDGET,
        az("app:ManagedEnvironment", {
            **AT, "environmentName": "env", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": SUBNET},
            "peerAuthentication": {"mtls": {"enabled": True}},
            "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}],
            "appLogsConfiguration": {"destination": "azure-monitor"}}, "env"),
        az("app:ContainerApp", {
            **AT, "containerAppName": "orders", "managedEnvironmentId": UNKNOWN, "identity": USER_ASSIGNED,
            "workloadProfileName": "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "registries": [{"server": "crplatform.azurecr.io",
                                                                 "identity": IDENTITY}],
                "ingress": {"external": False, "targetPort": 8080, "allowInsecure": False, "transport": "auto"}},
            "template": {"scale": {"minReplicas": 1, "maxReplicas": 3}, "containers": [{
                "name": "orders", "image": "crplatform.azurecr.io/orders:1.4.2",
                "resources": {"cpu": 0.5, "memory": "1Gi"}}]}}, "app", links={"managedEnvironmentId": ("env",)})),
        f"{AVM}, avm-res-app-managedenvironment", {
            **unpriced("azure-native:app:ContainerApp::app", "azure-native:app:ManagedEnvironment::env"),
            "escape": {"image_publishers": {"crplatform.azurecr.io": "the registry of the platform's own stack"}}},
        "mutual TLS between apps is on, which encrypts their traffic; the rule reads the newer property only"),
    closed("servicebus:Namespace", "Service Bus with a key, and a queue",
           az("servicebus:Queue", {**IN, "namespaceName": "sb", "queueName": "orders", "maxDeliveryCount": 10,
                                   "requiresDuplicateDetection": True, "deadLetteringOnMessageExpiration": True}, "q",
              links={"namespaceName": ("it",)}), namespaceName="sb", disableLocalAuth=True, minimumTlsVersion="1.2",
           sku={"name": "Premium", "tier": "Premium", "capacity": 1}, zoneRedundant=True, identity=USER_ASSIGNED,
           encryption=SERVICE_KEY, source=f"{AVM}, avm-res-servicebus-namespace",
           settings=unpriced("azure-native:servicebus:Namespace::it")),
    closed("cosmosdb:DatabaseAccount", "Cosmos DB with a key, Entra only", accountName="cosmos",
           kind="GlobalDocumentDB",
           databaseAccountOfferType="Standard", disableLocalAuth=True, disableKeyBasedMetadataWriteAccess=True,
           minimalTlsVersion="Tls12", keyVaultKeyUri=f"{VAULT}/keys/cmk", identity=USER_ASSIGNED,
           defaultIdentity=f"UserAssignedIdentity={IDENTITY}", capabilities=[{"name": "EnableServerless"}],
           locations=[{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}],
           consistencyPolicy={"defaultConsistencyLevel": "Session"}, networkAclBypass="None",
           backupPolicy={"type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}},
           source=f"{AVM}, avm-res-documentdb-databaseaccount"),
    Idiom("SQL server, Entra only, with a key, an audit and a database", (BUDGET,
        az("sql:Server", {
            **AT, "serverName": "sql", "version": "12.0", "minimalTlsVersion": "1.2", "publicNetworkAccess": "Disabled",
            "restrictOutboundNetworkAccess": "Enabled", "identity": USER_ASSIGNED, "keyId": KEY_ID,
            "primaryUserAssignedIdentityId": IDENTITY, "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "dba",
                "principalType": "Group", "sid": "22222222-2222-2222-2222-222222222222", "tenantId": TENANT}}, "sql"),
        az("sql:ServerBlobAuditingPolicy", {**IN, "serverName": "sql", "state": "Enabled", "retentionDays": 90,
                                            "blobAuditingPolicyName": "default", "isAzureMonitorTargetEnabled": True},
           "audit", links={"serverName": ("sql",)}),
        az("sql:Database", {**AT, "serverName": "sql", "databaseName": "orders", "zoneRedundant": True,
                            "requestedBackupStorageRedundancy": "Zone", "maxSizeBytes": 34359738368,
                            "sku": {"name": "GP_Gen5", "tier": "GeneralPurpose", "family": "Gen5", "capacity": 2}},
           "db", links={"serverName": ("sql",)}),
        az("sql:BackupShortTermRetentionPolicy", {**IN, "serverName": "sql", "databaseName": "orders",
                                                  "policyName": "default", "retentionDays": 35}, "ret",
           links={"databaseName": ("db",)}), lock(UNKNOWN, "sql", "db")), f"{AVM}, avm-res-sql-server"),
    closed("redis:Redis", "Redis Premium, Entra only", name="redis", disableAccessKeyAuthentication=True,
           enableNonSslPort=False, minimumTlsVersion="1.2", redisConfiguration={"aadEnabled": "true"},
           redisVersion="6", sku={"name": "Premium", "family": "P", "capacity": 1}, zones=["1", "2"],
           identity=USER_ASSIGNED, source=f"{AVM}, avm-res-cache-redis",
           settings=unpriced("azure-native:redis:Redis::it")),
    closed("search:Service", "AI Search that requires keys of one's own", searchServiceName="srch", replicaCount=2,
           disableLocalAuth=True, partitionCount=1, sku={"name": "standard"}, semanticSearch="disabled",
           encryptionWithCmk={"enforcement": "Enabled"}, identity={"type": "SystemAssigned"},
           networkRuleSet={"bypass": "None"}, source=f"{AVM}, avm-res-search-searchservice",
           settings=unpriced("azure-native:search:Service::it")),
    closed("machinelearningservices:Workspace", "workspace of Machine Learning in a managed network, with a key",
           workspaceName="mlw", keyVault=f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-platform",
               storageAccount=STORE,
           sku={"name": "Basic", "tier": "Basic"}, identity=USER_ASSIGNED, primaryUserAssignedIdentity=IDENTITY,
           hbiWorkspace=True, managedNetwork={"isolationMode": "AllowOnlyApprovedOutbound"},
           systemDatastoresAuthMode="Identity",
               applicationInsights=f"{GROUP}/providers/microsoft.insights/components/ai",
           encryption={"status": "Enabled", "identity": {"userAssignedIdentity": IDENTITY}, "keyVaultProperties": {
               "keyIdentifier": KEY_ID, "keyVaultArmId": f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-platform"}},
           source=f"{AVM}, avm-res-machinelearningservices-workspace"),
    closed("datafactory:Factory", "Data Factory with a key, and its vault",
           az("datafactory:LinkedService", {
               **IN, "factoryName": "adf", "linkedServiceName": "vault", "properties": {
                   "type": "AzureKeyVault", "baseUrl": VAULT}}, "vault", links={"factoryName": ("it",)}),
           factoryName="adf", identity=USER_ASSIGNED,
           encryption={"keyName": "cmk", "vaultBaseUrl": VAULT, "identity": {"userAssignedIdentity": IDENTITY}},
           source=f"{AVM}, avm-res-datafactory-factory"),
    Idiom("events of uploads into a queue, by identity", (
        az("eventgrid:SystemTopic", {**AT, "systemTopicName": "uploads",
                "topicType": "Microsoft.Storage.StorageAccounts",
                                     "source": STORE, "identity": {"type": "SystemAssigned"}}, "topic"),
        az("eventgrid:SystemTopicEventSubscription", {
            **IN, "systemTopicName": "uploads", "eventSubscriptionName": "queue", "filter": {
                "includedEventTypes": ["Microsoft.Storage.BlobCreated"]},
            "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
                "endpointType": "ServiceBusQueue", "resourceId":
                f"{GROUP}/providers/Microsoft.ServiceBus/namespaces/sb/queues/uploads"}}}, "sub",
            links={"systemTopicName": ("topic",)})), f"{LEARN}/event-grid/managed-service-identity",
        {"residency": {"known": {f"{SUB}/resourceGroups/rg-platform": "the platform's group in UAE North"}}}),
    Idiom("vault for backups with immutability, a key and a policy", (BUDGET,
           az("recoveryservices:ProtectionPolicy", {
               **IN, "vaultName": "rsv", "policyName": "daily", "properties": {
                   "backupManagementType": "AzureIaasVM", "timeZone": "Arabian Standard Time", "policyType": "V2",
                   "instantRpRetentionRangeInDays": 7, "schedulePolicy": {
                       "schedulePolicyType": "SimpleSchedulePolicyV2", "scheduleRunFrequency": "Daily",
                       "dailySchedule": {"scheduleRunTimes": ["2026-11-01T22:00:00Z"]}},
                   "retentionPolicy": {"retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                       "retentionTimes": ["2026-11-01T22:00:00Z"],
                       "retentionDuration": {"count": 30, "durationType": "Days"}}}}}, "daily",
              links={"vaultName": ("it",)}), az("recoveryservices:Vault", {
               **AT, "vaultName": "rsv", "sku": {"name": "RS0", "tier": "Standard"}, "identity": USER_ASSIGNED,
               "properties": {
                   "publicNetworkAccess": "Disabled", "redundancySettings": {
                       "standardTierStorageRedundancy": "ZoneRedundant", "crossRegionRestore": "Disabled"},
                   "securitySettings": {"immutabilitySettings": {"state": "Unlocked"}, "softDeleteSettings": {
                       "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 14}},
                   "encryption": {"infrastructureEncryption": "Enabled", "keyVaultProperties": {"keyUri": KEY_ID},
                                  "kekIdentity": {"userAssignedIdentity": IDENTITY}}}}, "it"), lock(UNKNOWN, "it")),
          f"{AVM}, avm-res-recoveryservices-vault",
          doubt="the module gives a policy neither tags nor a location of its own: it lies in its vault"),
    Idiom("group of rules by application security groups", (
        az("network:ApplicationSecurityGroup", {**AT, "applicationSecurityGroupName": "asg-web"}, "web"),
        az("network:NetworkSecurityGroup", {**AT, "networkSecurityGroupName": "nsg", "securityRules": [
            {**rule("web", 100, sourceAddressPrefix="10.0.4.0/24", destinationPortRange="443"),
             "destinationApplicationSecurityGroups": [{"id": f"{NETWORK}/applicationSecurityGroups/asg-web"}],
             "destinationAddressPrefix": ""}, DENY]}, "nsg")), f"{LEARN}/virtual-network/application-security-groups"),
    Idiom("private zones of a hub, linked to it", (network(), *(
        given for index, name in enumerate(("blob.core.windows.net", "vaultcore.azure.net", "database.windows.net"))
        for given in (
            az("privatedns:PrivateZone", {"resourceGroupName": "rg-platform", "location": "global", "tags": TAGS,
                                          "privateZoneName": f"privatelink.{name}"}, f"zone{index}"),
            az("privatedns:VirtualNetworkLink", {
                "resourceGroupName": "rg-platform", "location": "global", "tags": TAGS, "virtualNetworkLinkName": "hub",
                "privateZoneName": f"privatelink.{name}", "registrationEnabled": False,
                "virtualNetwork": {"id": UNKNOWN}}, f"link{index}",
                links={"privateZoneName": (f"zone{index}",), "virtualNetwork": ("vnet-hub",)})))),
        f"{AVM}, avm-ptn-network-private-link-private-dns-zones"),
    Idiom("built-in policy against public addresses, on the group of landing zones", (az(
        "authorization:PolicyAssignment", {
            "policyAssignmentName": "no-public-ip", "displayName": "No public addresses", "enforcementMode": "Default",
            "scope": "/providers/Microsoft.Management/managementGroups/landingzones", "policyDefinitionId":
                "/providers/Microsoft.Authorization/policyDefinitions/6c112d4e-5bc7-47ae-a041-ea2d9dccd749",
            "parameters": {"effect": {"value": "Deny"}}}),), "Azure/Azure-Landing-Zones-Library"),
    Idiom("roles of a cluster: pull images, and join the network", (
        az("authorization:RoleAssignment", {
            "principalId": UNKNOWN, "principalType": "ServicePrincipal",
            "roleDefinitionId": f"{ROLES}/7f951dda-4ed3-4680-a7ca-43fe172d538d",
            "scope": f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/crplatform"}, "pull"),
        az("authorization:RoleAssignment", {
            "principalId": UNKNOWN, "principalType": "ServicePrincipal", "scope": SUBNET,
            "roleDefinitionId": f"{ROLES}/4d97b98b-1d4f-4787-a291-c67834d212e7"}, "net")),
        f"{LEARN}/aks/cluster-container-registry-integration"),
    Idiom("Linux machine by keys, with sign-in by Entra and the monitor's agent", (BUDGET,
        az("compute:VirtualMachine", {
            **AT, "vmName": "vm", "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
                "identity": {"type": "SystemAssigned"},
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                "secureBootEnabled": True, "vTpmEnabled": True}},
            "osProfile": {"computerName": "vm", "adminUsername": "ops", "linuxConfiguration": {
                "disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
                    "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"},
                "ssh": {"publicKeys": [{"path": "/home/ops/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAA"}]}}},
            "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts",
                                                  "sku": "server", "version": "24.04.202510010"},
                               "osDisk": {"createOption": "FromImage", "deleteOption": "Delete", "managedDisk": {
                                   "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
            "networkProfile": {"networkInterfaces": [{"id": f"{NETWORK}/networkInterfaces/nic"}]}}, "vm"),
        *(az("compute:VirtualMachineExtension", {
            **AT, "vmName": "vm", "vmExtensionName": name, "publisher": publisher, "type": name,
            "typeHandlerVersion": "1.0", "autoUpgradeMinorVersion": True}, name, links={"vmName": ("vm",)})
          for name, publisher in (("AADSSHLoginForLinux", "Microsoft.Azure.ActiveDirectory"),
                                  ("AzureMonitorLinuxAgent", "Microsoft.Azure.Monitor"))), lock(UNKNOWN, "vm")),
        f"{AVM}, avm-res-compute-virtualmachine"),
    Idiom("rule that collects a machine's logs into the workspace", (
        az("monitor:DataCollectionRule", {
            **AT, "dataCollectionRuleName": "linux", "kind": "Linux", "dataSources": {"syslog": [{
                "name": "syslog", "streams": ["Microsoft-Syslog"], "facilityNames": ["auth", "authpriv"],
                "logLevels": ["Warning", "Error", "Critical"]}]},
            "destinations": {"logAnalytics": [{"name": "law", "workspaceResourceId": WORKSPACE}]},
            "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["law"]}]}, "dcr"),
        az("monitor:DataCollectionRuleAssociation", {
            "resourceUri": f"{GROUP}/providers/Microsoft.Compute/virtualMachines/vm", "associationName": "linux",
            "dataCollectionRuleId": UNKNOWN}, "a", links={"dataCollectionRuleId": ("dcr",)})),
        f"{LEARN}/azure-monitor/vm/data-collection"),
    Idiom("window for patches of machines", (az("maintenance:MaintenanceConfiguration", {
        **AT, "resourceName": "sunday", "maintenanceScope": "InGuestPatch", "timeZone": "Arabian Standard Time",
        "startDateTime": "2026-12-06 02:00", "duration": "03:00", "recurEvery": "1Week Sunday", "visibility": "Custom",
        "extensionProperties": {"InGuestPatchMode": "User"}, "installPatches": {
            "rebootSetting": "IfRequired", "linuxParameters": {"classificationsToInclude": ["Critical",
                "Security"]}}}),),
        f"{AVM}, avm-res-maintenance-maintenanceconfiguration"),
    Idiom("plan of Defender for Cloud for vaults", (BUDGET, az("security:Pricing", {
        "scopeId": SUB[1:], "pricingName": "KeyVaults", "pricingTier": "Standard"}, "kv")),
        "Azure/Azure-Landing-Zones-Library, and CIS Azure Foundations", unpriced("azure-native:security:Pricing::kv")),
    Idiom("Application Insights in the workspace, Entra only", (az("applicationinsights:Component", {
        **AT, "resourceName": "ai", "kind": "web", "applicationType": "web", "ingestionMode": "LogAnalytics",
        "workspaceResourceId": WORKSPACE, "disableLocalAuth": True, "disableIpMasking": False, "retentionInDays": 90,
        "publicNetworkAccessForIngestion": "Disabled", "publicNetworkAccessForQuery": "Disabled"}, "ai"),),
        f"{AVM}, avm-res-insights-component"),
    closed("appconfiguration:ConfigurationStore", "store of settings with a key", configStoreName="appcs",
           disableLocalAuth=True, enablePurgeProtection=True, softDeleteRetentionInDays=7, sku={"name": "standard"},
           identity=USER_ASSIGNED, encryption={"keyVaultProperties": {
               "keyIdentifier": f"{VAULT}/keys/cmk", "identityClientId": TENANT}},
           source=f"{AVM}, avm-res-appconfiguration-configurationstore",
           settings=unpriced("azure-native:appconfiguration:ConfigurationStore::it")),
    Idiom("alert on a query of the workspace", (az("monitor:ScheduledQueryRule", {
        **AT, "ruleName": "errors", "kind": "LogAlert", "severity": 2, "enabled": True, "scopes": [WORKSPACE],
        "evaluationFrequency": "PT5M", "windowSize": "PT5M", "criteria": {"allOf": [{
            "query": "AppExceptions | summarize count()", "timeAggregation": "Count", "operator": "GreaterThan",
            "threshold": 10}]},
        "actions": {"actionGroups": [f"{GROUP}/providers/microsoft.insights/actionGroups/ops"]}}),),
        f"{LEARN}/azure-monitor/alerts/alerts-create-log-alert-rule"),
    closed("databricks:Workspace", "Databricks in a network of one's own, with a key", workspaceName="dbw",
           managedResourceGroupId=f"{SUB}/resourceGroups/rg-dbw-managed", requiredNsgRules="NoAzureDatabricksRules",
           sku={"name": "premium"}, computeMode="Hybrid", parameters={
               "customVirtualNetworkId": {"value": f"{NETWORK}/virtualNetworks/v"},
               "customPublicSubnetName": {"value": "host"}, "customPrivateSubnetName": {"value": "container"},
               "enableNoPublicIp": {"value": True}, "requireInfrastructureEncryption": {"value": True},
               "prepareEncryption": {"value": True}},
           encryption={"entities": {key: {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
               "keyName": "cmk", "keyVaultUri": VAULT, "keyVersion": "0123456789abcdef0123456789abcdef"}}
               for key in ("managedServices", "managedDisk")}},
           source=f"{AVM}, avm-res-databricks-workspace",
           settings=unpriced("azure-native:databricks:Workspace::it")),
    Idiom("app in the network, private, with an identity", (BUDGET,
        az("web:AppServicePlan", {**AT, "name": "asp", "kind": "linux", "reserved": True, "zoneRedundant": True,
                                  "sku": {"name": "P1v3", "tier": "PremiumV3", "capacity": 2}}, "asp"),
        az("web:WebApp", {
            **AT, "name": "app", "kind": "app,linux", "serverFarmId": UNKNOWN, "httpsOnly": True,
                "identity": USER_ASSIGNED,
            "publicNetworkAccess": "Disabled", "virtualNetworkSubnetId": SUBNET, "clientCertEnabled": False,
            "siteConfig": {"linuxFxVersion": "PYTHON|3.13", "minTlsVersion": "1.2", "scmMinTlsVersion": "1.2",
                           "ftpsState": "Disabled", "http20Enabled": True, "vnetRouteAllEnabled": True,
                           "alwaysOn": True, "healthCheckPath": "/healthz", "remoteDebuggingEnabled": False}}, "app",
            links={"serverFarmId": ("asp",)}),
        *(az(f"web:WebApp{kind}", {**IN, "name": "app", "allow": False}, kind, links={"name": ("app",)})
          for kind in ("FtpAllowed", "ScmAllowed"))), f"{AVM}, avm-res-web-site",
        unpriced("azure-native:web:AppServicePlan::asp"),
        "the app checks its callers itself; the rule, mandatory in prod-uae, asks for the platform's sign-in"),
)  # fmt: skip
