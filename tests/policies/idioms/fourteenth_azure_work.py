"""Good idioms of platform teams on Azure: apps, machines, copies, records and dashboards (set 14, blind)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .sixth_azure import endpoint
from .thirteenth_azure import DISKS, GALLERY, KEY_URL, USER
from .twelfth_azure_platform import CLOSED, OWN, audit

APP, COPIES = f"{OURS}.Web/sites/app-portal", f"{OURS}.RecoveryServices/vaults/rsv-bank"
PLACE, BOARDS = f"{OURS}.App/managedEnvironments/cae-bank", f"{OURS}.Dashboard/grafana/amg-bank"
IDENTITIES = {"type": "UserAssigned", "userAssignedIdentities": [ID]}
NIGHT = "2026-11-01T22:00:00Z"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a service of containers is asked within the network over mutual TLS, and reads secrets by identity", (
        AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "cae-bank", **CLOSED, "zoneRedundant": True, "infrastructureResourceGroup":
            "rg-platform-apps", "vnetConfiguration": {"internal": True,
                "infrastructureSubnetId": f"{VNET}/subnets/apps"},
            "peerAuthentication": {"mtls": {"enabled": True}}, "peerTrafficConfiguration": {
                "encryption": {"enabled": True}},
            "appLogsConfiguration": {"destination": "azure-monitor"}, "workloadProfiles": [
                {"name": "Consumption", "workloadProfileType": "Consumption"}]}, "environment"),
        az("app:ContainerApp", {
            **HERE, "containerAppName": "ca-triage", "managedEnvironmentId": UNKNOWN, "identity": IDENTITIES,
            "workloadProfileName": "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "maxInactiveRevisions": 5, "ingress": {
                    "external": False, "allowInsecure": False, "targetPort": 8443, "transport": "http",
                    "clientCertificateMode": "require", "traffic": [{"latestRevision": True, "weight": 100}]},
                "registries": [{"server": "registry.bank.ae", "username": "triage", "passwordSecretRef": "mirror"}],
                "secrets": [{"name": "mirror", "identity": ID, "keyVaultUrl":
                             "https://kv-bank.vault.azure.net/secrets/mirror"},
                            {"name": "database", "identity": ID, "keyVaultUrl":
                             "https://kv-bank.vault.azure.net/secrets/triage-db"}]},
            "template": {
                "terminationGracePeriodSeconds": 30, "scale": {"minReplicas": 2, "maxReplicas": 4, "rules": [
                    {"name": "calls", "http": {"metadata": {"concurrentRequests": "20"}}}]},
                "containers": [{
                    "name": "app", "image": "registry.bank.ae/triage@sha256:" + "c" * 64, "resources": {
                        "cpu": 0.5, "memory": "1Gi"}, "env": [{"name": "DATABASE", "secretRef": "database"}],
                    "probes": [{"type": kind, "httpGet": {"path": "/healthz", "port": 8443, "scheme": "HTTPS"}}
                               for kind in ("Liveness", "Readiness")]}]}}, "triage",
            links={"managedEnvironmentId": ("environment",)}),
        audit("environment", PLACE)),
        f"{LEARN}/container-apps/secure-deployment", {
            **OWN, **unpriced("azure-native:app:ContainerApp::triage",
                              "azure-native:app:ManagedEnvironment::environment")}),
    Idiom("a portal is an app in the network that takes TLS 1.3 alone, without passwords of deployment", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {
            **HERE, "name": "asp-portal", "kind": "linux", "reserved": True, "zoneRedundant": True, "sku": {
                "name": "P1v3", "tier": "PremiumV3", "capacity": 2}}, "plan"),
        az("web:WebApp", {
            **HERE, "name": "app-portal", "kind": "app,linux", "serverFarmId": UNKNOWN, "httpsOnly": True, **CLOSED,
            "identity": IDENTITIES, "keyVaultReferenceIdentity": ID, "clientAffinityEnabled": False,
            "endToEndEncryptionEnabled": True, "virtualNetworkSubnetId": f"{VNET}/subnets/web",
            "outboundVnetRouting": {"allTraffic": True, "imagePullTraffic": True, "contentShareTraffic": True},
            "siteConfig": {
                "linuxFxVersion": "PYTHON|3.13", "alwaysOn": True, "ftpsState": "Disabled", "http20Enabled": True,
                "minTlsVersion": "1.3", "scmMinTlsVersion": "1.3", "remoteDebuggingEnabled": False,
                "healthCheckPath": "/healthz", "ipSecurityRestrictionsDefaultAction": "Deny",
                "scmIpSecurityRestrictionsDefaultAction": "Deny", "detailedErrorLoggingEnabled": True,
                "httpLoggingEnabled": True, "appSettings": [
                    {"name": "DATABASE", "value":
                     "@Microsoft.KeyVault(SecretUri=https://kv-bank.vault.azure.net/secrets/portal-db)"}]}}, "portal",
            links={"serverFarmId": ("plan",)}),
        *(az(f"web:WebApp{kind}Allowed", {**RG, "name": "app-portal", "allow": False}, kind.lower(),
             links={"name": ("portal",)}) for kind in ("Ftp", "Scm")),
        endpoint("portal", APP, "sites"), audit("portal", APP)),
        f"{LEARN}/app-service/overview-security", unpriced("azure-native:web:AppServicePlan::plan"),
        doubt="no plan shows that the app itself asks who calls; the rule is advisory by default"),
    Idiom("a machine of a tool is started from the bank's own image, sealed on its host, without an address", (
        AZURE_BUDGET,
        az("network:NetworkInterface", {
            **HERE, "networkInterfaceName": "nic-tool", "enableAcceleratedNetworking": True,
                "enableIPForwarding": False,
            "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/nsg-tools"}, "ipConfigurations": [{
                "name": "ip", "primary": True, "privateIPAllocationMethod": "Dynamic", "subnet": {
                    "id": f"{VNET}/subnets/tools"}}]}, "nic"),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-tool", "zones": ["1"], **USER, "hardwareProfile": {"vmSize": "Standard_D4s_v5"},
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                "secureBootEnabled": True, "vTpmEnabled": True}},
            "osProfile": {"computerName": "tool", "adminUsername": "operator", "allowExtensionOperations": True,
                          "linuxConfiguration": {
                "disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
                    "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform",
                    "automaticByPlatformSettings": {"rebootSetting": "IfRequired"}},
                "ssh": {"publicKeys": [{"path": "/home/operator/.ssh/authorized_keys",
                                        "keyData": "ssh-ed25519 AAAAC3Nza ops"}]}}},
            "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": {
                "createOption": "FromImage", "caching": "ReadWrite", "deleteOption": "Delete", "managedDisk": {
                    "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True, "deleteOption": "Delete"}]},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}, "tool", links={"networkProfile": ("nic",)}),
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-tool", "vmExtensionName": "AzureMonitorLinuxAgent", "publisher":
            "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent", "typeHandlerVersion": "1.33",
            "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True}, "agent", links={"vmName": ("tool",)})),
        f"{LEARN}/virtual-machines/security-recommendations", unpriced(
            "azure-native:compute:VirtualMachine::tool")),
    Idiom("machines are copied each night into a vault that cannot be emptied, and kept for seven years", (
        AZURE_BUDGET,
        az("recoveryservices:Vault", {
            **HERE, "vaultName": "rsv-bank", "sku": {"name": "RS0", "tier": "Standard"}, **USER, "properties": {
                "publicNetworkAccess": "Disabled", "encryption": {
                    "infrastructureEncryption": "Enabled", "kekIdentity": {
                        "useSystemAssignedIdentity": False, "userAssignedIdentity": ID},
                    "keyVaultProperties": {"keyUri": KEY_URL}},
                "redundancySettings": {"standardTierStorageRedundancy": "ZoneRedundant",
                    "crossRegionRestore": "Disabled"},
                "securitySettings": {
                    "immutabilitySettings": {"state": "Unlocked"}, "softDeleteSettings": {
                        "softDeleteState": "AlwaysON", "softDeleteRetentionPeriodInDays": 30,
                        "enhancedSecurityState": "AlwaysON"}},
                "monitoringSettings": {"azureMonitorAlertSettings": {"alertsForAllJobFailures": "Enabled"},
                                       "classicAlertSettings": {"alertsForCriticalOperations": "Disabled"}}}}, "vault",
            protect=True),
        az("recoveryservices:ProtectionPolicy", {
            **RG, "vaultName": "rsv-bank", "policyName": "nightly", "properties": {
                "backupManagementType": "AzureIaasVM", "policyType": "V2", "instantRpRetentionRangeInDays": 7,
                "timeZone": "Arabian Standard Time", "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicyV2", "scheduleRunFrequency": "Daily",
                    "dailySchedule": {"scheduleRunTimes": [NIGHT]}},
                "retentionPolicy": {
                    "retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                        "retentionTimes": [NIGHT], "retentionDuration": {"count": 35, "durationType": "Days"}},
                    "yearlySchedule": {
                        "retentionScheduleFormatType": "Weekly", "monthsOfYear": ["January"], "retentionTimes": [NIGHT],
                        "retentionScheduleWeekly": {"daysOfTheWeek": ["Sunday"], "weeksOfTheMonth": ["First"]},
                        "retentionDuration": {"count": 7, "durationType": "Years"}}}}}, "nightly",
            links={"vaultName": ("vault",)}),
        endpoint("rsv", COPIES, "AzureBackup"), audit("vault", COPIES), lock(COPIES, "vault")),
        f"{LEARN}/backup/security-overview"),
    Idiom("records of the platform lie in a workspace of the bank's key, are sent by Entra and stay for a year", (
        AZURE_BUDGET,
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "log-platform", "sku": {"name": "PerGB2018"}, "retentionInDays": 365,
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "publicNetworkAccessForIngestion":
            "Disabled", "publicNetworkAccessForQuery": "Disabled", "workspaceCapping": {"dailyQuotaGb": 20},
            "forceCmkForQuery": True, "features": {
                "disableLocalAuth": True, "enableLogAccessUsingOnlyResourcePermissions": True, "clusterResourceId":
                f"{OURS}.OperationalInsights/clusters/logc-bank"}}, "workspace", protect=True),
        az("monitor:DataCollectionEndpoint", {
            **HERE, "dataCollectionEndpointName": "dce-bank", "networkAcls": {"publicNetworkAccess": "Disabled"}},
            "endpoint"),
        az("monitor:DataCollectionRule", {
            **HERE, "dataCollectionRuleName": "dcr-linux", "kind": "Linux", "dataCollectionEndpointId": UNKNOWN,
            "dataSources": {"syslog": [{"name": "auth", "streams": ["Microsoft-Syslog"], "facilityNames": [
                "auth", "authpriv"], "logLevels": ["Notice", "Warning", "Error", "Critical", "Alert", "Emergency"]}]},
            "destinations": {"logAnalytics": [{"name": "platform", "workspaceResourceId":
                                               f"{OURS}.OperationalInsights/workspaces/log-platform"}]},
            "dataFlows": [{"streams": ["Microsoft-Syslog"], "destinations": ["platform"]}]}, "linux",
            links={"dataCollectionEndpointId": ("endpoint",), "destinations": ("workspace",)}),
        lock(f"{OURS}.OperationalInsights/workspaces/log-platform", "workspace")),
        f"{LEARN}/azure-monitor/fundamentals/best-practices-security", unpriced(
            "azure-native:operationalinsights:Workspace::workspace")),
)  # fmt: skip
