"""Attempts to walk around the pack: what it must know is hidden in another spelling, shape, size or place."""

import json
from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, blocking, named, rules, secret

PACK = Pack()
KEY = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
VOLUME = "aws:ebs/volume:Volume"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
POD = "kubernetes:core/v1:Pod"
ACCOUNT = "azure-native:storage:StorageAccount"
ENCRYPTED: dict[str, Any] = {"encrypted": True, "kmsKeyId": KEY}


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    found = blocking(PACK.alone(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in found
    return rule in found


@pytest.mark.parametrize(
    "region",
    [
        "eu-west-1",
        " EU-West-1 ",
        "me\N{NON-BREAKING HYPHEN}central\N{NON-BREAKING HYPHEN}1",
        "\N{FULLWIDTH LATIN SMALL LETTER M}e-central-1",
        "me-central-1\N{ZERO WIDTH SPACE}",
        "me-central-1,eu-west-1",
        "${AWS::Region}",
        "",
        ["eu-west-1"],
        {"name": "eu-west-1"},
        True,
        secret("eu-west-1"),
        secret(secret("eu-west-1")),
    ],
    ids=named,
)
def test_a_region_abroad_in_any_spelling(region: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "region": region}, "FJ-RES-101")
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {"region": region})


def test_a_region_at_home_in_any_spelling() -> None:
    for region in ("me-central-1", "ME-Central-1", secret("me-central-1"), None):
        assert not refused(VOLUME, {**ENCRYPTED, "region": region}, "FJ-RES-101")


def test_a_provider_may_not_leave_its_place_open() -> None:
    """A provider that a component passes on comes with its inputs; the default one of a machine does not."""
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {})
    assert refused(VOLUME, ENCRYPTED, "FJ-RES-101", {"region": UNKNOWN})


@pytest.mark.parametrize(
    "place", ["West Europe", "WESTEUROPE", " west  europe", "west\N{NO-BREAK SPACE}europe", "global", ""]
)
def test_an_azure_location_abroad_in_any_spelling(place: str) -> None:
    assert refused(ACCOUNT, {"location": place}, "FJ-RES-201")


@pytest.mark.parametrize("place", ["uaenorth", "UAE North", " uae central ", "UAECENTRAL"])
def test_an_azure_location_at_home_in_any_spelling(place: str) -> None:
    assert not refused(ACCOUNT, {"location": place}, "FJ-RES-201")


@pytest.mark.parametrize(
    "key",
    [
        "alias/aws/ebs",
        "ALIAS/AWS/EBS",
        " alias/aws/ebs",
        "aws/ebs",
        "arn:aws:kms:me-central-1:123456789012:alias/aws/ebs",
        "",
        "  ",
        "null",
        "default",
        "AWS_OWNED_KMS_KEY",
        "aws-managed",
        "${KEY}",
        None,
        [],
        ["alias/aws/ebs"],
        {},
        True,
        0,
        secret("alias/aws/ebs"),
    ],
    ids=named,
)
def test_a_key_that_is_not_ones_own(key: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "kmsKeyId": key}, "FJ-ENC-102")


@pytest.mark.parametrize("value", [False, "false", "False", 0, "0", "yes", None, {}, [False], secret(False)], ids=named)
def test_what_must_be_true_is_true(value: object) -> None:
    assert refused(VOLUME, {**ENCRYPTED, "encrypted": value}, "FJ-ENC-102")


def test_true_may_be_text_as_providers_take_it() -> None:
    for value in (True, "true", " TRUE "):
        assert not refused(VOLUME, {**ENCRYPTED, "encrypted": value}, "FJ-ENC-102")


OPEN: dict[str, Any] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}
DOCUMENT = {"Version": "2012-10-17", "Statement": [OPEN]}
TEXT = json.dumps(DOCUMENT)


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        TEXT,
        f" \n{TEXT}",
        {"Statement": OPEN},
        {"STATEMENT": [{key.upper(): value for key, value in OPEN.items()}]},
        {"Statement": [{**OPEN, "Effect": " allow "}]},
        {"Statement": [{**OPEN, "Principal": {"AWS": ["*"]}}]},
        {"Statement": [{**OPEN, "Principal": {"AWS": "arn:aws:iam::*:root"}}]},
        {"Statement": [{**OPEN, "Principal": secret("*")}]},
        {"Statement": [UNKNOWN, OPEN]},
        secret(TEXT),
        json.dumps(TEXT),
        [DOCUMENT],
        {"Statement": TEXT},
        {"Statement": [[OPEN]]},
        {"Statement": None},
        {"Fn::Sub": TEXT},
        f'{{"Statement": [], "Statement": {json.dumps([OPEN])}}}',
        f'{{"Statement": {json.dumps([OPEN])}, "statement": []}}',
        "Statement:\n- Effect: Allow\n  Principal: '*'\n",
        "[" * 50_000,
        7,
    ],
    ids=lambda document: str(document)[:60],
)
def test_a_policy_for_everybody_in_any_form_or_in_none(document: object) -> None:
    assert refused(BUCKET_POLICY, {"policy": document}, "FJ-EXP-112")


@pytest.mark.parametrize("where", ["aws:iam/policy:Policy", "aws:iam/role:Role"])
def test_a_policy_that_cannot_be_read_fails_once(where: str) -> None:
    key = "policy" if where.endswith("Policy") else "assumeRolePolicy"
    found = blocking(PACK.alone(Given(where, {key: "{not json"})))
    assert {rule for rule in found if rule.startswith(("FJ-IDN", "FJ-EXP"))} in ({"FJ-IDN-101"}, {"FJ-EXP-112"})


@pytest.mark.parametrize(
    "rules_in",
    [
        [{"fromPort": "22", "toPort": "22", "protocol": "tcp", "cidrBlocks": ["0.0.0.0/0"]}],
        {"cidrBlocks": "0.0.0.0/0"},
        [[{"cidrBlocks": ["0.0.0.0/0"]}]],
        json.dumps([{"cidrBlocks": ["0.0.0.0/0"]}]),
        [{"cidrBlocks": {"all": "0.0.0.0/0"}}],
        [{"cidrBlocks": ["000.0.0.0/0"]}],
        [{"cidrBlocks": ["1.2.3.4/00"]}],
        [{"cidrBlocks": ["0.0.0.0/1", "128.0.0.0/1"]}],
        [{"ipv6CidrBlocks": ["0::/0"]}],
        [{"ipv6CidrBlocks": ["::ffff:0:0/96"]}],
        [{"cidrBlocks": [UNKNOWN, secret("0.0.0.0/0")]}],
        [UNKNOWN, None, {"cidrBlocks": ["0.0.0.0/0"]}],
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_door_for_every_address_in_any_form(rules_in: object) -> None:
    assert refused(GROUP, {"ingress": rules_in}, "FJ-EXP-101")


@pytest.mark.parametrize("user", [0, 0.0, "0", " 0 ", secret(0)], ids=named)
def test_root_in_any_spelling(user: object) -> None:
    container = {"name": "a", "image": "a:1", "securityContext": {"runAsUser": user}}
    assert refused(POD, {"spec": {"containers": [container]}}, "FJ-EXP-307")
    assert refused(POD, {"spec": [{"containers": [None, container]}]}, "FJ-EXP-307")
    assert refused(POD, {"spec": secret({"containers": [secret(container)]})}, "FJ-EXP-307")


@pytest.mark.parametrize(
    ("token", "props", "rule"),
    [
        ("aws:s3/bucketV2:BucketV2", {"acl": "public-read"}, "FJ-EXP-107"),
        ("azure-native:storage/v20230101:StorageAccount", {"location": "westeurope"}, "FJ-RES-201"),
        ("azure-native_storage_v20240101:storage:StorageAccount", {"location": "westeurope"}, "FJ-RES-201"),
        ("pulumi:providers:aws", {"region": "eu-west-1"}, "FJ-RES-101"),
        (
            "pulumi:providers:aws",
            {"region": "me-central-1", "assumeRoles": "[{}]", "endpoints": '[{"s3": "s3.eu-west-1.amazonaws.com"}]'},
            "FJ-RES-104",
        ),
        ("aws:unheard/of:Of", {"region": "eu-west-1"}, "FJ-RES-101"),
    ],
)
def test_a_type_under_another_name(token: str, props: dict[str, Any], rule: str) -> None:
    assert refused(token, props, rule)


TOKENS = (
    VOLUME, GROUP, BUCKET_POLICY, POD, ACCOUNT, "aws:iam/role:Role", "aws:iam/policy:Policy",
    "aws:ec2/instance:Instance", "kubernetes:apps/v1:Deployment", "azure-native:containerservice:ManagedCluster",
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "azure-native:network:NetworkSecurityGroup",
)  # fmt: skip
KEYS = (
    "region", "location", "ingress", "policy", "spec", "metadata", "tags", "assumeRolePolicy", "encrypted", "kmsKeyId",
    "metadataOptions", "properties", "sku", "networkRuleSet", "agentPoolProfiles", "inlinePolicies", "rules", "labels",
    "securityRules",
)  # fmt: skip


@pytest.mark.parametrize("value", [None, "", [], {}, 0, -1.5, True, [None], {"a": None}, "{", [[]], UNKNOWN], ids=named)
def test_no_value_in_place_of_another_breaks_a_rule(value: object) -> None:
    for token in TOKENS:
        assert "FJ-PACK-001" not in rules(PACK.alone(Given(token, dict.fromkeys(KEYS, value))))


def test_nothing_hides_at_the_bottom_or_behind_a_heap() -> None:
    deep: Any = {"region": "eu-west-1"}
    for _ in range(80):
        deep = {"below": deep}
    assert rules(PACK.alone(Given(VOLUME, {**ENCRYPTED, "deep": deep}))) & {"FJ-RES-103"}
    heap = "x" * 10_000_000
    assert refused(VOLUME, {"description": heap, "encrypted": False}, "FJ-ENC-102")
    assert refused("aws:ec2/instance:Instance", {"userData": f"{heap}\nexport DB_PASSWORD=hunter2"}, "FJ-EXP-114")


JOB = "aws:batch/jobDefinition:JobDefinition"
BARE = {"image": "a:1", "readonlyRootFilesystem": True}
BAD = {**BARE, "privileged": True}
LEAKING = {**BARE, "environment": [{"name": "DB_PASSWORD", "value": "hunter2"}]}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda item: {"containerProperties": json.dumps(item)},
        lambda item: {
            "nodeProperties": json.dumps({"nodeRangeProperties": [{"container": BARE}, {"container": item}]})
        },
        lambda item: {"ecsProperties": json.dumps({"taskProperties": [{"containers": [BARE, item]}]})},
    ],
)
def test_containers_of_a_job_wherever_they_are(wrap: Any) -> None:
    assert refused(JOB, wrap(BAD), "FJ-EXP-115")
    assert refused(JOB, wrap({**BARE, "linuxParameters": {"capabilities": {"add": ["SYS_ADMIN"]}}}), "FJ-EXP-115")
    assert refused(JOB, wrap(LEAKING), "FJ-EXP-114")
    assert not refused(JOB, wrap(BARE), "FJ-EXP-115")


@pytest.mark.parametrize(
    ("token", "props", "rule"),
    [
        (JOB, {"eksProperties": {"podProperties": {"hostNetwork": True}}}, "FJ-EXP-119"),
        (JOB, {"eksProperties": {"podProperties": {
            "hostNetwork": False, "containers": [{"securityContext": {"privileged": "true"}}]}}}, "FJ-EXP-119"),
        ("aws:ecs/taskDefinition:TaskDefinition",
         {"volumes": [{"name": "a"}, {"name": "b", "hostPath": "/"}]}, "FJ-EXP-115"),
        ("azure-native:containerinstance:ContainerGroup",
         {"containers": [{"securityContext": {"privileged": True}}]}, "FJ-EXP-115"),
    ],
)  # fmt: skip
def test_the_machine_is_given_away_nowhere(token: str, props: dict[str, Any], rule: str) -> None:
    assert refused(token, props, rule)


def test_each_subnet_of_a_network_has_its_rules() -> None:
    network = "azure-native:network:VirtualNetwork"
    held, bare = {"name": "a", "networkSecurityGroup": {"id": UNKNOWN}}, {"name": "b"}
    lent = {"name": "c", "delegations": [{"serviceName": "Microsoft.App/environments"}]}
    assert refused(network, {"subnets": [held, bare, lent]}, "FJ-EXP-204")
    assert not refused(network, {"subnets": [held, lent]}, "FJ-EXP-204")
