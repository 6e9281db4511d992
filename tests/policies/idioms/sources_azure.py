"""Good idioms on Azure that the vendor's own pages describe (2026-12-01): values that come close to harmful ones."""

from ..blind import SUB, az
from . import Idiom
from .after_twenty_first_azure_id import POLICIES, SIGNED_IN, _api
from .fourth import HERE, LEARN, OURS, RG
from .twelfth_azure_platform import OWN

OWNERS = [{"actionGroupId": f"{OURS}.Insights/actionGroups/ag-owners"}]
APPLICATION = "Insights/components/ai-ledger"
TOKEN = SIGNED_IN.replace("<validate-azure-ad-token ", '<validate-azure-ad-token output-token-variable-name="jwt" ')

IDIOMS = (
    Idiom("callers learn whom the gateway takes them for", (
        _api(f"<base />{TOKEN}",
             '<base /><set-header name="x-user" exists-action="override"><value>@(((Jwt)context.Variables["jwt"])'
             '.Subject)</value></set-header>'),),
        f"{LEARN}/api-management/validate-azure-ad-token-policy"),
    Idiom("somebody is called when disks are at their limit, and a process fills three cores or answers late", (
        az("monitor:ActionGroup", {
            **HERE, "location": "global", "actionGroupName": "ag-owners", "groupShortName": "owners", "enabled": True,
            "armRoleReceivers": [{"name": "owners", "roleId": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
                                  "useCommonAlertSchema": True}]}, "owners"),
        *(az("monitor:MetricAlert", {
            **HERE, "location": "global", "ruleName": name, "severity": 2, "enabled": True, "windowSize": "PT5M",
            "scopes": [f"{OURS}.{scope}"], "evaluationFrequency": "PT1M", "actions": OWNERS, "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
                    "criterionType": "StaticThresholdCriterion", "name": name, "metricName": metric,
                    "operator": operator, "threshold": threshold, "timeAggregation": "Average"}]}}, name)
          for name, scope, metric, operator, threshold in (
              ("disks", "Compute/virtualMachines/vm-ledger", "Data Disk IOPS Consumed Percentage",
               "GreaterThanOrEqual", 100),
              ("cores", APPLICATION, "performanceCounters/processCpuPercentage", "GreaterThan", 300),
              ("slow", APPLICATION, "availabilityResults/duration", "GreaterThan", 5000),
          ))), f"{LEARN}/azure-monitor/app/standard-metrics", OWN),
    Idiom("two clients of the broker are named, and the limit of an alert stands first", (
        az("eventgrid:ClientGroup", {
            **RG, "namespaceName": "eg-bank", "clientGroupName": "vaults",
            "query": "authenticationName IN ['vault-1', 'vault-2']"}, "vaults"),
        az("alertsmanagement:PrometheusRuleGroup", {
            **HERE, "ruleGroupName": "ledger", "enabled": True, "interval": "PT1M",
            "scopes": [f"{OURS}.Monitor/accounts/amw-bank"], "rules": [
                {"alert": "LateClosing", "enabled": True, "severity": 1, "for": "PT5M", "actions": OWNERS,
                 "expression": "3600 < time() - ledger_last_closing_seconds"}]}, "alerts")),
        f"{LEARN}/event-grid/mqtt-client-groups", OWN),
    Idiom("machines at which their owner looks himself are left out", (az("security:Pricing", {
        "scopeId": SUB[1:], "pricingName": "VirtualMachines", "pricingTier": "Standard", "subPlan": "P2",
        "extensions": [{"name": "AgentlessVmScanning", "isEnabled": "True", "additionalExtensionProperties": {
            "ExclusionTags": '[{"key": "scanned-by", "value": "owner"}, {"key":"scan","value":"project"}]'}}]}),),
        f"{LEARN}/defender-for-cloud/enable-agentless-scanning-vms", OWN),
    Idiom("a subscription without web applications does not look for their identities", (
        az("authorization:PolicyAssignment", {
            "scope": SUB, "policyAssignmentName": "baseline", "enforcementMode": "Default", "policyDefinitionId":
            f"{POLICIES}/policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8", "parameters": {
                "webAppUseManagedIdentityMonitoringEffect": {"value": "Disabled"},
                "managedIdentityShouldBeUsedInYourFunctionAppMonitoringEffect": {"value": "Disabled"}}}),),
        f"{LEARN}/governance/policy/samples/azure-security-benchmark", OWN),
)  # fmt: skip
"""Programs that must pass, with where they come from."""
