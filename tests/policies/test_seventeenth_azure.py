"""Filters, scripts and ranges of Azure that the seventeenth set of attacks had, and what looks like them."""

import pytest
from guardrails.readers.cidrs import range_is_open
from guardrails.readers.hosts import is_of_every_customer

from tests.processor_time import within

from .blind import HERE, OURS, RG, az
from .harness import Given, Pack, blocking

PACK = Pack()
BUS = {**RG, "namespaceName": "sb-bank", "topicName": "payments", "subscriptionName": "desk", "ruleName": "all",
       "filterType": "SqlFilter"}  # fmt: skip


def refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize(("expression", "is_refused"), [
    ("1=0", True), (" ( 1 = 2 ) ", True), ("5 <> 5", True), ("0 != 0", True), ("FALSE", True),
    ("1=1", False), ("10=10", False), ("amount > 0", False), ("1=0 OR amount > 5", False), ("sys.Label = '1=0'", False),
    ("5 <> 6", False), ("region = 'uae' AND 1=1", False), ("1 = 2 AND kind = 'a'", True),
    ("kind = 'a'\nAND\n1=0", True),
    ("'a' = 'b'", True), ("'a' = 'a'", False), ("NOT (1=1)", True), ("not true", True), ("(1) = (0)", True),
    ("NOT (kind = 'a' AND 1=0)", False), ("kind = 'a' AND (1=0 OR amount > 5)", False), ("1=1.5 AND a = 1", False),
    ("amount BETWEEN 0 AND 5", False), ("a > 0 AND 0 < b", False), ("0 > 1", True), ("12 < 0", True),
])  # fmt: skip
def test_filters_that_no_message_meets(expression: str, is_refused: bool) -> None:
    found = refused(az("servicebus:Rule", {**BUS, "sqlFilter": {"sqlExpression": expression}}))
    assert ("FJ-ESC-115" in found) is is_refused


@pytest.mark.parametrize(("expression", "is_refused"), [
    ("SET approved = 'true'", True), ("set user.isAdmin = 1", True), ("REMOVE risk", True), ("SET [amount] = 1", True),
    ("SET sys.Label = 'settled'", False), ("SET quantity = quantity / 2; REMOVE priority", False),
    ("SET source = 'approved list'", False),
])  # fmt: skip
def test_actions_that_change_what_decides(expression: str, is_refused: bool) -> None:
    rule = {**BUS, "sqlFilter": {"sqlExpression": "1=1"}, "action": {"sqlExpression": expression}}
    assert ("FJ-ESC-115" in refused(az("servicebus:Rule", rule))) is is_refused


@pytest.mark.parametrize("text", [
    "set encryption" + " " * 20_000, "disable" + "/**/" * 5000, "alter security policy" + "[a]state " * 2000,
    "and 1 " * 3333, "and 'a" * 4000, ("and 1" + " " * 99 + ")") * 190, "server audit[" * 1500,
])  # fmt: skip
def test_long_texts_take_no_time(text: str) -> None:
    step = az("sql:JobStep", {"action": {"value": text}})
    rule = az("servicebus:Rule", {**BUS, "sqlFilter": {"sqlExpression": text}})
    with within(2):
        for resource in (step, rule):
            PACK.evaluate_resource(resource)


@pytest.mark.parametrize(("kind", "idle", "is_refused"), [
    ("Queue", "PT5M", True), ("Topic", "PT12H", True), ("Queue", "P30D", False), ("Queue", "P10675199DT2H48M5S", False),
])  # fmt: skip
def test_queues_that_end_when_they_are_quiet(kind: str, idle: str, is_refused: bool) -> None:
    name = {"Queue": "queueName", "Topic": "topicName"}[kind]
    found = refused(az(f"servicebus:{kind}", {
        **RG, "namespaceName": "sb-bank", name: "payments", "autoDeleteOnIdle": idle}))  # fmt: skip
    assert ("FJ-ESC-115" in found) is is_refused


@pytest.mark.parametrize(("queries", "is_refused"), [
    (["Security!*[System[(EventID=4608)]]"], True),
    (["Security!*[System[(EventID=4608)]]", "Security!*[System[(EventID=4624 or EventID=4625)]]"], False),
    (["Security!*"], False), (["Application!*[System[(Level=1 or Level=2)]]"], False),
    (["Security!*[System[(EventID >= 4600 and EventID <= 4800)]]"], False),
])  # fmt: skip
def test_security_logs_with_sign_ins(queries: list[str], is_refused: bool) -> None:
    found = refused(az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr", "kind": "Windows", "dataSources": {"windowsEventLogs": [{
            "name": "security", "streams": ["Microsoft-Event"], "xPathQueries": queries}]},
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": ["Microsoft-Event"], "destinations": ["bank"]}]}))  # fmt: skip
    assert ("FJ-ESC-115" in found) is is_refused


@pytest.mark.parametrize(("text", "is_refused"), [
    ("alter security policy rls.Units with (state = off)", True), ("DROP SECURITY POLICY rls.Units", True),
    ("ALTER TABLE c ALTER COLUMN iban DROP MASKED", True), ("ALTER DATABASE sales SET ENCRYPTION OFF", True),
    ("ALTER DATABASE AUDIT SPECIFICATION a WITH (STATE = OFF)", True), ("DROP SERVER AUDIT main", True),
    ("ALTER TABLE c DISABLE ROW LEVEL SECURITY", True), ("SET row_security TO off", False),
    ("DISABLE TRIGGER audit_rows ON dbo.payments", True),
    ("ALTER SECURITY POLICY rls.Units WITH (STATE = ON)", False), ("DELETE FROM audit WHERE state = 'off'", False),
    ("ALTER TABLE c ALTER COLUMN iban ADD MASKED WITH (FUNCTION = 'default()')", False), ("SET NOCOUNT ON", False),
    ("UPDATE STATISTICS dbo.payments; TRUNCATE TABLE staging.rows", False),
    ("ALTER/**/SECURITY -- rows\nPOLICY [p;1] WITH (STATE = /**/ OFF)", True), ("SET row_security = off", False),
    ("SET LOCAL session_replication_role = 'replica'", True), ("SET session_replication_role = DEFAULT", False),
    ("DROP DATABASE ENCRYPTION KEY", True), ("ALTER TABLE t NO FORCE ROW LEVEL SECURITY", True),
    ("drop /* by name */ security\npolicy p", True), ("ALTER SECURITY POLICY p WITH (STATE = ON)", False),
    ("ALTER DATABASE [set encryption] SET RECOVERY SIMPLE", False), ("SELECT encryption_off FROM t", False),
    ("ALTER SECURITY POLICY p WITH (STATE = ON); UPDATE t SET state = off_hours", False),
])  # fmt: skip
def test_scripts_that_end_protection(text: str, is_refused: bool) -> None:
    for_factory = refused(az("datafactory:Pipeline", {
        **RG, "factoryName": "adf", "pipelineName": "p", "activities": [{
            "name": "prepare", "type": "Script", "scripts": [{"type": "NonQuery", "text": text}]}]}))  # fmt: skip
    for_job = refused(az("sql:JobStep", {
        **RG, "serverName": "sql", "jobAgentName": "jobs", "jobName": "j", "stepName": "s",
        "action": {"type": "TSql", "source": "Inline", "value": text}}))  # fmt: skip
    assert ("FJ-ESC-115" in for_factory, "FJ-ESC-115" in for_job) == (is_refused, is_refused)


@pytest.mark.parametrize(("extension", "is_refused"), [
    ("*.jpg", True), ("*.PDF", True), ("*.php", False), ("*", False), ("*.fcgi", False),
])  # fmt: skip
def test_uploads_that_run(extension: str, is_refused: bool) -> None:
    app = {**HERE, "name": "app", "siteConfig": {"handlerMappings": [{
        "extension": extension, "arguments": "", "scriptProcessor": "D:\\php\\php-cgi.exe"}]}}  # fmt: skip
    reports = PACK.evaluate_plan(az("web:WebApp", app))
    assert any("handlerMappings" in report.text for report in reports) is is_refused


@pytest.mark.parametrize(("first", "last", "is_refused"), [
    ("20.33.0.0", "20.128.255.255", True), ("20.33.0.0", "20.34.255.255", True), ("20.33.0.0", "20.33.255.255", False),
    ("10.0.0.0", "10.255.255.255", False), ("203.0.113.8", "203.0.113.15", False), ("*", "*", True),
])  # fmt: skip
def test_ranges_of_addresses(first: str, last: str, is_refused: bool) -> None:
    assert range_is_open(first, last) is is_refused


@pytest.mark.parametrize(("name", "is_refused"), [
    ("*", True), ("*.blob.core.windows.net", True), ("*.windows.net", True), ("*.CORE.windows.net.", True),
    ("*.azurewebsites.net", True), ("*.s3.me-central-1.amazonaws.com", True), ("*.amazonaws.com", True),
    ("stbank.blob.core.windows.net", False), ("*.bank.ae", False), ("*.ods.opinsights.azure.com", False),
    ("*.data.mcr.microsoft.com", False), ("*.privatelink.blob.core.windows.net", False), ("", False),
    ("a*.github.io", False), ("*blob.core.windows.net", True), ("*windows.net", True), ("**", True), ("*.net", True),
    ("*bank.blob.core.windows.net", True), ("*.z6.web.core.windows.net", True), ("*.z12.blob.storage.azure.net", True),
    ("*.s3.eu-west-1.amazonaws.com", True), ("*.bank.blob.core.windows.net", False), ("*bank.ae", False),
    ("*.z6.bank.ae", False), ("*.*", False), ("*.workers.dev", True), ("*.microsoft.com", False),
    ("*s.net", True), ("**.windows.net", True), ("*.", True),
])  # fmt: skip
def test_names_of_every_customer(name: str, is_refused: bool) -> None:
    assert is_of_every_customer(name) is is_refused


def _firewall(collections: str, *names: str) -> Given:
    rules = [{"ruleType": "ApplicationRule", "name": "a", "sourceAddresses": ["10.20.0.0/16"],
              "targetFqdns": list(names), "protocols": [{"protocolType": "Https", "port": 443}]}]  # fmt: skip
    kind = {"ruleCollections": "FirewallPolicyRuleCollectionGroup"}.get(collections, "AzureFirewall")
    return az(f"network:{kind}", {collections: [{"name": "hosts", "action": {"type": "Allow"}, "rules": rules}]})


@pytest.mark.parametrize("collections", ["ruleCollections", "applicationRuleCollections"])
def test_firewalls_let_reach_named_accounts(collections: str) -> None:
    def texts(*names: str) -> list[str]:
        return [report.text for report in PACK.evaluate_plan(_firewall(collections, *names))]

    assert any("where every customer has his own" in text for text in texts("*.blob.core.windows.net"))
    assert not any("where every customer has his own" in text for text in texts("stbank.blob.core.windows.net"))


def test_firewalls_read_addresses_as_hosts() -> None:
    given = _firewall("ruleCollections")
    rule = given.props["ruleCollections"][0]["rules"][0]  # type: ignore[index]
    rule["targetUrls"] = ["*.blob.core.windows.net/*"]
    assert "where every customer has his own" in str(PACK.evaluate_plan(given))
    rule["targetUrls"] = ["stbank.blob.core.windows.net/*"]
    assert "where every customer has his own" not in str(PACK.evaluate_plan(given))


def test_masked_logs_exclude_nothing_from_rules() -> None:
    masked = {"matchVariable": "RequestIPAddress", "selectorMatchOperator": "EqualsAny", "state": "Enabled"}
    policy = {**HERE, "policyName": "waf", "policySettings": {"logScrubbing": {"scrubbingRules": [masked]}}}
    assert "leaves every value" not in str(PACK.evaluate_plan(az("network:WebApplicationFirewallPolicy", policy)))
    excluded = {**HERE, "policyName": "waf", "managedRules": {"exclusions": [{
        "matchVariable": "RequestArgNames", "selectorMatchOperator": "EqualsAny", "selector": "*"}]}}  # fmt: skip
    assert "leaves every value" in str(PACK.evaluate_plan(az("network:WebApplicationFirewallPolicy", excluded)))
