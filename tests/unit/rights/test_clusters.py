"""What EKS asks of the identity that creates a cluster and its node groups, and what the generated rights allow."""

from collections.abc import Iterator
from typing import Any

import pytest

from falaj.facts.aws_permissions import types
from falaj.finops.plan import Planned
from falaj.rights.aws_requests import AwsRequests, ExistingResource
from falaj.rights.iam_evaluation import Request, allowed
from tests.unit.rights.test_documents import policies, resource

ASSOCIATE = "route53:AssociateVPCWithHostedZone"
ACCOUNT, REGION = "111122223333", "me-central-1"
GRANT = "kms:CreateGrant"
CLUSTER, NODE_GROUP, KEY = "aws:eks/cluster:Cluster", "aws:eks/nodeGroup:NodeGroup", "aws:kms/key:Key"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
TAGS = {"project": "ai-platform", "environment": "prod"}
NEW_KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0a1b"
OTHER_KEY = f"arn:aws:kms:{REGION}:444455556666:key/2c3d"
CLUSTER_ROLE, NODE_ROLE = (f"arn:aws:iam::{ACCOUNT}:role/security/{name}" for name in ("control-plane", "nodes"))
OTHERS = {"aws:ResourceTag/project": "payments", "aws:ResourceTag/environment": "prod"}


class Empty:
    """An account without resources."""

    def find(self, kind: str, reference: str) -> ExistingResource | None:
        """Returns None."""


def requests(kind: str, operation: str = "create", **props: Any) -> Iterator[Request]:
    item = Planned(f"urn:pulumi:demo::falaj::{kind}::it", kind, "it", {"tags": TAGS, **props})
    own = ExistingResource(f"arn:aws:{types()[kind].resource.partition(':')[0]}:{REGION}:{ACCOUNT}:it", TAGS)
    return AwsRequests(ACCOUNT, Empty()).of(item, operation, REGION, own)


def cluster(key: str | None) -> dict[str, Any]:
    encryption = {"provider": {"keyArn": key} if key else {}, "resources": ["secrets"]}
    return {"name": "uae", "roleArn": CLUSTER_ROLE, "tags": TAGS, "encryptionConfig": encryption}


def grants(key: str) -> list[Request]:
    return [found for found in requests(CLUSTER, **cluster(key)) if found.action == GRANT]


def test_a_cluster_asks_for_a_grant_that_is_not_for_a_resource_of_aws() -> None:
    """EKS User Guide, enable-kms (read 2026-11-26): CreateCluster does not support kms:GrantIsForAWSResource."""
    (grant,) = grants(NEW_KEY)
    assert (grant.resource, grant.context) == (NEW_KEY, {"aws:RequestedRegion": REGION})
    assert allowed(policies(resource(KEY, "key", tags=TAGS), resource(CLUSTER, "uae", **cluster(None))), grant)


def test_the_grant_of_a_cluster_is_for_the_stacks_keys() -> None:
    documents = policies(resource(KEY, "key", tags=TAGS), resource(CLUSTER, "uae", **cluster(None)))
    (grant,) = grants(NEW_KEY)
    ours = {f"aws:ResourceTag/{key}": value for key, value in TAGS.items()}
    assert allowed(documents, Request(GRANT, grant.resource, ours))
    assert not allowed(documents, Request(GRANT, grant.resource, OTHERS))
    without = policies(resource(KEY, "key", tags=TAGS), resource(CLUSTER, "uae", name="uae", roleArn=CLUSTER_ROLE))
    assert not allowed(without, grant)


def test_an_existing_key_of_secrets_is_named() -> None:
    documents = policies(resource(CLUSTER, "uae", **cluster(OTHER_KEY)))
    (grant,) = grants(OTHER_KEY)
    assert allowed(documents, Request(GRANT, grant.resource, OTHERS))
    assert allowed(documents, Request("kms:DescribeKey", OTHER_KEY))
    assert not allowed(documents, Request(GRANT, NEW_KEY, OTHERS))


@pytest.mark.parametrize(
    ("kind", "props"),
    [(CLUSTER, cluster(OTHER_KEY)), (NODE_GROUP, {"nodeGroupName": "a", "nodeRoleArn": NODE_ROLE, "tags": TAGS})],
)
def test_existing_roles_and_service_linked_roles_are_read(kind: str, props: dict[str, Any]) -> None:
    """terraform-aws-modules/terraform-aws-eks issue 823: "Failed to validate if SLR ... already exists due to missing
    permissions for 'iam:GetRole'"; the handlers of AWS::EKS::Cluster and AWS::EKS::Nodegroup."""
    documents = policies(resource(kind, "uae", **props))
    asked = [found for found in requests(kind, **props) if found.action.startswith("iam:")]
    role = props.get("roleArn") or props["nodeRoleArn"]
    read = {(found.action, found.resource.removeprefix(f"arn:aws:iam::{ACCOUNT}:role/")) for found in asked}
    linked = "eks" if kind == CLUSTER else "eks-nodegroup"
    name = f"aws-service-role/{linked}.amazonaws.com/AWSServiceRole"
    assert {("iam:GetRole", name), ("iam:GetRole", role.partition("role/")[2])} <= read
    assert ("iam:ListAttachedRolePolicies", role.partition("role/")[2]) in read
    assert [found for found in asked if not allowed(documents, found)] == []
    assert not allowed(documents, Request("iam:GetRole", f"{role}-other"))


@pytest.mark.parametrize(("private", "needed"), [(True, True), (False, False)])
def test_an_endpoint_with_private_dns_is_associated_with_its_zone(private: bool, needed: bool) -> None:
    """Service authorization reference, CreateVpcEndpoint: dependent actions (read 2026-11-26)."""
    asked = [found for found in requests(ENDPOINT, privateDnsEnabled=private) if found.action == ASSOCIATE]
    assert bool(asked) is needed
    documents = policies(resource(ENDPOINT, "s3", privateDnsEnabled=private, tags=TAGS))
    assert [found for found in asked if not allowed(documents, found)] == []
    # Route 53 has one endpoint, but EC2 calls it here.
    for region in (REGION, "us-east-1"):
        assert allowed(documents, Request(ASSOCIATE, "*", {"aws:RequestedRegion": region})) is needed
    assert not allowed(documents, Request(ASSOCIATE, "*", {"aws:RequestedRegion": "eu-west-1"}))
