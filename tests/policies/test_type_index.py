"""The index of guardrails by type finds those that apply, in their order."""

from guardrails.engine.rows import Guardrail
from guardrails.engine.type_index import TypeIndex
from guardrails.registry import ALL

from tests.policies.cases import good_cases

TOKENS = {
    *(token for rule in ALL for token in rule.types if not token.endswith((":", "/"))),
    *(token for rule in ALL for check in rule.checks for token in check.tokens),
    *(case.resource.type for case in good_cases()),
    *(
        "aws:s3/bucket:Bucket",
        "aws:s3/new:New",
        "kubernetes:core/v1:Pod",
        "pulumi:pulumi:Stack",
        "my:own:Type",
        "x",
        "",
    ),
    *("aws:", "aws:s3/", "azure-native:sql:Server", "azure-native:sql:ServerKey", "pulumi:providers:aws"),
}


def applies(rule: Guardrail, token: str) -> bool:
    """Returns whether a rule applies to a type. `sql:Server` is a whole token, not a prefix."""
    return not rule.types or any(
        token == item or (item.endswith((":", "/")) and token.startswith(item)) for item in rule.types
    )


def test_the_index_says_what_each_rule_says() -> None:
    index = TypeIndex(ALL)
    for token in TOKENS:
        assert index.of(token) == [rule for rule in ALL if applies(rule, token)], token
