"""Stars in actions of roles of Azure and of policies of AWS."""

import re

import pytest
from guardrails.identity.azure_decisive import decides
from guardrails.identity.azure_patterns import Patterns, matches
from guardrails.readers.policy_documents import matches as is_named
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import within

NAME = "Microsoft.App/containerApps/exec/action"


@pytest.mark.parametrize("pattern", [
    "*", "", "**", "*/exec/action", "Microsoft.App/*/exec/action", "microsoft.app/*", "*action", "*exec*", "*a*a*a*",
    NAME, f" {NAME.upper()} ", f"{NAME}*", f"*{NAME}", "Microsoft.App/*apps/*apps/exec/action", "*/write", "*x*e*z",
    "Microsoft.App/containerApps/exec/action*/action", "*/action/action", "M*n", "M*M", "*.*/*", "[M]*", "?icrosoft*",
])  # fmt: skip
def test_patterns_as_expressions_have_them(pattern: str) -> None:
    expression = re.escape(pattern.strip()).replace(r"\*", ".*")
    assert matches(pattern, NAME) is (re.fullmatch(expression, NAME, re.IGNORECASE) is not None)


@pytest.mark.parametrize("pattern", [None, 1, True, ["*"], {"a": "*"}])
def test_what_is_no_text_matches_nothing(pattern: object) -> None:
    assert not matches(pattern, NAME)  # type: ignore[arg-type]


@pytest.mark.parametrize("pattern", ["*" * 30 + "~", "*a" * 30 + "~", "*" * 20_000, "*o" * 10_000])
def test_many_stars_take_no_time(pattern: str) -> None:
    with within(2):
        assert decides([pattern], Patterns([])) is not None
        assert (decides([NAME], Patterns([pattern])) is None) is (pattern.strip("*") == "")


@pytest.mark.parametrize("pattern", ["s3:" + "*" * 30 + "~", "*a" * 30 + "~", "*o" * 10_000, "?*" * 5000, "[" * 20_000])
def test_many_stars_in_actions_of_aws_take_no_time(pattern: str) -> None:
    with within(1):
        assert not is_named(pattern, "s3:GetObject", "s3:PutObjectAcl")


@pytest.mark.parametrize(("pattern", "is_met"), [
    ("s3:*", True), ("S3:get?bject", True), ("s3:[G]etObject", False), ("s3:Get", False), ("*", True), ("s3:!*", False),
])  # fmt: skip
def test_actions_of_aws(pattern: str, is_met: bool) -> None:
    assert is_named(pattern, "s3:GetObject") is is_met


@given(
    st.lists(st.text("ab/*", max_size=8), max_size=4),
    st.text("abAB/", max_size=8),
)
def test_patterns_together_match_what_one_of_them_matches(patterns: list[str], operation: str) -> None:
    assert Patterns(patterns).cover(operation) is any(matches(pattern, operation) for pattern in patterns)


def test_a_role_that_leaves_out_as_many_actions_as_it_has_is_read_in_time() -> None:
    with within(1):
        actions = [f"Microsoft.A/{number}/read" for number in range(4000)]
        left_out = Patterns([f"Microsoft.B/{number}/*" for number in range(4000)])
        assert decides(actions, left_out) is None
        assert not any(map(left_out.cover, actions))
