"""Good idioms of platform teams on Azure that come close to the attack paths that published lists name (2026-12-01)."""

from ..blind import GROUP, SUB, az
from ..harness import Given
from . import Idiom, unpriced
from .fourth import HERE, LEARN, OURS, RG
from .fourth_kubernetes import AZURE_BUDGET

ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
TEAM = "11111111-2222-3333-4444-555555555555"
CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c"
ROLE_BASED = f"{LEARN}/role-based-access-control/best-practices"


def _held(role: str, name: str, kind: str = "Group", scope: str = GROUP, **more: object) -> Given:
    return az("authorization:RoleAssignment", {
        "scope": scope, "roleDefinitionId": f"{ROLES}/{role}", "principalId": TEAM, "principalType": kind}, name,
        **more)  # fmt: skip


def _custom(name: str, *actions: str) -> Given:
    return az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": name, "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions)}]}, name)  # fmt: skip


SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
CALLED = {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "actions": {}, "outputs": {}, "triggers": {
    "manual": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}}  # fmt: skip
REST = "<backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"


def _workflow(name: str, definition: object = CALLED, **more: object) -> Given:
    return az("logic:Workflow", {
        **HERE, "workflowName": name, "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": definition, **more}, name)  # fmt: skip


def _parameter(kind: str, name: str, value: str) -> Given:
    return az(f"{kind}:Configuration", {
        **RG, "serverName": "db-bank", "configurationName": name, "source": "user-override", "value": value},
        name)  # fmt: skip


IDIOMS = (
    Idiom("people activate Contributor, and have for good what one cluster, one vault and their sign-in need", (
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": GROUP, "principalId": TEAM, "roleDefinitionId": f"{ROLES}/{CONTRIBUTOR}",
            "justification": "Operators of the platform", "scheduleInfo": {
                "expiration": {"type": "AfterDuration", "duration": "P180D"}}}, "eligible"),
        _held(CONTRIBUTOR, "pipeline", "ServicePrincipal"),
        _held("acdd72a7-3385-48ef-bd42-f606fba81ae7", "reader", scope=SUB),
        _held("ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8", "cluster",
              scope=f"{OURS}.ContainerService/managedClusters/aks-bank"),
        _held("b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "secrets", scope=f"{OURS}.KeyVault/vaults/kv-payments"),
        _held("1c0163c0-47e6-4577-8991-ea5c82e286e4", "sign-in"),
        _held("a6333a3e-0164-44c3-b281-7a577aff287f", "console"),
        _held("4633458b-17de-408a-b874-0445c86b69e6", "workload", "ServicePrincipal")),
        f"{ROLE_BASED}; entra/id-governance/privileged-identity-management"),
    Idiom("who deploys apps and networks has their parts too, and operators see how functions run", (
        _custom("Deploys apps", "Microsoft.Web/sites/read", "Microsoft.Web/sites/write",
                "Microsoft.Web/sites/functions/write", "Microsoft.Resources/deployments/*"),
        _custom("Deploys networks", "Microsoft.Network/*", "Microsoft.Resources/deployments/*"),
        _custom("Deploys stores", "Microsoft.Storage/storageAccounts/write", "Microsoft.Storage/storageAccounts/read",
                "Microsoft.Storage/storageAccounts/blobServices/write",
                "Microsoft.Storage/storageAccounts/blobServices/containers/*"),
        _custom("Watches functions", "Microsoft.Web/sites/read", "Microsoft.Web/sites/functions/read",
                "Microsoft.Web/sites/restart/action", "Microsoft.Insights/metrics/read"),
        _custom("Uses the bastion", "Microsoft.Network/bastionHosts/read", "Microsoft.Compute/virtualMachines/read",
                "Microsoft.Network/networkInterfaces/read"),
        _custom("Makes containers", "Microsoft.Storage/storageAccounts/blobServices/containers/write",
                "Microsoft.Storage/storageAccounts/blobServices/containers/read"),
        _custom("Watches runbooks", "Microsoft.Automation/automationAccounts/*/read",
                "Microsoft.Automation/automationAccounts/schedules/write")),
        f"{LEARN}/role-based-access-control/custom-roles"),
    Idiom("an app reads one container as itself, and the identity of the pipeline deploys the group", (
        az("managedidentity:UserAssignedIdentity", {
            "resourceGroupName": "rg-platform", "resourceName": "id-pipeline", "location": "uaenorth",
            "tags": {"project": "arabic-llm", "business-unit": "retail-banking", "environment": "prod",
                     "cost-centre": "cc-4711", "owner": "ml-platform-team", "data-classification": "confidential"}},
           "identity"),
        _held(CONTRIBUTOR, "deploys", "ServicePrincipal", links={"principalId": ("identity",)})),
        f"{LEARN}/devops/integrate/azure/manage-identities"),
    Idiom("a role that reads secrets may be held anywhere in the subscription, and is held on one vault", (
        az("authorization:RoleDefinition", {
            "scope": SUB, "roleName": "Reads secrets", "roleType": "CustomRole", "assignableScopes": [SUB],
            "permissions": [{"dataActions": ["Microsoft.KeyVault/vaults/secrets/getSecret/action"]}]}, "role"),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.KeyVault/vaults/kv-payments", "principalId": TEAM, "principalType": "ServicePrincipal",
            "roleDefinitionId": f"{ROLES}/77777777-8888-9999-aaaa-bbbbbbbbbbbb"},
           "held", links={"roleDefinitionId": ("role",)})),
        f"{LEARN}/role-based-access-control/custom-roles"),
    Idiom("a request starts a workflow from the network of the bank, from another workflow, or with a token", (
        _workflow("refunds", accessControl={"triggers": {
            "allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}),
        _workflow("child", accessControl={"triggers": {"allowedCallerIpAddresses": []}}),
        _workflow("signed", accessControl={"triggers": {"openAuthenticationPolicies": {"policies": {"bank": {
            "type": "AAD", "claims": [
                {"name": "iss", "value": "https://login.microsoftonline.com/00000000-1111-2222-3333-444444444444/v2.0"},
                {"name": "aud", "value": "api://refunds"}]}}}}}),
        _workflow("nightly", {**CALLED, "triggers": {
            "daily": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}}})),
        f"{LEARN}/logic-apps/logic-apps-securing-a-logic-app"),
    Idiom("an API answers pages of the portal, and an old gateway has one rule off", (
        az("apimanagement:ApiPolicy", {
            **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml",
            "value": "<policies><inbound><base /><!-- no <origin>*</origin> here --><cors><allowed-origins><origin>"
                     "https://portal.bank.ae</origin></allowed-origins><allowed-methods><method>GET</method>"
                     f"</allowed-methods></cors></inbound>{REST}"}, "policy"),
        az("network:ApplicationGateway", {
            **HERE, "applicationGatewayName": "agw", "sku": {"name": "WAF_v2", "tier": "WAF_v2", "capacity": 2},
            "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"},
            "webApplicationFirewallConfiguration": {
                "enabled": True, "firewallMode": "Prevention", "ruleSetType": "OWASP", "ruleSetVersion": "3.2",
                "disabledRuleGroups": [
                    {"ruleGroupName": "REQUEST-920-PROTOCOL-ENFORCEMENT", "rules": [920300, 920320]}],
                "exclusions": [{"matchVariable": "RequestCookieNames", "selectorMatchOperator": "Equals",
                                "selector": "consent"}]}}, "gateway")),
        f"{LEARN}/web-application-firewall/ag/application-gateway-waf-configuration",
        unpriced("azure-native:network:ApplicationGateway::gateway")),
    Idiom("databases record who comes, leaves and is denied, and the activity log keeps its groups", (
        _parameter("dbforpostgresql", "log_disconnections", "on"),
        _parameter("dbformysql", "audit_log_events", "CONNECTION,ADMIN,DDL,DCL"),
        az("monitor:SubscriptionDiagnosticSetting", {
            "name": "activity", "workspaceId": f"{OURS}.OperationalInsights/workspaces/log", "logs": [
                {"categoryGroup": "allLogs", "enabled": True}]}, "activity")),
        f"{LEARN}/azure-monitor/platform/activity-log"),
    Idiom("nodes of an older version that is maintained stay until the app is tested", (
        AZURE_BUDGET,
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-bank", "agentPoolName": "apps", "orchestratorVersion": "1.32.7", "count": 3,
            "mode": "User", "vmSize": "Standard_D4s_v5", "osType": "Linux", "enableEncryptionAtHost": True,
            "enableNodePublicIP": False, "vnetSubnetID": f"{OURS}.Network/virtualNetworks/hub/subnets/aks",
            "tags": HERE["tags"]}, "apps")),
        f"{LEARN}/aks/supported-kubernetes-versions", unpriced("azure-native:containerservice:AgentPool::apps")),
)  # fmt: skip
