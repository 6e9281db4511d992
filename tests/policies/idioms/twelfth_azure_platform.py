"""Good idioms of platform teams on Azure: models, data and what runs them, as whole plans (twelfth set, blind)."""

from ..blind import GROUP, SUB, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED, CLIENT, LOGS, TENANT
from .sixth_azure import endpoint

ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CLOSED = {"publicNetworkAccess": "Disabled"}
VAULT = {"keyName": "cmk", "keyVaultUri": "https://kv-bank.vault.azure.net",
         "keyVersion": "0123456789abcdef0123456789abcdef"}  # fmt: skip
SYSTEM = {"identity": {"type": "SystemAssigned"}}
NAMES = {"bank.ae": "our own domain, in our data centre in Abu Dhabi",
         "stbank.blob.core.windows.net": "our own account of storage, in uaenorth",
         "stbank.dfs.core.windows.net": "our own account of storage, in uaenorth"}  # fmt: skip
OWN = {"residency": {"known": NAMES},
       "identity": {"trusted": {"login.bank.ae": "our own sign-in"}},
       "escape": {"image_publishers": {"registry.bank.ae": "the company's mirror of reviewed images"}}}  # fmt: skip
LIMIT = """<policies>
  <inbound>
    <base />
    <validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444">
      <client-application-ids><application-id>11111111-2222-3333-4444-555555555555</application-id>
      </client-application-ids>
    </validate-azure-ad-token>
    <azure-openai-token-limit counter-key="@(context.Subscription.Id)" tokens-per-minute="20000"
      estimate-prompt-tokens="true" />
    <authentication-managed-identity resource="https://cognitiveservices.azure.com" />
    <set-backend-service backend-id="models" />
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>"""


def audit(name: str, target: str) -> Given:
    """Returns the setting that sends all records of a resource of the plan to the bank's workspace."""
    return az("monitor:DiagnosticSetting", {
        "name": "audit", "resourceUri": target, "workspaceId": LOGS, "logs": [
            {"categoryGroup": "allLogs", "enabled": True}]}, f"audit-{name}",
        links={"resourceUri": (name,)})  # fmt: skip


def granted(name: str, scope: str, role: str) -> Given:
    """Returns a built-in role of the app's identity on one resource."""
    return az("authorization:RoleAssignment", {
        "scope": scope, "principalId": CLIENT, "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{role}"}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a model of OpenAI in the country filters more than the default and is reached privately", (
        AZURE_BUDGET,
        az("cognitiveservices:Account", {
            **HERE, "accountName": "oai-bank", "kind": "OpenAI", "sku": {"name": "S0"}, **ASSIGNED, "properties": {
                "customSubDomainName": "oai-bank", "disableLocalAuth": True, **CLOSED,
                "restrictOutboundNetworkAccess": True, "allowedFqdnList": [], "networkAcls": {"defaultAction": "Deny"},
                "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": {
                    **VAULT, "identityClientId": CLIENT}}}}, "account", protect=True),
        az("cognitiveservices:RaiPolicy", {
            **RG, "accountName": "oai-bank", "raiPolicyName": "strict", "tags": HERE["tags"], "properties": {
                "basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking", "contentFilters": [
                    {"name": name, "blocking": True, "enabled": True, "severityThreshold": "Low", "source": source}
                    for name in ("hate", "violence", "sexual", "selfharm") for source in ("Prompt", "Completion")]}},
            "filter", links={"accountName": ("account",)}),
        az("cognitiveservices:Deployment", {
            **RG, "accountName": "oai-bank", "deploymentName": "chat", "tags": HERE["tags"],
            "sku": {"name": "Standard", "capacity": 30}, "properties": {
                "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                "raiPolicyName": "strict", "versionUpgradeOption": "OnceCurrentVersionExpired"}}, "chat",
            links={"accountName": ("account",), "properties": ("filter",)}),
        endpoint("oai", f"{OURS}.CognitiveServices/accounts/oai-bank", "account"),
        granted("caller", f"{OURS}.CognitiveServices/accounts/oai-bank", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd"),
        audit("account", f"{OURS}.CognitiveServices/accounts/oai-bank"),
        lock(f"{OURS}.CognitiveServices/accounts/oai-bank", "account")),
        f"{LEARN}/ai-foundry/openai/how-to/managed-identity", unpriced(
            "azure-native:cognitiveservices:Deployment::chat", "azure-native:cognitiveservices:Account::account")),
    Idiom("documents are searched by a service whose indexes must have the bank's key", (
        AZURE_BUDGET,
        az("search:Service", {
            **HERE, "searchServiceName": "srch-bank", "sku": {"name": "standard"}, "replicaCount": 2, "partitionCount":
            1, "hostingMode": "Default", **SYSTEM, "disableLocalAuth": True, "publicNetworkAccess": "disabled",
            "semanticSearch": "disabled", "encryptionWithCmk": {"enforcement": "Enabled"},
            "networkRuleSet": {"bypass": "None", "ipRules": []}}, "search", protect=True),
        az("search:SharedPrivateLinkResource", {
            **RG, "searchServiceName": "srch-bank", "sharedPrivateLinkResourceName": "documents", "properties": {
                "groupId": "blob", "privateLinkResourceId": f"{OURS}.Storage/storageAccounts/stbank",
                "requestMessage": "Indexer of documents"}}, "documents", links={"searchServiceName": ("search",)}),
        endpoint("search", f"{OURS}.Search/searchServices/srch-bank", "searchService"),
        audit("search", f"{OURS}.Search/searchServices/srch-bank"),
        lock(f"{OURS}.Search/searchServices/srch-bank", "search")),
        f"{LEARN}/search/search-security-best-practices", unpriced(
            "azure-native:search:SharedPrivateLinkResource::documents", "azure-native:search:Service::search")),
    Idiom("trainings run in a workspace that reaches approved places only", (
        AZURE_BUDGET,
        az("machinelearningservices:Workspace", {
            **HERE, "workspaceName": "mlw-bank", "sku": {"name": "Basic", "tier": "Basic"}, "friendlyName": "Research",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}, "primaryUserAssignedIdentity": ID,
            "storageAccount": f"{OURS}.Storage/storageAccounts/stbank", "keyVault": f"{OURS}.KeyVault/vaults/kv-bank",
            "containerRegistry": f"{OURS}.ContainerRegistry/registries/crbank", **CLOSED, "hbiWorkspace": True,
            "applicationInsights": f"{OURS}.Insights/components/mlw", "systemDatastoresAuthMode": "Identity",
            "v1LegacyMode": False, "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound", "outboundRules": {
                "features": {"type": "PrivateEndpoint", "category": "UserDefined", "destination": {
                    "serviceResourceId": f"{OURS}.Storage/storageAccounts/stbank", "subresourceTarget": "dfs",
                    "sparkEnabled": False}}}},
            "encryption": {"status": "Enabled", "identity": {"userAssignedIdentity": ID}, "keyVaultProperties": {
                "keyVaultArmId": f"{OURS}.KeyVault/vaults/kv-bank", "keyIdentifier": KEY_URL}}}, "workspace",
            protect=True),
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "mlw-bank", "computeName": "cpu", **ASSIGNED, "properties": {
                "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_D8s_v5", "vmPriority": "Dedicated", "enableNodePublicIp": False,
                    "remoteLoginPortPublicAccess": "Disabled", "isolatedNetwork": True, "osType": "Linux",
                    "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 4, "nodeIdleTimeBeforeScaleDown": "PT15M"}}}},
            "cpu", links={"workspaceName": ("workspace",)}),
        endpoint("mlw", f"{OURS}.MachineLearningServices/workspaces/mlw-bank", "amlworkspace"),
        audit("workspace", f"{OURS}.MachineLearningServices/workspaces/mlw-bank"),
        lock(f"{OURS}.MachineLearningServices/workspaces/mlw-bank", "workspace")),
        f"{LEARN}/machine-learning/how-to-managed-network", unpriced(
            "azure-native:machinelearningservices:Workspace::workspace",
            "azure-native:machinelearningservices:Compute::cpu")),
    Idiom("claims lie in PostgreSQL of two zones that knows people by Entra only", (
        AZURE_BUDGET,
        az("dbforpostgresql:Server", {
            **HERE, "serverName": "psql-claims", "version": "17", "createMode": "Default", "availabilityZone": "1",
            "sku": {"name": "Standard_D4ds_v5", "tier": "GeneralPurpose"},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "storage": {"storageSizeGB": 256, "autoGrow": "Enabled"},
            "backup": {"backupRetentionDays": 35, "geoRedundantBackup": "Disabled"},
            "highAvailability": {"mode": "ZoneRedundant", "standbyAvailabilityZone": "2"},
            "authConfig": {"activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled", "tenantId": TENANT},
            "dataEncryption": {"type": "AzureKeyVault", "primaryKeyURI": KEY_URL, "primaryUserAssignedIdentityId": ID},
            "network": {"delegatedSubnetResourceId": f"{VNET}/subnets/postgres", **CLOSED,
                        "privateDnsZoneArmResourceId":
                        f"{OURS}.Network/privateDnsZones/claims.postgres.database.azure.com"},
            "maintenanceWindow": {"customWindow": "Enabled", "dayOfWeek": 5, "startHour": 22, "startMinute": 0}},
            "server", protect=True),
        az("dbforpostgresql:AdministratorsMicrosoftEntra", {
            **RG, "serverName": "psql-claims", "objectId": CLIENT, "principalName": "dba", "principalType": "Group",
            "tenantId": TENANT}, "dba", links={"serverName": ("server",)}),
        *(az("dbforpostgresql:Configuration", {
            **RG, "serverName": "psql-claims", "configurationName": name, "value": value, "source": "user-override"},
            name.replace("_", "-"), links={"serverName": ("server",)}) for name, value in (
                ("require_secure_transport", "on"), ("ssl_min_protocol_version", "TLSv1.2"), ("log_checkpoints", "on"),
                ("log_connections", "on"), ("connection_throttle.enable", "on"))),
        audit("server", f"{OURS}.DBforPostgreSQL/flexibleServers/psql-claims"),
        lock(f"{OURS}.DBforPostgreSQL/flexibleServers/psql-claims", "server")),
        f"{LEARN}/postgresql/flexible-server/concepts-security", unpriced(
            "azure-native:dbforpostgresql:Server::server")),
    Idiom("a container app in an inner environment speaks TLS to its neighbours and reads its key from the vault", (
        AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "cae", "zoneRedundant": True, **CLOSED, "vnetConfiguration": {
                "internal": True, "infrastructureSubnetId": f"{VNET}/subnets/apps"},
            "appLogsConfiguration": {"destination": "azure-monitor"}, "peerAuthentication": {"mtls": {"enabled": True}},
            "peerTrafficConfiguration": {"encryption": {"enabled": True}}, "workloadProfiles": [
                {"name": "Consumption", "workloadProfileType": "Consumption"}]}, "environment"),
        audit("environment", f"{OURS}.App/managedEnvironments/cae"),
        az("app:ContainerApp", {
            **HERE, "containerAppName": "triage", "environmentId": UNKNOWN, **ASSIGNED, "workloadProfileName":
            "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "maxInactiveRevisions": 5, "ingress": {
                    "external": False, "allowInsecure": False, "targetPort": 8080, "transport": "Auto",
                    "clientCertificateMode": "Require", "traffic": [{"latestRevision": True, "weight": 100}]},
                "registries": [{"server": "registry.bank.ae", "username": "apps", "passwordSecretRef": "mirror"}],
                "secrets": [{"name": name, "identity": ID, "keyVaultUrl":
                             f"https://kv-bank.vault.azure.net/secrets/{name}"} for name in ("mirror", "model-key")]},
            "template": {"scale": {"minReplicas": 2, "maxReplicas": 6}, "containers": [{
                "name": "app", "image": "registry.bank.ae/triage@sha256:" + "b" * 64,
                "resources": {"cpu": 0.5, "memory": "1Gi"}, "env": [{"name": "MODEL_KEY", "secretRef": "model-key"}],
                "probes": [{"type": "Readiness", "httpGet": {"path": "/ready", "port": 8080}}]}]}}, "triage",
            links={"environmentId": ("environment",)})),
        f"{LEARN}/container-apps/networking", {**OWN, **unpriced(
            "azure-native:app:ManagedEnvironment::environment", "azure-native:app:ContainerApp::triage")}),
    Idiom("a gateway of models counts tokens and takes callers of the tenant only", (
        AZURE_BUDGET,
        az("apimanagement:Backend", {
            **RG, "serviceName": "apim-bank", "backendId": "models", "protocol": "http",
            "url": "https://oai-bank.openai.azure.com/openai", "tls": {
                "validateCertificateChain": True, "validateCertificateName": True}, "circuitBreaker": {"rules": [{
                    "name": "busy", "tripDuration": "PT1M", "acceptRetryAfter": True, "failureCondition": {
                        "count": 3, "interval": "PT1M", "statusCodeRanges": [{"min": 429, "max": 429}]}}]}}, "backend"),
        az("apimanagement:Api", {
            **RG, "serviceName": "apim-bank", "apiId": "models", "displayName": "Models", "path": "models",
            "protocols": ["https"], "subscriptionRequired": True, "apiType": "http"}, "api"),
        az("apimanagement:ApiPolicy", {**RG, "serviceName": "apim-bank", "apiId": "models", "policyId": "policy",
                                       "format": "rawxml", "value": LIMIT}, "policy", links={"apiId": ("api",)})),
        f"{LEARN}/api-management/azure-openai-token-limit-policy", {"residency": {"known": {
            "oai-bank.openai.azure.com": "our own account of OpenAI, in uaenorth"}}}),
    Idiom("resources outside the country are denied for a group of subscriptions", (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "in-country", "policyType": "Custom", "mode": "Indexed", "displayName":
            "Resources are in the country", "policyRule": {"if": {"allOf": [
                {"field": "location", "notIn": ["uaenorth", "uaecentral", "global"]}]}, "then": {"effect": "deny"}}},
            "definition"),
        az("authorization:PolicyAssignment", {
            "scope": GROUP, "policyAssignmentName": "in-country", "policyDefinitionId": UNKNOWN, "enforcementMode":
            "Default", "displayName": "Resources are in the country", "nonComplianceMessages": [
                {"message": "Use uaenorth or uaecentral"}]}, "assignment",
            links={"policyDefinitionId": ("definition",)})),
        f"{LEARN}/governance/policy/concepts/assignment-structure"),
)  # fmt: skip
