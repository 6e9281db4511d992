"""Rules that hide findings name a resource, a hole or a check, and rules of names allow by lists of the stack
(FJ-EXP-127)."""

from collections.abc import Mapping

import pytest
from guardrails.exposure.finding_filters import FILTERS

from .blind import GROUP, ME, TAGS, aws, az
from .harness import STRICT, Given, Pack, blocking
from .sdk_paths import has_path

RULE = "FJ-EXP-127"
RG = {"resourceGroupName": "rg-platform"}


def _archive(**criterion: object) -> Given:
    return aws("accessanalyzer/ArchiveRule", {"analyzerName": "a", "ruleName": "r", "filters": [criterion]})


def _inspector(name: str, value: str, comparison: str = "EQUALS") -> Given:
    return aws("inspector2/Filter", {"name": "f", "action": "SUPPRESS", "tags": TAGS, "filterCriterias": [
        {name: [{"comparison": comparison, "value": value}]}]})  # fmt: skip


def _detector(action: str = "ARCHIVE", **criterion: object) -> Given:
    return aws("guardduty/Filter", {"name": "f", "action": action, "rank": 1, "detectorId": "d", "tags": TAGS,
                                    "findingCriteria": {"criterions": [criterion]}})  # fmt: skip


def _hub(update: Mapping[str, object], **criteria: object) -> Given:
    return aws("securityhub/AutomationRule", {
        "ruleName": "r", "description": "d", "ruleOrder": 1, "tags": TAGS, "criteria": criteria,
        "actions": [{"type": "FINDING_FIELDS_UPDATE", "findingFieldsUpdate": update}]})  # fmt: skip


def _incident(status: str, name: str = "", operator: str = "Equals", *values: str) -> Given:
    condition = {"conditionType": "Property", "conditionProperties": {
        "propertyName": name, "operator": operator, "propertyValues": list(values)}}  # fmt: skip
    return az("securityinsights:AutomationRule", {
        **RG, "workspaceName": "logs", "automationRuleId": "r", "displayName": "r", "order": 1, "triggeringLogic": {
            "isEnabled": True, "triggersOn": "Incidents", "triggersWhen": "Created",
            "conditions": [condition] if name else []},
        "actions": [{"actionType": "ModifyProperties", "order": 1, "actionConfiguration": {"status": status}}]},
        )  # fmt: skip


def _alerts(state: str, *fields: str) -> Given:
    return az("security:AlertsSuppressionRule", {
        "alertsSuppressionRuleName": "r", "alertType": "VM_CredentialAccess", "reason": "Noise", "state": state,
        "suppressionAlertsScope": {"allOf": [{"field": field} for field in fields]}})  # fmt: skip


def _equals(value: str, comparison: str = "EQUALS") -> list[dict[str, str]]:
    return [{"comparison": comparison, "value": value}]


SUPPRESSED, LOW = {"workflow": {"status": "SUPPRESSED"}}, {"severity": {"label": "INFORMATIONAL"}}
BROAD = {
    "every public resource": _archive(criteria="isPublic", eqs=["true"]),
    "every resource but one": _archive(criteria="resource", neqs=["arn:aws:iam::1:role/x"]),
    "the beginning of every ARN": _archive(criteria="resource", contains=["arn:aws:"]),
    "everybody": _archive(criteria="principal.AWS", eqs=["*"]),
    "a kind of resource": _inspector("resourceTypes", "AWS_EC2_INSTANCE"),
    "a severity": _inspector("severities", "CRITICAL"),
    "every hole but one": _inspector("vulnerabilityIds", "CVE-2026-0001", "NOT_EQUALS"),
    "the beginning of every hole": _inspector("vulnerabilityIds", "CVE-2026-", "PREFIX"),
    "a region": _detector(field="region", equals=["me-central-1"]),
    "a kind of finding": _detector(field="type", equals=["Recon:EC2/Portscan"]),
    "severities from one": _detector(field="severity", greaterThanOrEqual="1"),
    "every instance but one": _detector(field="resource.instanceDetails.instanceId", notEquals=["i-1"]),
    "all of an account": _hub(SUPPRESSED, resourceIds=_equals(f"arn:aws:ec2:me-central-1:{ME}", "PREFIX")),
    "all of a kind in an account": _hub(
        SUPPRESSED, resourceIds=_equals(f"arn:aws:ec2:me-central-1:{ME}:instance/*", "PREFIX")),
    "what is active": _hub(SUPPRESSED, recordStates=_equals("ACTIVE")),
    "what is active, made harmless": _hub(LOW, recordStates=_equals("ACTIVE")),
    "every incident": _incident("Closed"),
    "severe incidents": _incident("Closed", "IncidentSeverity", "Equals", "High"),
    "every host but one": _incident("Closed", "HostName", "NotEquals", "scanner-1"),
    "every alert of a kind": _alerts("Enabled"),
}  # fmt: skip
NARROW = {
    "one role": _archive(criteria="resource", eqs=[f"arn:aws:iam::{ME}:role/auditor"]),
    "one bucket": _archive(criteria="resource", eqs=["arn:aws:s3:::bank-public-site"]),
    "one hole": _inspector("vulnerabilityIds", "CVE-2026-0001"),
    "one repository": _inspector("ecrImageRepositoryNames", "portal"),
    "one instance": _detector(field="resource.instanceDetails.instanceId", equals=["i-0123456789"]),
    "everything, shown": _detector("NOOP", field="severity", greaterThanOrEqual="1"),
    "one control": _hub(SUPPRESSED, complianceSecurityControlIds=_equals("EC2.10")),
    "a note on everything": _hub({"note": {"text": "seen", "updatedBy": "team"}}, recordStates=_equals("ACTIVE")),
    "one host": _incident("Closed", "HostName", "Equals", "scanner-1"),
    "every incident, handed on": _incident("Active"),
    "alerts of one account": _alerts("Enabled", "entities.account.name"),
    "a rule that is off": _alerts("Disabled"),
}  # fmt: skip


def refuses(*plan: Given) -> bool:
    """Returns whether the rule refuses a plan."""
    pack = Pack(STRICT)
    reports = pack.evaluate_plan(*plan)
    return RULE in blocking(reports)


@pytest.mark.parametrize("given", BROAD.values(), ids=BROAD)
def test_findings_are_not_hidden_without_a_name(given: Given) -> None:
    assert refuses(given)


@pytest.mark.parametrize("given", NARROW.values(), ids=NARROW)
def test_what_was_looked_into_may_be_hidden(given: Given) -> None:
    assert not refuses(given)


def test_properties_are_those_of_the_sdk() -> None:
    for token, rule in FILTERS.items():
        for path in (*rule.actions, rule.criteria):
            assert has_path(token, path.replace("[*]", "").replace("?", "")), (token, path)


def _names(action: str, *domains: str, listed: str = "names") -> tuple[Given, ...]:
    own = az("dnsresolver:DnsResolverDomainList", {**RG, "dnsResolverDomainListName": "names", "location": "uaenorth",
                                                   "domains": list(domains), "tags": TAGS}, "list")  # fmt: skip
    return own, az("dnsresolver:DnsSecurityRule", {
        **RG, "location": "uaenorth", "tags": TAGS, "dnsResolverPolicyName": "hub", "dnsSecurityRuleName": "r",
        "priority": 100, "action": {"actionType": action}, "dnsResolverDomainLists": [
            {"id": f"{GROUP}/providers/Microsoft.Network/dnsResolverDomainLists/{listed}"}]}, "rule")  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (_names("Allow", "example.ae."), False),
        (_names("Block", "."), False),
        (_names("Alert", "."), False),
        (_names("Allow", "."), True),
        (_names("Allow", "example.ae.", "."), True),
        (_names("Allow", "fr."), True),
        (_names("Allow", "com.sa."), True),
        (_names("Allow", "gov.ae.", "corp.", "co.example.ae."), False),
        (_names("Allow", "example.ae.", listed="of-another-stack"), True),
    ],
    ids=[
        "own names",
        "nothing",
        "reports",
        "every name",
        "every name at last",
        "a country",
        "companies of a country",
        "names of a few",
        "a list that nobody sees",
    ],
)
def test_rules_of_names_allow_by_lists_of_the_stack(plan: tuple[Given, ...], expected: bool) -> None:
    assert refuses(*plan) is expected
