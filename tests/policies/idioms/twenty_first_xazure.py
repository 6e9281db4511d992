"""Good idioms of platform teams on Azure: landing zones, clusters, apps, databases and keys (set 21, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import counted
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, USER
from .twelfth_azure_platform import CLOSED, OWN, audit, granted
from .twentieth_goodb_charts import merged

AVM = "Azure/bicep-registry-modules avm/res"
HUB = "/subscriptions/00000000-0000-0000-0000-0000000000aa/resourceGroups/rg-hub/providers/Microsoft.Network"
HUB_OF = {"residency": {"known": {"/subscriptions/00000000-0000-0000-0000-0000000000aa":
                                  "the platform's own subscription, in uaenorth", "10.0.0.4":
                                  "the firewall of the hub"}}}  # fmt: skip
STORE, KV = f"{OURS}.Storage/storageAccounts/stclaims", f"{OURS}.KeyVault/vaults/kv-payments"
SITE = f"{OURS}.Web/sites/app-quotes"
AKS, ACA = f"{OURS}.ContainerService/managedClusters/aks-apps", f"{OURS}.App/managedEnvironments/cae-apps"
KEYS = {"keySource": "Microsoft.Keyvault", "keyVaultProperties": {
    "keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net"}, "encryptionIdentity": {
        "encryptionUserAssignedIdentity": ID}, "requireInfrastructureEncryption": True, "services": {
            kind: {"enabled": True, "keyType": "Account"} for kind in ("blob", "file", "queue", "table")}}  # fmt: skip


def pool(name: str, mode: str, size: str, least: int, most: int, **more: object) -> dict[str, object]:
    """Returns a pool of nodes in three zones, sealed on the host."""
    return {"name": name, "mode": mode, "vmSize": size, "osType": "Linux", "osSKU": "AzureLinux", "count": least,
            "enableAutoScaling": True, "minCount": least, "maxCount": most, "availabilityZones": ["1", "2", "3"],
            "enableEncryptionAtHost": True, "enableNodePublicIP": False, "osDiskType": "Ephemeral", "osDiskSizeGB": 128,
            "type": "VirtualMachineScaleSets", "vnetSubnetID": f"{VNET}/subnets/nodes", "maxPods": 110, "tags": TAGS,
            "upgradeSettings": {"maxSurge": "33%", "drainTimeoutInMinutes": 30}, **more}  # fmt: skip


def zone_link(name: str, zone: str) -> tuple[Given, Given]:
    """Returns a private zone of names and its link to the network."""
    return (
        az("privatedns:PrivateZone", {**RG, "location": "global", "tags": TAGS, "privateZoneName": zone}, name),
        az("privatedns:VirtualNetworkLink", {
            **RG, "location": "global", "tags": TAGS, "privateZoneName": zone, "virtualNetworkLinkName": "spoke",
            "registrationEnabled": False, "virtualNetwork": {"id": VNET}}, f"{name}-link", links={
                "privateZoneName": (name,)}),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a landing zone's spoke sends all by the hub's firewall, and each subnet has its own closed group", (
        *(az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": f"nsg-{name}", "flushConnection":
                                              True, "securityRules": [
            {"name": "AllowGateway", "priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
             "sourceAddressPrefix": "10.10.1.0/24", "sourcePortRange": "*", "destinationAddressPrefix":
             "10.10.2.0/24", "destinationPortRange": "443"},
            {"name": "DenyAllIn", "priority": 4096, "direction": "Inbound", "access": "Deny", "protocol": "*",
             "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
             "destinationPortRange": "*"}]}, f"nsg-{name}") for name in ("apps", "endpoints")),
        az("network:RouteTable", {**HERE, "routeTableName": "rt-spoke", "disableBgpRoutePropagation": True, "routes": [
            {"name": "out", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress":
             "10.0.0.4"}]}, "routes"),
        az("network:VirtualNetwork", {
            **HERE, "virtualNetworkName": "vnet-claims", "addressSpace": {"addressPrefixes": ["10.10.0.0/16"]},
            "dhcpOptions": {"dnsServers": ["10.0.0.4"]}, "encryption": {"enabled": True, "enforcement":
                                                                       "AllowUnencrypted"}, "subnets": [
                {"name": name, "addressPrefix": f"10.10.{i}.0/24", "networkSecurityGroup": {"id": UNKNOWN},
                 "routeTable": {"id": UNKNOWN}, "defaultOutboundAccess": False, "privateEndpointNetworkPolicies":
                 "Enabled"} for i, name in ((2, "apps"), (3, "endpoints"))]}, "network", links={
                     "subnets": ("nsg-apps", "nsg-endpoints", "routes")}),
        az("network:VirtualNetworkPeering", {
            **RG, "virtualNetworkName": "vnet-claims", "virtualNetworkPeeringName": "to-hub", "remoteVirtualNetwork": {
                "id": f"{HUB}/virtualNetworks/vnet-hub"}, "allowForwardedTraffic": True, "allowGatewayTransit": False,
            "useRemoteGateways": True, "allowVirtualNetworkAccess": True}, "to-hub", links={
                "virtualNetworkName": ("network",)})),
        "learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/hub-spoke-network-topology; "
        "Azure/ALZ-Bicep, as known on 2026-12-01", merged(OWN, HUB_OF)),
    Idiom("claims' documents lie in an account of three zones by Entra alone, with versions, holds and tiers", (
        AZURE_BUDGET,
        az("storage:StorageAccount", {
            **HERE, "accountName": "stclaims", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}, "accessTier":
            "Hot", **USER, "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "allowCrossTenantReplication":
            False, "defaultToOAuthAuthentication": True, "enableHttpsTrafficOnly": True, "minimumTlsVersion": "TLS1_2",
            **CLOSED, "networkRuleSet": {"defaultAction": "Deny", "bypass": "None"}, "encryption": KEYS,
            "keyPolicy": {"keyExpirationPeriodInDays": 90}, "sasPolicy": {"sasExpirationPeriod": "0.01:00:00",
                                                                           "expirationAction": "Block"}}, "store",
            protect=True),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stclaims", "blobServicesName": "default", "isVersioningEnabled": True, "changeFeed": {
                "enabled": True, "retentionInDays": 35}, "deleteRetentionPolicy": {"enabled": True, "days": 35},
            "containerDeleteRetentionPolicy": {"enabled": True, "days": 35}, "restorePolicy": {
                "enabled": True, "days": 30}, "lastAccessTimeTrackingPolicy": {"enable": True}}, "blobs", links={
                    "accountName": ("store",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stclaims", "containerName": "documents", "publicAccess":
                                     "None", "defaultEncryptionScope": "$account-encryption-key",
                                     "denyEncryptionScopeOverride": True}, "documents", links={
                                         "accountName": ("store",)}),
        az("storage:BlobContainerImmutabilityPolicy", {
            **RG, "accountName": "stclaims", "containerName": "documents", "immutabilityPolicyName": "default",
            "immutabilityPeriodSinceCreationInDays": 2557, "allowProtectedAppendWrites": False}, "held", links={
                "containerName": ("documents",)}),
        az("storage:ManagementPolicy", {**RG, "accountName": "stclaims", "managementPolicyName": "default", "policy": {
            "rules": [{"name": "tiers", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {
                    "baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 60}},
                    "version": {"delete": {"daysAfterCreationGreaterThan": 400}}}}}]}}, "tiers", links={
                        "accountName": ("store",)}),
        endpoint("stclaims", STORE, "blob"), *zone_link("blob", "privatelink.blob.core.windows.net"),
        audit("blobs", f"{STORE}/blobServices/default"), granted("writer", STORE,
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe"), lock(STORE, "store")),
        f"{AVM}/storage/storage-account, as known on 2026-12-01", OWN),
    Idiom("keys and secrets of payments are in a vault of roles, where keys turn and warn before they end", (
        az("keyvault:Vault", {**HERE, "vaultName": "kv-payments", "properties": {
            "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
            "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
            "enabledForDeployment": False, "enabledForDiskEncryption": False, "enabledForTemplateDeployment": False,
            "publicNetworkAccess": "Disabled", "networkAcls": {"defaultAction": "Deny", "bypass": "None"}}}, "vault",
            protect=True),
        az("keyvault:Key", {**RG, "vaultName": "kv-payments", "keyName": "cmk", "tags": TAGS, "properties": {
            "kty": "RSA-HSM", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"], "attributes": {
                "enabled": True, "exportable": False}, "rotationPolicy": {"attributes": {"expiryTime": "P2Y"},
                "lifetimeActions": [
                    {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}},
                    {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, "key", links={
                        "vaultName": ("vault",)}),
        endpoint("kv-payments", KV, "vault"), *zone_link("vaults", "privatelink.vaultcore.azure.net"),
        audit("vault", KV), granted("crypto", KV, "e147488a-f6f5-4113-8e2d-b22465e65bf6"), granted(
            "secrets", KV, "4633458b-17de-408a-b874-0445c86b69e6"), lock(KV, "vault"),
        az("eventgrid:SystemTopic", {**HERE, "systemTopicName": "evgt-kv", "source": KV, "topicType":
                                     "Microsoft.KeyVault.vaults", "identity": {"type": "SystemAssigned"}}, "topic",
           links={"source": ("vault",)})),
        f"{AVM}/key-vault/vault; {LEARN}/key-vault/general/secure-key-vault, as known on 2026-12-01", OWN),
    Idiom("the baseline's cluster is private, by Cilium and Entra, with pools of zones and its records kept", (
        AZURE_BUDGET,
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks-apps", "dnsPrefix": "apps", "kubernetesVersion": "1.33", "sku": {
                "name": "Base", "tier": "Standard"}, "identity": {"type": "UserAssigned", "userAssignedIdentities":
                                                                 [ID]},
            "enableRBAC": True, "disableLocalAccounts": True, "aadProfile": {
                "managed": True, "enableAzureRBAC": True, "adminGroupObjectIDs": [ADMINS], "tenantID": TENANT},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                                       "privateDNSZone": f"{HUB}/privateDnsZones/privatelink.uaenorth.azmk8s.io",
                                       "disableRunCommand": True},
            "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkDataplane": "cilium",
                               "networkPolicy": "cilium", "outboundType": "userDefinedRouting", "podCidr":
                               "10.244.0.0/16", "serviceCidr": "10.41.0.0/16", "dnsServiceIP": "10.41.0.10"},
            "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
                "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 48},
                "azureKeyVaultKms": {"enabled": True, "keyId": KEY_URL, "keyVaultNetworkAccess": "Private",
                                     "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"},
                "defender": {"logAnalyticsWorkspaceResourceId": LOGS, "securityMonitoring": {"enabled": True}}},
            "addonProfiles": {"azurepolicy": {"enabled": True, "config": {"version": "v2"}},
                              "azureKeyvaultSecretsProvider": {"enabled": True, "config": {
                                  "enableSecretRotation": "true", "rotationPollInterval": "2m"}},
                              "omsagent": {"enabled": True, "config": {"logAnalyticsWorkspaceResourceID": LOGS,
                                                                        "useAADAuth": "true"}}},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"},
            "diskEncryptionSetID": DISKS, "agentPoolProfiles": [
                pool("system", "System", "Standard_D4ds_v5", 3, 5, nodeTaints=["CriticalAddonsOnly=true:NoSchedule"])],
            "autoScalerProfile": {"balanceSimilarNodeGroups": "true", "expander": "least-waste"},
            "storageProfile": {"diskCSIDriver": {"enabled": True}, "fileCSIDriver": {"enabled": False},
                               "snapshotController": {"enabled": True}}, "metricsProfile": {
                                   "costAnalysis": {"enabled": True}}}, "aks", protect=True),
        az("containerservice:AgentPool", {**RG, "resourceName": "aks-apps", "agentPoolName": "apps",
           **{k: v for k, v in pool("apps", "User", "Standard_D8ds_v5", 2, 8).items() if k != "name"}}, "apps", links={
               "resourceName": ("aks",)}),
        az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks-apps", "configName": "aksManagedNodeOSUpgradeSchedule", "maintenanceWindow": {
                "durationHours": 6, "startTime": "01:00", "utcOffset": "+04:00", "schedule": {
                    "weekly": {"dayOfWeek": "Friday", "intervalWeeks": 1}}}}, "fridays", links={
                        "resourceName": ("aks",)}),
        audit("aks", AKS), lock(AKS, "aks")),
        "learn.microsoft.com/azure/architecture/reference-architectures/containers/aks/baseline-aks; mspnp/aks-baseline"
        ", as known on 2026-12-01", merged(OWN, merged(HUB_OF,
            unpriced("azure-native:containerservice:ManagedCluster::aks")))),
    Idiom("an app of App Service is reached by its endpoint alone, asks Entra who calls, and swaps its slots", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {**HERE, "name": "asp-quotes", "kind": "linux", "reserved": True,
            "zoneRedundant": True,
                                  "sku": {"name": "P1v3", "tier": "PremiumV3", "capacity": 3}}, "plan"),
        *(az(kind, {
            **HERE, "name": "app-quotes", **slot, "serverFarmId": UNKNOWN, "kind": "app,linux", "httpsOnly": True,
            **USER, "keyVaultReferenceIdentity": ID, "clientCertEnabled": False, **CLOSED, "virtualNetworkSubnetId":
            f"{VNET}/subnets/apps", "outboundVnetRouting": {"allTraffic": True}, "endToEndEncryptionEnabled": True,
            "clientAffinityEnabled": False, "siteConfig": {
                "linuxFxVersion": "DOTNETCORE|10.0", "alwaysOn": True, "minTlsVersion": "1.3",
                    "scmMinTlsVersion": "1.3",
                "ftpsState": "Disabled", "http20Enabled": True, "healthCheckPath": "/health", "remoteDebuggingEnabled":
                False, "appSettings": [{"name": "DB", "value":
                    "@Microsoft.KeyVault(SecretUri=https://kv-bank.vault.azure.net/secrets/quotes-db)"}]}}, name,
            protect=name == "site", links={"serverFarmId": ("plan",)}) for kind, name, slot in (
                ("web:WebApp", "site", {}), ("web:WebAppSlot", "staging", {"slot": "staging"}))),
        *(az(f"web:WebApp{part}Allowed", {**RG, "name": "app-quotes", "allow": False}, part.lower(), links={
            "name": ("site",)}) for part in ("Scm", "Ftp")),
        *(az(kind, {
            **RG, "name": "app-quotes", **slot, "platform": {"enabled": True, "runtimeVersion": "~1"},
                "globalValidation": {
                "requireAuthentication": True, "unauthenticatedClientAction": "Return401"}, "identityProviders": {
                "azureActiveDirectory": {"enabled": True, "registration": {
                    "clientId": CLIENT, "openIdIssuer": f"https://login.microsoftonline.com/{TENANT}/v2.0"},
                    "validation": {"allowedAudiences": [f"api://{CLIENT}"]}}}, "httpSettings": {
                        "requireHttps": True}, "login": {"tokenStore": {"enabled": False}}}, f"who-{of}", links={
                            "name": (of,)}) for kind, of, slot in (
                ("web:WebAppAuthSettingsV2", "site", {}), ("web:WebAppAuthSettingsV2Slot", "staging",
                    {"slot": "staging"}))),
        endpoint("app-quotes", SITE, "sites"), audit("site", SITE),
        az("monitor:AutoscaleSetting", {
            **HERE, "autoscaleSettingName": "asp-quotes", "targetResourceUri": UNKNOWN, "enabled": True, "profiles": [{
                "name": "load", "capacity": {"minimum": "3", "maximum": "6", "default": "3"}, "rules": [{
                    "metricTrigger": {"metricName": "CpuPercentage", "metricResourceUri": UNKNOWN, "operator":
                                      "GreaterThan", "threshold": 70, "statistic": "Average", "timeAggregation":
                                      "Average", "timeGrain": "PT1M", "timeWindow": "PT10M"}, "scaleAction": {
                        "direction": "Increase", "type": "ChangeCount", "value": "1", "cooldown": "PT5M"}}]}]},
            "scale", links={"targetResourceUri": ("plan",), "profiles": ("plan",)})),
        f"{AVM}/web/site; {LEARN}/app-service/overview-security, as known on 2026-12-01",
        merged(OWN, unpriced("azure-native:web:AppServicePlan::plan"))),
    Idiom("apps run in an environment of containers inside the network, with sealed calls between them", (
        AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "cae-apps", "zoneRedundant": True, "vnetConfiguration": {
                "infrastructureSubnetId": f"{VNET}/subnets/apps", "internal": True}, **CLOSED, "peerAuthentication": {
                    "mtls": {"enabled": True}}, "peerTrafficConfiguration": {"encryption": {"enabled": True}},
            "workloadProfiles": [{"name": "Consumption", "workloadProfileType": "Consumption"}],
            "appLogsConfiguration": {"destination": "azure-monitor"}}, "environment"),
        az("app:ContainerApp", {
            **HERE, "containerAppName": "quotes", "managedEnvironmentId": UNKNOWN, "workloadProfileName": "Consumption",
            **USER, "configuration": {
                "activeRevisionsMode": "Multiple", "maxInactiveRevisions": 5, "ingress": {
                    "external": False, "targetPort": 8443, "transport": "Http", "allowInsecure": False, "traffic": [
                        {"latestRevision": True, "weight": 100}]}, "registries": [{
                            "server": "crbank.azurecr.io", "identity": ID}], "secrets": [{
                                "name": "db", "identity": ID, "keyVaultUrl":
                                "https://kv-bank.vault.azure.net/secrets/quotes-db"}]},
            "template": {"containers": [{
                "name": "quotes", "image": "crbank.azurecr.io/quotes@sha256:" + "e" * 64, "resources": {
                    "cpu": 0.5, "memory": "1Gi"}, "env": [{"name": "DB", "secretRef": "db"}], "probes": [{
                        "type": "Readiness", "httpGet": {"path": "/ready", "port": 8443, "scheme": "HTTPS"}}]}],
                "scale": {"minReplicas": 2, "maxReplicas": 8, "rules": [{"name": "calls", "http": {"metadata": {
                    "concurrentRequests": "50"}}}]}}}, "quotes", links={"managedEnvironmentId": ("environment",)}),
        az("app:Job", {
            **HERE, "jobName": "reconcile", "environmentId": UNKNOWN, "workloadProfileName": "Consumption", **USER,
            "configuration": {"triggerType": "Schedule", "replicaTimeout": 1800, "replicaRetryLimit": 1,
                              "scheduleTriggerConfig": {"cronExpression": "0 22 * * *", "parallelism": 1,
                                                        "replicaCompletionCount": 1}, "registries": [{
                                  "server": "crbank.azurecr.io", "identity": ID}]}, "template": {"containers": [{
                "name": "reconcile", "image": "crbank.azurecr.io/reconcile@sha256:" + "f" * 64, "resources": {
                    "cpu": 1, "memory": "2Gi"}}]}}, "reconcile", links={"environmentId": ("environment",)}),
        audit("environment", ACA), counted("quotes-5xx", f"{OURS}.App/containerApps/quotes",
                                           "Microsoft.App/containerApps", "Requests", "GreaterThan", 1000)),
        f"{AVM}/app/managed-environment; {LEARN}/container-apps/security, as known on 2026-12-01",
        merged(merged(OWN, unpriced("azure-native:app:ManagedEnvironment::environment",
            "azure-native:app:ContainerApp::quotes")),
                {"escape": {"image_publishers": {"crbank.azurecr.io": "our own registry"}}, "residency": {"known": {
            "crbank.azurecr.io": "our own registry, in uaenorth"}}})),
)  # fmt: skip
