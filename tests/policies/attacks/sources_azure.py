"""Attacks on Azure by what the vendor's pages say otherwise than was assumed (2026-12-01).

Properties by pulumi-azure-native 3.29.0; the pages are named at the rules.
"""

from ..blind import HERE, OURS, RG, az
from ..harness import Given
from . import Attack
from .after_twenty_first_azure_id import SOC
from .twenty_first_azure_id_ai import EXP, RSL

BASIC = '<authentication-basic username="apim" password="{{core-password}}" />'


def _api(inbound: str) -> tuple[Given, ...]:
    return (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml",
        "value": f"<policies><inbound>{inbound}</inbound><backend><base /></backend><outbound><base /></outbound>"
                 "<on-error><base /></on-error></policies>"}),)  # fmt: skip


ATTACKS = (
    Attack("an API signs in to the core system for whoever calls it", EXP, _api(BASIC), "critical"),
    Attack("a header chooses that the gateway signs in, and nobody is checked", EXP, _api(
        '<base /><choose><when condition="@(context.Request.Headers.ContainsKey(&quot;X-Partner&quot;))">'
        f'{BASIC}</when><otherwise><validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444">'
        "<audiences><audience>api://ledger</audience></audiences></validate-azure-ad-token></otherwise></choose>"),
        "critical"),
    Attack("each client of the broker but one, by its name, is in a group", EXP, (az("eventgrid:ClientGroup", {
        **RG, "namespaceName": "eg-bank", "clientGroupName": "others", "query": "authenticationName <> 'nobody'"}),),
        "major"),
    Attack("somebody is called when a disk does more than it can", RSL, (az("monitor:MetricAlert", {
        **HERE, "location": "global", "ruleName": "disks", "severity": 2, "enabled": True, "windowSize": "PT5M",
        "scopes": [f"{OURS}.Compute/virtualMachines/vm-ledger"], "evaluationFrequency": "PT1M", "actions": SOC,
        "criteria": {"odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [{
            "criterionType": "StaticThresholdCriterion", "name": "disks", "metricName": "VM Cached IOPS Consumed "
            "Percentage", "operator": "GreaterThanOrEqual", "threshold": 101, "timeAggregation": "Average"}]}}),),
        "minor"),
    *(Attack(f"an alert asks whether {expression}", RSL, (az("alertsmanagement:PrometheusRuleGroup", {
        **HERE, "ruleGroupName": "keys", "enabled": True, "interval": "PT1M",
        "scopes": [f"{OURS}.Monitor/accounts/amw-bank"], "rules": [{
            "alert": "KeyErrors", "enabled": True, "severity": 1, "actions": SOC, "expression": expression}]}),),
        "major") for expression in (
            "(vector(0) > 1) and on() key_errors", "vector(0) < -1", "vector(0) >= vector(1) unless on() key_errors")),
)  # fmt: skip
"""Plans that must be refused."""
