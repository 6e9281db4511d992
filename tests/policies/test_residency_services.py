"""Data that leaves the UAE although its resources are there: model calls, endpoints, deliveries, shares, placement."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()
TASKS = "aws:ecs/taskDefinition:TaskDefinition"
POD = "kubernetes:core/v1:Pod"


def _residency(token: str, props: dict[str, Any], provider: Mapping[str, object] | None = None) -> set[str]:
    reports = PACK.evaluate_resource(Given(token, {"tags": TAGS, **props}, provider=provider))
    return {item.rule for item in reports if item.rule.startswith("FJ-RES")}


def _pod(**container: Any) -> dict[str, Any]:
    return {"metadata": {"labels": TAGS}, "spec": {"containers": [{"name": "main", "image": "r/x:1", **container}]}}


@pytest.mark.parametrize(
    ("model", "stopped"),
    [
        ("amazon.nova-lite-v1:0", False),
        ("arn:aws:bedrock:me-central-1::foundation-model/anthropic.claude-3", False),
        ("eu.example", False),
        ("us.registry/google-samples/hello", False),
        ("eu.anthropic.claude-sonnet-4-20250514-v1:0", True),
        ("us.amazon.nova-lite-v1:0", True),
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", True),
        ("arn:aws:bedrock:me-central-1:123456789012:inference-profile/apac.anthropic.claude-3", True),
        ('{"model": "us.meta.llama3-3-70b-instruct-v1:0"}', True),
    ],
)
def test_cross_region_model_profiles_are_refused_in_any_property(model: str, stopped: bool) -> None:
    expected = {"FJ-RES-109"} if stopped else set()
    assert _residency("aws:bedrock/agentAgent:AgentAgent", {"foundationModel": model}) == expected
    assert _residency("aws:lambda/function:Function", {"environment": {"variables": {"MODEL": model}}}) == expected
    cluster = {"kubeconfig": json.dumps({"clusters": [{"cluster": {"server": "https://a.uaenorth.azmk8s.io"}}]})}
    assert _residency(POD, _pod(env=[{"name": "MODEL", "value": model}]), cluster) == expected


@pytest.mark.parametrize(
    ("address", "stopped"),
    [
        ("https://sqs.me-central-1.amazonaws.com/1/q", False),
        ("https://example.ae", False),
        ("ec2.amazonaws.com", False),
        ("s3.dualstack.me-central-1.amazonaws.com", False),
        (UNKNOWN, False),
        ("https://sqs.eu-west-1.amazonaws.com/1/q", True),
        ("bucket.s3.us-east-1.amazonaws.com", True),
        ("bucket.s3-eu-central-1.amazonaws.com", True),
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1", True),
        ("https://abc.lambda-url.ap-south-1.on.aws/", True),
        ("https://SQS.EU-WEST-1.AMAZONAWS.COM/1/q", True),
    ],
)
def test_aws_service_endpoints_are_in_the_uae(address: str, stopped: bool) -> None:
    expected = {"FJ-RES-104"} if stopped else set()
    assert _residency("aws:lambda/function:Function", {"imageUri": address}) == expected
    endpoints = {"region": "me-central-1", "endpoints": json.dumps([{"s3": address}])}
    foreign = {"FJ-RES-002"} if address == "https://example.ae" else expected
    assert _residency("pulumi:providers:aws", endpoints) == foreign


def test_regions_in_the_json_of_task_definitions_are_checked() -> None:
    def tasks(region: str) -> dict[str, Any]:
        log = {"logDriver": "awslogs", "options": {"awslogs-region": region, "awslogs-group": "g"}}
        return {"containerDefinitions": json.dumps([{"name": "x", "logConfiguration": log}])}

    assert _residency(TASKS, tasks("me-central-1")) == set()
    assert _residency(TASKS, tasks("eu-west-1")) == {"FJ-RES-103"}
    secret = [{"name": "x", "secrets": [{"valueFrom": "arn:aws:ssm:eu-west-1:123456789012:parameter/x"}]}]
    assert _residency(TASKS, {"containerDefinitions": json.dumps(secret)}) == {"FJ-RES-104"}
    assert _residency(TASKS, {"containerDefinitions": UNKNOWN}) == set()


def test_regions_in_an_iam_deny_statement_pass() -> None:
    condition = {"StringNotEquals": {"aws:RequestedRegion": ["me-central-1", "us-east-1"]}}
    policy = json.dumps({"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": condition}]})
    assert _residency("aws:iam/policy:Policy", {"policy": policy}) == set()


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        ("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {"destination": "extended_s3"}, set()),
        ("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", {"destination": "splunk"}, {"FJ-RES-110"}),
        ("aws:appflow/flow:Flow", {"destinationFlowConfigs": [{"connectorType": "S3"}]}, set()),
        ("aws:appflow/flow:Flow", {"destinationFlowConfigs": [{"connectorType": "S3"}, {"connectorType": "Snowflake"}]},
         {"FJ-RES-110"}),
        ("aws:ram/resourceShare:ResourceShare", {"allowExternalPrincipals": False}, set()),
        ("aws:ram/resourceShare:ResourceShare", {"allowExternalPrincipals": True}, {"FJ-RES-111"}),
        ("aws:rds/snapshot:Snapshot", {}, set()),
        ("aws:rds/snapshot:Snapshot", {"sharedAccounts": ["123456789012", "all"]}, {"FJ-RES-111"}),
        ("azure-native:synapse:Workspace",
         {"location": "uaenorth", "managedVirtualNetworkSettings": {"preventDataExfiltration": False}}, {"FJ-RES-207"}),
        ("azure-native:datafactory:IntegrationRuntime", {"properties": {"type": "SelfHosted"}}, set()),
        ("azure-native:datafactory:IntegrationRuntime", {"properties": {"type": "Managed"}}, {"FJ-RES-207"}),
        ("azure-native:datafactory:IntegrationRuntime",
         {"properties": {"type": "Managed", "computeProperties": {"location": "AutoResolve"}}}, {"FJ-RES-207"}),
        ("pulumi:providers:azure-native", {"location": "uaenorth", "environment": "usgovernment"}, {"FJ-RES-201"}),
        ("pulumi:providers:azure-native", {"location": "uaenorth", "environment": "public"}, set()),
    ],
)  # fmt: skip
def test_deliveries_shares_and_integration_runtimes(token: str, props: dict[str, Any], expected: set[str]) -> None:
    assert _residency(token, props) == expected


ACCOUNT = "210987654321"
UNIT = "arn:aws:organizations::123456789012:ou/o-a/ou-b"


@pytest.mark.parametrize(
    ("token", "path"),
    [
        ("aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission", "accountId"),
        ("aws:ec2/amiLaunchPermission:AmiLaunchPermission", "accountId"),
        ("aws:redshift/dataShareAuthorization:DataShareAuthorization", "consumerIdentifier"),
        ("aws:ram/principalAssociation:PrincipalAssociation", "principal"),
    ],
)
def test_data_is_shared_only_with_listed_accounts(token: str, path: str) -> None:
    pack = Pack(
        Enforcement.model_validate({"default": {}, "residency": {"known": {ACCOUNT: "our archive, in the UAE"}}})
    )
    for value in (ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root"):
        assert _residency(token, {path: value}) == {"FJ-RES-111"}
        assert rules(pack.evaluate_resource(Given(token, {path: value}))) == set()
    for other in ("555555555555", f"arn:aws:iam::555555555555:role/{ACCOUNT}", f"{ACCOUNT}0"):
        assert blocking(pack.evaluate_resource(Given(token, {path: other}))) == {"FJ-RES-111"}
    assert "FJ-RES-111" in blocking(pack.evaluate_plan(Given(token, {path: UNKNOWN})))
    assert _residency(token, {path: UNIT}) == set()


def _share(name: str, **props: object) -> Given:
    return Given("aws:ram/resourceShare:ResourceShare", {"name": name, **props}, name)


@pytest.mark.parametrize(
    ("source", "is_refused"),
    [
        ((_share("in", allowExternalPrincipals=False),), False),
        ((_share("in"),), False),
        ((_share("out", allowExternalPrincipals=True),), True),
        ((_share("later", allowExternalPrincipals=UNKNOWN),), True),
        ((_share("in"), _share("out", allowExternalPrincipals=True)), True),
        ((Given("aws:ssm/parameter:Parameter", {"type": "String", "value": "x"}, "written"),), True),
        ((), True),
    ],
    ids=range(7),
)
def test_members_of_a_share_are_of_the_organisation(source: tuple[Given, ...], is_refused: bool) -> None:
    """The share has a finding of its own, which an exemption may take away; that of the member stays."""
    links = {"resourceShareArn": tuple(item.name for item in source)}
    for arn in (UNKNOWN, "arn:aws:ram:me-central-1:123456789012:resource-share/1"):
        props = {"principal": ACCOUNT, "resourceShareArn": arn}
        member = Given("aws:ram/principalAssociation:PrincipalAssociation", props, "member", links=links)
        found = [item.rule for item in Pack().evaluate_plan(*source, member) if "'member'" in item.text]
        assert ("FJ-RES-111" in found) is is_refused


@pytest.mark.parametrize("accounts", [[ACCOUNT], ["123456789012", ACCOUNT]])
def test_snapshots_are_shared_only_with_listed_accounts(accounts: list[str]) -> None:
    schedules = {"policyDetails": {"schedules": [{"copyTags": True, "shareRule": {"targetAccounts": accounts}}]}}
    assert _residency("aws:dlm/lifecyclePolicy:LifecyclePolicy", schedules) == {"FJ-RES-111"}
    assert _residency("aws:rds/snapshot:Snapshot", {"sharedAccounts": accounts}) == {"FJ-RES-111"}
    assert _residency("aws:rds/clusterSnapshot:ClusterSnapshot", {"sharedAccounts": []}) == set()


CLUSTER = {"kubeconfig": json.dumps({"clusters": [{"cluster": {"server": "https://a.uaenorth.azmk8s.io"}}]})}


def _expression(*values: str) -> dict[str, Any]:
    return {"key": "topology.kubernetes.io/zone", "operator": "In", "values": list(values)}


@pytest.mark.parametrize(
    ("spec", "stopped"),
    [
        ({"nodeSelector": {"topology.kubernetes.io/region": "me-central-1"}}, False),
        ({"nodeSelector": {"topology.kubernetes.io/zone": "uaenorth-2"}}, False),
        ({"nodeSelector": {"topology.kubernetes.io/zone": UNKNOWN}}, False),
        ({"nodeSelector": {"example.ae/region": "eu-west-1"}}, True),
        ({"affinity": {"nodeAffinity": {"required": [_expression("me-central-1a", "me-central-1b")]}}}, False),
        ({"nodeSelector": {"topology.kubernetes.io/region": "eu-west-1"}}, True),
        ({"nodeSelector": {"topology.kubernetes.io/region": "westeurope"}}, True),
        ({"nodeSelector": {"topology.kubernetes.io/zone": "westeurope-1"}}, True),
        ({"affinity": {"nodeAffinity": {"required": [_expression("me-central-1a", "eu-west-1a")]}}}, True),
        ({"volumes": [{"nfs": {"server": "fs-1.efs.eu-west-1.amazonaws.com", "path": "/"}}]}, True),
    ],
)
def test_pods_are_not_scheduled_in_foreign_regions(spec: dict[str, Any], stopped: bool) -> None:
    props = {"spec": {**spec, "containers": []}}
    assert _residency(POD, props, CLUSTER) == ({"FJ-RES-302"} if stopped else set())


def test_volumes_node_pools_and_services_use_no_foreign_regions() -> None:
    terms = [{"matchLabelExpressions": [{"key": "topology.ebs.csi.aws.com/zone", "values": ["eu-west-1a"]}]}]
    assert _residency("kubernetes:storage.k8s.io/v1:StorageClass", {"allowedTopologies": terms}, CLUSTER) == {
        "FJ-RES-302"
    }
    spec = {"template": {"spec": {"requirements": [_expression("eu-west-1a")]}}}
    assert _residency("kubernetes:karpenter.sh/v1:NodePool", {"spec": spec}, CLUSTER) == {"FJ-RES-302"}
    service = {"spec": {"type": "ExternalName", "externalName": "db.x.eu-west-1.rds.amazonaws.com"}}
    assert _residency("kubernetes:core/v1:Service", service, CLUSTER) == {"FJ-RES-302", "FJ-RES-312"}


def test_images_may_come_from_foreign_registries() -> None:
    pod = _pod(image="602401143452.dkr.ecr.us-west-2.amazonaws.com/eks/pause:3.10")
    assert _residency(POD, pod, CLUSTER) == set()
