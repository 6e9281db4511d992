"""Good idioms of platform teams on Azure: training, machines, notebooks, images and records (set 22, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import INIT
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import DISKS, GALLERY, USER
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit, granted
from .twentieth_goodb_charts import merged
from .twenty_first_xazure import AVM, zone_link
from .twenty_second_xazure_b import ACR, DBW, LAKE, ML, SCALE_SET

IDIOMS: tuple[Idiom, ...] = (
    Idiom(
        "risk models are trained in a workspace whose own network leads to approved places, on machines that go "
        "when idle", (
        AZURE_BUDGET,
        az("machinelearningservices:Workspace", {
            **HERE, "workspaceName": "mlw-risk", "kind": "Default", "friendlyName": "Risk", **USER,
                "primaryUserAssignedIdentity": ID,
            "keyVault": f"{OURS}.KeyVault/vaults/kv-bank", "storageAccount": f"{OURS}.Storage/storageAccounts/stbank",
            "containerRegistry": ACR, "applicationInsights": f"{OURS}.Insights/components/appi-risk", **CLOSED,
                "hbiWorkspace":
            True, "systemDatastoresAuthMode": "Identity", "v1LegacyMode": False, "encryption": {
                "status": "Enabled", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                    "keyIdentifier": KEY_URL, "keyVaultArmId": f"{OURS}.KeyVault/vaults/kv-bank"}}, "managedNetwork": {
                "isolationMode": "AllowOnlyApprovedOutbound", "firewallSku": "Standard", "outboundRules": {
                    "store": {"type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                        "serviceResourceId": f"{OURS}.Storage/storageAccounts/stbank", "subresourceTarget": "blob",
                            "sparkEnabled":
                        False}}}}}, "workspace", protect=True),
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "mlw-risk", "computeName": "cpu", **USER, "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_D8s_v5", "vmPriority": "Dedicated", "osType": "Linux",
                        "enableNodePublicIp": False,
                    "isolatedNetwork": False, "remoteLoginPortPublicAccess": "Disabled", "scaleSettings": {
                        "minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "PT10M"}}}}, "cpu", links={
                            "workspaceName": ("workspace",)}),
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "mlw-risk", "computeName": "analyst-1", **USER, "properties": {
                "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_D4s_v5", "applicationSharingPolicy": "Personal",
                        "computeInstanceAuthorizationType":
                    "personal", "enableNodePublicIp": False, 
                    "idleTimeBeforeShutdown": "PT60M", "sshSettings": {"sshPublicAccess": "Disabled"},
                    "personalComputeInstanceSettings": {"assignedUser": {"objectId": CLIENT, "tenantId": TENANT}}}}},
                        "analyst",
           links={"workspaceName": ("workspace",)}),
        endpoint("mlw-risk", ML, "amlworkspace"), *zone_link("ml", "privatelink.api.azureml.ms"),
        granted("scientist", ML, "f6c7c914-8db3-469d-8ca1-694a8f32e121"), audit("workspace", ML), lock(ML,
            "workspace")),
        f"{AVM}/machine-learning-services/workspace; {LEARN}/machine-learning/how-to-managed-network, as known",
        merged(OWN, unpriced("azure-native:machinelearningservices:Compute::cpu",
                             "azure-native:machinelearningservices:Compute::analyst"))),
    Idiom("machines of a batch scale between zones from the bank's image, are repaired, patched and watched", (
        AZURE_BUDGET,
        az("network:LoadBalancer", {
            **HERE, "loadBalancerName": "lbi-batch", "sku": {"name": "Standard"}, "frontendIPConfigurations": [{
                "name": "inner", "zones": ["1", "2", "3"], "privateIPAllocationMethod": "Static",
                    "privateIPAddress": "10.10.4.10",
                "subnet": {"id": f"{VNET}/subnets/batch"}}], "backendAddressPools": [{"name": "machines"}], "probes": [{
                    "name": "ready", "protocol": "Https", "port": 8443, "requestPath": "/ready",
                        "intervalInSeconds": 15,
                    "numberOfProbes": 2}], "loadBalancingRules": [{
                        "name": "https", "protocol": "Tcp", "frontendPort": 443, "backendPort": 8443,
                            "enableTcpReset": True,
                        "disableOutboundSnat": True, "idleTimeoutInMinutes": 4, "frontendIPConfiguration": {"id":
                            f"{OURS}.Network/loadBalancers/lbi-batch/frontendIPConfigurations/inner"},
                                "backendAddressPool": {"id":
                            f"{OURS}.Network/loadBalancers/lbi-batch/backendAddressPools/machines"}, "probe": {"id":
                            f"{OURS}.Network/loadBalancers/lbi-batch/probes/ready"}}]}, "balancer"),
        az("compute:VirtualMachineScaleSet", {
            **HERE, "vmScaleSetName": "vmss-batch", "orchestrationMode": "Flexible", "platformFaultDomainCount": 1,
                "zones": [
                "1", "2", "3"], "zoneBalance": False, **USER, "sku": {"name": "Standard_D4ds_v5", "capacity": 3},
            "singlePlacementGroup": False, "automaticRepairsPolicy": {"enabled": True, "gracePeriod": "PT10M"},
            "virtualMachineProfile": {
                "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                    "secureBootEnabled": True, "vTpmEnabled": True}}, "osProfile": {
                    "computerNamePrefix": "batch", "adminUsername": "platform", "customData": INIT,
                        "linuxConfiguration": {
                        "disablePasswordAuthentication": True, "provisionVMAgent": True, "ssh": {"publicKeys": [{
                            "path": "/home/platform/.ssh/authorized_keys",
                                "keyData": "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ platform"}]},
                        "patchSettings": {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform",
                                          "automaticByPlatformSettings": {"rebootSetting": "IfRequired"}}}},
                "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": {
                    "createOption": "FromImage", "caching": "ReadOnly", "managedDisk": {
                        "storageAccountType": "Premium_ZRS", "diskEncryptionSet": {"id": DISKS}}}},
                "networkProfile": {"networkApiVersion": "2020-11-01", "networkInterfaceConfigurations": [{
                    "name": "nic", "primary": True, "enableAcceleratedNetworking": True, "networkSecurityGroup": {
                        "id": f"{OURS}.Network/networkSecurityGroups/nsg-batch"}, "ipConfigurations": [{
                            "name": "inner", "primary": True, "subnet": {"id": f"{VNET}/subnets/batch"},
                            "loadBalancerBackendAddressPools": [{"id":
                                f"{OURS}.Network/loadBalancers/lbi-batch/backendAddressPools/machines"}]}]}]},
                "extensionProfile": {"extensions": [
                    {"name": "health", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthLinux",
                     "typeHandlerVersion": "2.0", "autoUpgradeMinorVersion": True, "settings": {
                         "protocol": "https", "port": 8443, "requestPath": "/ready"}},
                    {"name": "monitor", "publisher": "Microsoft.Azure.Monitor", "type": "AzureMonitorLinuxAgent",
                     "typeHandlerVersion": "1.33", "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True,
                         "settings": {
                         "authentication": {"managedIdentity": {"identifier-name": "mi_res_id",
                             "identifier-value": ID}}}}]},
                "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}, "scheduledEventsProfile": {
                    "terminateNotificationProfile": {"enable": True, "notBeforeTimeout": "PT5M"}}}}, "machines", links={
                        "virtualMachineProfile": ("balancer",)}),
        az("monitor:AutoscaleSetting", {
            **HERE, "autoscaleSettingName": "as-batch", "targetResourceUri": SCALE_SET, "enabled": True, "profiles": [{
                "name": "load", "capacity": {"minimum": "3", "maximum": "9", "default": "3"}, "rules": [
                    {"metricTrigger": {
                        "metricName": "Percentage CPU", "metricResourceUri": SCALE_SET, "operator": operator,
                            "threshold": threshold,
                        "statistic": "Average", "timeAggregation": "Average", "timeGrain": "PT1M",
                            "timeWindow": "PT10M"},
                     "scaleAction": {"direction": direction, "type": "ChangeCount", "value": "1", "cooldown": "PT10M"}}
                    for operator, threshold, direction in (("GreaterThan", 70, "Increase"), ("LessThan", 30,
                        "Decrease"))]}],
            "notifications": [{"operation": "Scale", "email": {"sendToSubscriptionAdministrator": False,
                "sendToSubscriptionCoAdministrators": False, "customEmails": ["platform@bank.ae"]}}]}, "scale", links={
                    "targetResourceUri": ("machines",)})),
        f"{AVM}/compute/virtual-machine-scale-set; "
        f"{LEARN}/virtual-machine-scale-sets/virtual-machine-scale-sets-orchestration-modes",
        merged(merged(OWN, unpriced("azure-native:compute:VirtualMachineScaleSet::machines")), {"residency": {"known": {
            "@bank.ae": "our own mail"}}})),
    Idiom("notebooks of Databricks run in the bank's own network without public addresses, under its keys", (
        AZURE_BUDGET,
        *(az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-dbw", "securityRules": [
            {"name": "DenyIn", "priority": 4000, "direction": "Inbound", "access": "Deny", "protocol": "*",
                "sourceAddressPrefix":
             "Internet", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "*"}]}, name)
          for name in ("rules",)),
        az("databricks:Workspace", {
            **HERE, "workspaceName": "dbw-risk", "sku": {"name": "premium"}, "managedResourceGroupId":
            f"{SUB}/resourceGroups/rg-dbw-risk-managed", **CLOSED, "requiredNsgRules": "NoAzureDatabricksRules",
            "defaultStorageFirewall": "Enabled",
                "accessConnector": {"id": f"{OURS}.Databricks/accessConnectors/dbac-risk",
                "identityType": "SystemAssigned"}, "encryption": {"entities": {
                kind: {"keySource": "Microsoft.Keyvault", "keyVaultProperties": VAULT, **more}
                for kind, more in (("managedServices", {}), ("managedDisk",
                    {"rotationToLatestKeyVersionEnabled": True}))}},
            "enhancedSecurityCompliance": {"automaticClusterUpdate": {"value": "Enabled"},
                "enhancedSecurityMonitoring": {
                "value": "Enabled"}, "complianceSecurityProfile": {"value": "Enabled",
                    "complianceStandards": ["PCI_DSS"]}},
            "parameters": {name: {"value": value} for name, value in (
                ("enableNoPublicIp", True), ("customVirtualNetworkId", VNET), ("customPublicSubnetName", "dbw-host"),
                ("customPrivateSubnetName", "dbw-container"), ("prepareEncryption", True),
                ("requireInfrastructureEncryption", True), ("storageAccountSkuName", "Standard_ZRS"))}}, "workspace",
                    protect=True,
            links={"parameters": ("rules",)}),
        az("databricks:AccessConnector", {**HERE, "connectorName": "dbac-risk",
            "identity": {"type": "SystemAssigned"}}, "connector"),
        endpoint("dbw-risk", DBW, "databricks_ui_api"), *zone_link("dbw", "privatelink.azuredatabricks.net"),
        granted("connector-on-lake", f"{LAKE}/blobServices/default/containers/curated",
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        audit("workspace", DBW), lock(DBW, "workspace")),
        f"{AVM}/databricks/workspace; {LEARN}/databricks/security/network/classic/private-link-standard, as known",
        merged(OWN, unpriced("azure-native:databricks:Workspace::workspace"))),
    Idiom("images of the bank are in a registry that tells its forge what came, and drops what nobody tagged", (
        AZURE_BUDGET,
        az("containerregistry:Registry", {
            **HERE, "registryName": "crbank", "sku": {"name": "Premium"}, "identity": {"type": "UserAssigned",
                "userAssignedIdentities": {ID: {}}}, "adminUserEnabled": False, "anonymousPullEnabled":
            False, "dataEndpointEnabled": True, "zoneRedundancy": "Enabled", **CLOSED,
                "networkRuleBypassOptions": "None",
            "networkRuleSet": {"defaultAction": "Deny"}, "encryption": {"status": "enabled", "keyVaultProperties": {
                "identity": CLIENT, "keyIdentifier": "https://kv-bank.vault.azure.net/keys/cmk"}}, "policies": {
                "exportPolicy": {"status": "disabled"}, "quarantinePolicy": {"status": "enabled"}, "retentionPolicy": {
                    "status": "enabled", "days": 14}, "azureADAuthenticationAsArmPolicy": {"status": "enabled"}}},
                        "registry",
            protect=True),
        az("containerregistry:Webhook", {
            **HERE, "registryName": "crbank", "webhookName": "pushed",
                "serviceUri": "https://git.bank.ae/hooks/images", "status":
            "enabled", "scope": "apps/*", "actions": ["push", "quarantine"]}, "pushed",
                links={"registryName": ("registry",)}),
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": "prometheus", "sourceRepository": "quay.io/prometheus/*",
            "targetRepository": "quay/prometheus/*"}, "cached", links={"registryName": ("registry",)}),
        endpoint("crbank", ACR, "registry"), *zone_link("registry-zone", "privatelink.azurecr.io"),
        granted("puller", ACR, "7f951dda-4ed3-4680-a7ca-43fe172d538d"), audit("registry", ACR), lock(ACR, "registry")),
        f"{AVM}/container-registry/registry; {LEARN}/container-registry/container-registry-webhook, as known",
        merged(OWN, {"escape": {"image_publishers": {"crbank.azurecr.io": "our own registry", "quay.io/prometheus":
                                                     "the project's own images"}}, "residency": {"known": {
            "crbank.azurecr.io": "our own registry, in uaenorth"}}})),
    Idiom(
        "records of all are in one workspace of a year under a cluster's key, rules read them and tell by signed "
        "calls", (
        AZURE_BUDGET,
        az("operationalinsights:Cluster", {
            **HERE, "clusterName": "law-cluster", "sku": {"name": "CapacityReservation", "capacity": 100}, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]}, "keyVaultProperties": {
                "keyVaultUri": "https://kv-bank.vault.azure.net", "keyName": "cmk", "keyVersion": ""}}, "cluster",
                    protect=True),
        az("operationalinsights:Workspace", {
            **HERE, "workspaceName": "logs", "sku": {"name": "PerGB2018"}, "retentionInDays": 365, "workspaceCapping": {
                "dailyQuotaGb": -1}, "publicNetworkAccessForIngestion": "Disabled",
                    "publicNetworkAccessForQuery": "Disabled",
            "features": {"disableLocalAuth": True, "enableLogAccessUsingOnlyResourcePermissions": True,
                "clusterResourceId":
                         f"{OURS}.OperationalInsights/clusters/law-cluster"}}, "workspace", protect=True, links={
                             "features": ("cluster",)}),
        az("operationalinsights:Table", {**RG, "workspaceName": "logs", "tableName": "AKSAuditAdmin",
            "plan": "Analytics",
            "retentionInDays": 365, "totalRetentionInDays": 2556}, "audit-table",
                links={"workspaceName": ("workspace",)}),
        az("operationalinsights:DataExport", {
            **RG, "workspaceName": "logs", "dataExportName": "years", "enable": True, "tableNames": ["AzureActivity",
                "SigninLogs"],
            "resourceId": f"{OURS}.Storage/storageAccounts/strecords"}, "years", links={"workspaceName": ("workspace",
                )}),
        az("monitor:PrivateLinkScope", {**RG, "location": "global", "tags": TAGS, "scopeName": "ampls",
            "accessModeSettings": {
            "ingestionAccessMode": "PrivateOnly", "queryAccessMode": "PrivateOnly", "exclusions": []}}, "scope"),
        az("monitor:PrivateLinkScopedResource", {**RG, "scopeName": "ampls", "name": "logs",
            "linkedResourceId": UNKNOWN}, "scoped",
           links={"linkedResourceId": ("workspace",)}),
        az("monitor:ActionGroup", {
            **RG, "location": "uaenorth", "tags": TAGS, "actionGroupName": "ag-security",
                "groupShortName": "security", "enabled": True,
            "emailReceivers": [{"name": "duty", "emailAddress": "security@bank.ae", "useCommonAlertSchema": True}],
            "webhookReceivers": [{"name": "duty", "serviceUri": "https://duty.bank.ae/azure", "useAadAuth": True,
                "objectId": CLIENT,
                                  "identifierUri": "api://duty", "tenantId": TENANT, "useCommonAlertSchema": True}]},
                                      "group"),
        az("monitor:ScheduledQueryRule", {
            **HERE, "ruleName": "sign-in-by-break-glass", "displayName": "An emergency account signed in",
                "enabled": True, "severity":
            0, "scopes": [UNKNOWN], "evaluationFrequency": "PT5M", "windowSize": "PT10M", "autoMitigate": False,
                "criteria": {
                "allOf": [{"query": "SigninLogs | where UserPrincipalName startswith 'emergency'",
                    "timeAggregation": "Count",
                           "operator": "GreaterThan", "threshold": 0, "failingPeriods": {
                               "numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]},
                                   "actions": {"actionGroups": [
                f"{OURS}.Insights/actionGroups/ag-security"]}}, "rule", links={"scopes": ("workspace",)}),
        audit("workspace", LOGS), lock(LOGS, "workspace")),
        f"{AVM}/operational-insights/workspace; {LEARN}/azure-monitor/logs/customer-managed-keys; "
        f".../alerts/action-groups, as known",
        merged(merged(OWN, unpriced("azure-native:operationalinsights:Cluster::cluster")), {"residency": {"known": {
            "@bank.ae": "our own mail"}}})),
)  # fmt: skip
