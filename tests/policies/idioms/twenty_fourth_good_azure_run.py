"""Good programs of platform teams on Azure: clusters and machines (set 24, before any rule ran)."""

import base64

from ..blind import TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twentieth_goodb_charts import merged
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
    budget,
    granted,
    kept,
    records,
    with_prices,
)

DISKS = f"{ITS}.Compute/diskEncryptionSets/des-prod"
VAULT = f"{ITS}.KeyVault/vaults/kv-cmk-prod"
AKS = {**RG, "resourceName": "aks-apps-prod"}
POOL = {"osType": "Linux", "osSKU": "AzureLinux", "type": "VirtualMachineScaleSets", "availabilityZones": ["1", "2",
        "3"], "enableEncryptionAtHost": True, "enableNodePublicIP": False, "osDiskType": "Ephemeral", "osDiskSizeGB":
        128, "vnetSubnetID": f"{VNET}/subnets/snet-aks", "securityProfile": {"enableSecureBoot": True, "enableVTPM":
        True, "sshAccess": "Disabled"}, "tags": TAGS}  # fmt: skip

CCE = base64.b64encode(b"""package policy
import future.keywords.in
api_version := "0.10.0"
framework_version := "0.2.3"
containers := [{"id": "match", "layers": ["0f1e2d3c"], "command": ["/app/match"], "allow_elevated": false}]
allow_properties_access := false
allow_dump_stacks := false
allow_runtime_logging := false
allow_environment_variable_dropping := false
allow_unencrypted_scratch := false
mount_device := data.framework.mount_device
create_container := data.framework.create_container
reason := {"errors": data.framework.errors}
""").decode()  # fmt: skip


def cluster(**more: object) -> Given:
    """Returns a private cluster by Entra alone, with keys of the bank, policies and Defender."""
    return az("containerservice:ManagedCluster", {
        **AT, "resourceName": "aks-apps-prod", "dnsPrefix": "aks-apps-prod", "kubernetesVersion": "1.34", "sku": {
            "name": "Base", "tier": "Standard"}, **BY_IDENTITY, "disableLocalAccounts": True, "enableRBAC": True,
        "aadProfile": {"managed": True, "enableAzureRBAC": True, "adminGroupObjectIDs": [STAFF], "tenantID": TENANT},
        "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                                   "enableVnetIntegration": True, "subnetId": f"{VNET}/subnets/snet-api",
                                   "privateDNSZone": f"{HUB}.Network/privateDnsZones/privatelink.uaenorth.azmk8s.io",
                                   "disableRunCommand": True},
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                           "networkDataplane": "cilium", "outboundType": "userDefinedRouting", "loadBalancerSku":
                           "standard", "podCidr": "192.168.0.0/16", "serviceCidr": "172.16.0.0/16", "dnsServiceIP":
                           "172.16.0.10", "advancedNetworking": {"enabled": True, "observability": {"enabled": True},
                                                                 "security": {"enabled": True,
                                                                              "advancedNetworkPolicies": "L7"}}},
        "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
            "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 24}, "defender": {
                "logAnalyticsWorkspaceResourceId": LAW, "securityMonitoring": {"enabled": True}},
            "azureKeyVaultKms": {"enabled": True, "keyId": f"{CMK}/0123456789abcdef0123456789abcdef",
                                 "keyVaultNetworkAccess": "Private", "keyVaultResourceId": VAULT}},
        "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
            "enabled": True, "config": {"enableSecretRotation": "true", "rotationPollInterval": "5m"}}},
        "autoUpgradeProfile": {"upgradeChannel": "stable", "nodeOSUpgradeChannel": "NodeImage"}, "nodeResourceGroup":
        "rg-aks-apps-prod-nodes", "nodeResourceGroupProfile": {"restrictionLevel": "ReadOnly"}, "diskEncryptionSetID":
        DISKS, "agentPoolProfiles": [{**POOL, "name": "system", "mode": "System", "vmSize": "Standard_D4ds_v5", "count":
                                      3, "enableAutoScaling": True, "minCount": 3, "maxCount": 5, "nodeTaints": [
                                          "CriticalAddonsOnly=true:NoSchedule"]}], **more}, "aks")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("AKS with Istio: the add-on signs by the bank's authority in the vault and lets in by an inner gateway", (
        budget(),
        cluster(serviceMeshProfile={"mode": "Istio", "istio": {
            "revisions": ["asm-1-27"], "components": {"ingressGateways": [{"enabled": True, "mode": "Internal"}]},
            "certificateAuthority": {"plugin": {
                "keyVaultId": VAULT, "certObjectName": "istio-ca-cert", "keyObjectName": "istio-ca-key",
                "rootCertObjectName": "istio-root-cert", "certChainObjectName": "istio-cert-chain"}}}},
            azureMonitorProfile={"metrics": {"enabled": True}}),
        az("containerservice:AgentPool", {
            **AKS, **POOL, "agentPoolName": "apps", "mode": "User", "vmSize": "Standard_D8ds_v5", "enableAutoScaling":
            True, "count": 3, "minCount": 3, "maxCount": 12, "upgradeSettings": {"maxSurge": "33%",
                                                                                "drainTimeoutInMinutes": 30},
            "nodeLabels": {"pool": "apps"}}, "apps", links={"resourceName": ("aks",)}),
        *(az("containerservice:MaintenanceConfiguration", {
            **AKS, "configName": name, "maintenanceWindow": {
                "durationHours": 4, "startTime": "01:00", "utcOffset": "+04:00", "startDate": "2026-12-04", "schedule":
                {"weekly": {"dayOfWeek": "Friday", "intervalWeeks": 2}}, "notAllowedDates": [
                    {"start": "2026-12-25", "end": "2027-01-05"}]}}, name, links={"resourceName": ("aks",)})
          for name in ("aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")),
        granted("deploys", "aks", "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"), records("aks"), kept("aks")),
        f"{LEARN}/aks/istio-plugin-ca; {AVM}/container-service/managed-cluster tests/e2e/istio, as known",
        with_prices("containerservice:ManagedCluster::aks")),
    Idiom("AKS Automatic: nodes come by need from Karpenter's pools, with scaling by KEDA and limits by VPA", (
        budget(),
        cluster(sku={"name": "Automatic", "tier": "Standard"}, nodeProvisioningProfile={
            "mode": "Auto", "defaultNodePools": "Auto"}, workloadAutoScalerProfile={
            "keda": {"enabled": True}, "verticalPodAutoscaler": {"enabled": True}}, azureMonitorProfile={
            "metrics": {"enabled": True, "kubeStateMetrics": {"metricLabelsAllowlist": "pods=[app]",
                                                              "metricAnnotationsAllowList": ""}}},
            ingressProfile={"webAppRouting": {"enabled": True, "dnsZoneResourceIds": [
                f"{HUB}.Network/privateDnsZones/apps.bank.ae"], "nginx": {"defaultIngressControllerType": "Internal"}}},
            storageProfile={"diskCSIDriver": {"enabled": True}, "fileCSIDriver": {"enabled": True}, "blobCSIDriver": {
                "enabled": False}, "snapshotController": {"enabled": True}}, metricsProfile={"costAnalysis": {
                    "enabled": True}}, bootstrapProfile={"artifactSource": "Cache", "containerRegistryId":
                                                         f"{ITS}.ContainerRegistry/registries/crbankprod"}),
        az("containerservice:ManagedNamespace", {
            **AKS, "location": "uaenorth", "managedNamespaceName": "quotes", "tags": TAGS, "properties": {
                "adoptionPolicy": "Never", "deletePolicy": "Keep", "labels": TAGS, "defaultNetworkPolicy": {
                    "ingress": "AllowSameNamespace", "egress": "DenyAll"}, "defaultResourceQuota": {
                    "cpuRequest": "16", "cpuLimit": "32", "memoryRequest": "64Gi", "memoryLimit": "64Gi"}}}, "quotes",
           links={"resourceName": ("aks",)}),
        records("aks"), kept("aks")),
        f"{LEARN}/aks/automatic/quick-automatic-managed-network; Azure/terraform-azurerm-avm-res-containerservice-"
        "managedcluster examples/automatic, as known", with_prices("containerservice:ManagedCluster::aks")),
    Idiom("AKS backup: an extension copies namespaces of teams each four hours into a vault of zones for a month", (
        budget(),
        az("storage:StorageAccount", {
            **AT, "accountName": "staksbackup", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"},
            "allowBlobPublicAccess": False, "allowSharedKeyAccess": False, "enableHttpsTrafficOnly": True,
            "minimumTlsVersion": "TLS1_2", "publicNetworkAccess": "Disabled", "networkRuleSet": {
                "defaultAction": "Deny", "bypass": "AzureServices"}, **BY_IDENTITY, "encryption": {
                "keySource": "Microsoft.Keyvault", "encryptionIdentity": {"encryptionUserAssignedIdentity": IDENTITY},
                "keyVaultProperties": {"keyName": "cmk-data", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net"}}},
           "store"),
        az("storage:BlobContainer", {**RG, "accountName": "staksbackup", "containerName": "aks", "publicAccess":
                                     "None"}, "aks-blobs", links={"accountName": ("store",)}),
        az("kubernetesconfiguration:Extension", {
            **RG, "clusterRp": "Microsoft.ContainerService", "clusterResourceName": "managedClusters", "clusterName":
            "aks-apps-prod", "extensionName": "azure-aks-backup", "extensionType":
            "microsoft.dataprotection.kubernetes", "autoUpgradeMinorVersion": True, "releaseTrain": "stable", "scope": {
                "cluster": {"releaseNamespace": "dataprotection-microsoft"}}, "configurationSettings": {
                "configuration.backupStorageLocation.bucket": "aks",
                "configuration.backupStorageLocation.config.storageAccount": "staksbackup",
                "configuration.backupStorageLocation.config.resourceGroup": "rg-ai-prod-uaen",
                "configuration.backupStorageLocation.config.subscriptionId": "00000000-0000-0000-0000-000000000001",
                "credentials.tenantId": TENANT}}, "extension", links={"configurationSettings": ("store",)}),
        az("dataprotection:BackupVault", {
            **AT, "vaultName": "bvault-aks", **BY_IDENTITY, "properties": {
                "storageSettings": [{"datastoreType": "VaultStore", "type": "ZoneRedundant"}], "securitySettings": {
                    "softDeleteSettings": {"state": "AlwaysOn", "retentionDurationInDays": 30}, "immutabilitySettings":
                    {"state": "Unlocked"}, "encryptionSettings": {
                        "state": "Enabled", "infrastructureEncryption": "Enabled", "kekIdentity": {
                            "identityType": "UserAssigned", "identityId": IDENTITY}, "keyVaultProperties": {
                            "keyUri": f"{CMK}/0123456789abcdef0123456789abcdef"}}},
                                "monitoringSettings": {"azureMonitorAlertSettings": {
                        "alertsForAllJobFailures": "Enabled"}}}}, "vault"),
        az("dataprotection:BackupPolicy", {
            **RG, "vaultName": "bvault-aks", "backupPolicyName": "each-four-hours", "properties": {
                "objectType": "BackupPolicy", "datasourceTypes": ["Microsoft.ContainerService/managedClusters"],
                "policyRules": [
                    {"objectType": "AzureBackupRule", "name": "BackupHourly", "dataStore": {
                        "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}, "backupParameters": {
                        "objectType": "AzureBackupParams", "backupType": "Incremental"}, "trigger": {
                        "objectType": "ScheduleBasedTriggerContext", "schedule": {
                            "repeatingTimeIntervals": ["R/2026-12-01T00:00:00+04:00/PT4H"], "timeZone":
                            "Arabian Standard Time"}, "taggingCriteria": [{
                                "isDefault": True, "taggingPriority": 99, "tagInfo": {"tagName": "Default"}}]}},
                    {"objectType": "AzureRetentionRule", "name": "Default", "isDefault": True, "lifecycles": [{
                        "deleteAfter": {"objectType": "AbsoluteDeleteOption", "duration": "P30D"}, "sourceDataStore": {
                            "dataStoreType": "OperationalStore", "objectType": "DataStoreInfoBase"}}]}]}}, "policy",
           links={"vaultName": ("vault",)}),
        az("containerservice:TrustedAccessRoleBinding", {
            **AKS, "trustedAccessRoleBindingName": "backup", "sourceResourceId": UNKNOWN, "roles": [
                "Microsoft.DataProtection/backupVaults/backup-operator"]}, "trusted", links={
                    "sourceResourceId": ("vault",)}),
        az("dataprotection:BackupInstance", {
            **RG, "vaultName": "bvault-aks", "backupInstanceName": "aks-apps-prod", "tags": TAGS, "properties": {
                "objectType": "BackupInstance", "friendlyName": "aks-apps-prod", "dataSourceInfo": {
                    "resourceID": f"{ITS}.ContainerService/managedClusters/aks-apps-prod", "datasourceType":
                    "Microsoft.ContainerService/managedClusters", "objectType": "Datasource", "resourceLocation":
                    "uaenorth", "resourceName": "aks-apps-prod"}, "policyInfo": {
                    "policyId": UNKNOWN, "policyParameters": {
                        "backupDatasourceParametersList": [{
                            "objectType": "KubernetesClusterBackupDatasourceParameters", "includeClusterScopeResources":
                            True, "snapshotVolumes": True, "includedNamespaces": ["quotes", "offers"]}],
                        "dataStoreParametersList": [{"objectType": "AzureOperationalStoreParameters", "dataStoreType":
                                                     "OperationalStore", "resourceGroupId":
                                                     ITS.removesuffix("/providers/Microsoft")}]}}}}, "instance",
           links={"vaultName": ("vault",), "properties": ("policy", "trusted", "extension")}),
        granted("reads", "store", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"), records("vault"), kept("vault"),
            kept("store"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "staksbackup", "blobServicesName": "default", "deleteRetentionPolicy": {
                "enabled": True, "days": 14}, "containerDeleteRetentionPolicy": {"enabled": True, "days": 14}}, "undo",
           links={"accountName": ("store",)}),
        az("storage:ManagementPolicy", {**RG, "accountName": "staksbackup", "managementPolicyName": "default", "policy":
            {"rules": [{"name": "age", "type": "Lifecycle", "enabled": True, "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {"baseBlob": {"delete": {
                    "daysAfterModificationGreaterThan": 60}}}}}]}}, "age", links={"accountName": ("store",)})),
        f"{LEARN}/backup/azure-kubernetes-service-cluster-manage-backups; {AVM}/data-protection/backup-vault, as known",
        merged(with_prices("dataprotection:BackupInstance::instance"), {"escape": {"allowed_types": {
            "azure-native:kubernetesconfiguration:Extension":
                "Microsoft's own extension for copies, reviewed by us"}}})),
    Idiom("confidential machine: keys of cards are used in a machine whose memory and disk the host cannot read", (
        budget(),
        az("network:NetworkInterface", {**AT, "networkInterfaceName": "nic-keys", "enableAcceleratedNetworking": True,
                                        "ipConfigurations": [{"name": "ipconfig1", "primary": True, "subnet": {
                                            "id": f"{VNET}/subnets/snet-keys"}, "privateIPAllocationMethod":
                                            "Dynamic"}]}, "nic"),
        az("compute:VirtualMachine", {
            **AT, "vmName": "vm-keys", "zones": ["1"], **BY_IDENTITY, "hardwareProfile": {"vmSize":
                                                                                         "Standard_DC4as_v5"},
            "securityProfile": {"securityType": "ConfidentialVM", "encryptionAtHost": True, "uefiSettings": {
                "secureBootEnabled": True, "vTpmEnabled": True}, "proxyAgentSettings": {"enabled": True, "mode":
                                                                                      "Enforce"}},
            "storageProfile": {"imageReference": {"publisher": "Canonical", "offer": "ubuntu-24_04-lts", "sku": "cvm",
                                                  "version": "24.04.202511010"}, "osDisk": {
                "createOption": "FromImage", "deleteOption": "Detach", "caching": "ReadWrite", "managedDisk": {
                    "storageAccountType": "Premium_LRS", "securityProfile": {
                        "securityEncryptionType": "DiskWithVMGuestState", "diskEncryptionSet": {"id": UNKNOWN}}}}},
            "osProfile": {"computerName": "vm-keys", "adminUsername": "operator", "linuxConfiguration": {
                "disablePasswordAuthentication": True, "ssh": {"publicKeys": [{
                    "path": "/home/operator/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 a"}]},
                "patchSettings": {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}}},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True, "deleteOption": "Delete"}]},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}, "vm", links={
                "networkProfile": ("nic",), "storageProfile": ("sealed",)}),
        az("compute:DiskEncryptionSet", {
            **AT, "diskEncryptionSetName": "des-cvm", "encryptionType": "ConfidentialVmEncryptedWithCustomerKey",
            **BY_IDENTITY, "rotationToLatestKeyVersionEnabled": False, "activeKey": {
                "keyUrl": f"{CMK}/0123456789abcdef0123456789abcdef", "sourceVault": {"id": VAULT}}}, "sealed"),
        az("compute:VirtualMachineExtension", {
            **AT, "vmName": "vm-keys", "vmExtensionName": "GuestAttestation", "publisher":
            "Microsoft.Azure.Security.LinuxAttestation", "type": "GuestAttestation", "typeHandlerVersion": "1.0",
            "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True, "settings": {"AttestationConfig": {
                "MaaSettings": {"maaEndpoint": "", "maaTenantName": "GuestAttestation"}, "AscSettings": {
                    "ascReportingEndpoint": "", "ascReportingFrequency": ""}, "useCustomToken": "false",
                        "disableAlerts":
                "false"}}}, "attested", links={"vmName": ("vm",)}),
        kept("vm")),
        f"{LEARN}/confidential-computing/confidential-vm-overview; {AVM}/compute/virtual-machine tests/e2e/"
        "linux.confidential, as known",
        {**with_prices(),
            "resilience": {"kept_elsewhere": {"vm": "its keys are in the vault; the machine is rebuilt"}}}),
    Idiom("confidential containers: a group joins lists of two banks inside the network, by a policy of what may run", (
        budget(8000),
        az("containerinstance:ContainerGroup", {
            **AT, "containerGroupName": "ci-match", "sku": "Confidential", "osType": "Linux", "restartPolicy":
            "OnFailure", **BY_IDENTITY, "confidentialComputeProperties": {"ccePolicy": CCE},
            "subnetIds": [{"id": f"{VNET}/subnets/snet-aci"}], "ipAddress": {"type": "Private", "ports": [
                {"port": 8443, "protocol": "TCP"}]}, "imageRegistryCredentials": [{
                    "server": "crbankprod.azurecr.io", "identity": IDENTITY}],
            "encryptionProperties": {"vaultBaseUrl": "https://kv-cmk-prod.vault.azure.net", "keyName": "cmk-data",
                                     "keyVersion": "0123456789abcdef0123456789abcdef", "identity": IDENTITY},
            "containers": [
                {"name": "match", "image": "crbankprod.azurecr.io/match@sha256:" + "d" * 64, "ports": [
                    {"port": 8443, "protocol": "TCP"}], "resources": {"requests": {"cpu": 2, "memoryInGB": 8},
                                                                      "limits": {"cpu": 2, "memoryInGB": 8}},
                 "securityContext": {"privileged": False, "allowPrivilegeEscalation": False, "runAsUser": 10001,
                                     "capabilities": {"drop": ["ALL"]}},
                 "environmentVariables": [{"name": "MODE", "value": "psi"}], "livenessProbe": {
                     "httpGet": {"path": "/health", "port": 8443, "scheme": "https"}, "periodSeconds": 30}}]},
                         "group")),
        f"{LEARN}/container-instances/container-instances-confidential-overview; {AVM}/container-instance/"
        "container-group, as known", with_prices("containerinstance:ContainerGroup::group")),
)  # fmt: skip
