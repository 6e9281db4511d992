"""Good idioms of platform teams on Azure: networks, apps, namespaces, tables, desktops and things (set 17, blind)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN, Given
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import CLIENT
from .sixth_azure import endpoint
from .thirteenth_azure import ADMINS, USER
from .twelfth_azure_platform import CLOSED, NAMES, OWN, ROLES, SYSTEM, audit

MANAGER = {**RG, "networkManagerName": "avnm-bank"}
RULES = {**MANAGER, "configurationName": "guard", "ruleCollectionName": "ports", "kind": "Custom"}
APPS, TABLES = f"{OURS}.App/managedEnvironments/cae-orders", f"{OURS}.DocumentDB/databaseAccounts/cosmos-limits"
CLUSTER, DESKS = f"{OURS}.ContainerService/managedClusters/aks-bank", f"{OURS}.DesktopVirtualization"
THINGS = f"{OURS}.EventGrid/namespaces/evgns-branches"
BROKER = {**RG, "namespaceName": "evgns-branches"}
QUIET = (
    "audiocapturemode:i:0;camerastoredirect:s:;redirectclipboard:i:0;drivestoredirect:s:;redirectprinters:i:0;"
    "usbdevicestoredirect:s:;enablerdsaadauth:i:1;"
)
WRITER, VIEWER = "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb", "7f6c6a51-bcf8-42ba-9220-52d62157d7db"


def at(hour: int, minute: int = 0) -> dict[str, int]:
    """Returns a time of a scaling plan."""
    return {"hour": hour, "minute": minute}


def space(name: str, cpu: str, memory: str) -> Given:
    """Returns a namespace of the cluster that Azure keeps, with a limit and a closed network."""
    return az("containerservice:Namespace", {
        **HERE, "resourceName": "aks-bank", "namespaceName": name, "properties": {
            "adoptionPolicy": "Never", "deletePolicy": "Keep", "labels": TAGS, "defaultNetworkPolicy": {
                "ingress": "AllowSameNamespace", "egress": "AllowSameNamespace"},
            "defaultResourceQuota": {"cpuRequest": cpu, "cpuLimit": cpu, "memoryRequest": memory, "memoryLimit":
                                     memory}}}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("no network of the subscription may open ports of operators to the internet, whatever its groups say", (
        az("network:NetworkManager", {
            **HERE, "networkManagerName": "avnm-bank", "description": "Guard of networks",
            "networkManagerScopeAccesses": ["SecurityAdmin"], "networkManagerScopes": {"subscriptions": [SUB]}},
            "manager"),
        az("network:NetworkGroup", {**MANAGER, "networkGroupName": "production", "memberType": "VirtualNetwork",
                                    "description": "Networks of production"}, "production", links={
                                        "networkManagerName": ("manager",)}),
        az("network:SecurityAdminConfiguration", {
            **MANAGER, "configurationName": "guard", "description": "Ports that stay closed",
            "applyOnNetworkIntentPolicyBasedServices": ["None"]}, "guard", links={"networkManagerName": ("manager",)}),
        az("network:AdminRuleCollection", {
            **MANAGER, "configurationName": "guard", "ruleCollectionName": "ports", "appliesToGroups": [
                {"networkGroupId": UNKNOWN}]}, "ports", links={
                    "configurationName": ("guard",), "appliesToGroups": ("production",)}),
        *(az("network:AdminRule", {
            **RULES, "ruleName": name, "access": "Deny", "direction": direction, "priority": priority, "protocol":
            "Tcp", "description": text, "sources": [source], "sourcePortRanges": ["0-65535"], "destinations": [target],
            "destinationPortRanges": ports}, name, links={"ruleCollectionName": ("ports",)})
          for name, direction, priority, text, source, target, ports in (
              ("operators", "Inbound", 100, "No shells from the internet",
               {"addressPrefix": "Internet", "addressPrefixType": "ServiceTag"},
               {"addressPrefix": "*", "addressPrefixType": "IPPrefix"}, ["22", "3389", "5985-5986"]),
              ("files", "Outbound", 110, "No shares to the internet",
               {"addressPrefix": "*", "addressPrefixType": "IPPrefix"},
               {"addressPrefix": "Internet", "addressPrefixType": "ServiceTag"}, ["445"])))),
        f"{LEARN}/virtual-network-manager/how-to-block-high-risk-ports", unpriced(
            "azure-native:network:NetworkManager::manager")),
    Idiom("apps pass orders by a queue that Dapr reaches by their identity, and are patched on Friday nights", (
        AZURE_BUDGET,
        az("app:ManagedEnvironment", {
            **HERE, "environmentName": "cae-orders", **CLOSED, "zoneRedundant": True, "vnetConfiguration": {
                "internal": True, "infrastructureSubnetId": f"{VNET}/subnets/apps"}, "peerAuthentication": {
                    "mtls": {"enabled": True}}, "peerTrafficConfiguration": {"encryption": {"enabled": True}},
            "appLogsConfiguration": {"destination": "azure-monitor"}, "workloadProfiles": [
                {"name": "Consumption", "workloadProfileType": "Consumption"}]}, "environment"),
        az("app:DaprComponent", {
            **RG, "environmentName": "cae-orders", "componentName": "orders", "componentType":
            "pubsub.azure.servicebus.topics", "version": "v1", "ignoreErrors": False, "initTimeout": "20s",
            "metadata": [
                {"name": "namespaceName", "value": "sb-bank.servicebus.windows.net"},
                {"name": "azureClientId", "value": CLIENT}, {"name": "disableEntityManagement", "value": "true"}],
            "scopes": ["orders"]}, "orders", links={"environmentName": ("environment",)}),
        az("app:DaprComponentResiliencyPolicy", {
            **RG, "environmentName": "cae-orders", "componentName": "orders", "name": "retry", "outboundPolicy": {
                "httpRetryPolicy": {"maxRetries": 5, "retryBackOff": {
                    "initialDelayInMilliseconds": 500, "maxIntervalInMilliseconds": 10000}},
                "timeoutPolicy": {"responseTimeoutInSeconds": 15}, "circuitBreakerPolicy": {
                    "consecutiveErrors": 5, "intervalInSeconds": 10, "timeoutInSeconds": 30}}}, "retry", links={
                        "componentName": ("orders",)}),
        az("app:MaintenanceConfiguration", {
            **RG, "environmentName": "cae-orders", "configName": "default", "scheduledEntries": [
                {"weekDay": "Friday", "startHourUtc": 20, "durationHours": 8}]}, "nights", links={
                    "environmentName": ("environment",)}),
        az("app:ContainerApp", {
            **HERE, "containerAppName": "ca-orders", "managedEnvironmentId": UNKNOWN, **USER, "workloadProfileName":
            "Consumption", "configuration": {
                "activeRevisionsMode": "Single", "dapr": {
                    "enabled": True, "appId": "orders", "appPort": 8443, "appProtocol": "http", "enableApiLogging":
                    False, "logLevel": "info"},
                "registries": [{"server": "registry.bank.ae", "username": "orders", "passwordSecretRef": "mirror"}],
                "secrets": [{"name": "mirror", "identity": ID, "keyVaultUrl":
                             "https://kv-bank.vault.azure.net/secrets/mirror"}]},
            "template": {"scale": {"minReplicas": 2, "maxReplicas": 4}, "containers": [{
                "name": "orders", "image": "registry.bank.ae/apps/orders@sha256:" + "c" * 64, "resources": {
                    "cpu": 0.5, "memory": "1Gi"}, "probes": [{"type": "Liveness", "httpGet": {
                        "path": "/healthz", "port": 8443, "scheme": "HTTPS"}}]}]}}, "app", links={
                            "managedEnvironmentId": ("environment",)}),
        audit("environment", APPS)),
        f"{LEARN}/container-apps/dapr-components; {LEARN}/container-apps/planned-maintenance", {
            **OWN, "residency": {"known": {**NAMES, "sb-bank.servicebus.windows.net": "our own queue, in uaenorth"}},
            **unpriced("azure-native:app:ContainerApp::app", "azure-native:app:ManagedEnvironment::environment")}),
    Idiom("teams get namespaces with limits and closed networks, and write in their own and read in the other", (
        space("payments", "16000m", "64Gi"), space("limits", "8000m", "32Gi"),
        *(az("authorization:RoleAssignment", {
            "scope": f"{CLUSTER}/managedNamespaces/{name}", "principalId": ADMINS, "principalType": "Group",
            "roleDefinitionId": f"{ROLES}/{role}"}, f"{name}-rights", links={"scope": (name,)})
          for name, role in (("payments", WRITER), ("limits", VIEWER)))),
        f"{LEARN}/aks/managed-namespaces; {LEARN}/aks/manage-azure-rbac"),
    Idiom("limits of cards are in tables under the bank's key that one app reads and writes by its identity", (
        AZURE_BUDGET,
        az("cosmosdb:DatabaseAccount", {
            **HERE, "accountName": "cosmos-limits", "kind": "GlobalDocumentDB", "databaseAccountOfferType": "Standard",
            "locations": [{"locationName": "uaenorth", "failoverPriority": 0, "isZoneRedundant": True}], **USER,
            **CLOSED, "disableLocalAuth": True, "disableKeyBasedMetadataWriteAccess": True, "minimalTlsVersion":
            "Tls12", "capabilities": [{"name": "EnableTable"}], "consistencyPolicy": {
                "defaultConsistencyLevel": "Session"},
            "keyVaultKeyUri": "https://kv-bank.vault.azure.net/keys/cmk", "defaultIdentity":
            f"UserAssignedIdentity={ID}", "networkAclBypass": "None", "backupPolicy": {
                "type": "Continuous", "continuousModeProperties": {"tier": "Continuous30Days"}}, "capacity": {
                    "totalThroughputLimit": 4000}}, "account", protect=True),
        az("cosmosdb:TableResourceTable", {
            **HERE, "accountName": "cosmos-limits", "tableName": "limits", "resource": {"id": "limits"}, "options": {
                "autoscaleSettings": {"maxThroughput": 4000}}}, "limits", protect=True, links={
                    "accountName": ("account",)}),
        az("cosmosdb:TableResourceTableRoleAssignment", {
            **RG, "accountName": "cosmos-limits", "roleAssignmentId": "33333333-4444-5555-6666-777777777777",
            "principalId": CLIENT, "roleDefinitionId":
            f"{TABLES}/tableRoleDefinitions/00000000-0000-0000-0000-000000000002", "scope": f"{TABLES}/tables/limits"},
            "app", links={"accountName": ("account",), "scope": ("limits",)}),
        endpoint("limits", TABLES, "Table"), audit("account", TABLES), lock(TABLES, "account")),
        f"{LEARN}/cosmos-db/table/how-to-connect-role-based-access-control", unpriced(
            "azure-native:cosmosdb:DatabaseAccount::account", "azure-native:cosmosdb:TableResourceTable::limits")),
    Idiom("contractors work on desks of the bank that hand out nothing, and the desks stop in the evening", (
        AZURE_BUDGET,
        az("desktopvirtualization:HostPool", {
            **HERE, **CLOSED, "hostPoolName": "hp-contractors", "hostPoolType": "Pooled", "loadBalancerType":
            "BreadthFirst", "preferredAppGroupType": "Desktop", "maxSessionLimit": 8, "startVMOnConnect": True,
            "validationEnvironment": False, "customRdpProperty": QUIET, **SYSTEM, "agentUpdate": {
                "type": "Scheduled", "useSessionHostLocalTime": False, "maintenanceWindowTimeZone":
                "Arabian Standard Time", "maintenanceWindows": [{"dayOfWeek": "Saturday", "hour": 2}]}}, "pool"),
        az("desktopvirtualization:ApplicationGroup", {
            **HERE, "applicationGroupName": "ag-contractors", "applicationGroupType": "Desktop", "hostPoolArmPath":
            UNKNOWN, "showInFeed": True}, "desks", links={"hostPoolArmPath": ("pool",)}),
        az("desktopvirtualization:Workspace", {
            **HERE, **CLOSED, "workspaceName": "ws-contractors", "applicationGroupReferences": [UNKNOWN]}, "space",
            links={"applicationGroupReferences": ("desks",)}),
        az("desktopvirtualization:ScalingPlan", {
            **HERE, "scalingPlanName": "sp-contractors", "hostPoolType": "Pooled", "timeZone": "Arabian Standard Time",
            "exclusionTag": "keep-running", "hostPoolReferences": [
                {"hostPoolArmPath": UNKNOWN, "scalingPlanEnabled": True}], "schedules": [{
                    "name": "week", "daysOfWeek": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
                    "rampUpStartTime": at(7), "rampUpLoadBalancingAlgorithm": "BreadthFirst", "rampUpMinimumHostsPct":
                    20, "rampUpCapacityThresholdPct": 60, "peakStartTime": at(9), "peakLoadBalancingAlgorithm":
                    "BreadthFirst", "rampDownStartTime": at(18), "rampDownLoadBalancingAlgorithm": "DepthFirst",
                    "rampDownMinimumHostsPct": 0, "rampDownCapacityThresholdPct": 90, "rampDownForceLogoffUsers": False,
                    "rampDownStopHostsWhen": "ZeroSessions", "rampDownWaitTimeMinutes": 30,
                    "rampDownNotificationMessage": "Please save your work", "offPeakStartTime": at(20),
                    "offPeakLoadBalancingAlgorithm": "DepthFirst"}]}, "plan", links={"hostPoolReferences": ("pool",)}),
        endpoint("hp", f"{DESKS}/hostPools/hp-contractors", "connection"),
        endpoint("ws", f"{DESKS}/workspaces/ws-contractors", "feed"),
        audit("pool", f"{DESKS}/hostPools/hp-contractors")),
        f"{LEARN}/virtual-desktop/private-link-setup; {LEARN}/virtual-desktop/autoscale-create-assign-scaling-plan"),
    Idiom("machines of branches speak MQTT to a broker of the network by certificates, each on topics of its name", (
        AZURE_BUDGET,
        az("eventgrid:Namespace", {
            **HERE, **CLOSED, **SYSTEM, "namespaceName": "evgns-branches", "sku": {"name": "Standard", "capacity": 1},
            "isZoneRedundant": True, "minimumTlsVersionAllowed": "1.2", "topicSpacesConfiguration": {
                "state": "Enabled", "maximumSessionExpiryInHours": 8, "maximumClientSessionsPerAuthenticationName": 1}},
            "broker"),
        az("eventgrid:CaCertificate", {**BROKER, "caCertificateName": "branches", "description": "The bank's authority",
                                       "encodedCertificate": UNKNOWN}, "authority", links={
                                           "namespaceName": ("broker",)}),
        az("eventgrid:ClientGroup", {**BROKER, "clientGroupName": "atms", "query": "attributes.kind = 'atm'",
                                     "description": "Machines of branches"}, "atms", links={
                                         "namespaceName": ("broker",)}),
        az("eventgrid:TopicSpace", {**BROKER, "topicSpaceName": "events", "topicTemplates": [
            "atms/${client.authenticationName}/events"]}, "events", links={"namespaceName": ("broker",)}),
        az("eventgrid:PermissionBinding", {
            **BROKER, "permissionBindingName": "atms-events", "clientGroupName": "atms", "topicSpaceName": "events",
            "permission": "Publisher"}, "rights", links={"clientGroupName": ("atms",), "topicSpaceName": ("events",)}),
        endpoint("broker", THINGS, "topicspace"), audit("broker", THINGS)),
        f"{LEARN}/event-grid/mqtt-access-control; {LEARN}/event-grid/mqtt-client-certificate-authentication", unpriced(
            "azure-native:eventgrid:Namespace::broker")),
)  # fmt: skip
