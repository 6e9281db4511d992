"""Families of the fourteenth set of attacks on AWS: caches, records, one's own networks, roles, labels, images.

Sources are named beside the rows and rules.
"""

from typing import Any

import pytest
from guardrails.exposure.own_networks import OWN_NETWORKS
from hypothesis import given, settings
from hypothesis import strategies as st

from .attacks.fields_aws_accounts import BEHAVIOUR, SITE
from .blind import ME, RG, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack, blocking
from .sdk_paths import has_path

PACK = Pack()
ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3"
NONE = {"cookiesConfig": {"cookieBehavior": "none"}, "headersConfig": {"headerBehavior": "none"},
        "queryStringsConfig": {"queryStringBehavior": "all"}}  # fmt: skip
COOKIES = {**NONE, "cookiesConfig": {"cookieBehavior": "whitelist", "cookies": {"items": ["session"]}}}
TOKEN = {**NONE, "headersConfig": {"headerBehavior": "whitelist", "headers": {"items": ["Authorization"]}}}


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def _site(
    key: dict[str, Any], ttl: object, request: object, path: str = "/a/*", kind: str = "orderedCacheBehaviors"
) -> tuple[Given, ...]:
    policy = aws("cloudfront/CachePolicy", {
        "name": "p", "minTtl": ttl, "parametersInCacheKeyAndForwardedToOrigin": key}, "policy")  # fmt: skip
    origin = aws("cloudfront/OriginRequestPolicy", {"name": "o", **COOKIES}, "origin")
    behaviour = {**BEHAVIOUR, "pathPattern": path, "cachePolicyId": UNKNOWN, "originRequestPolicyId": request}
    props = {**SITE, kind: behaviour if kind.startswith("default") else [behaviour]}
    needs = ("policy", "origin") if request is UNKNOWN else ("policy",)
    return policy, origin, aws("cloudfront/Distribution", props, links={kind: needs})


@pytest.mark.parametrize(("key", "ttl", "request_policy", "path", "is_refused"), [
    (NONE, 60, ALL_VIEWER, "/a/*", True), (NONE, "1", UNKNOWN, "/api/v1/*", True), (NONE, 1, UNKNOWN, "*", True),
    (NONE, 0, ALL_VIEWER, "/a/*", False), (COOKIES, 60, ALL_VIEWER, "/a/*", False), (NONE, 60, None, "/a/*", False),
    (TOKEN, 60, ALL_VIEWER, "/a/*", False), (NONE, 60, ALL_VIEWER, "/static/*", False),
    (NONE, 60, UNKNOWN, "*.css", False), (NONE, None, UNKNOWN, "/a/*", False), (NONE, UNKNOWN, UNKNOWN, "/a", False),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["defaultCacheBehavior", "orderedCacheBehaviors"])
def test_edges_keep_no_answer_of_one_caller_for_all(
    key: dict[str, Any], ttl: object, request_policy: object, path: str, is_refused: bool, kind: str
) -> None:
    assert ("FJ-EXP-133" in refused(*_site(key, ttl, request_policy, path, kind))) is is_refused


def _variable(networks: object, key: str = "HOME_NET") -> dict[str, Any]:
    return {"key": key, "ipSet": {"definitions": networks}}


def _home(kind: str, networks: object, key: str = "HOME_NET") -> Given:
    variables = [_variable(networks, key)]
    if kind == "policy":
        return aws("networkfirewall/FirewallPolicy", {"firewallPolicy": {
            "policyVariables": {"ruleVariables": variables}}})  # fmt: skip
    if kind == "group":
        return aws("networkfirewall/RuleGroup", {"ruleGroup": {"ruleVariables": {"ipSets": variables}}})
    return az("network:FirewallPolicy", {**RG, "intrusionDetection": {"configuration": {"privateRanges": networks}}})


@pytest.mark.parametrize("kind", ["policy", "group", "azure"])
@pytest.mark.parametrize(("networks", "is_refused"), [
    (["192.0.2.0/24"], True), (["8.8.8.0/24", "203.0.113.0/24"], True), (["127.0.0.0/8"], True),
    (["10.0.0.0/8"], False), (["8.8.8.0/24", "10.20.0.0/16"], False), ([UNKNOWN], False), ([], False),
    (["100.64.0.0/10"], False), (UNKNOWN, False),
])  # fmt: skip
def test_firewalls_know_a_network_of_ones_own(kind: str, networks: object, is_refused: bool) -> None:
    assert ("FJ-EXP-127" in refused(_home(kind, networks))) is is_refused


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    )
)
@settings(max_examples=15, deadline=None)  # fmt: skip
def test_odd_values_raise_nothing(value: object) -> None:
    for kind in ("policy", "group", "azure"):
        PACK.evaluate_plan(_home(kind, value))
    for behaviour in (value, {"cachePolicyId": value}):
        PACK.evaluate_plan(aws("cloudfront/Distribution", {"orderedCacheBehaviors": behaviour}))
    PACK.evaluate_plan(aws("cloudfront/CachePolicy", {"minTtl": value}), *_site({"cookiesConfig": value}, 9, UNKNOWN))
    PACK.evaluate_plan(aws("lakeformation/ResourceLfTag", {"lfTag": value, "table": value}))
    PACK.evaluate_plan(aws("ssm/Parameter", {"value": value}))


def test_variables_are_those_of_the_sdk() -> None:
    for token, path in OWN_NETWORKS.items():
        assert has_path(token, path.replace("[*]", "").replace("?", "")), token


ADMIN = f"arn:aws:iam::{ME}:role/platform-admin"


@pytest.mark.parametrize(("kind", "props", "good"), [
    ("iot/RoleAlias", {"roleArn": ADMIN}, {"roleArn": f"arn:aws:iam::{ME}:role/meters"}),
    ("rolesanywhere/Profile", {"roleArns": [ADMIN]}, {"roleArns": [f"arn:aws:iam::{ME}:role/builds"]}),
    ("cognito/IdentityPoolRoleAttachment", {"roles": {"authenticated": ADMIN}},
     {"roles": {"authenticated": f"arn:aws:iam::{ME}:role/app"}}),
    ("cloudfront/RealtimeLogConfig", {"fields": ["timestamp", "cs-headers"]}, {"fields": ["cs-header-names"]}),
    ("cloudwatch/LogDelivery", {"recordFields": ["date", "cs(Cookie)"]}, {"recordFields": ["date", "cs-method"]}),
    ("apigatewayv2/Stage", {"accessLogSettings": {"format": "$context.identity.apiKey $context.path"}},
     {"accessLogSettings": {"format": "$context.identity.apiKeyId $context.authorizer.principalId"}}),
    ("apigateway/Stage", {"accessLogSettings": {"format": '{"t": "$context.authorizer.accessToken"}'}},
     {"accessLogSettings": {"format": "$context.authorizer.claims.sub"}}),
    ("lb/LoadBalancer", {"xffHeaderProcessingMode": "preserve"}, {"xffHeaderProcessingMode": "append"}),
    ("alb/LoadBalancer", {"xffHeaderProcessingMode": "PRESERVE"}, {"xffHeaderProcessingMode": "remove"}),
    *(("fsx/LustreFileSystem", {"rootSquashConfiguration": {"noSquashNids": [nid]}},
       {"rootSquashConfiguration": {"noSquashNids": ["10.20.1.[1-9]@tcp", "10.20.1.[0-255]@tcp"]}})
      for nid in ("*@tcp", "[0-255].[0-255].[0-255].[0-255]@tcp", "10.20.[0-255].[0-255]@tcp", "10.[1-9].*.*@tcp")),
    *(("cloudwatch/MetricAlarm", {key: [f"arn:aws:{end}"]}, {key: ["arn:aws:automate:me-central-1:ec2:recover"]})
      for key in ("alarmActions", "okActions", "insufficientDataActions")
      for end in ("automate:me-central-1:ec2:terminate",
                  f"swf:me-central-1:{ME}:action/actions/AWS_EC2.InstanceId.Terminate/1.0")),
])  # fmt: skip
def test_values_that_weaken_something(kind: str, props: dict[str, Any], good: dict[str, Any]) -> None:
    assert "FJ-ESC-115" in refused(aws(kind, {**props, "tags": TAGS}))
    assert "FJ-ESC-115" not in refused(aws(kind, {**good, "tags": TAGS}))


@pytest.mark.parametrize(("key", "value", "table", "is_refused"), [
    ("sensitivity", "public", "customers", True), ("Classification", "Unrestricted", "ledger", True),
    ("sensitivity", "restricted", "customers", False), ("classification", "public", "fx_rates", False),
    ("domain", "open", "customers", False), ("classification", "public", UNKNOWN, False),
])  # fmt: skip
def test_labels_for_everybody(key: str, value: str, table: object, is_refused: bool) -> None:
    label, place = {"key": key, "value": value}, {"databaseName": "core", "name": table}
    for kind, name, labels in (("ResourceLfTag", "table", label), ("ResourceLfTags", "tableWithColumns", [label])):
        if table is not UNKNOWN:
            props = {"lfTag" if name == "table" else "lfTags": labels, name: place}
            assert ("FJ-IDN-113" in refused(aws(f"lakeformation/{kind}", props))) is is_refused


@pytest.mark.parametrize(("value", "is_refused"), [
    ("ami-0f0e0d0c0b0a09080", True), ("AMI-12345678", True), (UNKNOWN, False), ("ami-of-the-month", False),
    ("v1.2", False),
])  # fmt: skip
def test_images_of_parameters(value: object, is_refused: bool) -> None:
    for key in ("value", "insecureValue"):
        assert ("FJ-ESC-118" in refused(aws("ssm/Parameter", {"name": "/a", key: value}))) is is_refused
