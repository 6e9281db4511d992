"""Good idioms of platform teams on Azure: clusters, machines, apps and models (set 20, blind)."""

from ..blind import TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .nineteenth_azure_data import counted
from .ninth_azure import CLIENT, LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, GALLERY, USER
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit, granted

AKS, SITE = f"{OURS}.ContainerService/managedClusters/aks-apps", f"{OURS}.Web/sites/app-portal"
ML = f"{OURS}.MachineLearningServices/workspaces/mlw-risk"
MACHINE, ENV = f"{OURS}.Compute/virtualMachines/vm-ledger", f"{OURS}.App/managedEnvironments/cae-jobs"
OPENAI = f"{OURS}.CognitiveServices/accounts/oai-core"
NODES = {
    "osType": "Linux", "osSKU": "Ubuntu", "type": "VirtualMachineScaleSets", "availabilityZones": ["1", "2", "3"],
    "enableAutoScaling": True, "enableEncryptionAtHost": True, "enableNodePublicIP": False, "vnetSubnetID":
    f"{VNET}/subnets/nodes", "podSubnetID": f"{VNET}/subnets/pods", "osDiskType": "Managed", "osDiskSizeGB": 128,
    "maxPods": 110, "tags": TAGS, "upgradeSettings": {"maxSurge": "10%", "drainTimeoutInMinutes": 45,
                                                      "undrainableNodeBehavior": "Cordon"}, "securityProfile": {
        "enableSecureBoot": True, "enableVTPM": True, "sshAccess": "Disabled"}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("apps run in an AKS with its own mesh and inner gateway, and pods sign in by an identity of their own", (
        AZURE_BUDGET,
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks-apps", "kubernetesVersion": "1.33", "dnsPrefix": "apps", "enableRBAC": True,
            "disableLocalAccounts": True, "diskEncryptionSetID": DISKS, "nodeResourceGroup": "rg-aks-apps-nodes",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "identityProfile": {
                "kubeletidentity": {"resourceId": ID, "clientId": CLIENT, "objectId": CLIENT}},
            "sku": {"name": "Base", "tier": "Standard"}, "supportPlan": "KubernetesOfficial", "aadProfile": {
                "managed": True, "enableAzureRBAC": True, "tenantID": TENANT, "adminGroupObjectIDs": [ADMINS]},
            "apiServerAccessProfile": {
                "enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False, "disableRunCommand": True,
                "privateDNSZone": f"{OURS}.Network/privateDnsZones/privatelink.uaenorth.azmk8s.io"},
            "agentPoolProfiles": [{**NODES, "name": "system", "mode": "System", "vmSize": "Standard_D4ds_v5", "count":
                                   3, "minCount": 3, "maxCount": 6, "nodeTaints": [
                                       "CriticalAddonsOnly=true:NoSchedule"]}],
            "networkProfile": {
                "networkPlugin": "azure", "networkPolicy": "cilium", "networkDataplane": "cilium", "outboundType":
                "userDefinedRouting", "loadBalancerSku": "standard", "serviceCidr": "172.20.0.0/16", "dnsServiceIP":
                "172.20.0.10"},
            "serviceMeshProfile": {"mode": "Istio", "istio": {
                "revisions": ["asm-1-26"], "components": {"ingressGateways": [{"enabled": True, "mode": "Internal"}]},
                "certificateAuthority": {"plugin": {
                    "keyVaultId": f"{OURS}.KeyVault/vaults/kv-bank", "certObjectName": "mesh-ca", "keyObjectName":
                    "mesh-ca-key", "rootCertObjectName": "root", "certChainObjectName": "chain"}}}},
            "oidcIssuerProfile": {"enabled": True}, "securityProfile": {
                "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 48},
                "azureKeyVaultKms": {"enabled": True, "keyId": KEY_URL, "keyVaultNetworkAccess": "Private",
                                     "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"},
                "defender": {"logAnalyticsWorkspaceResourceId": LOGS, "securityMonitoring": {"enabled": True}}},
            "addonProfiles": {"azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                "enabled": True, "config": {"enableSecretRotation": "true", "rotationPollInterval": "5m"}}},
            "autoUpgradeProfile": {"upgradeChannel": "stable", "nodeOSUpgradeChannel": "SecurityPatch"},
            "upgradeSettings": {"overrideSettings": {"forceUpgrade": False}}}, "aks", protect=True),
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-apps", "agentPoolName": "apps", **NODES, "mode": "User", "vmSize":
            "Standard_D8ds_v5", "count": 2, "minCount": 2, "maxCount": 10, "nodeLabels": {"pool": "apps"}}, "apps",
            links={"resourceName": ("aks",)}),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-orders"},
           "orders"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-orders", "federatedIdentityCredentialResourceName": "aks", "issuer": UNKNOWN,
            "subject": "system:serviceaccount:orders:api", "audiences": ["api://AzureADTokenExchange"]}, "of-pods",
            links={"resourceName": ("orders",), "issuer": ("aks",)}),
        audit("aks", AKS), lock(AKS, "aks")),
        f"{LEARN}/aks/istio-about; aks/istio-plugin-ca; aks/workload-identity-overview",
        unpriced("azure-native:containerservice:ManagedCluster::aks")),
    Idiom("a machine of the ledger starts from the bank's image, is patched on Fridays and saved every four hours", (
        AZURE_BUDGET,
        az("network:NetworkInterface", {
            **HERE, "networkInterfaceName": "nic-ledger", "enableAcceleratedNetworking": True, "enableIPForwarding":
            False, "ipConfigurations": [{"name": "inside", "primary": True, "privateIPAllocationMethod": "Static",
                                         "privateIPAddress": "10.20.8.10", "subnet": {
                                             "id": f"{VNET}/subnets/ledger"}}]}, "nic"),
        az("compute:Disk", {
            **HERE, "diskName": "disk-ledger", "sku": {"name": "PremiumV2_LRS"}, "zones": ["1"], "diskSizeGB": 512,
            "diskIOPSReadWrite": 8000, "diskMBpsReadWrite": 300, "creationData": {"createOption": "Empty",
                                                                                  "logicalSectorSize": 4096},
            "encryption": {"type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId": DISKS},
            "networkAccessPolicy": "DenyAll", "publicNetworkAccess": "Disabled", "dataAccessAuthMode":
            "AzureActiveDirectory"}, "data", protect=True),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-ledger", "zones": ["1"], **USER, "hardwareProfile": {"vmSize": "Standard_E8ds_v5"},
            "licenseType": "RHEL_BYOS", "securityProfile": {
                "securityType": "TrustedLaunch", "encryptionAtHost": True, "uefiSettings": {
                    "secureBootEnabled": True, "vTpmEnabled": True}},
            "storageProfile": {
                "diskControllerType": "SCSI", "imageReference": {"id": GALLERY}, "osDisk": {
                    "name": "os-ledger", "createOption": "FromImage", "caching": "ReadWrite", "diskSizeGB": 64,
                    "deleteOption": "Detach", "managedDisk": {"storageAccountType": "Premium_LRS", "diskEncryptionSet":
                                                              {"id": DISKS}}},
                "dataDisks": [{"lun": 0, "createOption": "Attach", "caching": "None", "deleteOption": "Detach",
                               "managedDisk": {"id": UNKNOWN}}]},
            "osProfile": {"computerName": "ledger", "adminUsername": "operator", "allowExtensionOperations": True,
                          "linuxConfiguration": {
                              "disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
                                  "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform",
                                  "automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True,
                                                                  "rebootSetting": "IfRequired"}},
                              "ssh": {"publicKeys": [{"path": "/home/operator/.ssh/authorized_keys", "keyData":
                                                      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExhbXBsZQ operators"}]}}},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True, "deleteOption": "Detach"}]},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}, "ledger", protect=True, links={
                "networkProfile": ("nic",), "storageProfile": ("data",)}),
        *(az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-ledger", "vmExtensionName": kind, "publisher": publisher, "type": kind,
            "typeHandlerVersion": version, "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True,
            "suppressFailures": False}, kind.lower(), links={"vmName": ("ledger",)}) for kind, publisher, version in (
                ("AzureMonitorLinuxAgent", "Microsoft.Azure.Monitor", "1.33"),
                ("AADSSHLoginForLinux", "Microsoft.Azure.ActiveDirectory", "1.0"))),
        az("maintenance:MaintenanceConfiguration", {
            **HERE, "resourceName": "fridays", "maintenanceScope": "InGuestPatch", "visibility": "Custom",
            "startDateTime": "2026-12-04 22:00", "duration": "03:00", "timeZone": "Arabian Standard Time", "recurEvery":
            "Week Friday", "extensionProperties": {"InGuestPatchMode": "User"}, "installPatches": {
                "rebootSetting": "IfRequired", "linuxParameters": {"classificationsToInclude": [
                    "Critical", "Security"], "packageNameMasksToExclude": ["kernel-rt*"]}}}, "fridays"),
        az("maintenance:ConfigurationAssignment", {
            **RG, "location": "uaenorth", "providerName": "Microsoft.Compute", "resourceType": "virtualMachines",
            "resourceName": "vm-ledger", "configurationAssignmentName": "fridays", "maintenanceConfigurationId":
            UNKNOWN}, "patched", links={"maintenanceConfigurationId": ("fridays",), "resourceName": ("ledger",)}),
        az("recoveryservices:ProtectedItem", {
            **RG, "vaultName": "rsv-bank", "fabricName": "Azure", "containerName":
            "iaasvmcontainer;iaasvmcontainerv2;rg-platform;vm-ledger", "protectedItemName":
            "vm;iaasvmcontainerv2;rg-platform;vm-ledger", "properties": {
                "protectedItemType": "Microsoft.Compute/virtualMachines", "sourceResourceId": UNKNOWN, "policyId":
                f"{OURS}.RecoveryServices/vaults/rsv-bank/backupPolicies/four-hours"}}, "saved", links={
                    "properties": ("ledger",)}),
        audit("ledger", MACHINE), lock(MACHINE, "ledger"),
        counted("ledger-memory", MACHINE, "Microsoft.Compute/virtualMachines", "Available Memory Percentage",
                "LessThan", 10)),
        f"{LEARN}/virtual-machines/trusted-launch; update-manager/scheduled-patching; security-recommendations",
        {**OWN, **unpriced("azure-native:compute:VirtualMachine::ledger", "azure-native:compute:Disk::data",
                           "azure-native:recoveryservices:ProtectedItem::saved")}),
    Idiom("the portal is an app of zones with a slot for trials, sign-in of staff before it and a plan that grows", (
        AZURE_BUDGET,
        az("web:AppServicePlan", {**HERE, "name": "asp-portal", "kind": "linux", "reserved": True, "zoneRedundant":
                                  True, "sku": {"name": "P1v3", "tier": "PremiumV3", "capacity": 3}}, "plan"),
        *(az(f"web:{kind}", {
            **HERE, "name": "app-portal", **slot, "kind": "app,linux", "serverFarmId": UNKNOWN, **USER, **CLOSED,
            "httpsOnly": True, "keyVaultReferenceIdentity": ID, "virtualNetworkSubnetId": f"{VNET}/subnets/apps",
            "outboundVnetRouting": {"allTraffic": True, "imagePullTraffic": True}, "clientAffinityEnabled": False,
            "endToEndEncryptionEnabled": True, "clientCertEnabled": False, "siteConfig": {
                "linuxFxVersion": "DOTNETCORE|10.0", "alwaysOn": True, "minTlsVersion": "1.3", "scmMinTlsVersion":
                "1.2", "ftpsState": "Disabled", "http20Enabled": True, "healthCheckPath": "/ready",
                "remoteDebuggingEnabled": False, "webSocketsEnabled": False, "use32BitWorkerProcess": False,
                "ipSecurityRestrictionsDefaultAction": "Deny", "scmIpSecurityRestrictionsDefaultAction": "Deny",
                "httpLoggingEnabled": True, "requestTracingEnabled": False, "loadBalancing": "LeastResponseTime",
                "autoHealEnabled": True, "autoHealRules": {
                    "triggers": {"slowRequests": {"count": 20, "timeInterval": "00:05:00", "timeTaken": "00:00:30"}},
                    "actions": {"actionType": "Recycle", "minProcessExecutionTime": "00:10:00"}},
                "appSettings": [{"name": "ASPNETCORE_ENVIRONMENT", "value": "Production"}, {
                    "name": "ConnectionStrings__Portal", "value":
                    "@Microsoft.KeyVault(SecretUri=https://kv-bank.vault.azure.net/secrets/portal)"}]}}, name, links={
                        "serverFarmId": ("plan",)})
          for kind, name, slot in (("WebApp", "portal", {}), ("WebAppSlot", "trial", {"slot": "trial"}))),
        *(az(f"web:{kind}", {
            **RG, "name": "app-portal", **slot, "platform": {"enabled": True, "runtimeVersion": "~1"},
            "globalValidation": {
                "requireAuthentication": True, "unauthenticatedClientAction": "RedirectToLoginPage",
                "redirectToProvider": "azureactivedirectory"}, "httpSettings": {"requireHttps": True},
            "identityProviders": {"azureActiveDirectory": {
                "enabled": True, "registration": {
                    "clientId": CLIENT, "openIdIssuer": f"https://login.microsoftonline.com/{TENANT}/v2.0",
                    "clientSecretSettingName": "OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID"}, "validation": {
                        "allowedAudiences": [f"api://{CLIENT}"], "defaultAuthorizationPolicy": {
                            "allowedApplications": [CLIENT]}}}},
            "login": {"tokenStore": {"enabled": True}, "cookieExpiration": {
                "convention": "FixedTime", "timeToExpiration": "08:00:00"}, "preserveUrlFragmentsForLogins": False}},
            f"sign-in-{of}", links={"name": (of,)}) for kind, of, slot in (
                ("WebAppAuthSettingsV2", "portal", {}), ("WebAppAuthSettingsV2Slot", "trial", {"slot": "trial"}))),
        *(az(f"web:{kind}", {**RG, "name": "app-portal", "allow": False}, kind.lower(), links={"name": ("portal",)})
          for kind in ("WebAppFtpAllowed", "WebAppScmAllowed")),
        *(az(f"web:{kind}", {**RG, "name": "app-portal", "slot": "trial", "allow": False}, kind.lower(), links={
            "name": ("trial",)}) for kind in ("WebAppFtpAllowedSlot", "WebAppScmAllowedSlot")),
        endpoint("portal", SITE, "sites"), audit("portal", SITE),
        az("monitor:AutoscaleSetting", {
            **HERE, "autoscaleSettingName": "portal", "name": "portal", "enabled": True, "targetResourceUri": UNKNOWN,
            "notifications": [], "profiles": [{
                "name": "day", "capacity": {"minimum": "3", "maximum": "6", "default": "3"}, "recurrence": {
                    "frequency": "Week", "schedule": {"days": ["Monday", "Tuesday", "Wednesday", "Thursday"], "hours":
                                                      [7], "minutes": [30], "timeZone": "Arabian Standard Time"}},
                "rules": []}]}, "scaling", links={"targetResourceUri": ("plan",)})),
        f"{LEARN}/app-service/overview-security; app-service/overview-authentication-authorization",
        {**OWN, **unpriced("azure-native:web:AppServicePlan::plan")}),
    Idiom("reports are jobs of Container Apps that start when a queue has work, in the network and with one identity", (
        AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "cae-jobs", **USER, **CLOSED, "zoneRedundant": True, "vnetConfiguration": {
                "internal": True, "infrastructureSubnetId": f"{VNET}/subnets/jobs"}, "peerAuthentication": {
                    "mtls": {"enabled": True}}, "peerTrafficConfiguration": {"encryption": {"enabled": True}},
            "workloadProfiles": [{"name": "d4", "workloadProfileType": "D4", "minimumCount": 1, "maximumCount": 3}],
            "appLogsConfiguration": {"destination": "azure-monitor"}}, "environment"),
        az("app:Job", {
            **HERE, "jobName": "caj-reports", **USER, "environmentId": UNKNOWN, "workloadProfileName": "d4",
            "configuration": {
                "triggerType": "Event", "replicaTimeout": 1800, "replicaRetryLimit": 2, "identitySettings": [
                    {"identity": ID, "lifecycle": "Main"}], "registries": [
                        {"server": "registry.bank.ae", "identity": ID}], "secrets": [
                            {"name": "database", "identity": ID, "keyVaultUrl":
                             "https://kv-bank.vault.azure.net/secrets/reports"}],
                "eventTriggerConfig": {"parallelism": 1, "replicaCompletionCount": 1, "scale": {
                    "minExecutions": 0, "maxExecutions": 10, "pollingInterval": 60, "rules": [{
                        "name": "work", "type": "azure-servicebus", "identity": ID, "metadata": {
                            "queueName": "reports", "namespace": "sb-bank", "messageCount": "5"}}]}}},
            "template": {"containers": [{
                "name": "reports", "image": "registry.bank.ae/reports@sha256:" + "c" * 64, "resources": {
                    "cpu": 1, "memory": "2Gi"}, "env": [
                        {"name": "DATABASE", "secretRef": "database"}, {"name": "AZURE_CLIENT_ID", "value": CLIENT}],
                "volumeMounts": [{"volumeName": "scratch", "mountPath": "/scratch"}]}], "volumes": [
                    {"name": "scratch", "storageType": "EmptyDir"}]}}, "reports", links={
                        "environmentId": ("environment",)}),
        endpoint("cae", ENV, "managedEnvironments"), audit("environment", ENV)),
        f"{LEARN}/container-apps/jobs; container-apps/security", {**OWN, **unpriced(
            "azure-native:app:ManagedEnvironment::environment", "azure-native:app:Job::reports")}),
    Idiom("scores of risk are answered by two deployments behind one address of Azure ML, of which one gets a tenth", (
        AZURE_BUDGET,
        az("machinelearningservices:OnlineEndpoint", {
            **HERE, "workspaceName": "mlw-risk", "endpointName": "risk", **USER, "kind": "Managed",
            "properties": {
                "authMode": "AADToken", "description": "Scores of risk", **CLOSED, "traffic": {"blue": 90, "green": 10},
                "mirrorTraffic": {}}}, "endpoint"),
        *(az("machinelearningservices:OnlineDeployment", {
            **HERE, "workspaceName": "mlw-risk", "endpointName": "risk", "deploymentName": name, **USER, "sku": {
                "name": "Default", "capacity": 2}, "properties": {
                    "endpointComputeType": "Managed", "instanceType": "Standard_D4as_v4", "egressPublicNetworkAccess":
                    "Disabled", "appInsightsEnabled": True, "model": f"{ML}/models/risk/versions/{version}",
                    "environmentId": f"{ML}/environments/serving/versions/7", "scaleSettings": {
                        "scaleType": "Default"}, "environmentVariables": {"WORKER_COUNT": "2"}, "requestSettings": {
                            "requestTimeout": "PT30S", "maxConcurrentRequestsPerInstance": 4}, "livenessProbe": {
                                "initialDelay": "PT30S", "period": "PT10S", "failureThreshold": 5, "timeout": "PT2S",
                                "successThreshold": 1}}}, name, links={"endpointName": ("endpoint",)})
          for name, version in (("blue", "3"), ("green", "4"))),
        granted("caller", f"{ML}/onlineEndpoints/risk", "f6c7c914-8db3-469d-8ca1-694a8f32e121"),
        audit("endpoint", f"{ML}/onlineEndpoints/risk")),
        f"{LEARN}/machine-learning/concept-secure-online-endpoint; how-to-safely-rollout-online-endpoints",
        {**OWN, **unpriced(*(f"azure-native:machinelearningservices:OnlineDeployment::{name}"
                             for name in ("blue", "green")),
                           "azure-native:machinelearningservices:OnlineEndpoint::endpoint")}),
    Idiom("letters are read, and calls are written down, by services that no key opens and that send nothing away", (
        AZURE_BUDGET,
        *(az("cognitiveservices:Account", {
            **HERE, "accountName": name, "kind": kind, "sku": {"name": "S0"}, **USER, "properties": {
                **CLOSED, "customSubDomainName": name, "disableLocalAuth": True, "restrictOutboundNetworkAccess": True,
                "allowedFqdnList": [], "networkAcls": {"defaultAction": "Deny", "ipRules": [], "virtualNetworkRules":
                                                       []}, "encryption": {
                    "keySource": "Microsoft.KeyVault", "keyVaultProperties": {**VAULT, "identityClientId": CLIENT}}}},
            name, protect=True) for name, kind in (
                ("di-letters", "FormRecognizer"), ("sp-calls", "SpeechServices"), ("cs-filter", "ContentSafety"))),
        *(part for name in ("di-letters", "sp-calls", "cs-filter") for part in (
            endpoint(name, f"{OURS}.CognitiveServices/accounts/{name}", "account"),
            audit(name, f"{OURS}.CognitiveServices/accounts/{name}"))),
        granted("reader", f"{OURS}.CognitiveServices/accounts/di-letters", "a97b65f3-24c7-4388-baec-2e87135dc908")),
        f"{LEARN}/ai-services/security-features; ai-services/cognitive-services-virtual-networks",
        unpriced(*(f"azure-native:cognitiveservices:Account::{name}" for name in (
            "di-letters", "sp-calls", "cs-filter")))),
    Idiom("the core's models have reserved capacity in the region, a list of refused words and an alarm of use", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-core", "kind": "OpenAI", "sku": {"name": "S0"}, **USER, "properties": {
                **CLOSED, "customSubDomainName": "oai-core", "disableLocalAuth": True, "restrictOutboundNetworkAccess":
                True, "allowedFqdnList": [], "networkAcls": {"defaultAction": "Deny"}, "encryption": {
                    "keySource": "Microsoft.KeyVault", "keyVaultProperties": {**VAULT, "identityClientId": CLIENT}}}},
            "core", protect=True),
        az("cognitiveservices:RaiBlocklist", {
            **RG, "accountName": "oai-core", "raiBlocklistName": "names", "tags": TAGS, "properties": {
                "description": "Names of projects that are not public"}}, "names", links={"accountName": ("core",)}),
        az("cognitiveservices:RaiBlocklistItem", {
            **RG, "accountName": "oai-core", "raiBlocklistName": "names", "raiBlocklistItemName": "one", "properties": {
                "pattern": "project falcon", "isRegex": False}}, "one", links={"raiBlocklistName": ("names",)}),
        az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "oai-core", "raiPolicyName": "core", "properties": {
                "basePolicyName": "Microsoft.DefaultV2", "mode": "Default", "customBlocklists": [
                    {"blocklistName": "names", "blocking": True, "source": source} for source in (
                        "Prompt", "Completion")], "contentFilters": [
                            {"name": name, "blocking": True, "enabled": True, "severityThreshold": "Medium", "source":
                             source} for name in ("hate", "sexual", "selfharm", "violence")
                            for source in ("Prompt", "Completion")]}}, "filter", links={
                                "accountName": ("core",), "properties": ("names",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-core", "deploymentName": "chat", "sku": {
                "name": "ProvisionedManaged", "capacity": 50}, "properties": {
                    "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}, "raiPolicyName": "core",
                    "versionUpgradeOption": "OnceCurrentVersionExpired"}}, "chat", links={
                        "accountName": ("core",), "properties": ("filter",)}),
        endpoint("core", OPENAI, "account"), audit("core", OPENAI),
        counted("core-used", OPENAI, "Microsoft.CognitiveServices/accounts",
                "AzureOpenAIProvisionedManagedUtilizationV2", "GreaterThan", 90)),
        f"{LEARN}/ai-foundry/openai/concepts/provisioned-throughput; openai/how-to/use-blocklists",
        unpriced("azure-native:cognitiveservices:Account::core", "azure-native:cognitiveservices:Deployment::chat")),
)  # fmt: skip
