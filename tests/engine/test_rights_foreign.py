"""The deploying identity does not change what is not the stack's, and cannot make it the stack's by tagging it.

Each request of the deployment is asked again for a resource of somebody else in the same account: with another
project's tags, with those of another environment of the same project, and without tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from falaj.facts.aws_permissions import OPERATIONS
from falaj.rights.ec2_launch import TAGGED_AT_LAUNCH
from falaj.rights.iam_evaluation import Request, allowed
from falaj.rights.identity_files import Identity, Rights
from falaj.sandbox.clouds.aws.account import ACCOUNT
from falaj.sandbox.toolchain import Engine
from tests.engine.lives import deployment
from tests.engine.rights_requests import Deployed, simulate
from tests.scan.tools import NoTools

pytestmark = pytest.mark.engine

SERVICES = ("ec2:", "elasticfilesystem:", "fsx:", "kms:")
READS = ("Describe", "Get", "List")
OURS = {"project": "ai-platform", "environment": "prod"}
OTHERS = {"project": "payments", "environment": "prod"}
OTHER_ENVIRONMENT = {"project": "ai-platform", "environment": "dev"}

GRANT, FOR_AWS = "kms:CreateGrant", "kms:GrantIsForAWSResource"

USES = {
    "ec2:CreateFlowLogs": "makes a flow log",
    "ec2:CreateNatGateway": "makes a gateway",
    "ec2:CreateNetworkInterface": "makes an interface (of a mount target)",
    "ec2:CreateRouteTable": "makes a route table",
    "ec2:CreateSecurityGroup": "makes a group",
    "ec2:CreateSubnet": "makes a subnet, in a network that may be another team's",
    "ec2:CreateVpcEndpoint": "makes an endpoint",
    "ec2:RunInstances": "makes a machine",
    "kms:CreateAlias": "gives a key one more name, which is the stack's",
    "kms:Decrypt": "through services of AWS only",
    "kms:DeleteAlias": "of an alias whose name is the stack's",
    "kms:EnableKey": "right after the creation, when tags do not count yet",
    "kms:EnableKeyRotation": "right after the creation, when tags do not count yet",
    "kms:GenerateDataKey": "through services of AWS only",
    "kms:GenerateDataKeyWithoutPlaintext": "through services of AWS only",
    "kms:RetireGrant": "through services of AWS only",
    "kms:UpdateAlias": "of an alias whose name is the stack's",
}
"""Actions that name an existing resource and neither change nor delete it."""

MADE = (
    "ec2:AllocateAddress elastic-ip",
    "ec2:AuthorizeSecurityGroupEgress security-group-rule",
    "ec2:AuthorizeSecurityGroupIngress security-group-rule",
    "ec2:CreateInternetGateway internet-gateway",
    "ec2:CreateLaunchTemplate launch-template",
    "ec2:CreateVpc vpc",
    "fsx:CreateDataRepositoryAssociation association",
    "fsx:CreateFileSystem file-system",
)
"""Actions on a kind that they make, so that there is no resource of somebody else in the request."""

UNTAGGED = {
    "ec2:CreateTags security-group": "the default group of the new network is adopted before it has tags",
    "ec2:DeleteNetworkInterface network-interface": "interfaces of mount targets have no tags",
    "ec2:ModifyNetworkInterfaceAttribute network-interface": "interfaces of mount targets have no tags",
    "ec2:RevokeSecurityGroupEgress security-group": "the default group of the new network is emptied",
    "ec2:RevokeSecurityGroupIngress security-group": "the default group of the new network is emptied",
    "kms:CreateGrant key": "the grant of a new cluster is none for a resource of AWS, and tags do not count yet",
    "fsx:TagResource file-system": "FSx has no condition for tagging at creation",
    "fsx:TagResource association": "FSx has no condition for tagging at creation",
    "kms:TagResource key": "KMS has no condition for tagging at creation",
}
"""What is allowed on resources without a tag `project`, and why (docs/rights/README.md names it)."""


@pytest.fixture(scope="module")
def prod(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    return Deployed(deployment("prod-uae", engine, tmp_path_factory)["state"])


def tagged(tags: Mapping[str, str]) -> dict[str, str]:
    return {f"aws:ResourceTag/{key}": value for key, value in tags.items()}


def foreign(found: Deployed, tags: Mapping[str, str]) -> Iterator[Request]:
    """Yields the changing requests of the deployment, each for another resource of the same kind with these tags."""
    seen = set()
    added = tagged(tags) | {f"aws:RequestTag/{key}": value for key, value in OURS.items()}
    for _, _, request in found.requests(OPERATIONS):
        service, _, verb = request.action.partition(":")
        if not f"{service}:".startswith(SERVICES) or verb.startswith(READS) or "/" not in request.resource:
            continue
        kind = request.resource.rpartition("/")[0]
        context = {
            key: value
            for key, value in request.context.items()
            if not key.startswith("aws:ResourceTag/") and not key.endswith(":CreateAction")
        }
        context |= added
        key = (request.action, kind, FOR_AWS in context)
        if key not in seen and "alias" not in kind:
            seen.add(key)
            yield Request(request.action, f"{kind}/foreign-0", context)
    yield Request("kms:TagResource", f"arn:aws:kms:me-central-1:{ACCOUNT}:key/foreign-0", added)


def granted(found: Deployed, tags: Mapping[str, str]) -> set[str]:
    """Returns "action kind" of what is allowed on another's resources."""
    documents = Rights.of(found.plan, ACCOUNT, "0").policies(Identity.DEPLOY)
    requests = list(foreign(found, tags))
    own = {request.action for request in requests if allowed(documents, request)}
    try:
        results = simulate(documents, requests)
    except NoTools as missing:
        pytest.skip(str(missing))
    pairs = zip(requests, results, strict=True)
    assert {request.action for request, result in pairs if result == "Allowed"} == own
    kept = (request for request in requests if allowed(documents, request) and not _is_use(request))
    return {f"{request.action} {request.resource.split(':')[5].split('/')[0]}" for request in kept} - set(MADE)


def _is_use(request: Request) -> bool:
    return request.action in USES or (request.action == GRANT and FOR_AWS in request.context)


@pytest.mark.parametrize("tags", [OTHERS, OTHER_ENVIRONMENT])
def test_nothing_changes_what_belongs_to_another_stack(tags: Mapping[str, str], prod: Deployed) -> None:
    assert granted(prod, tags) == set()


def test_what_has_no_tags_is_changed_only_where_aws_makes_it_so(prod: Deployed) -> None:
    assert granted(prod, {}) == set(UNTAGGED)


def test_the_group_of_another_cluster_gets_no_rules(prod: Deployed) -> None:
    documents = Rights.of(prod.plan, ACCOUNT, "0").policies(Identity.DEPLOY)
    group = f"arn:aws:ec2:me-central-1:{ACCOUNT}:security-group/sg-0"
    request = Request("ec2:AuthorizeSecurityGroupIngress", group, {"aws:ResourceTag/aws:eks:cluster-name": "payments"})
    own = next(
        found
        for _, _, found in prod.requests(("create",))
        if found.action == request.action and "aws:ResourceTag/aws:eks:cluster-name" in found.context
    )
    assert not allowed(documents, request)
    assert allowed(documents, own)


def test_a_foreign_key_is_granted_to_services_only(prod: Deployed) -> None:
    """Only the grant of a cluster is not for a resource of AWS (EKS User Guide, enable-kms, read 2026-11-26)."""
    documents = Rights.of(prod.plan, ACCOUNT, "0").policies(Identity.DEPLOY)
    asked = [(kind, found) for kind, _, found in prod.requests(("create",)) if found.action == GRANT]
    for kind, grant in asked:
        foreign_key = replace(grant, context={**grant.context, **tagged(OTHERS)})
        assert allowed(documents, grant)
        assert allowed(documents, foreign_key) is (kind != "aws:eks/cluster:Cluster")
    assert {"aws:eks/cluster:Cluster"} < {kind for kind, _ in asked}


def test_a_node_group_needs_every_resource_of_a_launch(prod: Deployed) -> None:
    """EC2 user guide: permissions-for-launch-templates, supported-iam-actions-tagging. The refusal:
    scylladb/scylla-cluster-tests#12172."""
    asked = [found for kind, _, found in prod.requests(("create",)) if kind == "aws:eks/nodeGroup:NodeGroup"]
    launched = {found.resource.split(":")[5].split("/")[0] for found in asked if found.action == "ec2:RunInstances"}
    assert launched == {
        "image", "instance", "launch-template", "network-interface", "security-group", "subnet", "volume",
    }  # fmt: skip
    tags = {
        found.resource.split(":")[5].split("/")[0]
        for found in asked
        if found.action == "ec2:CreateTags" and found.context["ec2:CreateAction"] == "RunInstances"
    }
    assert tags == {"instance", "network-interface", "volume"} == {kind.partition(":")[2] for kind in TAGGED_AT_LAUNCH}


def test_tags_of_a_new_key_do_not_count_yet(prod: Deployed) -> None:
    """https://docs.aws.amazon.com/kms/latest/developerguide/abac.html: up to five minutes."""
    asked = [found for kind, _, found in prod.requests(("create",)) if kind == "aws:kms/key:Key"]
    assert {"kms:CreateKey", "kms:EnableKeyRotation", "kms:TagResource"} <= {found.action for found in asked}
    assert not any(key.startswith("aws:ResourceTag/") for found in asked for key in found.context)


def test_an_export_is_created_beside_its_table(prod: Deployed) -> None:
    """https://docs.aws.amazon.com/cur/latest/userguide/bcm-data-exports-access.html."""
    asked = [found for _, _, found in prod.requests() if found.action == "bcm-data-exports:CreateExport"]
    assert {found.resource.split(":")[5].split("/")[0] for found in asked} == {"export", "table"}
