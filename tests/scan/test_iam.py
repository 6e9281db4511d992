"""Who may do what: every planned policy document, whatever it is attached to."""

from __future__ import annotations

import pytest

from tests.scan.documents import Document, as_list, documents
from tests.scan.plan import Planned

pytestmark = pytest.mark.engine

KEY_POLICY = "-key"
"""In the policy of a key, `*` means this key (AWS KMS developer guide, key policies)."""

AWS_MANAGED = {
    "AWSBackupServiceRolePolicyForBackup": "copies what is marked; AWS Backup alone takes it, and it cannot restore",
    "AWSBackupServiceRolePolicyForRestores": "restores: a role of its own, which somebody has to name",
    "AWSBackupServiceRolePolicyForS3Backup": "as for the copies, of buckets",
    "AWSBackupServiceRolePolicyForS3Restore": "as for the restores, of buckets",
    "AmazonEBSCSIDriverPolicy": "what the disk driver needs, on volumes that it tagged itself",
    "AmazonEC2ContainerRegistryPullOnly": "nodes pull images and nothing else",
    "AmazonEFSCSIDriverPolicy": "the driver of shared files makes access points, and deletes those that it tagged",
    "AmazonEKSClusterPolicy": "what EKS demands of a cluster's role",
    "AmazonEKSWorkerNodePolicy": "what EKS demands of a node's role",
    "AmazonEKS_CNI_Policy": "the network add-on attaches addresses to nodes",
}
"""Policies of AWS's own that may be attached: their content is AWS's to change, so each has a reason."""


@pytest.fixture(scope="module")
def all_documents(plans: list[Planned]) -> list[Document]:
    found = documents(plans)
    assert len(found) > 40
    return found


def test_nothing_may_do_everything_with_everything(all_documents: list[Document]) -> None:
    """`*` on `*` may stand only behind a condition; a service's whole (`s3:*`) counts as `*`."""
    open_ = [
        (one.label, statement)
        for one in all_documents
        if not one.label.endswith(KEY_POLICY)
        for statement in one.statements
        if statement["Effect"] == "Allow" and "Condition" not in statement and _is_star(statement)
    ]
    assert open_ == []


def _is_star(statement: dict) -> bool:
    actions = as_list(statement.get("Action", "*"))
    return "*" in as_list(statement.get("Resource", "")) and any(action.endswith("*") for action in actions)


def test_nothing_is_granted_by_leaving_out(all_documents: list[Document]) -> None:
    """`NotAction`, `NotResource` and `NotPrincipal` grant whatever AWS adds tomorrow."""
    for one in all_documents:
        allowed = [statement for statement in one.statements if statement["Effect"] == "Allow"]
        assert not [key for statement in allowed for key in statement if key.startswith("Not")], one.label


def test_everyone_is_never_meant_without_a_condition(all_documents: list[Document]) -> None:
    """What AWS gives to everyone is read by everyone: those objects are named."""
    for one in all_documents:
        for statement in one.statements:
            if statement["Effect"] == "Allow" and statement.get("Principal") in ("*", {"AWS": "*"}):
                assert "Condition" in statement or "*" not in as_list(statement["Resource"]), (one.label, statement)


def test_a_role_is_taken_by_named_services_and_identities(all_documents: list[Document]) -> None:
    trusts = [one for one in all_documents if one.trust]
    assert trusts
    for one in trusts:
        for statement in one.statements:
            principals = [name for names in statement["Principal"].values() for name in as_list(names)]
            assert principals, one.label
            assert not [name for name in principals if "*" in name], one.label


def test_policies_of_awss_own_are_attached_by_name(plans: list[Planned]) -> None:
    kind = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
    arns = {str(item.inputs["policyArn"]) for item in plans if item.type == kind}
    own = {arn.rsplit("/", 1)[-1] for arn in arns if arn.startswith("arn:aws:iam::aws:policy/")}
    assert own == set(AWS_MANAGED)
