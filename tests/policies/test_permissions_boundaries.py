"""Permissions boundaries may be broad, because they grant nothing; no policy that counts as one is attached."""

import pytest

from .blind import ME, TAGS, aws, document, statement
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
BROAD = document(
    statement(["s3:GetObject", "s3:PutObject", "kms:Decrypt", "iam:PassRole", "lambda:UpdateFunctionCode"]),
    statement(["dynamodb:DeleteTable", "secretsmanager:GetSecretValue"]),
)  # fmt: skip
ARN = f"arn:aws:iam::{ME}:policy/teams/PipelinesBoundary"
ATTACHMENTS = (
    ("iam/RolePolicyAttachment", {"role": "push", "policyArn": ARN}, "policyArn"),
    ("iam/GroupPolicyAttachment", {"group": "staff", "policyArn": ARN}, "policyArn"),
    ("iam/RolePolicyAttachmentsExclusive", {"roleName": "push", "policyArns": [ARN]}, "policyArns"),
    ("iam/Role", {"assumeRolePolicy": "{}", "managedPolicyArns": [ARN], "tags": TAGS}, "managedPolicyArns"),
    ("ssoadmin/CustomerManagedPolicyAttachment", {"customerManagedPolicyReference": {"name": "pipelines-boundary"}},
     "customerManagedPolicyReference"),
    ("ssoadmin/CustomerManagedPolicyAttachmentsExclusive", {
        "customerManagedPolicyReferences": [{"name": "reader"}, {"name": "pipelines-boundary"}]},
     "customerManagedPolicyReferences"),
)  # fmt: skip


def limit(name: str, policy: str = BROAD, **more: object) -> Given:
    return aws("iam/Policy", {"name": name, "policy": policy, "tags": TAGS, **more}, "limit")


def refused(*plan: Given) -> set[str]:
    return {rule for rule in blocking(PACK.evaluate_plan(*plan)) if rule.startswith("FJ-IDN-")}


@pytest.mark.parametrize("name", ["pipelines-boundary", "PipelinesBoundary-1a2b3c4", "permissions_boundary"])
def test_a_boundary_may_be_broad(name: str) -> None:
    assert refused(limit(name)) == set()


@pytest.mark.parametrize("name", ["pipelines", UNKNOWN])
def test_other_policies_may_not(name: str) -> None:
    assert refused(limit(name)) >= {"FJ-IDN-102", "FJ-IDN-103", "FJ-IDN-104"}


def test_a_role_of_that_name_grants() -> None:
    assert "FJ-IDN-104" in refused(aws("iam/RolePolicy", {"role": "x", "name": "boundary", "policy": BROAD}))


def test_a_boundary_that_allows_everything_is_none() -> None:
    assert refused(limit("boundary", document(statement("*")))) == {"FJ-IDN-101"}


@pytest.mark.parametrize(("kind", "props", "key"), ATTACHMENTS, ids=[kind for kind, _, _ in ATTACHMENTS])
def test_a_boundary_is_attached_to_nobody(kind: str, props: dict[str, object], key: str) -> None:
    assert "FJ-IDN-115" in refused(aws(kind, props))
    unknown = aws(kind, {**props, key: UNKNOWN}, links={key: ("limit",)})
    assert "FJ-IDN-115" in refused(limit("pipelines-boundary"), unknown)
    assert "FJ-IDN-115" not in refused(limit("pipelines"), unknown)


def test_a_role_may_have_one() -> None:
    role = aws("iam/Role", {"assumeRolePolicy": document({
        "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}), "tags": TAGS,
        "permissionsBoundary": UNKNOWN}, links={"permissionsBoundary": ("limit",)})  # fmt: skip
    assert "FJ-IDN-115" not in refused(limit("pipelines-boundary"), role)


@pytest.mark.parametrize("kind", ["iam/RolePolicyAttachment", "iam/GroupPolicyAttachment"])
def test_other_policies_are_attached(kind: str) -> None:
    arn = f"arn:aws:iam::{ME}:policy/reader"
    assert not blocking(PACK.evaluate_plan(aws(kind, {"role": "push", "group": "staff", "policyArn": arn})))
