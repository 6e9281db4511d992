"""Families of the eleventh set of attacks: groups of everybody, sources of settings, answers of a cache, lists of
networks, triggers and addresses of machines."""

import json

import pytest
from guardrails.readers.api_policies import checks_tokens, keeps_answers_apart, manages_nothing
from hypothesis import given
from hypothesis import strategies as st

from .blind import RG, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    reports = [report for item in plan for report in PACK.evaluate_resource(item)]
    return blocking([*reports, *PACK.evaluate_stack(*plan)])


def _administrators(group: str) -> Given:
    return aws("fsx/WindowsFileSystem", {"selfManagedActiveDirectory": {"fileSystemAdministratorsGroup": group}})


@given(
    domain=st.sampled_from(["", "CORP\\", "BUILTIN\\", "corp.example\\"]),
    name=st.sampled_from(["Domain Users", "domain guests", "Domain Computers", "Authenticated Users", "DOMAIN USERS"]),
)
def test_groups_of_windows_with_everybody_are_refused_by_name(domain: str, name: str) -> None:
    assert "FJ-EXP-126" in refused(_administrators(domain + name))


@given(numbers=st.tuples(*[st.integers(0, 2**32 - 1)] * 3), last=st.sampled_from([513, 514, 515]))
def test_groups_of_windows_with_everybody_are_refused_by_number(numbers: tuple[int, int, int], last: int) -> None:
    sid = "-".join(map(str, ("S-1-5-21", *numbers, last)))
    assert "FJ-EXP-126" in refused(aws("transfer/Access", {"externalId": sid, "serverId": "s-1"}))
    assert "FJ-EXP-126" not in refused(aws("transfer/Access", {"externalId": f"{sid}7", "serverId": "s-1"}))


@pytest.mark.parametrize("sid", ["S-1-1-0", "S-1-5-7", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-546"])
def test_well_known_numbers_of_everybody_are_refused(sid: str) -> None:
    assert "FJ-EXP-126" in refused(aws("transfer/Access", {"externalId": sid, "serverId": "s-1"}))


@pytest.mark.parametrize("group", ["File Admins", "CORP\\Storage Operators", "Domain Admins", "S-1-5-32-544"])
def test_groups_of_some_are_not_everybody(group: str) -> None:
    assert "FJ-EXP-126" not in refused(_administrators(group))


def _task(*files: object) -> Given:
    return aws("ecs/TaskDefinition", {"family": "a", "tags": TAGS, "containerDefinitions": json.dumps(
        [{"name": "a", "environmentFiles": [{"type": "s3", "value": file} for file in files]}])})  # fmt: skip


BUCKET = aws("s3/Bucket", {"bucket": "own-settings", "tags": TAGS}, "own")
OWN, THEIRS = "arn:aws:s3:::own-settings", "arn:aws:s3:::collector"


@pytest.mark.parametrize(
    ("resource", "is_refused"),
    [
        (_task(f"{THEIRS}/a.env"), True),
        (_task(f"{OWN}/a.env", f"{THEIRS}/a.env"), True),
        (_task(f"{OWN}/a.env"), False),
        (_task(), False),
        (aws("codebuild/Project", {"environment": {"certificate": f"{THEIRS}/ca.pem"}}), True),
        (aws("codebuild/Project", {"environment": {"certificate": f"{OWN}/ca.pem"}}), False),
        (aws("codebuild/Project", {"environment": {}}), False),
        (aws("sagemaker/NotebookInstance", {"defaultCodeRepository": "https://github.com/collector/a.git"}), True),
        (aws("sagemaker/NotebookInstance", {"additionalCodeRepositories": ["own", "https://gitlab.com/c/a"]}), True),
        (aws("sagemaker/NotebookInstance", {"defaultCodeRepository": "own-repository"}), False),
        (aws("sagemaker/NotebookInstance", {"defaultCodeRepository":
             "https://git-codecommit.me-central-1.amazonaws.com/v1/repos/claims"}), False),
        (aws("sagemaker/NotebookInstance", {"defaultCodeRepository": UNKNOWN}), False),
    ],
    ids=range(12),
)  # fmt: skip
def test_settings_authorities_and_notebooks_come_from_own_sources(resource: Given, is_refused: bool) -> None:
    assert ("FJ-ESC-111" in refused(BUCKET, resource)) == is_refused


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
        ("<validate-jwt></validate-jwt>", False),
        ("<!-- <validate-jwt></validate-jwt> -->", True),
        ("<inbound><base /></inbound>", True),
    ],
    ids=range(10),
)  # fmt: skip
def test_tokens_of_every_tenant_are_accepted_by_no_policy(policy: str, is_checked: bool) -> None:
    assert checks_tokens(policy) == is_checked


def _group(number: object, links: dict[str, tuple[str, ...]] | None = None) -> Given:
    return aws(
        "ec2/SecurityGroup",
        {
            "tags": TAGS,
            "description": "a",
            "ingress": [{"protocol": "tcp", "fromPort": 443, "toPort": 443, "prefixListIds": [number]}],
        },
        "group",
        links=links or {},
    )


def test_lists_of_networks_that_are_let_in_are_of_the_plan() -> None:
    rule = "FJ-RES-113"
    own = aws("ec2/ManagedPrefixList", {"name": "sites", "addressFamily": "IPv4", "maxEntries": 1, "tags": TAGS}, "own")
    assert rule in refused(_group("pl-3b927c52"))
    assert rule in refused(aws("vpc/SecurityGroupIngressRule", {"prefixListId": "pl-3b927c52", "ipProtocol": "tcp"}))
    assert rule not in refused(own, _group(UNKNOWN, {"ingress": ("own",)}))
    assert rule not in refused(aws("vpc/SecurityGroupEgressRule", {"prefixListId": "pl-3b927c52", "ipProtocol": "tcp"}))


@pytest.mark.parametrize(
    ("schedule", "action", "is_refused"),
    [
        ("cron(0/5 * * * ? *)", {"jobName": "a"}, True), ("cron(0 * * * ? *)", {"jobName": "a"}, False),
        ("cron(0/5 * * * ? *)", {"crawlerName": "a"}, False), (None, {"jobName": "a"}, False),
    ],
)  # fmt: skip
def test_jobs_of_glue_start_each_hour_at_most(schedule: str | None, action: dict[str, str], is_refused: bool) -> None:
    trigger = aws("glue/Trigger", {"name": "t", "type": "SCHEDULED", "schedule": schedule, "actions": [action]})
    assert any(rule.startswith("FJ-COST-") and rule != "FJ-COST-004" for rule in refused(trigger)) == is_refused


OUT = aws("ec2/Route", {"routeTableId": "rtb-1", "destinationIpv6CidrBlock": "::/0", "gatewayId": "igw-1"}, "out")


@pytest.mark.parametrize(
    ("kind", "props", "is_refused"),
    [
        ("Instance", {"ipv6AddressCount": 1}, True),
        ("Instance", {"ipv6AddressCount": 0}, False),
        ("Instance", {"ipv6Addresses": ["2001:db8::7"]}, True),
        ("NetworkInterface", {"ipv6AddressCount": 2}, True),
        ("LaunchTemplate", {"networkInterfaces": [{"ipv6AddressCount": 1}]}, True),
        ("LaunchTemplate", {"networkInterfaces": [{"ipv6PrefixCount": 1}]}, True),
        ("LaunchTemplate", {"networkInterfaces": [{"associatePublicIpAddress": "false"}]}, False),
    ],
)
def test_machines_ask_for_no_public_addresses(kind: str, props: dict[str, object], is_refused: bool) -> None:
    machine = aws(f"ec2/{kind}", {**props, "tags": TAGS})
    rule = "FJ-EXP-103"
    assert (rule in refused(OUT, machine)) == is_refused
    assert rule not in refused(machine)


@pytest.mark.parametrize(
    ("kind", "props", "is_refused"),
    [
        ("apimanagement:NamedValue", {"displayName": "db-password", "value": "Winter-2026"}, True),
        ("apimanagement:NamedValue", {"displayName": "db-password", "value": "Winter-2026", "secret": True}, False),
        ("apimanagement:NamedValue", {"displayName": "orders-host", "value": "orders.internal"}, False),
        ("apimanagement:NamedValue", {"displayName": "db-password", "keyVault": {"secretIdentifier": "x"}}, False),
        ("automation:Variable", {"name": "api_key", "value": '"Winter-2026"'}, True),
        ("automation:Variable", {"name": "api_key", "value": '"Winter-2026"', "isEncrypted": True}, False),
        ("automation:Variable", {"name": "days", "value": "7"}, False),
    ],
)
def test_named_values_that_readers_see_are_no_secrets(kind: str, props: dict[str, object], is_refused: bool) -> None:
    assert ("FJ-EXP-114" in refused(az(kind, {**RG, **props}))) == is_refused


def _set(*addresses: str) -> Given:
    return aws("wafv2/IpSet", {"addresses": list(addresses), "tags": TAGS}, "set")


def _acl(action: str, statement: str = "ipSetReferenceStatement") -> Given:
    return aws("wafv2/WebAcl", {"tags": TAGS, "rules": [{
        "name": "r", "action": {action: {}}, "statement": {statement: {"arn": UNKNOWN}}}]},
        "acl", links={"rules": ("set",)})  # fmt: skip


@pytest.mark.parametrize(
    ("plan", "is_refused"),
    [
        ((_set("0.0.0.0/0"), _acl("allow")), True),
        ((_set("0.0.0.0/1", "128.0.0.0/1"), _acl("allow")), True),
        ((_set("0.0.0.0/1", "128.0.0.0/1"), _acl("block")), False),
        ((_set("198.51.100.0/28"), _acl("allow")), False),
        ((_set("0.0.0.0/1", "128.0.0.0/1"),), False),
        ((_set("0.0.0.0/0"), _acl("allow", "ruleGroupReferenceStatement")), False),
    ],
    ids=range(6),
)
def test_a_set_that_is_let_in_is_not_everybody(plan: tuple[Given, ...], is_refused: bool) -> None:
    assert ("FJ-EXP-127" in refused(*plan)) == is_refused
