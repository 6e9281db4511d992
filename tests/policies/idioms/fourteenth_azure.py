"""Good idioms of platform teams on Azure: clusters, keys, models, search, apps and names (set 14, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, CLIENT, LOGS, TENANT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, DISKS, USER, ZONE
from .twelfth_azure_platform import CLOSED, OWN, VAULT, audit, granted

AKS, KEYS = f"{OURS}.ContainerService/managedClusters/aks-models", f"{OURS}.KeyVault/vaults/kv-models"
CHAT, SEARCH = f"{OURS}.CognitiveServices/accounts/oai-chat", f"{OURS}.Search/searchServices/srch-bank"
FOUNDRY, IMAGES = f"{OURS}.CognitiveServices/accounts/aif-bank", f"{OURS}.ContainerRegistry/registries/crbank"
GATEWAY = f"{OURS}.Network/applicationGateways/agw-inner"
POOL = {
    "orchestratorVersion": "1.33", "osType": "Linux", "osSKU": "AzureLinux", "type": "VirtualMachineScaleSets",
    "enableAutoScaling": True, "availabilityZones": ["1", "2", "3"], "vnetSubnetID": f"{VNET}/subnets/nodes",
    "enableEncryptionAtHost": True, "enableNodePublicIP": False, "maxPods": 60, "osDiskType": "Managed",
    "osDiskSizeGB": 128, "tags": TAGS, "upgradeSettings": {"maxSurge": "33%", "drainTimeoutInMinutes": 30},
    "securityProfile": {"enableSecureBoot": True, "enableVTPM": True, "sshAccess": "Disabled"},
}  # fmt: skip
FILTERS = [{"name": name, "source": source, "blocking": True, "enabled": True, "severityThreshold": "Low"}
           for name in ("Hate", "Sexual", "Violence", "Selfharm") for source in ("Prompt", "Completion")]  # fmt: skip
SHIELDS = [{"name": name, "source": source, "blocking": True, "enabled": True} for name, source in (
    ("Jailbreak", "Prompt"), ("Indirect Attack", "Prompt"), ("Protected Material Text", "Completion"))]  # fmt: skip


def part(kind: str, name: str) -> dict[str, str]:
    """Returns the reference to a part of the inner gateway."""
    return {"id": f"{GATEWAY}/{kind}/{name}"}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a private cluster of AKS has no local users, seals its secrets and leaves by the firewall only", (
        AZURE_BUDGET,
        az("containerservice:ManagedCluster", {
            **HERE, "resourceName": "aks-models", "kubernetesVersion": "1.33", "dnsPrefix": "models",
            "nodeResourceGroup": "rg-platform-nodes", "disableLocalAccounts": True, "enableRBAC": True, **USER,
            "sku": {"name": "Base", "tier": "Standard"}, "supportPlan": "KubernetesOfficial", **CLOSED,
            "diskEncryptionSetID": DISKS, "agentPoolProfiles": [
                {**POOL, "name": "system", "mode": "System", "vmSize": "Standard_D4s_v5", "count": 3, "minCount": 3,
                 "maxCount": 5, "nodeTaints": ["CriticalAddonsOnly=true:NoSchedule"]}],
            "aadProfile": {"managed": True, "enableAzureRBAC": True, "adminGroupObjectIDs": [ADMINS],
                           "tenantID": TENANT},
            "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                                       "disableRunCommand": True, "privateDNSZone":
                                       f"{ZONE}/privatelink.uaenorth.azmk8s.io"},
            "networkProfile": {
                "networkPlugin": "azure", "networkPluginMode": "overlay", "networkDataplane": "cilium",
                "networkPolicy": "cilium", "outboundType": "userDefinedRouting", "loadBalancerSku": "standard",
                "podCidr": "10.244.0.0/16", "serviceCidr": "10.60.0.0/16", "dnsServiceIP": "10.60.0.10"},
            "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"},
            "oidcIssuerProfile": {"enabled": True}, "addonProfiles": {
                "azurepolicy": {"enabled": True}, "azureKeyvaultSecretsProvider": {
                    "enabled": True, "config": {"enableSecretRotation": "true", "rotationPollInterval": "2m"}}},
            "securityProfile": {
                "workloadIdentity": {"enabled": True}, "imageCleaner": {"enabled": True, "intervalHours": 48},
                "defender": {"logAnalyticsWorkspaceResourceId": LOGS, "securityMonitoring": {"enabled": True}},
                "azureKeyVaultKms": {"enabled": True, "keyId": KEY_URL, "keyVaultNetworkAccess": "Private",
                                     "keyVaultResourceId": f"{OURS}.KeyVault/vaults/kv-bank"}},
            "storageProfile": {"diskCSIDriver": {"enabled": True}, "snapshotController": {"enabled": True}}}, "cluster",
            protect=True),
        az("containerservice:AgentPool", {
            **RG, **POOL, "resourceName": "aks-models", "agentPoolName": "serve", "mode": "User", "vmSize":
            "Standard_D8s_v5", "count": 2, "minCount": 2, "maxCount": 4, "nodeLabels": {"workload": "serve"}}, "serve",
            links={"resourceName": ("cluster",)}),
        audit("cluster", AKS), lock(AKS, "cluster")),
        f"{LEARN}/architecture/reference-architectures/containers/aks/baseline-aks", unpriced(
            "azure-native:containerservice:ManagedCluster::cluster", "azure-native:containerservice:AgentPool::serve")),
    Idiom("a vault in hardware is reached privately, by roles, and its key renews itself twice a year", (
        AZURE_BUDGET,
        az("keyvault:Vault", {
            **HERE, "vaultName": "kv-models", "properties": {
                "tenantId": TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
                "enableSoftDelete": True, "softDeleteRetentionInDays": 90, "enablePurgeProtection": True,
                "publicNetworkAccess": "Disabled", "enabledForDeployment": False, "enabledForTemplateDeployment": False,
                "enabledForDiskEncryption": False, "networkAcls": {
                    "bypass": "AzureServices", "defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []}}},
            "vault", protect=True),
        az("keyvault:Key", {
            **RG, "vaultName": "kv-models", "keyName": "models", "tags": TAGS, "properties": {
                "kty": "RSA-HSM", "keySize": 3072, "keyOps": ["wrapKey", "unwrapKey"], "attributes": {
                    "enabled": True, "exportable": False},
                "rotationPolicy": {"attributes": {"expiryTime": "P1Y"}, "lifetimeActions": [
                    {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P180D"}},
                    {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}}}, "key",
            links={"vaultName": ("vault",)}, protect=True),
        granted("user", f"{KEYS}/keys/models", "e147488a-f6f5-4113-8e2d-b22465e65bf6"),
        endpoint("kv", KEYS, "vault"), audit("vault", KEYS), lock(KEYS, "vault")),
        f"{LEARN}/key-vault/general/secure-key-vault", unpriced("azure-native:keyvault:Key::key")),
    Idiom("a model of chats answers in the country with filters at their strictest and without keys", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-chat", "kind": "OpenAI", "sku": {"name": "S0"}, **ASSIGNED, "properties": {
                "customSubDomainName": "oai-chat", "disableLocalAuth": True, **CLOSED, "allowedFqdnList": [],
                "restrictOutboundNetworkAccess": True, "networkAcls": {
                    "defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    **VAULT, "identityClientId": CLIENT}}}}, "account", protect=True),
        az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "oai-chat", "raiPolicyName": "strict", "properties": {
                "mode": "Blocking", "basePolicyName": "Microsoft.DefaultV2", "contentFilters": FILTERS + SHIELDS}},
            "strict", links={"accountName": ("account",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-chat", "deploymentName": "chat", "sku": {"name": "Standard", "capacity": 30},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"}, "raiPolicyName":
                           "strict", "versionUpgradeOption": "NoAutoUpgrade"}}, "chat",
            links={"accountName": ("account",), "properties": ("strict",)}),
        granted("caller", CHAT, "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"),
        endpoint("oai", CHAT, "account"), audit("account", CHAT), lock(CHAT, "account")),
        f"{LEARN}/ai-services/openai/how-to/content-filters", unpriced(
            "azure-native:cognitiveservices:Account::account", "azure-native:cognitiveservices:Deployment::chat")),
    Idiom("documents are found by a search that knows no keys and reads the bank's storage by a private way", (
        AZURE_BUDGET,
        az("search:Service", {
            **HERE, "searchServiceName": "srch-bank", "sku": {"name": "standard"}, "replicaCount": 2, "partitionCount":
            1, "hostingMode": "Default", "disableLocalAuth": True, "publicNetworkAccess": "Disabled", **USER,
            "encryptionWithCmk": {"enforcement": "Enabled"}, "semanticSearch": "disabled",
            "networkRuleSet": {"bypass": "None", "ipRules": []}}, "search", protect=True),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-bank", "sharedPrivateLinkResourceName": "documents", "properties": {
                "groupId": "blob", "privateLinkResourceId": f"{OURS}.Storage/storageAccounts/stbank",
                "requestMessage": "Indexer of documents"}}, "documents", links={"searchServiceName": ("search",)}),
        granted("reader", SEARCH, "1407120a-92aa-4202-b7e9-c0e197c71c8f"),
        endpoint("search", SEARCH, "searchService"), audit("search", SEARCH), lock(SEARCH, "search")),
        f"{LEARN}/search/search-security-best-practices"),
    Idiom("a project of agents lies in an account of Foundry whose agents run inside the bank's network", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "aif-bank", "kind": "AIServices", "sku": {"name": "S0"}, **ASSIGNED, "properties": {
                "customSubDomainName": "aif-bank", "disableLocalAuth": True, **CLOSED, "allowProjectManagement": True,
                "networkAcls": {"defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []},
                "networkInjections": [{"scenario": "agent", "subnetArmId": f"{VNET}/subnets/agents",
                                       "useMicrosoftManagedNetwork": False}],
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    **VAULT, "identityClientId": CLIENT}}}}, "account", protect=True),
        az("cognitiveservices:Project", {
            **HERE, "accountName": "aif-bank", "projectName": "claims", **ASSIGNED, "properties": {
                "displayName": "Claims", "description": "Agents of claims"}}, "claims",
            links={"accountName": ("account",)}),
        granted("developer", f"{FOUNDRY}/projects/claims", "53ca6127-db72-4b80-b1b0-d745d6d5456d"),
        endpoint("aif", FOUNDRY, "account"), audit("account", FOUNDRY), lock(FOUNDRY, "account")),
        f"{LEARN}/ai-foundry/agents/how-to/virtual-networks", unpriced(
            "azure-native:cognitiveservices:Account::account")),
    Idiom("images lie in a registry without users and exports, sealed, and are pulled by one identity", (
        AZURE_BUDGET,
        az("containerregistry:Registry", {
            **HERE, "registryName": "crbank", "sku": {"name": "Premium"}, "adminUserEnabled": False, **CLOSED,
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "anonymousPullEnabled": False, "dataEndpointEnabled": True, "networkRuleBypassOptions": "None",
            "zoneRedundancy": "Enabled", "networkRuleSet": {"defaultAction": "Deny", "ipRules": []},
            "encryption": {"status": "enabled", "keyVaultProperties": {"identity": CLIENT, "keyIdentifier": KEY_URL}},
            "policies": {
                "exportPolicy": {"status": "disabled"}, "quarantinePolicy": {"status": "disabled"},
                "retentionPolicy": {"status": "enabled", "days": 30}, "softDeletePolicy": {"status": "disabled"},
                "azureADAuthenticationAsArmPolicy": {"status": "disabled"}}}, "registry", protect=True),
        granted("pull", IMAGES, "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
        endpoint("cr", IMAGES, "registry"), audit("registry", IMAGES), lock(IMAGES, "registry")),
        f"{LEARN}/container-registry/container-registry-best-practices"),
    Idiom("a gateway takes calls in the network alone, ends their TLS and hands them on by TLS after its rules", (
        AZURE_BUDGET,
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "waf-inner", "policySettings": {
                "state": "Enabled", "mode": "Prevention", "requestBodyCheck": True, "maxRequestBodySizeInKb": 128,
                "fileUploadLimitInMb": 10},
            "managedRules": {"managedRuleSets": [
                {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
                {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]}}, "rules"),
        az("network:ApplicationGateway", {
            **HERE, "applicationGatewayName": "agw-inner", "zones": ["1", "2", "3"], **USER, "enableHttp2": True,
            "sku": {"name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {"minCapacity": 1, "maxCapacity": 3},
            "firewallPolicy": {"id": UNKNOWN}, "sslPolicy": {
                "policyType": "Predefined", "policyName": "AppGwSslPolicy20220101S"},
            "gatewayIPConfigurations": [{"name": "ip", "subnet": {"id": f"{VNET}/subnets/gateway"}}],
            "frontendIPConfigurations": [{"name": "inner", "subnet": {"id": f"{VNET}/subnets/gateway"},
                                          "privateIPAllocationMethod": "Static", "privateIPAddress": "10.20.1.10"}],
            "frontendPorts": [{"name": "https", "port": 443}],
            "sslCertificates": [{"name": "apps", "keyVaultSecretId": "https://kv-bank.vault.azure.net/secrets/apps"}],
            "backendAddressPools": [{"name": "apps", "backendAddresses": [{"ipAddress": "10.20.4.20"}]}],
            "backendHttpSettingsCollection": [{
                "name": "tls", "port": 8443, "protocol": "Https", "requestTimeout": 60, "cookieBasedAffinity":
                "Disabled", "hostName": "apps.bank.ae", "probe": part("probes", "health")}],
            "probes": [{"name": "health", "protocol": "Https", "host": "apps.bank.ae", "path": "/healthz", "interval":
                        30, "timeout": 10, "unhealthyThreshold": 3}],
            "httpListeners": [{
                "name": "apps", "protocol": "Https", "hostName": "apps.bank.ae", "requireServerNameIndication": True,
                "frontendIPConfiguration": part("frontendIPConfigurations", "inner"),
                "frontendPort": part("frontendPorts", "https"), "sslCertificate": part("sslCertificates", "apps")}],
            "requestRoutingRules": [{
                "name": "apps", "ruleType": "Basic", "priority": 100, "httpListener": part("httpListeners", "apps"),
                "backendAddressPool": part("backendAddressPools", "apps"),
                "backendHttpSettings": part("backendHttpSettingsCollection", "tls")}]}, "gateway",
            links={"firewallPolicy": ("rules",)}),
        audit("gateway", GATEWAY)),
        f"{LEARN}/application-gateway/application-gateway-private-deployment", {
            **OWN, **unpriced("azure-native:network:ApplicationGateway::gateway")}),
    Idiom("a program signs in from the cluster by the name of its account, and reads one vault's secrets", (
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-triage"}, "identity"),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-triage", "federatedIdentityCredentialResourceName": "triage",
            "audiences": ["api://AzureADTokenExchange"], "subject": "system:serviceaccount:triage:app",
            "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/{CLIENT}/"},
            "triage", links={"resourceName": ("identity",)}),
        az("authorization:RoleAssignment", {
            "scope": f"{KEYS}/secrets/triage-db", "principalId": UNKNOWN, "principalType": "ServicePrincipal",
            "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/"
                                "4633458b-17de-408a-b874-0445c86b69e6"}, "reader",
            links={"principalId": ("identity",)})),
        f"{LEARN}/aks/workload-identity-deploy-cluster", {"identity": {"trusted": {
            f"uaenorth.oic.prod-aks.azure.com/{TENANT}": "our own clusters"}}}),
)  # fmt: skip
