"""Conditions and types of resources that decide whether an action of `decisive_actions.csv` is for every resource."""

from __future__ import annotations

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.identity import aws_decisive, eks_identities
from guardrails.identity.aws_decisive import CHANGE, RIGHTS, decisive_actions

from tests.processor_time import within

from .blind import ME, SUB, TAGS, aws, az, policy, statement
from .harness import UNKNOWN, Given, Pack, Report, blocking

PACK = Pack()
HERE = f"me-central-1:{ME}"
FUNCTIONS, SNAPSHOTS = f"arn:aws:lambda:{HERE}:function:*", "arn:aws:ec2:me-central-1::snapshot/*"
VPC = f"arn:aws:ec2:{HERE}:vpc/vpc-0a1b2c3d4e5f60718"
VAULT = f"arn:aws:backup:{HERE}:backup-vault:sealed"
POINTS = f"arn:aws:backup:{HERE}:recovery-point:*"
SECRETS, TOPICS = f"arn:aws:secretsmanager:{HERE}:secret:*", f"arn:aws:sns:{HERE}:*"
POINT = f"arn:aws:elasticfilesystem:{HERE}:access-point/fsap-0a1b2c3d"
GROUPS, COPIES = f"arn:aws:ec2:{HERE}:security-group/*", f"arn:aws:rds:{HERE}:snapshot:*"


def refused(given: Given) -> set[str]:
    return blocking(PACK.evaluate_resource(given))


@pytest.mark.parametrize(("action", "resource", "key", "good", "bad"), [
    ("sns:Subscribe", TOPICS, "sns:Endpoint", "*@bank.ae", "*"),
    ("sns:Subscribe", TOPICS, "sns:Endpoint", "https://hooks.bank.ae/*", "https://*/bank.ae"),
    ("secretsmanager:PutResourcePolicy", SECRETS, "secretsmanager:BlockPublicPolicy", "true", "false"),
    ("ec2:CreateVpcPeeringConnection", f"arn:aws:ec2:{HERE}:vpc/*", "ec2:AccepterVpc", VPC, "arn:aws:ec2:*:*:vpc/*"),
    ("ec2:ModifySnapshotAttribute", SNAPSHOTS, "ec2:Add/userId", ME, "*"),
    ("ec2:ModifySnapshotAttribute", SNAPSHOTS, "ec2:Add/userId", "${aws:PrincipalAccount}", "${aws:SourceIdentity}"),
    ("lambda:AddPermission", FUNCTIONS, "lambda:Principal", "events.amazonaws.com", "*"),
    ("lambda:CreateFunctionUrlConfig", FUNCTIONS, "lambda:FunctionUrlAuthType", "AWS_IAM", "NONE"),
    ("s3:CreateAccessPoint", f"arn:aws:s3:{HERE}:accesspoint/*", "s3:AccessPointNetworkOrigin", "VPC", "Internet"),
    ("elasticfilesystem:ClientRootAccess", f"arn:aws:elasticfilesystem:{HERE}:file-system/*",
     "elasticfilesystem:AccessPointArn", POINT, f"arn:aws:elasticfilesystem:{HERE}:access-point/*"),
    ("backup:StartCopyJob", POINTS, "backup:CopyTargets", VAULT, "arn:aws:backup:*:*:backup-vault:*"),
    ("rds:DeleteDBSnapshot", COPIES, "rds:snapshot-tag/team", "a", "*"),
    ("ram:CreateResourceShare", "*", "ram:RequestedAllowsExternalPrincipals", "false", "true"),
    ("organizations:RegisterDelegatedAdministrator", f"arn:aws:organizations::{ME}:account/o-a1b2c3d4e5/*",
     "organizations:ServicePrincipal", "guardduty.amazonaws.com", "*"),
])  # fmt: skip
def test_a_condition_limits_what_an_action_does(action: str, resource: str, key: str, good: str, bad: str) -> None:
    def given(operator: str, *values: str) -> Given:
        return policy(statement(action, resource, {operator: {key: list(values)}}))

    assert refused(given("StringLike", good)) == set()
    for open_statement in (
        given("StringLike", bad), given("StringLike", good, bad), given("StringLikeIfExists", good),
        given("StringNotLike", good), policy(statement(action, resource)),
    ):  # fmt: skip
        assert refused(open_statement) & {"FJ-IDN-103", "FJ-IDN-109"}


@pytest.mark.parametrize(("operator", "is_refused"), [
    ("ForAllValues:ArnLike", False), ("ForAnyValue:StringEquals", False), ("ForAllValues:ArnNotLike", True),
])  # fmt: skip
def test_targets_of_copies_are_in_each_request(operator: str, *, is_refused: bool) -> None:
    given = policy(statement("backup:StartCopyJob", POINTS, {operator: {"backup:CopyTargets": [VAULT]}}))
    assert bool(refused(given)) is is_refused


@pytest.mark.parametrize(("action", "resources"), [
    ("identitystore:CreateGroupMembership", ["arn:aws:identitystore:::user/*", "arn:aws:identitystore:::group/*"]),
    ("organizations:MoveAccount", [f"arn:aws:organizations::{ME}:ou/o-a1b2c3d4e5/*"]),
    ("organizations:AttachPolicy", [f"arn:aws:organizations::{ME}:policy/o-a1b2c3d4e5/service_control_policy/*"]),
    ("route53:AssociateVPCWithHostedZone", ["arn:aws:route53:::hostedzone/*", VPC]),
    ("ec2:CreateVpcPeeringConnection", [f"arn:aws:ec2:{HERE}:vpc/*"]),
    ("ec2:CreateVpcPeeringConnection", [f"arn:aws:ec2:{HERE}:*/*"]),
    ("ec2:CreateVpcPeering*", [f"arn:aws:ec2:{HERE}:*"]),
    ("s3:CreateAccessGrant", [f"arn:aws:s3:{HERE}:access-grants/default/location/*"]),
    ("s3:CreateAccessGrant", [f"arn:aws:s3:{HERE}:access-grants/default/*"]),
])  # fmt: skip
def test_each_resource_of_the_type_that_decides(action: str, resources: list[str]) -> None:
    assert refused(policy(statement(action, resources))) & {"FJ-IDN-103", "FJ-IDN-109"}


@pytest.mark.parametrize(("resource", "is_kind"), [
    (f"arn:aws:elasticloadbalancing:{HERE}:loadbalancer/app/*", True),
    (f"arn:aws:elasticloadbalancing:{HERE}:listener-rule/net/*/*", True),
    (f"arn:aws:elasticloadbalancing:{HERE}:loadbalancer/app/web/*", False),
    (f"arn:aws:iam::{ME}:role/app/*", False), (f"arn:aws:iam::{ME}:policy/net/*", False),
    (f"arn:aws:ecs:{HERE}:task/default/*", False), (f"arn:aws:codedeploy:{HERE}:deploymentgroup:app/*", False),
])  # fmt: skip
def test_kinds_of_load_balancers_are_no_paths_of_owners(resource: str, *, is_kind: bool) -> None:
    assert (aws_decisive._ALL_OF_A_KIND.fullmatch(resource) is not None) is is_kind


def test_types_and_keys_of_the_table() -> None:
    for name, row in decisive_actions().items():
        assert row.kind in {RIGHTS, CHANGE}
        assert all(item == item.lower() and "/" not in item for item in row.of), name
        assert all(key.count(":") == 1 for key, _ in row.unless), name


@pytest.mark.parametrize(("pattern", "fixes"), [
    ("*.dev.bank.ae", True), ("_acme-challenge.*", True), ("bank.ae", True), ("*.info", False), ("*.co.uk", False),
    ("*.bank.co.uk.", True), ("*info", False), ("_acme-challenge*", True), ("*.bp.com", True), ("*", False),
    ("", False), ("*.*.museum", False), ("b*.bank-apps*.ae", True),
])  # fmt: skip
def test_patterns_of_names_fix_a_label_below_the_top(pattern: str, *, fixes: bool) -> None:
    assert aws_decisive._fixes_name(pattern) is fixes


@pytest.mark.parametrize(("principal", "is_refused"), [
    ("role/data-team-eks-nodes", False), ("role/team/platform-karpenter", False), ("role/support-fargate", False),
    ("role/KarpenterNodeRole-users", False),
    ("role/orders-team", True), ("role/nodes/orders-team", True), ("user/team-nodes", True),
    ("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_nodes_0123456789abcdef", True), ("role/team-nodesign", True),
])  # fmt: skip
def test_roles_of_machines_may_name_their_team(principal: str, *, is_refused: bool) -> None:
    entry = {"clusterName": "c", "principalArn": f"arn:aws:iam::{ME}:{principal}", "type": "EC2_LINUX", "tags": TAGS}
    assert ("FJ-IDN-120" in refused(aws("eks/AccessEntry", entry))) is is_refused


def _of_role(**more: object) -> list[Report]:
    operations = [{"actions": ["Microsoft.Sql/servers/firewallRules/write"]}]
    given = az("authorization:RoleDefinition", {"roleName": "r", "scope": SUB, "permissions": operations, **more})
    return [report for report in PACK.evaluate_plan(given) if report.rule == "FJ-IDN-214"]


@pytest.mark.parametrize(("more", "is_reported", "is_refused"), [
    ({}, True, True), ({"assignableScopes": []}, True, True), ({"assignableScopes": [SUB]}, True, True),
    ({"assignableScopes": [UNKNOWN]}, True, False), ({"assignableScopes": UNKNOWN}, True, False),
    ({"assignableScopes": [UNKNOWN, SUB]}, True, True),
    ({"assignableScopes": [f"{SUB}/resourceGroups/a"]}, False, False),
])  # fmt: skip
def test_scopes_of_custom_roles(more: dict[str, Any], *, is_reported: bool, is_refused: bool) -> None:
    reports = _of_role(**more)
    assert bool(reports) is is_reported
    assert any(report.mandatory for report in reports) is is_refused


def test_listed_actions_alone_pass() -> None:
    action = "lakeformation:GrantPermissions"
    settings = {
        "default": {"all": "mandatory"},
        "identity": {"unrestricted_actions": {action: "the stewards of the lake"}},
    }
    listed = Pack(Enforcement.model_validate(settings))
    assert blocking(listed.evaluate_resource(policy(statement(action)))) == set()
    for others in ("lakeformation:Grant*", "organizations:DetachPolicy", "iam:AttachRolePolicy"):
        assert "FJ-IDN-103" in blocking(listed.evaluate_resource(policy(statement([action, others]))))


@pytest.mark.parametrize("unit", ["a", "*", "?", "/", "-", "*/", "a/", "*:", "a:*", "o-a/", "rds:", "app/", ".", "*."])
def test_long_texts_are_read_quickly(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    with within(1):
        for start in ("", "arn:aws:s3:::", "arn:aws:elasticloadbalancing:a:b:listener/", "arn:aws:x:y:z:"):
            aws_decisive._ALL_OF_A_KIND.fullmatch(f"{start}{text}!")
            aws_decisive._is_fixed(f"{start}{text}!*")
        aws_decisive._is_fixed(f"${{aws:PrincipalTag/{text}")
        eks_identities._is_of_people(f"arn:aws:iam::{ME}:role/{text}-team")


APPROVAL = "privateEndpointConnectionsApproval/action"


@pytest.mark.parametrize("operation", [
    f"Microsoft.Cache/redis/{APPROVAL}",
    f"Microsoft.ContainerRegistry/registries/{APPROVAL}", f"Microsoft.DBforPostgreSQL/flexibleServers/{APPROVAL}",
    f"Microsoft.DocumentDB/databaseAccounts/{APPROVAL}", f"Microsoft.MachineLearningServices/workspaces/{APPROVAL}",
    f"Microsoft.Search/searchServices/{APPROVAL}", f"Microsoft.EventHub/namespaces/{APPROVAL}",
])  # fmt: skip
def test_connections_of_every_store_are_no_right_of_a_subscription(operation: str) -> None:
    permissions = [{"actions": [operation]}]
    for scope, is_refused in ((SUB, True), (f"{SUB}/resourceGroups/a", False)):
        assert any(report.rule == "FJ-IDN-214" for report in _of_role(permissions=permissions, assignableScopes=[
            scope])) is is_refused  # fmt: skip


@pytest.mark.parametrize("actions", [["s3:*", "rds:DeleteDBSnapshot"], ["rds:DeleteDBSnapshot", "s3:*"]], ids=str)
def test_a_whole_service_hides_no_action_beside_it(actions: list[str]) -> None:
    reports = Pack().evaluate_resource(policy(statement(actions)))
    assert any("(rds:DeleteDBSnapshot)" in report.text for report in reports if report.rule == "FJ-IDN-109")
