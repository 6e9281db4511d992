"""Simulation of the caller's permissions."""

from datetime import UTC, datetime
from typing import Any

import pytest

from falaj.preflight.aws.rights import rights
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import Verdict
from tests.unit.preflight.aws_answers import ACCOUNT, IDENTITY, context


def simulated(action: str, decision: str, **more: Any) -> Any:
    return {"EvaluationResults": [{"EvalActionName": action, "EvalDecision": decision, **more}], "IsTruncated": False}


CREATE = "eks:CreateCluster"
ORGANISATION = {"OrganizationsDecisionDetail": {"AllowedByOrganizations": False}}
BOUNDARY = {"PermissionsBoundaryDecisionDetail": {"AllowedByPermissionsBoundary": False}}


@pytest.mark.parametrize(
    ("decision", "more", "resources", "verdict", "says"),
    [
        ("allowed", {}, (), Verdict.OK, "all of 1 actions are allowed"),
        ("explicitDeny", {}, (), Verdict.REFUSED, f"a policy denies: {CREATE}"),
        ("implicitDeny", ORGANISATION, (), Verdict.REFUSED, f"the organisation does not allow: {CREATE}"),
        ("implicitDeny", BOUNDARY, (), Verdict.REFUSED, f"the permissions boundary does not allow: {CREATE}"),
        ("implicitDeny", {}, (), Verdict.UNKNOWN, f"not on every resource: {CREATE}"),
        ("implicitDeny", {}, ("arn:aws:eks:me-central-1:1:cluster/a",), Verdict.REFUSED, f"no policy allows {CREATE}"),
    ],
)
def test_permissions(decision: str, more: Any, resources: tuple[str, ...], verdict: Verdict, says: str) -> None:
    answers = {"SimulatePrincipalPolicy": simulated(CREATE, decision, **more)}
    (row,) = rights(context(answers), [ActionNeed(CREATE, resources)])
    assert (row.verdict, row.found) == (verdict, says)


def test_a_session_is_simulated_as_its_role_with_the_roles_path() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:role/platform/deployer"
    role = {"Path": "/platform/", "RoleName": "deployer", "RoleId": "AROAEXAMPLE000000000", "Arn": arn,
            "CreateDate": datetime(2026, 1, 1, tzinfo=UTC)}  # fmt: skip
    asked: list[str] = []

    def simulate(request: Any) -> Any:
        asked.append(request["body"]["PolicySourceArn"])
        return simulated(CREATE, "allowed")

    session = {**IDENTITY, "Arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/deployer/pipeline"}
    answers = {"GetCallerIdentity": session, "GetRole": {"Role": role}, "SimulatePrincipalPolicy": simulate}
    assert [row.verdict for row in rights(context(answers), [ActionNeed(CREATE)])] == [Verdict.OK]
    assert asked == [arn]


def test_actions_are_simulated_with_the_condition_keys_of_their_requests() -> None:
    asked: list[tuple[list[str], list[str] | None, dict[str, str]]] = []

    def simulate(request: Any) -> Any:
        body = request["body"]
        listed = {key: value for key, value in body.items() if key.startswith("ContextEntries")}
        names = sorted(key for key in listed if key.endswith("ContextKeyName"))
        keys = {body[key]: body[key.replace("ContextKeyName", "ContextKeyValues.member.1")] for key in names}
        actions = [value for key, value in sorted(body.items()) if key.startswith("ActionNames")]
        arns = [value for key, value in sorted(body.items()) if key.startswith("ResourceArns")]
        asked.append((actions, arns or None, keys))
        return {"EvaluationResults": [{"EvalActionName": name, "EvalDecision": "allowed"} for name in actions]}

    role = f"arn:aws:iam::{ACCOUNT}:role/a"
    passed = (("iam:PassedToService", "eks.amazonaws.com"),)
    wanted = [
        ActionNeed("iam:PassRole", (role,), passed),
        ActionNeed("ec2:DescribeVpcs", ("*",), (("aws:RequestedRegion", "me-central-1"),)),
        ActionNeed("ec2:DeleteVpc"),
        ActionNeed("ec2:DeleteSubnet"),
    ]
    assert [row.verdict for row in rights(context({"SimulatePrincipalPolicy": simulate}), wanted)] == [Verdict.OK]
    assert asked == [
        (["iam:PassRole"], [role], {"iam:PassedToService": "eks.amazonaws.com", "aws:RequestedRegion": "us-east-1"}),
        (["ec2:DescribeVpcs"], ["*"], {"aws:RequestedRegion": "me-central-1"}),
        (["ec2:DeleteVpc", "ec2:DeleteSubnet"], None, {"aws:RequestedRegion": "me-central-1"}),
    ]


def test_each_resource_of_an_action_is_judged() -> None:
    arn = f"arn:aws:eks:me-central-1:{ACCOUNT}:cluster/a"
    single = [{"EvalResourceName": arn, "EvalResourceDecision": "implicitDeny"}]
    answer = simulated(CREATE, "allowed", ResourceSpecificResults=single)
    (row,) = rights(context({"SimulatePrincipalPolicy": answer}), [ActionNeed(CREATE, (arn,))])
    assert (row.verdict, row.found) == (Verdict.REFUSED, f"no policy allows {CREATE}")


def test_the_root_user_is_warned_about() -> None:
    root = {"GetCallerIdentity": {**IDENTITY, "Arn": f"arn:aws:iam::{ACCOUNT}:root"}}
    assert [row.verdict for row in rights(context(root), [])] == [Verdict.COSTS]
