"""Documents of a small plan: their size, their scope, and the command that writes them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.finops.plan import read
from falaj.rights.aws_needs import RequiredAction, UnknownType
from falaj.rights.aws_policies import MAX_CHARACTERS, documents, size, statements
from falaj.rights.iam_evaluation import Request, UnknownOperator, allowed
from falaj.rights.identity_files import NO_ACCOUNT, Identity, Rights

STACK = "urn:pulumi:demo::falaj::"
AWS = f"{STACK}pulumi:providers:aws::site-aws"
BOUNDARY = "arn:aws:iam::111122223333:policy/boundary"


def resource(kind: str, logical: str, /, **inputs: Any) -> dict[str, Any]:
    return {"urn": f"{STACK}{kind}::{logical}", "type": kind, "inputs": inputs, "provider": f"{AWS}::id"}


def plan(*resources: dict[str, Any], **provider: str) -> str:
    """Returns a state export with the provider and resources."""
    site = {"urn": AWS, "type": "pulumi:providers:aws", "inputs": {"region": "me-central-1", **provider}}
    return json.dumps({"deployment": {"resources": [site, *resources]}})


BUCKET = resource("aws:s3/bucket:Bucket", "data", bucket="data-1a2b3c4")
ROLE = resource("aws:iam/role:Role", "job", name="job", path="/platform/", permissionsBoundary=BOUNDARY)


def policies(*resources: dict[str, Any], **provider: str) -> list[dict[str, Any]]:
    return Rights.of(read(plan(*resources, **provider)), "111122223333").policies(Identity.DEPLOY)


def test_names_are_patterns_of_the_plan() -> None:
    found = policies(BUCKET)
    assert allowed(found, Request("s3:CreateBucket", "arn:aws:s3:::data-9f8e7d6"))
    assert not allowed(found, Request("s3:CreateBucket", "arn:aws:s3:::database"))


def test_roles_are_made_with_the_boundary_of_the_plan_only() -> None:
    found = policies(ROLE)
    arn = "arn:aws:iam::111122223333:role/platform/job"
    assert allowed(found, Request("iam:CreateRole", arn, {"iam:PermissionsBoundary": BOUNDARY}))
    assert not allowed(found, Request("iam:CreateRole", arn, {"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/x"}))
    assert not allowed(found, Request("iam:CreateRole", arn))
    assert not allowed(found, Request("iam:CreateRole", "arn:aws:iam::111122223333:role/job"))


def test_existing_roles_are_passed_to_their_services_only() -> None:
    cluster_role = "arn:aws:iam::111122223333:role/security/control-plane"
    found = policies(
        resource("aws:eks/cluster:Cluster", "uae", name="uae", roleArn=cluster_role),
        resource("aws:iam/instanceProfile:InstanceProfile", "nodes", name="nodes", role="karpenter-nodes"),
    )
    node_role = "arn:aws:iam::111122223333:role/security/karpenter-nodes"
    for role, service in ((cluster_role, "eks.amazonaws.com"), (node_role, "ec2.amazonaws.com")):
        assert allowed(found, Request("iam:PassRole", role, {"iam:PassedToService": service}))
        assert not allowed(found, Request("iam:PassRole", role, {"iam:PassedToService": "lambda.amazonaws.com"}))
        assert not allowed(found, Request("iam:PassRole", f"{role}-other", {"iam:PassedToService": service}))


def test_flow_logs_in_a_bucket_need_log_delivery() -> None:
    flow_log = "aws:ec2/flowLog:FlowLog"
    delivery = Request("logs:CreateLogDelivery", "*", {"aws:RequestedRegion": "me-central-1"})
    assert allowed(policies(resource(flow_log, "log", logDestinationType="s3")), delivery)
    role = "arn:aws:iam::111122223333:role/flows"
    assert not allowed(policies(resource(flow_log, "log", iamRoleArn=role)), delivery)


def test_the_account_is_that_of_the_provider() -> None:
    rights = Rights.of(read(plan(BUCKET, allowedAccountIds='["444455556666"]')))
    assert rights.account == "444455556666"
    assert Rights.of(read(plan(BUCKET))).account == NO_ACCOUNT


def test_the_account_is_that_of_the_role_that_the_provider_assumes() -> None:
    role = '[{"roleArn": "arn:aws:iam::444455556666:role/falaj", "sessionName": "falaj"}]'
    assert Rights.of(read(plan(BUCKET, assumeRoles=role))).account == "444455556666"
    both = read(plan(BUCKET, assumeRoles=role, allowedAccountIds='["111122223333", "444455556666"]'))
    assert Rights.of(both).account == "444455556666"


LINKED = {
    "aws:eks/cluster:Cluster": {"eks"},
    "aws:eks/nodeGroup:NodeGroup": {"eks-nodegroup", "autoscaling", "spot"},
    "aws:efs/fileSystem:FileSystem": {"elasticfilesystem"},
    "aws:fsx/lustreFileSystem:LustreFileSystem": {"fsx"},
    "aws:fsx/dataRepositoryAssociation:DataRepositoryAssociation": {"s3.data-source.lustre.fsx"},
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {"transitgateway"},
}


@pytest.mark.parametrize("kind", LINKED)
def test_the_first_resource_of_an_account_makes_its_service_linked_roles(kind: str) -> None:
    found = policies(resource(kind, "first", name="first"))
    for service in (f"{name}.amazonaws.com" for names in LINKED.values() for name in names):
        arn = f"arn:aws:iam::111122223333:role/aws-service-role/{service}/AWSServiceRole"
        request = Request("iam:CreateServiceLinkedRole", arn, {"iam:AWSServiceName": service})
        assert allowed(found, request) is (service.removesuffix(".amazonaws.com") in LINKED[kind])


def test_documents_fit_managed_policies() -> None:
    roles = tuple(f"arn:aws:iam::111122223333:role/{index:03d}-{'x' * 40}" for index in range(300))
    found = documents(statements([RequiredAction("iam:GetRole", roles), RequiredAction("iam:DeleteRole", roles)]))
    assert len(found) > 3
    assert max(size(document) for document in found) <= MAX_CHARACTERS
    covered = {arn for document in found for statement in document["Statement"] for arn in statement["Resource"]}
    assert covered == set(roles)


def test_a_type_without_facts_is_refused(tmp_path: Path) -> None:
    text = plan(resource("aws:rds/instance:Instance", "db"))
    with pytest.raises(UnknownType, match="aws:rds/instance:Instance"):
        Rights.of(read(text)).policies(Identity.DEPLOY)
    file = tmp_path / "plan.json"
    file.write_text(text)
    ran = CliRunner().invoke(app, ["rights", "--stack", "demo", "--plan", str(file)])
    assert ran.exit_code != 0
    assert "the permissions of aws:rds/instance:Instance are unknown" in str(ran.exception)


def test_the_command_writes_files_and_deletes_those_of_an_earlier_run(tmp_path: Path) -> None:
    file, folder = tmp_path / "plan.json", tmp_path / "rights"
    file.write_text(plan(BUCKET))
    folder.mkdir()
    (folder / "aws-deploy-9.json").write_text("{}")
    ran = CliRunner().invoke(app, ["rights", "--stack", "demo", "--plan", str(file), "--write", str(folder)])
    assert ran.exit_code == 0, ran.output
    assert {path.name for path in folder.iterdir()} == {"aws-deploy-1.json", "aws-plan-1.json"}


def test_the_command_prints_json_of_one_identity_in_one_cloud(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(plan(ROLE))
    options = ["--for", "plan", "--cloud", "aws", "--account", "111122223333", "--json"]
    ran = CliRunner().invoke(app, ["rights", "--stack", "demo", "--plan", str(file), *options])
    assert ran.exit_code == 0, ran.output
    (document,) = json.loads(ran.stdout).values()
    assert {action for statement in document["Statement"] for action in statement["Action"]} == {
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListAttachedRolePolicies",
        "iam:ListRolePolicies",
    }


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ({"Action": "s3:Get*", "Resource": "arn:aws:s3:::a?c"}, True),
        ({"Action": "S3:getobject", "Resource": "*"}, True),
        ({"NotAction": "s3:Put*", "Resource": "*"}, True),
        ({"NotAction": "s3:Get*", "Resource": "*"}, False),
        ({"Action": "*", "NotResource": "arn:aws:s3:::abc"}, False),
        ({"Action": "*", "Resource": "*", "Condition": {"StringLike": {"aws:x": ["n", "v*"]}}}, True),
        ({"Action": "*", "Resource": "*", "Condition": {"ForAnyValue:StringEquals": {"aws:X": "value"}}}, True),
        ({"Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:missing": "value"}}}, False),
        ({"Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:missing": "value"}}}, True),
        ({"Action": "*", "Resource": "*", "Condition": {"ArnNotLike": {"aws:x": "v*"}}}, False),
        ({"Action": "*", "Resource": "*", "Condition": {"Null": {"aws:missing": "true"}}}, True),
        ({"Action": "*", "Resource": "*", "Condition": {"Null": {"aws:x": "true"}}}, False),
        ({"Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:x": "true"}}}, False),
    ],
)
def test_the_evaluation_of_statements(statement: dict[str, Any], verdict: bool) -> None:
    request = Request("s3:GetObject", "arn:aws:s3:::abc", {"aws:x": "value"})
    assert allowed([{"Statement": {"Effect": "Allow", **statement}}], request) is verdict
    everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    denied = [{"Statement": [everything, {"Effect": "Deny", **statement}]}]
    assert allowed(denied, request) is not verdict


def test_an_operator_that_is_not_known_is_refused() -> None:
    document = {
        "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"NumericEquals": {"a": "1"}}}
    }
    with pytest.raises(UnknownOperator, match="NumericEquals"):
        allowed([document], Request("s3:GetObject", "*"))
