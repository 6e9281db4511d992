"""Good idioms of operations of platforms for AI on Azure: watching, costs, rights and policies (2026-11-28)."""

from ..blind import GROUP, SUB, TAGS, az
from ..harness import UNKNOWN
from . import Idiom
from .fourth import AVM, HERE, LEARN, OURS, RG
from .fourth_kubernetes import AZURE_BUDGET, LAW
from .seventh_azure import ACCOUNT, AI, CLIENT, CLOSED, ROLES, SYSTEM
from .sixth_azure import endpoint

POLICIES = "/providers/Microsoft.Authorization/policyDefinitions"
TEAM = f"{OURS}.Insights/actionGroups/team"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("dashboards in the network, by Entra only", (
        AZURE_BUDGET, az("dashboard:Grafana", {
            **HERE, **SYSTEM, "workspaceName": "amg-bank", "sku": {"name": "Standard"}, "properties": {
                "apiKey": "Disabled", **CLOSED, "zoneRedundancy": "Enabled", "deterministicOutboundIP": "Disabled",
                "grafanaMajorVersion": "11"}}, "grafana"),
        endpoint("amg", f"{OURS}.Dashboard/grafana/amg-bank", "grafana")), f"{LEARN}/managed-grafana"),
    Idiom("rules of Prometheus tell the team of idle GPUs", (az("alertsmanagement:PrometheusRuleGroup", {
        **HERE, "ruleGroupName": "gpu", "clusterName": "aks", "enabled": True, "interval": "PT1M",
        "scopes": [f"{OURS}.Monitor/accounts/amw-bank"], "rules": [{
            "alert": "GpuIsIdle", "expression": "avg_over_time(DCGM_FI_DEV_GPU_UTIL[2h]) < 5", "for": "PT2H",
            "severity": 3, "enabled": True, "resolveConfiguration": {"autoResolved": True, "timeToResolve": "PT10M"},
            "actions": [{"actionGroupId": TEAM}]}]}, "rules"),), f"{LEARN}/azure-monitor/metrics"),
    Idiom("an alert when models are throttled", (az("monitor:MetricAlert", {
        **RG, "location": "global", "tags": TAGS, "ruleName": "throttled", "enabled": True, "severity": 2,
        "scopes": [AI], "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": True,
        "actions": [{"actionGroupId": TEAM}], "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                "criterionType": "StaticThresholdCriterion", "name": "429", "metricName": "AzureOpenAIRequests",
                "operator": "GreaterThan", "threshold": 50, "timeAggregation": "Total", "dimensions": [
                    {"name": "StatusCode", "operator": "Include", "values": ["429"]}]}]}}, "alert"),),
        f"{LEARN}/azure-monitor/alerts"),
    Idiom("costs are exported every day into the bank's account", (az("costmanagement:Export", {
        "scope": SUB[1:], "exportName": "daily", "format": "Csv", "partitionData": True, **SYSTEM,
        "location": "uaenorth", "definition": {
            "type": "ActualCost", "timeframe": "MonthToDate", "dataSet": {"granularity": "Daily"}},
        "deliveryInfo": {"destination": {"resourceId": ACCOUNT, "container": "costs", "rootFolderPath": "daily"}},
        "schedule": {"status": "Active", "recurrence": "Daily", "recurrencePeriod": {
            "from": "2026-12-01T00:00:00Z", "to": "2027-12-01T00:00:00Z"}}}, "export"),),
        f"{LEARN}/cost-management-billing/costs/tutorial-improved-exports"),
    Idiom("operators activate their role for a limited time", (az("authorization:PimRoleEligibilitySchedule", {
        "scope": GROUP, "principalId": CLIENT, "roleDefinitionId": f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c",
        "justification": "Operators of the platform", "scheduleInfo": {
            "startDateTime": "2026-12-01T00:00:00Z", "expiration": {"type": "AfterDuration", "duration": "P180D"}}},
        "pim"),), "learn.microsoft.com/entra/id-governance/privileged-identity-management"),
    Idiom("policies of Azure deny keys, public networks and other places for AI", (
        *(az("authorization:PolicyAssignment", {
            "scope": GROUP, "policyAssignmentName": name, "displayName": text, "enforcementMode": "Default",
            "policyDefinitionId": f"{POLICIES}/{definition}", "parameters": {"effect": {"value": "Deny"}},
            "nonComplianceMessages": [{"message": f"{text}: ask the platform team"}]}, name)
          for name, text, definition in (
              ("ai-keys", "AI accounts have no keys", "71ef260a-8f18-47b7-abcb-62d0673d94dc"),
              ("ai-network", "AI accounts are private", "037eea7a-bd0a-46c5-9a66-03aea78705d3"))),),
        f"{LEARN}/ai-services/policy-reference"),
    Idiom("a subnet of GPUs lets in its balancer and leaves by the firewall", (
        az("network:NetworkSecurityGroup", {
            **HERE, "networkSecurityGroupName": "nsg-gpu", "securityRules": [
                {"name": "from-gateway", "priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
                 "sourceAddressPrefix": "10.20.4.0/24", "sourcePortRange": "*", "destinationAddressPrefix":
                     "10.20.8.0/24", "destinationPortRange": "8000"},
                {"name": "deny-rest", "priority": 4096, "direction": "Inbound", "access": "Deny", "protocol": "*",
                 "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
                 "destinationPortRange": "*"}]}, "nsg"),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "spoke", "subnetName": "gpu", "addressPrefix": "10.20.8.0/24",
            "defaultOutboundAccess": False, "privateEndpointNetworkPolicies": "Enabled",
            "networkSecurityGroup": {"id": UNKNOWN}, "routeTable": {"id": f"{OURS}.Network/routeTables/rt-spoke"}},
            "gpu", links={"networkSecurityGroup": ("nsg",)})), f"{AVM}, avm-res-network-virtualnetwork"),
    Idiom("what an account of AI does is kept in the workspace of logs", (
        az("monitor:DiagnosticSetting", {
            "resourceUri": AI, "name": "to-law", "workspaceId": LAW, "logAnalyticsDestinationType": "Dedicated",
            "logs": [{"categoryGroup": "allLogs", "enabled": True}],
            "metrics": [{"category": "AllMetrics", "enabled": True}]}, "diag"),
        az("operationalinsights:Table", {
            **RG, "workspaceName": "law", "tableName": "AzureDiagnostics", "plan": "Analytics", "retentionInDays": 90,
            "totalRetentionInDays": 730}, "table")), f"{LEARN}/ai-services/diagnostic-logging"),
)  # fmt: skip
