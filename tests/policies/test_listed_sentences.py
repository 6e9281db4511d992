"""Conditions, statements, filters and transformations of which listed forms only limit, or leave out, something."""

import pytest
from guardrails.readers.cedar_policies import permits_everything
from guardrails.readers.log_transforms import drops
from guardrails.readers.sql_filters import is_positive
from guardrails.readers.trail_filters import leaves_out, leaves_out_of_events

from tests.processor_time import within

from .blind import TAGS, aws
from .harness import Pack, blocking

PACK = Pack()
IAM = '($.eventSource = "iam.amazonaws.com")'


@pytest.mark.parametrize("condition", [
    'when { principal.role == "admin" }', "when { resource.owner == principal }", "when { principal in resource.team }",
    "when { principal.tenant == resource.tenant || false }", "when { context.mfa }", "unless { !principal.isAdmin }",
    'when { ["a", "b"].contains(principal.role) }', 'when { principal.mail like "*@bank.ae" }', "unless { true }",
    "when { !(principal.a != resource.b) }", 'when { resource in Folder::"x" }', "when { principal.level >= 3 }",
    "when { if resource.isPublic then principal.a == resource.a && context.mfa else principal == resource.owner }",
    "when { if principal.isAdmin then true else resource.isPublic }", 'when { principal is User in Group::"x" }',
    'when { principal.url == "https://a//b" } // the bank', "when { true } unless { principal != resource.owner }",
    'when { context.ip.isInRange(ip("10.0.0.0/8")) }', 'when { context["idc"]["groups"].contains("staff") }',
])  # fmt: skip
def test_a_listed_condition_limits(condition: str) -> None:
    assert not permits_everything(f"permit(principal, action, resource) {condition};")


@pytest.mark.parametrize("condition", [
    "", "when { true }", "when { principal has role }", "when { principal.a == principal.a }", "unless { false }",
    'when { principal.role != "guest" }', "when { principal.suspended == false }", "when { principal.age >= 0 }",
    'when { principal.mail like "*@*" }', "when { !principal.isBanned }", "when { context.mfa || true }",
    'when { context.ip.isInRange(ip("0.0.0.0/0")) }', "when { principal.groups.containsAll([]) }",
    "when { if principal.isAdmin then resource.isPublic else true }", "when { principal is User }",
    "when { mystery() }",
    'when { principal.name == "" }', "when { principal.id == principal.sub }",
    "when { context.amount < 9999999999 }",
    'when { principal.role == "admin"', 'when { "a".b == "c" }', "// when { principal.isAdmin }\n",
])  # fmt: skip
def test_another_condition_does_not(condition: str) -> None:
    assert permits_everything(f"permit(principal, action, resource) {condition};")


@pytest.mark.parametrize(("pattern", "field"), [
    (f'{{ {IAM} && ($.userIdentity.arn != "*role/deploy*") }}', ""), ("[ip, user, status!=200]", ""),
    (f'{{ {IAM} && ($.userIdentity.arn != "arn:aws:iam::123456789012:user/saeed") }}', "userIdentity.arn"),
    (f'{{ {IAM} && ($.sourceIPAddress != "10.20.*") }}', ""), ('{ $.level != "debug" }', ""),
    (f'{{ {IAM} && ($.sourceIPAddress != "185.199.77.9") }}', "sourceIPAddress"),
    (f"{{ {IAM} && ($.recipientAccountId != 123456789012) }}", "recipientAccountId"),
])  # fmt: skip
def test_an_alarm_on_a_trail_leaves_out_no_person(pattern: str, field: str) -> None:
    assert [text.split(" ")[0] for text in leaves_out(pattern)] == ([field] if field else [])


@pytest.mark.parametrize("pattern", [
    None, [], "x", {"source": "aws.guardduty"}, {"source": ["aws.guardduty"], "detail": ["x"]},
    {"source": ["aws.guardduty"], "detail": {"severity": [{"numeric": [">", None]}], "$or": 3}},
    {"detail-type": ["AWS API Call via CloudTrail"], "detail": {"userIdentity": None, "a": [{"anything-but": {}}]}},
])  # fmt: skip
def test_patterns_of_odd_values_raise_nothing(pattern: object) -> None:
    assert isinstance(list(leaves_out_of_events(pattern)), list)  # type: ignore[arg-type]


@pytest.mark.parametrize(("stream", "query", "fields"), [
    ("Microsoft-SecurityEvent", "source | where EventID != 8002", []),
    ("Custom-App_CL", "source | where User != 'a'", []),
    ("Microsoft-SecurityEvent", "source | where EventID != 4720", ["EventID 4720"]),
    ("Microsoft-Syslog", "source | where isempty(HostName)", ["HostName"]),
    ("Microsoft-Table-SigninLogs", "source | where UserPrincipalName !in ('a')", ["UserPrincipalName"]),
    ("Microsoft-Syslog", "source | extend TimeGenerated = now()", []),
])  # fmt: skip
def test_a_log_of_security_keeps_who_did_what(stream: str, query: str, fields: list[str]) -> None:
    assert list(drops(stream, query)) == fields


@pytest.mark.parametrize(("expression", "is_listed"), [
    ("a = 1 AND (b = 'x' OR c IN (1, 2))", True), ("[my name] LIKE 'x%'", True), ("1=1", True), ("a = 'x and y'", True),
    ("a <> 1", False), ("NOT a = 1", False), ("a LIKE '%x'", False), ("a IS NULL", False), ("1=0", False), ("", False),
])  # fmt: skip
def test_an_audit_takes_messages_by_what_they_are(expression: str, *, is_listed: bool) -> None:
    assert is_positive(expression) is is_listed


@pytest.mark.parametrize(("priority", "is_refused"), [(1, True), (9, False)])
def test_a_country_is_let_in_after_all_other_rules(priority: int, *, is_refused: bool) -> None:
    rules = [
        {"name": "a", "priority": priority, "action": {"allow": {}},
         "statement": {"geoMatchStatement": {"countryCodes": ["AE"]}}},
        {"name": "b", "priority": 5, "action": {"block": {}}, "statement": {"geoMatchStatement": {}}},
    ]  # fmt: skip
    given = aws("wafv2/WebAcl", {"rules": rules, "tags": TAGS})
    assert ("FJ-EXP-127" in blocking(PACK.evaluate_resource(given))) is is_refused


@pytest.mark.parametrize("text", [
    "(" * 20_000, "!" * 20_000, 'a.b == "' * 2_500, "principal.a && " * 1_400, "[" * 20_000, "a " * 10_000,
    "principal" + ".a" * 10_000, "if a then " * 2_000, "not(" * 5_000, "a!=" * 7_000, "'" * 20_000, "$.a !=" * 3_000,
])  # fmt: skip
def test_long_sentences_are_read_quickly(text: str) -> None:
    with within(2):
        permits_everything(f"permit(principal, action, resource) when {{ {text} }};")
        permits_everything(f"permit(principal, action, resource) when {{ {text[:9_900]} }};")
        list(leaves_out(f"{{ $.eventName = {text} }}"))
        list(drops("Microsoft-Syslog", f"source | where {text}"))
        is_positive(text)
