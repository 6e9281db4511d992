"""Families of the eleventh set of attacks: groups of everybody, sources of settings, lists of networks,
triggers and addresses of machines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import ME, RG, TAGS, aws, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def _administrators(group: str) -> Given:
    return aws("fsx/WindowsFileSystem", {"selfManagedActiveDirectory": {"fileSystemAdministratorsGroup": group}})


@given(
    domain=st.sampled_from(["", "CORP\\", "BUILTIN\\", "corp.example\\"]),
    name=st.sampled_from(["Domain Users", "domain guests", "Domain Computers", "Authenticated Users", "DOMAIN USERS"]),
)
def test_groups_of_windows_with_everybody_are_refused_by_name(domain: str, name: str) -> None:
    assert "FJ-EXP-126" in refused(_administrators(domain + name))


@given(numbers=st.tuples(*[st.integers(0, 2**32 - 1)] * 3), last=st.sampled_from([501, 513, 514, 515]))
def test_groups_of_windows_with_everybody_are_refused_by_number(numbers: tuple[int, int, int], last: int) -> None:
    sid = "-".join(map(str, ("S-1-5-21", *numbers, last)))
    assert "FJ-EXP-126" in refused(aws("transfer/Access", {"externalId": sid, "serverId": "s-1"}))
    assert "FJ-EXP-126" not in refused(aws("transfer/Access", {"externalId": f"{sid}7", "serverId": "s-1"}))


WELL_KNOWN = (
    "1-0", "5-1", "5-2", "5-4", "5-7", "5-11", "5-13", "5-14", "5-15", "5-17", "5-32-545", "5-32-546", "5-32-554",
)  # fmt: skip


@pytest.mark.parametrize("sid", [f"S-1-{number}" for number in WELL_KNOWN])
def test_well_known_numbers_of_everybody_are_refused(sid: str) -> None:
    assert "FJ-EXP-126" in refused(aws("transfer/Access", {"externalId": sid, "serverId": "s-1"}))


@pytest.mark.parametrize(
    "group",
    [
        "@Everyone", "@CORP\\Everyone", "BUILTIN\\Users", "@builtin\\guests", "NT AUTHORITY\\NETWORK",
        "NT AUTHORITY\\INTERACTIVE", "NT AUTHORITY\\This Organization", "This Organization",
        "BUILTIN\\Pre-Windows 2000 Compatible Access", "NT AUTHORITY\\REMOTE INTERACTIVE LOGON", "NT AUTHORITY\\IUSR",
        "NT AUTHORITY\\TERMINAL SERVER USER", "NT AUTHORITY\\DIALUP",
    ],
)  # fmt: skip
def test_groups_that_windows_makes_of_whoever_signs_in_are_everybody(group: str) -> None:
    assert "FJ-EXP-126" in refused(_administrators(group))


@pytest.mark.parametrize("group", ["File Admins", "CORP\\Storage Operators", "Domain Admins", "S-1-5-32-544",
                                   "S-1-5-32-551", "S-1-5-20", "S-1-5-3", "S-1-5-6", "S-1-5-12",
                                   "Network", "CORP\\Users", "BUILTIN\\Backup Operators",
                                   "NT AUTHORITY\\NETWORK SERVICE"])  # fmt: skip
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
    balancer = aws("ec2/SecurityGroup", {"tags": TAGS, "description": "b"}, "balancer")
    assert rule in refused(balancer, _group("pl-3b927c52", {"ingress": ("balancer",)}))
    for kind, is_refused in (("ingress", True), ("egress", False)):
        classic = aws("ec2/SecurityGroupRule", {"type": kind, "prefixListIds": ["pl-3b927c52"], "protocol": "tcp"})
        assert (rule in refused(classic)) == is_refused
    assert rule in refused(aws("ec2/DefaultSecurityGroup", {"ingress": [{"prefixListIds": ["pl-3b927c52"]}]}))


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


def _routed(name: str, gateway: str) -> tuple[Given, ...]:
    """Returns a route table with an IPv6 route, and a subnet that uses it."""
    route = {"ipv6CidrBlock": "::/0", gateway: "gw-1"}
    return (
        aws("ec2/RouteTable", {"routes": [route], "tags": TAGS}, f"{name}-table"),
        aws("ec2/Subnet", {"tags": TAGS}, name),
        aws("ec2/RouteTableAssociation", {}, f"{name}-use",
            links={"subnetId": (name,), "routeTableId": (f"{name}-table",)}),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "key", "start"),
    [
        ("autoscaling/Group", "vpcZoneIdentifiers", "launchTemplate"), ("eks/NodeGroup", "subnetIds", "launchTemplate"),
        ("ec2/Instance", "subnetId", "launchTemplate"), ("batch/ComputeEnvironment", "x", "computeResources"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("subnets", "is_refused"), [(("private",), False), (("private", "public"), True)])
def test_templates_get_addresses_in_the_subnets_of_their_groups(
    kind: str, key: str, start: str, subnets: tuple[str, ...], is_refused: bool
) -> None:
    template = aws("ec2/LaunchTemplate", {"networkInterfaces": [{"ipv6AddressCount": 1}], "tags": TAGS}, "template")
    group = aws(kind, {"tags": TAGS}, "group", links={start: ("template",), key: subnets})
    network = (*_routed("public", "gatewayId"), *_routed("private", "egressOnlyGatewayId"))
    assert ("FJ-EXP-103" in refused(*network, template, group)) == is_refused


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
    return aws("wafv2/IpSet", {"name": "all", "addresses": list(addresses), "tags": TAGS}, "set")


_ARN = f"arn:aws:wafv2:me-central-1:{ME}:regional/ipset"


def _acl(action: str, statement: str = "ipSetReferenceStatement", arn: object = UNKNOWN) -> Given:
    return aws("wafv2/WebAcl", {"tags": TAGS, "rules": [{
        "name": "r", "action": {action: {}}, "statement": {statement: {"arn": arn}}}]},
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
        ((_set("0.0.0.0/0"), _acl("allow", arn=f"{_ARN}/all/1")), True),
        ((_set("0.0.0.0/0"), _acl("allow", arn=f"{_ARN}/office/1")), False),
    ],
    ids=range(8),
)
def test_a_set_that_is_let_in_is_not_everybody(plan: tuple[Given, ...], is_refused: bool) -> None:
    assert ("FJ-EXP-127" in refused(*plan)) == is_refused
