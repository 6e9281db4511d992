"""Managed rules of a web firewall block what they find, and what they block leaves a record (FJ-EXP-127)."""

import pytest
from guardrails.exposure.web_firewalls import AWS_LOGGING, AWS_OVERRIDES, AZURE_FIREWALLS, AZURE_GATEWAYS
from hypothesis import given
from hypothesis import strategies as st

from .blind import HERE, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack, blocking
from .sdk_paths import has_path

RULE = "FJ-EXP-127"
PACK = Pack()
INJECTION = "REQUEST-942-APPLICATION-ATTACK-SQLI"


def refused(resource: Given) -> bool:
    return RULE in blocking(PACK.evaluate_resource(resource))


def overridden(name: str, action: str, depth: int = 0) -> Given:
    """Returns a web ACL whose managed group has an action of its own for one rule, inside joined statements."""
    statement: dict[str, object] = {"managedRuleGroupStatement": {
        "name": "AWSManagedRulesSQLiRuleSet", "vendorName": "AWS",
        "ruleActionOverrides": [{"name": name, "actionToUse": {action: {}}}]}}  # fmt: skip
    for _ in range(depth):
        statement = {"andStatement": {"statements": [statement]}}
    return aws("wafv2/WebAcl", {"rules": [{"name": "core", "statement": statement}], "tags": TAGS})


def test_types_and_properties_are_of_the_sdk() -> None:
    override = "rules.statement.managedRuleGroupStatement.ruleActionOverrides.actionToUse.count"
    assert has_path(AWS_OVERRIDES[0], override)
    assert has_path(AWS_OVERRIDES[2], "managedRuleGroup.ruleActionOverrides.actionToUse.count")
    assert has_path(AWS_LOGGING[0], "loggingFilter.filters.conditions.actionCondition.action")
    assert has_path(AZURE_FIREWALLS[0], "managedRules.exclusions.exclusionManagedRuleSets.ruleGroups.rules")
    for token in AZURE_GATEWAYS:
        for path in ("disabledRuleGroups.rules", "exclusions.selectorMatchOperator", "ruleSetVersion"):
            assert has_path(token, f"webApplicationFirewallConfiguration.{path}")
    for token in AZURE_FIREWALLS:
        assert has_path(token, "managedRules.managedRuleSets.ruleGroupOverrides.rules.ruleId")


@given(
    name=st.sampled_from(["SQLi_BODY", "SQLiExtendedPatterns_QueryArguments", "Log4JRCE_HEADER", "GenericLFI_BODY",
                          "JavaDeserializationRCE_QUERYSTRING", "EC2MetaDataSSRF_COOKIE",
                          "AWSManagedIPReputationList", "SignalNonBrowserUserAgent"]),
    action=st.sampled_from(["count", "allow", "block", "challenge"]), depth=st.integers(0, 2),
)  # fmt: skip
def test_an_override_that_undoes_a_rule_is_refused(name: str, action: str, depth: int) -> None:
    undone = action == "allow" or (action == "count" and not name.startswith("Signal"))
    assert refused(overridden(name, action, depth)) == undone


@pytest.mark.parametrize("name", ["SizeRestrictions_BODY", "NoUserAgent_HEADER", "CrossSiteScripting_BODY",
                                  "GenericRFI_BODY", "CategoryHttpLibrary"])  # fmt: skip
def test_rules_that_good_teams_tune_may_count(name: str) -> None:
    assert not refused(overridden(name, "count"))


def _filter(default: str, *filters: tuple[str, str]) -> Given:
    return aws("wafv2/WebAclLoggingConfiguration", {"loggingFilter": {"defaultBehavior": default, "filters": [
        {"behavior": behavior, "requirement": "MEETS_ANY", "conditions": [{"actionCondition": {"action": action}}]}
        for behavior, action in filters]}})  # fmt: skip


@pytest.mark.parametrize(
    ("resource", "is_refused"),
    [
        (_filter("DROP", ("KEEP", "BLOCK")), False),
        (_filter("DROP", ("KEEP", "COUNT"), ("KEEP", "BLOCK")), False),
        (_filter("KEEP", ("DROP", "ALLOW")), False),
        (_filter("DROP", ("KEEP", "ALLOW")), True),
        (_filter("DROP"), True),
        (_filter("KEEP", ("DROP", "BLOCK")), True),
        (aws("wafv2/WebAclLoggingConfiguration", {}), False),
    ],
)
def test_the_log_keeps_what_is_blocked(resource: Given, is_refused: bool) -> None:
    assert refused(resource) == is_refused


def _policy(token: str, **rules: object) -> Given:
    return az(token.removeprefix("azure-native:"), {**HERE, "policyName": "p", "managedRules": rules})


def _group(name: str, *rules: dict[str, str]) -> dict[str, object]:
    return {"managedRuleSets": [{"ruleGroupOverrides": [{"ruleGroupName": name, "rules": list(rules)}]}]}


@pytest.mark.parametrize("token", AZURE_FIREWALLS)
@pytest.mark.parametrize(
    ("rules", "is_refused"),
    [
        (_group(INJECTION, {"ruleId": "942100", "state": "Disabled"}), True),
        (_group(INJECTION, {"ruleId": "942100", "action": "Log"}), True),
        (_group("REQUEST-932-APPLICATION-ATTACK-RCE", {"ruleId": "932110", "state": "Disabled"}), True),
        (_group("MS-ThreatIntel-CVEs", {"ruleId": "99001014", "state": "Disabled"}), True),
        (_group(INJECTION), True),
        (_group(INJECTION, {"ruleId": "942100"}), True),
        (_group(INJECTION, {"ruleId": "942100", "action": "Block"}), True),
        (_group(INJECTION, {"ruleId": "942100", "enabledState": "Enabled", "action": "Block"}), False),
        (_group(INJECTION, {"ruleId": "942100", "enabledState": "Disabled"}), True),
        (_group(INJECTION, {"ruleId": "942430"}), False),
        ({"managedRuleSets": [{"ruleGroupOverrides": [{"ruleGroupName": INJECTION, "rules": UNKNOWN}]}]}, False),
        (_group(INJECTION, {"ruleId": "942430", "state": "Disabled"}), False),
        (_group(INJECTION, {"ruleId": "942100", "state": "Enabled", "action": "Block"}), False),
        (_group("REQUEST-920-PROTOCOL-ENFORCEMENT", {"ruleId": "920300", "state": "Disabled"}), False),
    ],
)
def test_overrides_of_azure(token: str, rules: dict[str, object], is_refused: bool) -> None:
    assert refused(_policy(token, **rules)) == is_refused


ONE_RULE = {"exclusionManagedRuleSets": [{"ruleSetType": "OWASP", "ruleSetVersion": "3.2", "ruleGroups": [
    {"ruleGroupName": INJECTION, "rules": [{"ruleId": "942430"}]}]}]}  # fmt: skip
EVERY_GROUP = {"exclusionManagedRuleSets": [{"ruleSetType": "OWASP", "ruleSetVersion": "3.2", "ruleGroups": []}]}


@pytest.mark.parametrize("variable", ["RequestArgNames", "RequestHeaderNames", "RequestCookieValues"])
@pytest.mark.parametrize(
    ("exclusion", "is_refused"),
    [
        ({"selectorMatchOperator": "EqualsAny", "selector": "*"}, True),
        ({"selectorMatchOperator": "EqualsAny", "selector": ""}, True),
        ({"selectorMatchOperator": "EqualsAny", "selector": "x", **EVERY_GROUP}, True),
        ({"selectorMatchOperator": "Contains", "selector": ""}, True),
        ({"selectorMatchOperator": "Equals", "selector": "__RequestVerificationToken"}, False),
        ({"selectorMatchOperator": "EqualsAny", "selector": "*", **ONE_RULE}, False),
    ],
)
def test_exclusions_of_azure(variable: str, exclusion: dict[str, object], is_refused: bool) -> None:
    resource = _policy(AZURE_FIREWALLS[0], exclusions=[{"matchVariable": variable, **exclusion}])
    assert refused(resource) == is_refused


@pytest.mark.parametrize("token", AZURE_FIREWALLS[1:])
def test_an_exclusion_inside_one_rule_is_for_that_rule_only(token: str) -> None:
    everything = {"matchVariable": "RequestCookieNames", "selectorMatchOperator": "EqualsAny", "selector": "*"}
    rule = {"ruleId": "942430", "enabledState": "Enabled", "action": "Block", "exclusions": [everything]}
    assert not refused(_policy(token, **_group("SQLI", rule)))
    group = {"ruleGroupName": "SQLI", "exclusions": [everything], "rules": [{**rule, "exclusions": []}]}
    assert refused(_policy(token, managedRuleSets=[{"ruleGroupOverrides": [group]}]))


def _condition(*values: object, operator: str = "IPMatch", variable: str = "RemoteAddr", **more: object) -> object:
    listed = {"matchVariables": [{"variableName": variable}], "operator": operator, "matchValues": list(values)}
    return {**listed, **more}


def _allowed(*conditions: object, **more: object) -> Given:
    rule = {"name": "r", "priority": 1, "ruleType": "MatchRule", "action": "Allow", "matchConditions": list(conditions)}
    return az(AZURE_FIREWALLS[0].removeprefix("azure-native:"), {**HERE, "policyName": "p", "customRules": [
        {**rule, **more}]})  # fmt: skip


OFFICE, WORD = _condition("198.51.100.0/28"), _condition("monitor", operator="Contains", variable="RequestHeaders")


@pytest.mark.parametrize(
    ("resource", "is_refused"),
    [
        (_allowed(OFFICE), False),
        (_allowed(_condition("10.0.0.0/8")), False),
        (_allowed(OFFICE, WORD), False),
        (_allowed(_condition(UNKNOWN)), False),
        (_allowed(_condition(matchValues=UNKNOWN)), False),
        (_allowed(matchConditions=UNKNOWN), False),
        (_allowed(WORD, state="Disabled"), False),
        (_allowed(WORD, action="Block"), False),
        (_allowed(WORD), True),
        (_allowed(), True),
        (_allowed(_condition("0.0.0.0/1", "128.0.0.0/1")), True),
        (_allowed(_condition("198.51.100.0/28", negationConditon=True)), True),
        (_allowed(_condition("198.51.100.7", variable="RequestHeaders")), True),
        (_allowed(_condition("AE", operator="GeoMatch")), True),
        (_allowed(_condition()), True),
    ],
    ids=range(15),
)
def test_rules_of_a_gateway_let_in_some_addresses_only(resource: Given, is_refused: bool) -> None:
    reported = blocking(PACK.evaluate_resource(resource))
    assert (not reported.isdisjoint({RULE, "FJ-ESC-115"})) == is_refused


def _at_the_edge(token: str, variable: str, *addresses: object, **more: object) -> Given:
    condition = {"matchVariable": variable, "operator": "IPMatch", "matchValue": list(addresses), **more}
    rule = {"name": "office", "priority": 1, "action": "Allow", "matchConditions": [condition]}
    settings = {"enabledState": "Enabled", "mode": "Prevention"}
    return az(token.removeprefix("azure-native:"), {
        **HERE, "policyName": "p", "policySettings": settings, "customRules": {"rules": [rule]}, "managedRules": {
            "managedRuleSets": [{"ruleSetType": "DefaultRuleSet", "ruleSetVersion": "1.1"}]}})  # fmt: skip


@pytest.mark.parametrize("token", AZURE_FIREWALLS[1:])
@pytest.mark.parametrize(
    ("variable", "addresses", "more", "is_refused"),
    [
        ("SocketAddr", ["203.0.113.0/28"], {}, False),
        ("SocketAddr", [UNKNOWN], {}, False),
        ("RemoteAddr", ["203.0.113.0/28"], {}, True),
        ("SocketAddr", ["203.0.113.0/28"], {"negateCondition": True}, True),
        ("SocketAddr", ["0.0.0.0/0"], {}, True),
        ("SocketAddr", [], {}, True),
    ],
)
def test_rules_at_the_edge_let_in_the_addresses_that_it_sees(
    token: str, variable: str, addresses: list[object], more: dict[str, object], is_refused: bool
) -> None:
    """Front Door takes RemoteAddr from a header of the caller (Microsoft Learn, "Configure an IP restriction rule with
    a WAF for Azure Front Door", read 2026-11-29)."""
    reported = blocking(PACK.evaluate_resource(_at_the_edge(token, variable, *addresses, **more)))
    assert (not reported.isdisjoint({RULE, "FJ-ESC-115"})) == is_refused


ROBOTS = {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}


@pytest.mark.parametrize("token", AZURE_FIREWALLS)
@pytest.mark.parametrize(
    ("sets", "is_refused"),
    [
        ([ROBOTS], True),
        ([{"ruleSetType": "OWASP", "ruleSetVersion": "2.2.9"}], True),
        ([{"ruleSetType": "OWASP", "ruleSetVersion": "3.2"}, ROBOTS], False),
        ([{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}], False),
        ([{"ruleSetType": "DefaultRuleSet", "ruleSetVersion": "1.0"}], False),
        ([{"ruleSetType": UNKNOWN, "ruleSetVersion": "3.2"}], False),
        (UNKNOWN, False),
    ],
)
def test_a_set_of_rules_finds_injections(token: str, sets: object, is_refused: bool) -> None:
    assert refused(_policy(token, managedRuleSets=sets)) == is_refused


@pytest.mark.parametrize(
    ("exception", "is_refused"),
    [
        ({"matchVariable": "RequestURI", "valueMatchOperator": "Contains", "values": [""]}, True),
        ({"matchVariable": "RequestURI", "valueMatchOperator": "StartsWith", "values": ["/uploads", "/"]}, True),
        ({"matchVariable": "RequestURI", "valueMatchOperator": "StartsWith", "values": ["/uploads"]}, False),
        ({"matchVariable": "RequestURI", "valueMatchOperator": "Equals", "values": ["/"]}, False),
        ({"matchVariable": "RequestURI", "valueMatchOperator": "EndsWith", "values": ["/"]}, False),
        ({"matchVariable": "RequestURI", "valueMatchOperator": "EndsWith", "values": [""]}, True),
        ({"matchVariable": "RemoteAddr", "valueMatchOperator": "IPMatch", "values": ["203.0.113.0/28"]}, False),
        ({"matchVariable": "RequestHeader", "values": ["1"], "selector": "X-Debug"}, True),
        ({"matchVariable": "RequestHeader", "values": ["1"], "exceptionManagedRuleSets": ONE_RULE[
            "exclusionManagedRuleSets"]}, False),
    ],
)  # fmt: skip
def test_exceptions_of_a_gateway(exception: dict[str, object], is_refused: bool) -> None:
    assert refused(_policy(AZURE_FIREWALLS[0], exceptions=[exception])) == is_refused
