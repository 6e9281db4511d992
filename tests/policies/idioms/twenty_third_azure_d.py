"""Good programs of platform teams on Azure: clusters, apps and machines (2026-12-01, written before any rule ran)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    HUB,
    IDENTITY,
    ITS,
    LAW,
    LEARN,
    RG,
    STAFF,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    nsg,
    private,
    records,
    role,
    with_prices,
)

DISKS = f"{ITS}.Compute/diskEncryptionSets/des-prod"
CLUSTER = f"{ITS}.ContainerService/managedClusters/aks-ai-prod"
NODES = {
    "osType": "Linux", "osSKU": "AzureLinux", "type": "VirtualMachineScaleSets", "availabilityZones": ["1", "2", "3"],
    "enableAutoScaling": True, "enableEncryptionAtHost": True, "enableNodePublicIP": False, "osDiskType": "Ephemeral",
    "osDiskSizeGB": 128, "maxPods": 110, "vnetSubnetID": f"{VNET}/subnets/snet-aks", "tags": TAGS,
    "upgradeSettings": {"maxSurge": "33%"}}  # fmt: skip
SIGN_IN = {
    "platform": {"enabled": True}, "httpSettings": {"requireHttps": True}, "globalValidation": {
        "requireAuthentication": True, "unauthenticatedClientAction": "RedirectToLoginPage", "redirectToProvider":
        "azureactivedirectory"}, "login": {"tokenStore": {"enabled": False}}, "identityProviders": {
        "azureActiveDirectory": {"enabled": True, "registration": {
            "clientId": "11111111-2222-3333-4444-555555555555", "openIdIssuer":
            f"https://login.microsoftonline.com/{TENANT}/v2.0"}, "validation": {
                "allowedAudiences": ["api://portal"]}}}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("AVM AKS production: private, Entra, Cilium, workload identity, policy, Defender and Prometheus", (
        budget(),
        az("containerservice:ManagedCluster", {
            **AT, "resourceName": "aks-ai-prod", "dnsPrefix": "aks-ai-prod", "kubernetesVersion": "1.34", "sku": {
                "name": "Base", "tier": "Standard"}, **BY_IDENTITY, "disableLocalAccounts": True, "enableRBAC": True,
            "aadProfile": {"managed": True, "enableAzureRBAC": True, "adminGroupObjectIDs": [STAFF], "tenantID":
                           TENANT},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                                       "privateDNSZone":
                                       f"{HUB}.Network/privateDnsZones/privatelink.uaenorth.azmk8s.io",
                                       "disableRunCommand": True},
            "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                               "networkDataplane": "cilium", "outboundType": "userDefinedRouting", "loadBalancerSku":
                               "standard", "podCidr": "192.168.0.0/16", "serviceCidr": "172.16.0.0/16", "dnsServiceIP":
                               "172.16.0.10"},
            "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
                "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 48},
                "defender": {"logAnalyticsWorkspaceResourceId": LAW, "securityMonitoring": {"enabled": True}},
                "azureKeyVaultKms": {"enabled": True, "keyId": f"{CMK}/0123456789abcdef0123456789abcdef",
                                     "keyVaultNetworkAccess": "Private", "keyVaultResourceId":
                                     f"{ITS}.KeyVault/vaults/kv-cmk-prod"}},
            "addonProfiles": {
                "azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {"enabled": True, "config": {
                    "enableSecretRotation": "true", "rotationPollInterval": "2m"}}, "omsagent": {
                        "enabled": True, "config": {"logAnalyticsWorkspaceResourceID": LAW, "useAADAuth": "true"}}},
            "azureMonitorProfile": {"metrics": {"enabled": True, "kubeStateMetrics": {
                "metricLabelsAllowlist": "", "metricAnnotationsAllowList": ""}}},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"},
            "storageProfile": {"diskCSIDriver": {"enabled": True}, "fileCSIDriver": {"enabled": True},
                               "blobCSIDriver": {"enabled": False}, "snapshotController": {"enabled": True}},
            "workloadAutoScalerProfile": {"keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}},
            "autoScalerProfile": {"expander": "least-waste", "scaleDownUnneededTime": "10m",
                                  "skipNodesWithLocalStorage": "false"},
            "diskEncryptionSetID": DISKS, "nodeResourceGroup": "rg-aks-ai-prod-nodes", "agentPoolProfiles": [
                {**NODES, "name": "system", "mode": "System", "vmSize": "Standard_D4ds_v5", "count": 3, "minCount": 3,
                 "maxCount": 5, "nodeTaints": ["CriticalAddonsOnly=true:NoSchedule"]},
                {**NODES, "name": "user", "mode": "User", "vmSize": "Standard_D8ds_v5", "count": 3, "minCount": 3,
                 "maxCount": 9}]}, "aks"),
        *(az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks-ai-prod", "configName": name, "maintenanceWindow": {
                "durationHours": 6, "startTime": "00:00", "utcOffset": "+04:00", "schedule": {
                    "weekly": {"dayOfWeek": day, "intervalWeeks": 1}}}}, name, links={"resourceName": ("aks",)})
          for name, day in (("aksManagedAutoUpgradeSchedule", "Friday"), ("aksManagedNodeOSUpgradeSchedule",
                                                                          "Saturday"))),
        granted("developers", "aks", "4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "Group"), records("aks"), kept("aks"),
        alert("aks", "Microsoft.ContainerService/managedClusters", "node_memory_working_set_percentage",
              "GreaterThan", 90)),
        "Azure/terraform-azurerm-avm-ptn-aks-production aks-production-standard.md (read 2026-12-01); "
        f"{LEARN}/aks/best-practices, as known", with_prices("containerservice:ManagedCluster::aks")),
    Idiom("AKS GPU pool: a spot pool that scales to zero, an identity for trainings and its store of checkpoints", (
        budget(),
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-ai-prod", "agentPoolName": "h100spot", "mode": "User", **NODES, "osDiskType":
            "Managed", "osDiskSizeGB": 256, "vmSize": "Standard_NC40ads_H100_v5", "count": 0, "minCount": 0, "maxCount":
            2, "scaleSetPriority": "Spot", "scaleSetEvictionPolicy": "Delete", "spotMaxPrice": -1, "nodeLabels": {
                "falaj.io/workload-profile": "training"}, "nodeTaints": [
                "sku=gpu:NoSchedule", "kubernetes.azure.com/scalesetpriority=spot:NoSchedule"], "upgradeSettings": {
                    "maxUnavailable": "1"}, "gpuProfile": {"driver": "Install"}}, "gpu"),
        az("managedidentity:UserAssignedIdentity", {**AT, "resourceName": "id-training"}, "identity"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-training", "federatedIdentityCredentialResourceName": "aks-training", "issuer":
            UNKNOWN, "subject": "system:serviceaccount:training:trainer", "audiences": [
                "api://AzureADTokenExchange"]}, "federated", links={"resourceName": ("identity",), "issuer": ("gpu",)}),
        az("storage:BlobContainer", {**RG, "accountName": "stmlprod", "containerName": "checkpoints", "publicAccess":
                                     "None"}, "checkpoints"),
        granted("writes-checkpoints", "checkpoints", "ba92f5b4-2d11-453d-a403-e96b0029c9fe")),
        f"{LEARN}/aks/use-nvidia-gpu; .../aks/spot-node-pool, as known", with_prices()),
    Idiom("AVM container registry: premium, zones, own key, retention, cache of one upstream and a pull role", (
        az("containerregistry:Registry", {
            **AT, "registryName": "crbankprod", "sku": {"name": "Premium"}, "adminUserEnabled": False,
            "anonymousPullEnabled": False, "publicNetworkAccess": "Disabled", "networkRuleBypassOptions":
            "AzureServices", "networkRuleSet": {"defaultAction": "Deny"}, "zoneRedundancy": "Enabled",
            "dataEndpointEnabled": True, "identity": {"type": "UserAssigned", "userAssignedIdentities": {IDENTITY: {}}},
            "encryption": {"status": "enabled", "keyVaultProperties": {
                "identity": "11111111-2222-3333-4444-555555555555", "keyIdentifier": CMK}}, "policies": {
                "exportPolicy": {"status": "disabled"}, "quarantinePolicy": {"status": "disabled"}, "retentionPolicy": {
                    "status": "enabled", "days": 30}, "trustPolicy": {"status": "disabled"},
                "azureADAuthenticationAsArmPolicy": {"status": "enabled"}, "softDeletePolicy": {
                    "status": "disabled"}}}, "registry"),
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbankprod", "cacheRuleName": "ingress-nginx", "sourceRepository":
            "registry.k8s.io/ingress-nginx/controller", "targetRepository": "ingress-nginx/controller"}, "cache",
           links={"registryName": ("registry",)}),
        *private("registry", "registry", "privatelink.azurecr.io"), records("registry"), kept("registry"),
        granted("kubelet", "registry", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
        granted("pushers", "registry", "8311e382-0749-4cb8-b61a-304f252e45ec")),
        f"{AVM}/container-registry/registry/tests/e2e/waf-aligned; {LEARN}/container-registry/artifact-cache-overview,"
        " as known", with_prices()),
    Idiom("App Service baseline: a zone-redundant app with a slot, endpoint, Entra sign-in and autoscale", (
        budget(30000),
        az("web:AppServicePlan", {
            **AT, "name": "asp-portal-prod", "kind": "linux", "reserved": True, "zoneRedundant": True, "sku": {
                "name": "P1v3", "tier": "PremiumV3", "capacity": 3}}, "plan"),
        az("applicationinsights:Component", {
            **AT, "resourceName": "appi-portal", "kind": "web", "applicationType": "web", "workspaceResourceId": LAW,
            "ingestionMode": "LogAnalytics", "disableLocalAuth": True, "publicNetworkAccessForIngestion": "Disabled",
            "publicNetworkAccessForQuery": "Disabled"}, "insights"),
        az("web:WebApp", {
            **AT, "name": "app-portal-prod", "kind": "app,linux", "serverFarmId": UNKNOWN, **BY_IDENTITY, "httpsOnly":
            True, "clientAffinityEnabled": False, "publicNetworkAccess": "Disabled", "virtualNetworkSubnetId":
            f"{VNET}/subnets/snet-app", "outboundVnetRouting": {"allTraffic": True, "imagePullTraffic": True},
            "keyVaultReferenceIdentity": IDENTITY, "endToEndEncryptionEnabled": True, "siteConfig": {
                "linuxFxVersion": "DOTNETCORE|10.0", "alwaysOn": True, "ftpsState": "Disabled", "minTlsVersion": "1.3",
                "scmMinTlsVersion": "1.3", "http20Enabled": True, "healthCheckPath": "/healthz",
                "remoteDebuggingEnabled": False, "detailedErrorLoggingEnabled": True, "httpLoggingEnabled": True,
                "appSettings": [
                    {"name": "ApplicationInsightsAgent_EXTENSION_VERSION", "value": "~3"},
                    {"name": "ASPNETCORE_ENVIRONMENT", "value": "Production"},
                    {"name": "Sql__Connection", "value":
                     "@Microsoft.KeyVault(VaultName=kv-pay-prod;SecretName=sql-connection)"}]}}, "app",
           links={"serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{kind}", {**RG, "name": "app-portal-prod", "allow": False}, kind, links={"name": ("app",)})
          for kind in ("FtpAllowed", "ScmAllowed")),
        *(az(f"web:WebAppAuthSettingsV2{kind}", {
            **RG, "name": "app-portal-prod", **place, **SIGN_IN}, f"auth{kind}", links={"name": ("app",)})
          for kind, place in (("", {}), ("Slot", {"slot": "staging"}))),
        az("web:WebAppSlot", {
            **AT, "name": "app-portal-prod", "slot": "staging", "kind": "app,linux", "serverFarmId": UNKNOWN,
            **BY_IDENTITY, "httpsOnly": True, "publicNetworkAccess": "Disabled", "clientAffinityEnabled": False,
            "virtualNetworkSubnetId": f"{VNET}/subnets/snet-app", "endToEndEncryptionEnabled": True,
            "keyVaultReferenceIdentity": IDENTITY, "siteConfig": {
                "linuxFxVersion": "DOTNETCORE|10.0", "alwaysOn": True, "ftpsState": "Disabled", "minTlsVersion": "1.3",
                "scmMinTlsVersion": "1.3", "http20Enabled": True, "healthCheckPath": "/healthz"}}, "slot",
           links={"name": ("app",), "serverFarmId": ("plan",)}),
        az("monitor:AutoscaleSetting", {
            **AT, "autoscaleSettingName": "scale-portal", "enabled": True, "targetResourceUri": UNKNOWN, "profiles": [{
                "name": "cpu", "capacity": {"minimum": "3", "maximum": "9", "default": "3"}, "rules": [
                    {"metricTrigger": {"metricName": "CpuPercentage", "metricResourceUri": UNKNOWN, "timeGrain": "PT1M",
                                       "statistic": "Average", "timeWindow": "PT10M", "timeAggregation": "Average",
                                       "operator": operator, "threshold": threshold},
                     "scaleAction": {"direction": direction, "type": "ChangeCount", "value": "3", "cooldown": "PT5M"}}
                    for operator, threshold, direction in (("GreaterThan", 75, "Increase"),
                                                           ("LessThan", 35, "Decrease"))]}]}, "scale",
           links={"targetResourceUri": ("plan",), "profiles": ("plan",)}),
        *private("app", "sites", "privatelink.azurewebsites.net"), records("app"), kept("app"),
        alert("app", "Microsoft.Web/sites", "Http5xx", "GreaterThan", 10)),
        f"{LEARN}/architecture/web-apps/app-service/architectures/baseline-zone-redundant; {AVM}/web/site, as known",
        with_prices("web:AppServicePlan::plan")),
    Idiom("Container Apps: an internal environment of zones, an API with mTLS inside and a nightly job", (
        budget(20000),
        az("app:ManagedEnvironment", {
            **AT, "environmentName": "cae-bank-prod", "zoneRedundant": True, "publicNetworkAccess": "Disabled",
            "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/snet-cae"},
            "peerAuthentication": {"mtls": {"enabled": True}}, "peerTrafficConfiguration": {"encryption": {
                "enabled": True}}, "appLogsConfiguration": {"destination": "azure-monitor"}, "workloadProfiles": [
                {"name": "Consumption", "workloadProfileType": "Consumption"},
                {"name": "d4", "workloadProfileType": "D4", "minimumCount": 3, "maximumCount": 6}]}, "env"),
        az("app:ContainerApp", {
            **AT, "containerAppName": "ca-quotes", "environmentId": UNKNOWN, "workloadProfileName": "d4",
            **BY_IDENTITY, "configuration": {
                "activeRevisionsMode": "Single", "maxInactiveRevisions": 5, "ingress": {
                    "external": True, "targetPort": 8080, "transport": "http", "allowInsecure": False, "traffic": [
                        {"latestRevision": True, "weight": 100}]}, "registries": [
                    {"server": "crbankprod.azurecr.io", "identity": IDENTITY}], "secrets": [
                    {"name": "db", "keyVaultUrl": "https://kv-pay-prod.vault.azure.net/secrets/db", "identity":
                     IDENTITY}]},
            "template": {"containers": [{
                "name": "quotes", "image": "crbankprod.azurecr.io/quotes@sha256:" + "c" * 64, "resources": {
                    "cpu": 1, "memory": "2Gi"}, "env": [{"name": "DB", "secretRef": "db"}], "probes": [
                        {"type": "Liveness", "httpGet": {"path": "/live", "port": 8080}, "periodSeconds": 10},
                        {"type": "Readiness", "httpGet": {"path": "/ready", "port": 8080}}]}],
                "scale": {"minReplicas": 3, "maxReplicas": 10, "rules": [{
                    "name": "http", "http": {"metadata": {"concurrentRequests": "50"}}}]}}}, "app",
           links={"environmentId": ("env",)}),
        az("app:Job", {
            **AT, "jobName": "caj-reports", "environmentId": UNKNOWN, "workloadProfileName": "Consumption",
            **BY_IDENTITY, "configuration": {
                "triggerType": "Schedule", "replicaTimeout": 3600, "replicaRetryLimit": 1, "scheduleTriggerConfig": {
                    "cronExpression": "0 22 * * *", "parallelism": 1, "replicaCompletionCount": 1}, "registries": [
                    {"server": "crbankprod.azurecr.io", "identity": IDENTITY}]},
            "template": {"containers": [{"name": "reports", "image": "crbankprod.azurecr.io/reports@sha256:" + "d" * 64,
                                         "resources": {"cpu": 0.5, "memory": "1Gi"}}]}}, "job",
           links={"environmentId": ("env",)}),
        records("env"), kept("env")),
        f"{LEARN}/container-apps/custom-virtual-networks; {AVM}/app/managed-environment, as known",
        with_prices("app:ManagedEnvironment::env", "app:ContainerApp::app", "app:Job::job")),
    Idiom("Jump host: Bastion and a trusted machine with Entra sign-in, patches, backups and no public address", (
        budget(15000),
        nsg("nsg-jump", ("AllowBastion", 100, "10.20.9.0/26", "10.20.8.0/27", "22", "Inbound"),
            ("AllowHub", 100, "10.20.8.0/27", "10.0.0.0/8", "443", "Outbound")),
        az("network:NetworkInterface", {
            **AT, "networkInterfaceName": "nic-jump", "networkSecurityGroup": {"id": UNKNOWN}, "ipConfigurations": [{
                "name": "ipconfig1", "privateIPAllocationMethod": "Dynamic", "subnet": {
                    "id": f"{VNET}/subnets/snet-jump"}}]}, "nic", links={"networkSecurityGroup": ("nsg-jump",)}),
        az("compute:VirtualMachine", {
            **AT, "vmName": "vm-jump-01", "zones": ["1"], **BY_IDENTITY, "hardwareProfile": {
                "vmSize": "Standard_D2s_v5"}, "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary":
                                                                                       True}]},
            "securityProfile": {"securityType": "TrustedLaunch", "encryptionAtHost": True, "uefiSettings": {
                "secureBootEnabled": True, "vTpmEnabled": True}}, "diagnosticsProfile": {"bootDiagnostics": {
                    "enabled": True}}, "osProfile": {
                "computerName": "vm-jump-01", "adminUsername": "azureadmin", "linuxConfiguration": {
                    "disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
                        "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}, "ssh": {
                        "publicKeys": [{"path": "/home/azureadmin/.ssh/authorized_keys", "keyData": UNKNOWN}]}}},
            "storageProfile": {"imageReference": {
                "publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "24.04.202511150"},
                "osDisk": {"createOption": "FromImage", "caching": "ReadWrite", "deleteOption": "Delete", "managedDisk":
                           {"storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}}}, "machine",
           links={"networkProfile": ("nic",)}),
        *(az("compute:VirtualMachineExtension", {
            **AT, "vmName": "vm-jump-01", "vmExtensionName": name, "publisher": publisher, "type": name,
            "typeHandlerVersion": version, "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": auto}, name,
            links={"vmName": ("machine",)}) for name, publisher, version, auto in (
                ("AADSSHLoginForLinux", "Microsoft.Azure.ActiveDirectory", "1.0", False),
                ("AzureMonitorLinuxAgent", "Microsoft.Azure.Monitor", "1.33", True))),
        az("monitor:DataCollectionRuleAssociation", {
            "resourceUri": UNKNOWN, "associationName": "dcra-vm", "dataCollectionRuleId":
            f"{ITS}.Insights/dataCollectionRules/dcr-vminsights"}, "association", links={"resourceUri": ("machine",)}),
        az("recoveryservices:ProtectedItem", {
            **RG, "vaultName": "rsv-prod", "fabricName": "Azure", "containerName":
            "iaasvmcontainer;iaasvmcontainerv2;rg-ai-prod-uaen;vm-jump-01", "protectedItemName":
            "vm;iaasvmcontainerv2;rg-ai-prod-uaen;vm-jump-01", "properties": {
                "protectedItemType": "Microsoft.Compute/virtualMachines", "sourceResourceId": UNKNOWN, "policyId":
                f"{ITS}.RecoveryServices/vaults/rsv-prod/backupPolicies/daily-zrs"}}, "backup",
           links={"properties": ("machine",)}),
        az("authorization:RoleAssignment", {
            "scope": UNKNOWN, "principalId": STAFF, "principalType": "Group", "roleDefinitionId":
            role("fb879df8-f326-4884-b1cf-06f3ad86be52")}, "sign-in", links={"scope": ("machine",)})),
        f"{LEARN}/virtual-machines/trusted-launch; .../bastion/bastion-overview; {AVM}/compute/virtual-machine, "
        "as known", with_prices("compute:VirtualMachine::machine", "recoveryservices:ProtectedItem::backup")),
)  # fmt: skip
