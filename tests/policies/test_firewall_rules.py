"""Rules of a web ACL that allow whoever sends a value (FJ-EXP-127)."""

import pytest

from .blind import Props, aws
from .harness import UNKNOWN, Pack, blocking

PACK = Pack()


def _match(part: Props, value: object = "1") -> dict[str, object]:
    return {"byteMatchStatement": {"fieldToMatch": part, "positionalConstraint": "EXACTLY", "searchString": value}}


HEADER = _match({"singleHeader": {"name": "x-debug"}})
OFFICE = {"ipSetReferenceStatement": {"arn": "arn:aws:wafv2:me-central-1:123456789012:regional/ipset/office/1"}}


@pytest.mark.parametrize(("action", "statement", "is_refused"), [
    ("allow", HEADER, True), ("block", HEADER, False), ("count", HEADER, False), ("allow", OFFICE, False),
    ("allow", _match({"cookies": {}}), True), ("allow", _match({"queryString": {}}, "debug=1"), True),
    ("allow", _match({"uriPath": {}}, "/healthz"), False), ("allow", _match({"singleHeader": {}}, UNKNOWN), False),
    ("allow", _match({"singleHeader": {}}, "0123456789abcdef"), False),
    ("allow", {"andStatement": {"statements": [HEADER, OFFICE]}}, False),
    ("allow", {"andStatement": {"statements": [HEADER, HEADER]}}, True),
    ("allow", {"orStatement": {"statements": [HEADER, OFFICE]}}, True), ("allow", {"geoMatchStatement": {}}, False),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["WebAcl", "RuleGroup"])
def test_a_rule_allows_nobody_for_a_value_that_anybody_guesses(
    kind: str, action: str, statement: Props, *, is_refused: bool
) -> None:
    rules = [{"name": "debug", "priority": 0, "action": {action: {}}, "statement": statement}]
    assert ("FJ-EXP-127" in blocking(PACK.evaluate_resource(aws(f"wafv2/{kind}", {"rules": rules})))) is is_refused


@pytest.mark.parametrize(
    ("kind", "place"), [("WebAcl", "rules[0]"), ("RuleGroup", "rules[0]"), ("WebAclRule", "action")]
)
def test_the_finding_names_the_rule_where_it_stands(kind: str, place: str) -> None:
    rule = {"name": "debug", "priority": 0, "action": {"allow": {}}, "statement": HEADER}
    props = rule if kind == "WebAclRule" else {"rules": [rule]}
    (report,) = [item for item in PACK.evaluate_resource(aws(f"wafv2/{kind}", props)) if item.rule == "FJ-EXP-127"]
    assert f": {place}" in report.text, report.text
