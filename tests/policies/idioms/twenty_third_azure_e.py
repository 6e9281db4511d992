"""Good programs of platform teams on Azure: records, money, identities (2026-12-01, written before any rule ran)."""

from ..blind import SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    GROUP,
    ITS,
    LAW,
    LEARN,
    OURS,
    RG,
    STAFF,
    VNET,
    alert,
    budget,
    kept,
    private,
    records,
    role,
    with_prices,
)

GATEWAY = f"{ITS}.Network/applicationGateways/agw-portal-prod"
WEEKLY = "2026-12-01T00:00:00Z"


def part(kind: str, name: str) -> dict[str, str]:
    """Returns the reference of a gateway to one of its parts."""
    return {"id": f"{GATEWAY}/{kind}/{name}"}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Azure Monitor baseline: duty group, service health, changes of security, queries and Prometheus rules", (
        az("monitor:ActionGroup", {
            **RG, "location": "global", "tags": TAGS, "actionGroupName": "ag-platform", "groupShortName": "platform",
            "enabled": True, "emailReceivers": [{"name": "duty", "emailAddress": "duty@bank.ae",
                                                 "useCommonAlertSchema": True}], "armRoleReceivers": [
                {"name": "monitoring", "roleId": "749f88d5-cbae-40b8-bcfc-e573ddc772fa", "useCommonAlertSchema":
                 True}]}, "duty"),
        az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": TAGS, "activityLogAlertName": "service-health", "enabled": True,
            "scopes": [SUB], "condition": {"allOf": [
                {"field": "category", "equals": "ServiceHealth"}, {"field": "properties.impactedServices[*]."
                 "ImpactedRegions[*].RegionName", "containsAny": ["UAE North", "UAE Central", "Global"]}]}, "actions": {
                "actionGroups": [{"actionGroupId": UNKNOWN}]}}, "health", links={"actions": ("duty",)}),
        *(az("monitor:ActivityLogAlert", {
            **RG, "location": "global", "tags": TAGS, "activityLogAlertName": name, "enabled": True, "scopes": [SUB],
            "condition": {"allOf": [{"field": "category", "equals": "Administrative"}, {
                "field": "operationName", "equals": operation}]}, "actions": {
                "actionGroups": [{"actionGroupId": UNKNOWN}]}}, name, links={"actions": ("duty",)})
          for name, operation in (
              ("policy-assignment-written", "Microsoft.Authorization/policyAssignments/write"),
              ("policy-assignment-deleted", "Microsoft.Authorization/policyAssignments/delete"),
              ("nsg-written", "Microsoft.Network/networkSecurityGroups/write"),
              ("nsg-deleted", "Microsoft.Network/networkSecurityGroups/delete"),
              ("public-ip-written", "Microsoft.Network/publicIPAddresses/write"),
              ("key-vault-deleted", "Microsoft.KeyVault/vaults/delete"))),
        az("monitor:ScheduledQueryRule", {
            **AT, "ruleName": "owner-granted", "kind": "LogAlert", "displayName": "Owner was granted", "severity": 1,
            "enabled": True, "autoMitigate": False, "scopes": [LAW], "evaluationFrequency": "PT5M", "windowSize":
            "PT5M", "criteria": {"allOf": [{
                "query": "AzureActivity | where OperationNameValue =~ 'Microsoft.Authorization/roleAssignments/write'",
                "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0, "failingPeriods": {
                    "numberOfEvaluationPeriods": 1, "minFailingPeriodsToAlert": 1}}]},
            "actions": {"actionGroups": [UNKNOWN]}}, "owner", links={"actions": ("duty",)}),
        az("monitor:AzureMonitorWorkspace", {**AT, "azureMonitorWorkspaceName": "amw-prod", "publicNetworkAccess":
                                             "Disabled"}, "amw"),
        az("alertsmanagement:PrometheusRuleGroup", {
            **AT, "ruleGroupName": "nodes", "clusterName": "aks-ai-prod", "enabled": True, "interval": "PT1M", "scopes":
            [UNKNOWN], "rules": [
                {"record": "instance:node_cpu_utilisation:rate5m", "expression":
                 "1 - avg without (cpu) (sum without (mode) (rate(node_cpu_seconds_total{mode=~\"idle|iowait\"}[5m])))",
                 "labels": {"workload_type": "job"}},
                {"alert": "KubePodCrashLooping", "expression":
                 "max_over_time(kube_pod_container_status_waiting_reason{reason=\"CrashLoopBackOff\"}[5m]) >= 1",
                 "for": "PT15M", "severity": 3, "enabled": True, "actions": [{"actionGroupId": UNKNOWN}],
                 "resolveConfiguration": {"autoResolved": True, "timeToResolve": "PT10M"}}]}, "rules",
           links={"scopes": ("amw",), "rules": ("duty",)}),
        az("dashboard:Grafana", {
            **AT, "workspaceName": "amg-prod", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"},
            "properties": {"publicNetworkAccess": "Disabled", "apiKey": "Disabled", "zoneRedundancy": "Enabled",
                           "deterministicOutboundIP": "Disabled", "grafanaMajorVersion": "11",
                           "grafanaIntegrations": {"azureMonitorWorkspaceIntegrations": [{
                               "azureMonitorWorkspaceResourceId": UNKNOWN}]}}}, "grafana",
           links={"properties": ("amw",)}),
        *private("amw", "prometheusMetrics", "privatelink.uaenorth.prometheus.monitor.azure.com"),
        *private("grafana", "grafana", "privatelink.grafana.azure.com"), records("grafana")),
        f"{LEARN}/azure-monitor/alerts/alerts-overview; Azure/azure-monitor-baseline-alerts, as known",
        with_prices("monitor:AzureMonitorWorkspace::amw", "monitor:ScheduledQueryRule::owner")),
    Idiom("Cost Management: budgets by group and subscription, a daily export, anomalies and a weekly view", (
        budget(), az("consumption:Budget", {
            "scope": SUB[1:], "budgetName": "budget-sub", "amount": 400000, "category": "Cost", "timeGrain": "Monthly",
            "timePeriod": {"startDate": WEEKLY}, "filter": {"tags": {
                "name": "cost-centre", "operator": "In", "values": ["cc-4711", "cc-4712"]}}, "notifications": {
                f"actual-{share}": {"enabled": True, "operator": "GreaterThan", "threshold": share, "thresholdType":
                                    "Actual", "contactEmails": ["finops@bank.ae"], "contactRoles": ["Owner"], "locale":
                                    "en-us"} for share in (50, 80, 100)}}, "budget-subscription"),
        az("costmanagement:Export", {
            "scope": SUB[1:], "exportName": "daily-actual", "format": "Csv", "partitionData": True, "identity": {
                "type": "SystemAssigned"}, "location": "uaenorth", "definition": {
                "type": "ActualCost", "timeframe": "MonthToDate", "dataSet": {"granularity": "Daily"}}, "deliveryInfo":
            {"destination": {"resourceId": f"{ITS}.Storage/storageAccounts/stcostprod", "container": "exports",
                                "rootFolderPath": "actual"}}, "schedule": {
                "status": "Active", "recurrence": "Daily", "recurrencePeriod": {
                    "from": "2026-12-02T00:00:00Z", "to": "2031-12-01T00:00:00Z"}}}, "export"),
        az("costmanagement:ScheduledActionByScope", {
            "scope": SUB[1:], "name": "anomalies", "kind": "InsightAlert", "displayName": "Anomalies", "status":
            "Enabled", "viewId": f"{SUB}/providers/Microsoft.CostManagement/views/ms:DailyAnomalyByResourceGroup",
            "notification": {"subject": "Anomaly of cost", "to": ["finops@bank.ae"]}, "schedule": {
                "frequency": "Daily", "startDate": WEEKLY, "endDate": "2027-12-01T00:00:00Z"}}, "anomalies"),
        az("costmanagement:ViewByScope", {
            "scope": SUB[1:], "viewName": "by-cost-centre", "displayName": "By cost centre", "chart": "StackedColumn",
            "accumulated": "false", "metric": "ActualCost", "type": "Usage", "timeframe":
            "MonthToDate", "dataSet": {
                "granularity": "Daily", "aggregation": {"totalCost": {"name": "Cost", "function": "Sum"}},
                "grouping": [{"type": "TagKey", "name": "cost-centre"}]}}, "view"),
        az("costmanagement:ScheduledActionByScope", {
            "scope": SUB[1:], "name": "weekly", "kind": "Email", "displayName": "Weekly report", "status": "Enabled",
            "viewId": UNKNOWN, "notification": {"subject": "Cost by cost centre", "to": ["finops@bank.ae"],
                                                "language": "en"}, "fileDestination": {"fileFormats": ["Csv"]},
            "schedule": {"frequency": "Weekly", "daysOfWeek": ["Sunday"], "hourOfDay": 6, "startDate": WEEKLY,
                         "endDate": "2027-12-01T00:00:00Z"}}, "weekly", links={"viewId": ("view",)})),
        f"{LEARN}/cost-management-billing/costs/tutorial-improved-exports; .../understand/analyze-unexpected-charges,"
        " as known", OURS),
    Idiom("Identities: GitHub of one environment by federation, a narrow custom role and eligible owners", (
        *(az("managedidentity:UserAssignedIdentity", {**AT, "resourceName": name}, name)
          for name in ("id-deploy", "id-app")),
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "id-deploy", "federatedIdentityCredentialResourceName": "github-prod", "issuer":
            "https://token.actions.githubusercontent.com", "subject": "repo:bank-ae/platform:environment:prod",
            "audiences": ["api://AzureADTokenExchange"]}, "github", links={"resourceName": ("id-deploy",)}),
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleDefinitionId": "cccccccc-1111-2222-3333-444444444444", "roleName":
            "Container App restarter", "roleType": "CustomRole", "description": "Reads and restarts container apps",
            "assignableScopes": [GROUP], "permissions": [{
                "actions": ["Microsoft.App/containerApps/read", "Microsoft.App/containerApps/revisions/read",
                            "Microsoft.App/containerApps/revisions/restart/action",
                            "Microsoft.Insights/metrics/read"], "notActions": [], "dataActions": [],
                "notDataActions": []}]}, "restarter"),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "principalId": STAFF, "principalType": "Group", "roleDefinitionId": UNKNOWN,
            "description": "Support restarts apps"}, "support", links={"roleDefinitionId": ("restarter",)}),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "principalId": UNKNOWN, "principalType": "ServicePrincipal", "roleDefinitionId":
            role("358470bc-b998-42bd-ab17-a7e34c199c0f")}, "deploys-apps", links={"principalId": ("id-deploy",)}),
        az("authorization:RoleAssignment", {
            "scope": f"{ITS}.KeyVault/vaults/kv-pay-prod", "principalId": UNKNOWN, "principalType": "ServicePrincipal",
            "roleDefinitionId": role("4633458b-17de-408a-b874-0445c86b69e6")}, "app-secrets",
           links={"principalId": ("id-app",)}),
        az("authorization:PimRoleEligibilitySchedule", {
            "scope": GROUP, "principalId": STAFF, "roleDefinitionId": role("b24988ac-6180-42a0-ab88-20f7382dd24c"),
            "justification": "Change of production", "scheduleInfo": {"startDateTime": WEEKLY, "expiration": {
                "type": "AfterDuration", "duration": "P180D"}}}, "eligible")),
        f"{LEARN}/active-directory/workload-identities/workload-identity-federation; {AVM}/managed-identity/"
        "user-assigned-identity, as known", OURS),
    Idiom("AVM application gateway: an internal WAF_v2 with a certificate of the vault and TLS to the app", (
        budget(25000),
        az("network:WebApplicationFirewallPolicy", {
            **AT, "policyName": "waf-portal-prod", "policySettings": {
                "state": "Enabled", "mode": "Prevention", "requestBodyCheck": True, "maxRequestBodySizeInKb": 128,
                "fileUploadLimitInMb": 100}, "managedRules": {"managedRuleSets": [
                    {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
                    {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]}}, "waf"),
        az("network:ApplicationGateway", {
            **AT, "applicationGatewayName": "agw-portal-prod", **BY_IDENTITY, "zones": ["1", "2", "3"], "enableHttp2":
            True, "sku": {"name": "WAF_v2", "tier": "WAF_v2"}, "autoscaleConfiguration": {
                "minCapacity": 2, "maxCapacity": 10}, "firewallPolicy": {"id": UNKNOWN}, "sslPolicy": {
                "policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"}, "gatewayIPConfigurations": [
                {"name": "ipconfig", "subnet": {"id": f"{VNET}/subnets/snet-agw"}}], "frontendIPConfigurations": [
                {"name": "private", "privateIPAddress": "10.20.0.10", "privateIPAllocationMethod": "Static", "subnet": {
                    "id": f"{VNET}/subnets/snet-agw"}}], "frontendPorts": [{"name": "443", "port": 443}],
            "sslCertificates": [{"name": "portal", "keyVaultSecretId":
                                 "https://kv-pay-prod.vault.azure.net/secrets/tls-portal"}],
            "backendAddressPools": [{"name": "app", "backendAddresses": [{"fqdn": "portal.apps.bank.ae"}]}],
            "probes": [{"name": "healthz", "protocol": "Https", "path": "/healthz", "interval": 30, "timeout": 30,
                        "unhealthyThreshold": 3, "pickHostNameFromBackendHttpSettings": True, "match": {
                            "statusCodes": ["200-399"]}}],
            "backendHttpSettingsCollection": [{
                "name": "https", "port": 443, "protocol": "Https", "cookieBasedAffinity": "Disabled", "requestTimeout":
                20, "pickHostNameFromBackendAddress": True, "connectionDraining": {
                    "enabled": True, "drainTimeoutInSec": 60}, "probe": part("probes", "healthz")}],
            "httpListeners": [{
                "name": "https", "protocol": "Https", "hostName": "portal.bank.ae", "frontendIPConfiguration": part(
                    "frontendIPConfigurations", "private"), "frontendPort": part("frontendPorts", "443"),
                "sslCertificate": part("sslCertificates", "portal")}],
            "rewriteRuleSets": [{"name": "headers", "rewriteRules": [{
                "name": "hsts", "ruleSequence": 100, "actionSet": {"responseHeaderConfigurations": [
                    {"headerName": "Strict-Transport-Security", "headerValue": "max-age=31536000"}]}}]}],
            "requestRoutingRules": [{
                "name": "https", "ruleType": "Basic", "priority": 100, "httpListener": part("httpListeners", "https"),
                "backendAddressPool": part("backendAddressPools", "app"), "backendHttpSettings": part(
                    "backendHttpSettingsCollection", "https"), "rewriteRuleSet": part("rewriteRuleSets", "headers")}]},
           "gateway", links={"firewallPolicy": ("waf",)}),
        records("gateway"), kept("gateway"),
        alert("gateway", "Microsoft.Network/applicationGateways", "UnhealthyHostCount", "GreaterThan", 0)),
        f"{AVM}/network/application-gateway/tests/e2e/waf-aligned, as known",
        with_prices("network:ApplicationGateway::gateway")),
)  # fmt: skip
