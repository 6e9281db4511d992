"""Values of charts and variables of clients whose meaning was held against upstream's source (2026-11-29)."""

import pytest

from .harness import blocking
from .test_chart_values import PACK, RULE, refused
from .test_default_destinations import program
from .test_default_destinations import refused as sent

DEFAULTS = "FJ-IDN-313"
GROUPS = {"allow": ["User", "Group"]}
ONE_FILE = {"type": "url", "exact": "https://git.example.ae/platform/org/blob/main/users.yaml"}
ONE_FOLDER = {"type": "url", "pattern": "https://git.example.ae/platform/*/blob/main/*.yaml"}


def backstage(**sections: object) -> dict[str, object]:
    return {"backstage": {"appConfig": sections}}


def guarded(guardrail: str, **params: object) -> dict[str, object]:
    return {"proxy_config": {"guardrails": [{"litellm_params": {"guardrail": guardrail, "mode": "pre_call", **params}}]}}


WEAK = [
    # Kong knows no pg_ssl_required of its own: without pg_ssl nothing is encrypted (Kong/kong 22246ef kong.conf.default).
    ("kong", {"env": {"database": "postgres", "pg_host": "pg", "pg_ssl_required": "on"}}),
    ("backstage", backstage(catalog={"rules": [{"allow": ["Group"]}]})),
    ("backstage", backstage(catalog={"rules": [GROUPS, {"allow": ["API"], "locations": [ONE_FILE]}]})),
    ("backstage", backstage(catalog={"rules": [{**GROUPS, "locations": [{"type": "url", "pattern": "https://**"}]}]})),
    ("backstage", backstage(catalog={"rules": [{**GROUPS, "locations": [{"type": "url"}]}]})),
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "*.com"}]}})),
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "example.ae"}, {"host": "*.ae:8000-9000"}]}})),
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "*."}]}})),
    *(("litellm-helm", guarded(name)) for name in (
        "alice", "cato_networks", "cisco_ai_defense", "compresr", "hiddenlayer", "model_armor", "onyx", "promptguard",
        "qualifire", "repelloai", "straiker", "typesafe", "wingback", "xecguard")),
]  # fmt: skip
HARMLESS = [
    ("kong", {"env": {"database": "postgres", "pg_host": "pg", "pg_ssl": "on", "pg_ssl_required": "on"}}),
    ("backstage", backstage(catalog={"rules": [{"allow": ["API"]}, {**GROUPS, "locations": [ONE_FILE]}]})),
    ("backstage", backstage(catalog={"rules": [{**GROUPS, "locations": [ONE_FOLDER]}]})),
    # A star alone is the name of no host (FetchUrlReader.ts).
    ("backstage", backstage(backend={"reading": {"allow": [{"host": "*"}, {"host": "*.example.ae"}]}})),
    ("litellm-helm", guarded("onyx", api_base="http://guard.models.svc")),
    ("litellm-helm", guarded("llm_shield_proxy", api_base="http://guard.models.svc")),
]


@pytest.mark.parametrize(("chart", "values"), WEAK, ids=str)
def test_a_value_that_weakens_is_refused(chart: str, values: dict[str, object]) -> None:
    assert RULE in refused(chart, values)


@pytest.mark.parametrize(("chart", "values"), HARMLESS, ids=str)
def test_a_value_that_weakens_nothing_passes(chart: str, values: dict[str, object]) -> None:
    assert RULE not in refused(chart, values)


def test_tokens_with_rights_ask_nobody_of_qdrant_without_a_key() -> None:
    """Without a key it warns that they are not in force (qdrant/qdrant 74f3e85 src/settings.rs)."""
    rights = {"config": {"service": {"jwt_rbac": True}}}
    assert DEFAULTS in refused("qdrant", rights)
    assert DEFAULTS not in refused("qdrant", {**rights, "apiKey": True})


@pytest.mark.parametrize(("key", "unread", "read"), [
    ("PINECONE_API_KEY", "PINECONE_INDEX_HOST", "PINECONE_CONTROLLER_HOST"),
    ("DD_API_KEY", "DD_DD_URL", "DD_SITE"), ("DD_API_KEY", "DD_URL", "DD_BASE_URL"),
    ("HONEYCOMB_API_KEY", "HONEYCOMB_API_HOSTNAME", "HONEYCOMB_API_ENDPOINT"),
])  # fmt: skip
def test_an_address_for_a_part_of_what_is_sent_does_not_count(key: str, unread: str, read: str) -> None:
    assert "FJ-RES-114" in sent(program(**{key: "$(KEY)", unread: "https://own.example.ae"}))
    assert sent(program(**{key: "$(KEY)", read: "https://own.example.ae"})) == set()
