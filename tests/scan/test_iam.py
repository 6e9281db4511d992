"""Permissions and trust in every planned policy document."""

from __future__ import annotations

import pytest

from tests.scan.documents import Document, as_list, documents
from tests.scan.plan import Planned

pytestmark = pytest.mark.engine

KEY_POLICY = "-key"
"""In the policy of a key, `*` means this key (AWS KMS developer guide, key policies)."""

AWS_MANAGED = {
    "AWSBackupServiceRolePolicyForBackup": "backs up tagged resources, assumed by AWS Backup only; cannot restore",
    "AWSBackupServiceRolePolicyForRestores": "restores, with a separate role that has to be named explicitly",
    "AWSBackupServiceRolePolicyForS3Backup": "backs up buckets",
    "AWSBackupServiceRolePolicyForS3Restore": "restores buckets",
    "AmazonEBSCSIDriverPolicy": "required by the EBS driver, for volumes that it tagged",
    "AmazonEC2ContainerRegistryPullOnly": "nodes pull images only",
    "AmazonEFSCSIDriverPolicy": "the EFS driver creates access points, and deletes those that it tagged",
    "AmazonEKSClusterPolicy": "required by EKS for a cluster's role",
    "AmazonEKSWorkerNodePolicy": "required by EKS for a node's role",
    "AmazonEKS_CNI_Policy": "the network add-on attaches addresses to nodes",
}
"""AWS managed policies that may be attached, with the reason for each, because AWS may change their content."""


@pytest.fixture(scope="module")
def all_documents(plans: list[Planned]) -> list[Document]:
    result = documents(plans)
    assert len(result) > 40
    return result


def test_nothing_may_do_everything_with_everything(all_documents: list[Document]) -> None:
    """`*` on `*` requires a condition; all actions of a service (`s3:*`) count as `*`."""
    open_ = [
        (document.label, statement)
        for document in all_documents
        if not document.label.endswith(KEY_POLICY)
        for statement in document.statements
        if statement["Effect"] == "Allow" and "Condition" not in statement and _is_star(statement)
    ]
    assert open_ == []


def _is_star(statement: dict) -> bool:
    actions = as_list(statement.get("Action", "*"))
    return "*" in as_list(statement.get("Resource", "")) and any(action.endswith("*") for action in actions)


def test_no_permission_is_granted_by_exclusion(all_documents: list[Document]) -> None:
    """`NotAction`, `NotResource` and `NotPrincipal` also grant what AWS adds later."""
    for document in all_documents:
        allowed = [statement for statement in document.statements if statement["Effect"] == "Allow"]
        assert not [key for statement in allowed for key in statement if key.startswith("Not")], document.label


def test_everyone_is_allowed_only_with_a_condition_or_on_named_resources(all_documents: list[Document]) -> None:
    """AWS's public objects may be read by everyone; the statement names these objects."""
    for document in all_documents:
        for statement in document.statements:
            if statement["Effect"] == "Allow" and statement.get("Principal") in ("*", {"AWS": "*"}):
                assert "Condition" in statement or "*" not in as_list(statement["Resource"]), (
                    document.label,
                    statement,
                )


def test_a_role_is_taken_by_named_services_and_identities(all_documents: list[Document]) -> None:
    trusts = [document for document in all_documents if document.trust]
    assert trusts
    for document in trusts:
        for statement in document.statements:
            principals = [name for names in statement["Principal"].values() for name in as_list(names)]
            assert principals, document.label
            assert not [name for name in principals if "*" in name], document.label


def test_policies_of_awss_own_are_attached_by_name(plans: list[Planned]) -> None:
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    arns = {str(item.inputs["policyArn"]) for item in plans if item.type == kind}
    names = {arn.rsplit("/", 1)[-1] for arn in arns if arn.startswith("arn:aws:iam::aws:policy/")}
    assert names == set(AWS_MANAGED)
