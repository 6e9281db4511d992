"""Policies of API Management keep answers apart, and check tokens and whose they are (FJ-EXP-207)."""

import pytest
from guardrails.readers.api_policies import (
    checks_tokens,
    keeps_answers_apart,
    manages_nothing,
    of_listed_tenants,
    policy_addresses,
)
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import within


@given(
    developer=st.sampled_from(["true", "false"]), private=st.sampled_from(["true", "false", "@(true)", None]),
    header=st.sampled_from(["Authorization", "authorization", "Accept", "Cookie", None]), quote=st.sampled_from("\"'"),
    spaces=st.sampled_from(["", " "]),
)  # fmt: skip
def test_answers_to_callers_with_a_token_are_kept_apart(
    developer: str, private: str | None, header: str | None, quote: str, spaces: str
) -> None:
    pairs = {"vary-by-developer": developer, "allow-private-response-caching": private}
    named = (f"{key}{spaces}={spaces}{quote}{value}{quote}" for key, value in pairs.items() if value is not None)
    inside = "" if header is None else f"<vary-by-header>{header}</vary-by-header>"
    policy = f"<policies><inbound><cache-lookup {' '.join(named)}>{inside}</cache-lookup></inbound></policies>"
    mixed = private in ("true", "@(true)") and developer == "false" and header in ("Accept", None)
    assert keeps_answers_apart(policy) != mixed
    assert keeps_answers_apart(f"<!-- {policy} -->")


@pytest.mark.parametrize(
    ("resource", "manages"),
    [
        ("https://management.azure.com/", True), ("https://management.azure.com", True),
        ("https://management.core.windows.net/", True), ("HTTPS://Management.Azure.com/", True),
        ("https://cognitiveservices.azure.com", False), ("https://management.azure.company.example", False),
    ],
)  # fmt: skip
def test_callers_get_no_token_for_the_management_of_azure(resource: str, manages: bool) -> None:
    policy = f'<inbound><authentication-managed-identity client-id="x" resource="{resource}"/></inbound>'
    assert manages_nothing(policy) != manages


_SIGN_IN = "https://login.microsoftonline.com"


@pytest.mark.parametrize(
    ("policy", "is_checked"),
    [
        ('<validate-azure-ad-token tenant-id="common"><client-application-ids/></validate-azure-ad-token>', False),
        ("<validate-azure-ad-token tenant-id='Organizations' />", False),
        ('<validate-azure-ad-token tenant-id="11111111-2222-3333-4444-555555555555" />', True),
        (f'<validate-jwt><openid-config url="{_SIGN_IN}/common/v2.0/.well-known/x" /></validate-jwt>', False),
        (f'<validate-jwt><openid-config url="{_SIGN_IN}/common/v2.0/.well-known/x" /><issuers><issuer>i</issuer>'
         "</issuers></validate-jwt>", True),
        (f'<validate-jwt><openid-config url="{_SIGN_IN}/11111111/v2.0/.well-known/x" /></validate-jwt>', True),
        ('<validate-jwt require-signed-tokens="false"><openid-config url="x" /></validate-jwt>', False),
        ('<validate-jwt require-signed-tokens="@(1 == 2)"><openid-config url="x" /></validate-jwt>', False),
        ('<validate-jwt require-expiration-time="{{expires}}"><openid-config url="x" /></validate-jwt>', False),
        ('<validate-jwt require-signed-tokens=" true "><openid-config url="x" /></validate-jwt>', True),
        (f'<validate-jwt><openid-config url="{_SIGN_IN}/common/v2.0/.well-known/x" /><required-claims>'
         '<claim name="tid"><value>11111111</value></claim></required-claims></validate-jwt>', True),
        ('<validate-azure-ad-token tenant-id="common"><required-claims><claim match="any" name="tid"><value>1</value>'
         "</claim></required-claims></validate-azure-ad-token>", True),
        ('<validate-azure-ad-token tenant-id="common"><required-claims><claim name="tid"></claim></required-claims>'
         "</validate-azure-ad-token>", False),
        ('<validate-azure-ad-token x="@(1 > 0)" tenant-id="common"/>', False),
        ("<validate-jwt></validate-jwt>", False),
        ("<!-- <validate-jwt></validate-jwt> -->", True),
        ("<inbound><base /></inbound>", True),
    ],
    ids=range(17),
)  # fmt: skip
def test_tokens_of_every_tenant_are_accepted_by_no_policy(policy: str, is_checked: bool) -> None:
    assert (checks_tokens(policy) and of_listed_tenants(policy)) == is_checked


EXPRESSIONS = (
    '"@(1 > 0)"',
    "'@(1 > 0)'",
    """'@(a["b"] > "c)")'""",
    '"@(a["k > 1"] == "b>c")"',
    '"@{ return a > 1; }"',
    """"@(x == '"' || f(")", '(') > 1)" """,
    '"@(a[&quot;k>&quot;])"',
    '"plain > text"',
    """'@(a.GetValueOrDefault<string>(@"b\\","c") == @"d""> e")'""",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_signs_in_expressions_end_no_element(expression: str) -> None:
    assert not keeps_answers_apart(f'<cache-lookup x={expression} allow-private-response-caching="true"/>')
    assert keeps_answers_apart(
        f'<cache-lookup x={expression} /><a allow-private-response-caching="true"/>')  # fmt: skip
    assert not manages_nothing(
        f'<authentication-managed-identity x={expression} resource="https://management.azure.com"/>')  # fmt: skip
    assert [str(host) for host in policy_addresses(f'<proxy x={expression} url="https://collector.example" />')]
    assert checks_tokens(f'<validate-jwt x={expression}><openid-config url="https://a" /></validate-jwt>')


@pytest.mark.parametrize("policy", ["<cache-lookup " * 9000, '<cache-lookup x="@(' + "(" * 50000, '<proxy "@{' * 9000,
                                    "<proxy " + "'" * 50001, '<proxy x="@(' + '"' * 50001,
                                    '<proxy x="@("' + '\\"' * 20000,
                                    '<proxy x="@(' + '"\\' * 20000, '<proxy x="@(' + "@" * 50000,
                                    '<proxy x="@(@' + '""' * 20000], ids=range(9))  # fmt: skip
def test_policies_of_any_form_are_read_in_linear_time(policy: str) -> None:
    with within(2):
        assert keeps_answers_apart(policy)
        assert policy_addresses(policy) == ()
