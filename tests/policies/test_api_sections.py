"""Sections of policies of API Management: what runs before the service answers, and what callers get."""

from collections.abc import Callable

import pytest
from guardrails.readers.api_guards import (
    checks_before,
    inherits_checks,
    keeps_its_tokens,
    keeps_values_apart,
    records_no_tokens,
    section,
)

from tests.processor_time import within

from .blind import az
from .harness import Pack

TOKEN = '<authentication-managed-identity resource="api://a" output-token-variable-name="t" />'
READ = '@((string)context.Variables["t"])'
HOSTILE = 20_000


@pytest.mark.parametrize(("text", "content"), [
    ("<inbound><base /></inbound>", "<base />"), ("<inbound >a</inbound>", "a"), ("<inbound />", ""), ("", ""),
    ("<inbound><!-- <base /> -->b</inbound><backend>c</backend>", "b"),
])  # fmt: skip
def test_a_section_ends_before_the_next(text: str, content: str) -> None:
    assert section(text, "inbound") == content


@pytest.mark.parametrize(("policy", "is_kept"), [
    (f"<inbound>{TOKEN}</inbound><outbound><set-body>{READ}</set-body></outbound>", False),
    (f"<inbound>{TOKEN}</inbound><outbound><send-request mode='new'><set-body>{READ}</set-body></send-request>"
     "</outbound>", True),
    (f"<inbound>{TOKEN}<set-header name='x'><value>{READ}</value></set-header></inbound>", True),
    ("<inbound></inbound><outbound><set-body>@((string)context.Variables[\"t\"])</set-body></outbound>", True),
])  # fmt: skip
def test_tokens_go_to_services_only(policy: str, *, is_kept: bool) -> None:
    assert keeps_its_tokens(policy) is is_kept


@pytest.mark.parametrize("policy", ["<fragment><set-header name='x' /></fragment>", "https://a.example.ae/policy.xml"])
def test_what_has_no_sections_inherits(policy: str) -> None:
    assert inherits_checks(policy)
    assert checks_before(policy)


READERS: tuple[Callable[[str], bool], ...] = (
    checks_before, inherits_checks, keeps_its_tokens, keeps_values_apart, records_no_tokens,
)  # fmt: skip
PARTS = ("<inbound", "<inbound>", "<policies><inbound >", "<send-request ", "<outbound><send-request ", "<!--",
         "key=\"", "<cache-store-value key='", "<set-variable name='a' ", "<return-response",
         "context.Variables[\"t\"]", " ", "<llm-semantic-cache-lookup <vary-by>", TOKEN, "<trace ",
         "<trace Headers['token'", "{{", "<forward-request")  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("reader", READERS)
def test_long_policies_take_no_time(reader: Callable[[str], bool], part: str) -> None:
    with within(0.5):
        reader(f"<policies><outbound>{part * (HOSTILE // len(part))}")


@pytest.mark.parametrize("part", ["a", "MFA", "identity", "effect"])
def test_long_names_of_parameters_take_no_time(part: str) -> None:
    name = part * (HOSTILE // len(part))
    resource = az("authorization:PolicyAssignment", {
        "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/a",
        "parameters": {name: {"value": "Disabled"}}})  # fmt: skip
    with within(0.5):
        Pack().evaluate_resource(resource)
